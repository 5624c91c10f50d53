// Chooses the view by the address after #, keeps strip and bar up to date, and starts.

const current = { route: "", turn: 0, back: "", title: "" };
const banners = new Map();

// Words under the strip until they are settled; without words the banner goes.
function warn(name, words, act, label) {
  if (words) banners.set(name, { words, act, label });
  else if (!banners.delete(name)) return;
  byId("banner").replaceChildren(...[...banners.values()].map((b) => h("p", {}, h("span", {}, b.words), b.act && button(b.label, b.act))));
}

function go(path, replace) {
  if (location.hash === "#" + path) { render(); return; }
  if (replace) location.replace("#" + path);
  else location.hash = path;
}

const VIEWS = {
  "": () => viewHome(), point: viewPoint, form: viewForm, review: viewReview,
  team: viewTeam, log: viewLog, note: (station) => viewWrite("note", station), handover: (station) => viewWrite("handover", station), accept: viewAccept,
  duties: viewDuties, queue: viewQueue, sent: viewSent, settings: viewSettings, enrol: () => viewEnrol(),
};

function chosenView() {
  const hash = decoded(location.hash.slice(1));
  const [, route = "", argument] = hash.startsWith("/") ? hash.split("/") : [];
  const code = /^\d[\d -]{6,}$/.test(hash) ? hash.replace(/\D/g, "") : "";
  if (code || (location.pathname === "/enrol" && !hash)) return ["enrol", () => viewEnrol(code)];
  // An unknown phone may look after its queue, but nothing new can start.
  if (me.unknown && ["", "point"].includes(route)) return ["enrol", () => viewEnrol()];
  return [route, () => (VIEWS[route] || VIEWS[""])(argument)];
}

async function render() {
  const turn = ++current.turn, [route, make] = chosenView();
  let view;
  try {
    view = await make();
  } catch (trouble) {
    const problem = trouble instanceof Problem ? trouble : trouble instanceof Unreachable ? offlineProblem() : brokenProblem(trouble);
    view = { title: t("加油站检查", "Station inspection"), back: "/", nodes: [card(problemBox(problem), button(t("重试", "Try again"), render, { class: "wide" }))] };
  }
  if (turn !== current.turn) return;
  const moved = current.address !== location.hash, focusAgain = moved ? null : focused();
  Object.assign(current, { route, back: view.back, title: view.title, redraw: view.redraw, address: location.hash });
  byId("banner").hidden = route === "enrol";
  mount(byId("main"), view.nodes);
  byId("main").dataset.at = current.address;
  mount(byId("bar"), view.bar ? h("div", { class: "actions" }, view.bar) : view.bar === null ? [] : tabs(view.tab));
  if (moved) { window.scrollTo(0, 0); byId("main").focus({ preventScroll: true }); } else focusAgain();
  await showStrip();
}

// A field that is typed into stays so when its view is drawn again.
function focused() {
  const { id, selectionStart, selectionEnd } = document.activeElement || {};
  return () => {
    const field = id && byId(id);
    if (!field || field === document.activeElement) return;
    field.focus({ preventScroll: true });
    if (selectionStart != null) field.setSelectionRange(selectionStart, selectionEnd);
  };
}

const brokenProblem = (trouble) => ({
  title: t("此页出错了", "Something went wrong on this page"),
  detail: t("请重新打开此页；若仍不行，请换用系统浏览器。已填内容都在手机上。", "Open the page again, or in the system browser. What you filled in is kept.") + " (" + (trouble && trouble.message) + ")",
});

function tabs(chosen) {
  const tab = (name, path, shape, words) => h("a", { href: "#" + path, "aria-current": name === chosen ? "page" : null, "data-key": name }, icon(shape), words);
  return h("div", { class: "tabs" }, tab("home", "/", "home", t("检查", "Check")), tab("queue", "/queue", "queue", t("待发", "Queue")),
    tab("sent", "/sent", "sent", t("已发", "Sent")), tab("settings", "/settings", "gear", t("设置", "Settings")));
}

async function showStrip() {
  const waiting = await countWaiting().catch(() => 0);
  const state = live.connected === null ? t("连接中", "Connecting") : live.connected ? t("已连接", "Online") : t("离线", "Offline");
  mount(byId("strip"),
    current.back ? h("a", { class: "back", href: "#" + current.back, "aria-label": t("返回", "Back") }, icon("back")) : null,
    h("span", { class: "title" }, current.title || ""),
    h("a", { class: "chip mark" + (live.connected ? " on" : "") + (waiting ? " some" : ""), href: "#/queue", "data-key": "mark", "aria-label": t("待发 ", "Queue ") + waiting + t("，", ", ") + state },
      h("i", {}), h("span", {}, t("待发 ", "Queue ")), h("b", { id: "waiting" }, String(waiting)), h("span", {}, "· " + state)));
}

// Redraws the views that show the queue or what the receiver has, at most five times a second.
let redrawing = 0;
listeners.add(() => {
  if (redrawing) return;
  redrawing = setTimeout(() => {
    redrawing = 0;
    if (current.redraw && !document.querySelector(".veil")) render();
    else showStrip();
  }, 200);
});

async function begins() {
  speak(lang);
  try {
    await database();
  } catch {
    mount(byId("main"), card(problemBox({ title: t("此浏览器不能保存数据", "This browser cannot keep data"), detail: t("请关闭无痕模式，或用系统浏览器打开此页。", "Leave private mode, or open the page in the system browser.") })));
    return;
  }
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  await sweep().catch(() => {});
  window.addEventListener("hashchange", render);
  window.addEventListener("pagehide", () => { releaseLease().catch(() => {}); live.close(); });
  window.addEventListener("pageshow", (e) => { if (e.persisted) { live.open(); render(); } });
  Object.assign(me, await fetchRow("kept", "me"));
  render();
  await learnMe();
  live.open();
  wakeSender();
  if (current.route === "settings" || current.route === "enrol") render();
}

begins();
