// Knows whether the receiver is in reach, and wakes the sender when it comes back.

const live = {
  source: null,
  connected: null,
  wait: 2000,
  timer: 0,

  heard(reached) {
    if (live.connected === reached) return;
    live.connected = reached;
    listeners.forEach((hear) => hear());
    if (reached) { wakeSender(true); teamChanged(); }
  },

  open() {
    clearTimeout(live.timer);
    if (live.source || document.hidden || me.unknown) return;
    const source = live.source = new EventSource("/api/events");
    source.addEventListener("journal", teamNews);
    source.onopen = () => { live.wait = 2000; live.heard(true); };
    source.onerror = () => {
      live.close();
      live.probe();
    };
  },

  // Browsers give up on a stream that was refused, so the page asks again by itself.
  async probe() {
    try { await call("GET", "/healthz", { timeout: 8000 }); } catch { /* heard by call */ }
    live.timer = setTimeout(live.open, live.wait * (0.5 + Math.random() / 2));
    live.wait = Math.min(30000, live.wait * 2);
  },

  close() {
    if (live.source) live.source.close();
    live.source = null;
  },
};

window.addEventListener("online", () => { live.wait = 2000; live.close(); live.open(); wakeSender(true); });
window.addEventListener("offline", () => live.heard(false));
// A page in a pocket holds no connection open.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) { clearTimeout(live.timer); live.close(); } else { live.wait = 2000; live.open(); wakeSender(); }
});
