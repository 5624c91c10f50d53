// Empties the queue: forms first and in order, then files; one tab at a time.

const LEASE_MS = 8000, FIRST_WAIT = 2000, LONGEST_WAIT = 60000;

const sender = { tab: newId(), running: false, again: false, failures: 0, notBefore: 0, asked: 0, timer: 0, problem: null, progress: {}, busy: "" };

// One sender over all tabs. IndexedDB orders the claims; Web Locks are absent on plain http.
function holdLease() {
  return within(["kept"], "readwrite", async (s) => {
    const lease = await asked(s("kept").get("lease")), now = Date.now();
    // A far future end can only come from a clock that was set back since.
    if (lease && lease.tab !== sender.tab && lease.until > now && lease.until < now + 2 * LEASE_MS) return false;
    await asked(s("kept").put({ key: "lease", tab: sender.tab, until: now + LEASE_MS }));
    return true;
  });
}

const releaseLease = () => alterRow("kept", "lease", (lease) => (lease && lease.tab === sender.tab ? null : undefined));

async function nextInQueue() {
  const forms = (await fetchAll("queue")).filter((row) => row.state === "waiting").sort((a, b) => a.order - b.order);
  if (forms.length) return { form: forms[0] };
  const files = (await fetchAll("blobs")).filter((row) => row.state === "waiting").sort((a, b) => a.order - b.order);
  return files.length ? { file: files[0] } : null;
}

async function wakeSender(now) {
  // News of a network cuts a wait short, but not one that the receiver asked for.
  if (now) sender.notBefore = sender.asked;
  if (sender.running) { sender.again = true; return; }
  if (me.unknown) return;
  clearTimeout(sender.timer);
  const wait = sender.notBefore - Date.now();
  if (wait > 0) { sender.timer = setTimeout(wakeSender, wait); return; }
  sender.running = true;
  try {
    await sendWaiting();
  } catch (trouble) {
    retryLater(trouble);
  } finally {
    sender.running = false;
    sender.busy = "";
    await releaseLease().catch(() => {});
    announce();
    if (sender.again) { sender.again = false; wakeSender(); }
  }
}

async function sendWaiting() {
  while (await nextInQueue()) {
    if (!(await holdLease())) { sender.timer = setTimeout(wakeSender, LEASE_MS / 3); return; }
    // Read again under the lease: another tab may have sent it since.
    const next = await nextInQueue();
    if (!next) return;
    const renewing = setInterval(() => holdLease().catch(() => {}), LEASE_MS / 3);
    try {
      await (next.form ? sendForm(next.form) : sendNextFile(next.file));
    } finally {
      clearInterval(renewing);
    }
    sender.failures = 0;
    sender.problem = null;
    announce();
  }
}

function retryLater(trouble) {
  if (trouble instanceof Problem && trouble.unknownPhone) { notEnrolled(trouble); return; }
  // Told on the queue page, so that nobody wonders why nothing goes.
  sender.problem = trouble instanceof Problem ? plain(trouble) : null;
  const backoff = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** sender.failures++) * (0.5 + Math.random() / 2);
  sender.asked = trouble.retryAfter ? Date.now() + trouble.retryAfter * 1000 : 0;
  sender.notBefore = Math.max(Date.now() + backoff, sender.asked);
  sender.timer = setTimeout(wakeSender, sender.notBefore - Date.now());
}

async function sendForm(row) {
  sender.busy = row.id;
  announce();
  let receipt;
  try {
    const answer = await call("POST", row.path || "/api/submissions", { body: row.form, headers: { "Content-Type": "application/json" } });
    receipt = await answer.json().catch(() => ({}));
  } catch (trouble) {
    if (!(trouble instanceof Problem) || trouble.passing || trouble.unknownPhone) throw trouble;
    await alterRow("queue", row.id, (kept) => kept && { ...kept, state: "refused", problem: plain(trouble) });
    return;
  }
  // Anything else that says 200 is a sign-in page between phone and receiver.
  if (receipt.id !== row.id || !receipt.seal) throw new Unreachable("not a receipt");
  await keepReceipt(row, receipt);
}

function keepReceipt(row, receipt) {
  const { station, point, title, rulebook, edition } = row.draft;
  return within(["queue", "receipts", "blobs"], "readwrite", async (s) => {
    await asked(s("receipts").put({ ...receipt, station, point, title, rulebook, edition, sent_at: isoTime() }));
    await asked(s("queue").delete(row.id));
    for (const blob of await asked(s("blobs").getAll())) {
      if (blob.form === row.id && blob.state === "draft") {
        await asked(s("blobs").put({ ...blob, state: receipt.evidence_waiting.includes(blob.id) ? "waiting" : "arrived" }));
      }
    }
  });
}

async function sendNextFile(row) {
  sender.busy = row.id;
  const progress = (share) => { sender.progress[row.id] = share; listeners.forEach((hear) => hear()); };
  try {
    if (await sendFile(row, progress, holdLease)) {
      // A video has done its duty; a picture stays for looking back.
      await alterRow("blobs", row.id, (kept) => kept && { ...kept, state: "arrived", blob: kept.kind === "video" ? null : kept.blob });
    }
  } catch (trouble) {
    const unread = trouble && /^Not(Found|Readable)Error$/.test(trouble.name || "");
    const refused = trouble instanceof Problem && !trouble.passing && !trouble.unknownPhone;
    if (!unread && !refused) throw trouble;
    // The receiver's remedy is that the phone sends again; here it has, and given up.
    if (trouble.status === 460) trouble.detail = t("自动重传多次仍不一致，可能是网络有问题。请点“重试”；仍不行请重新拍摄并另行提交。", "It was sent several times in vain; the network may damage it. Choose “Try again”, else take it again and send it with a new form.");
    const problem = refused ? plain(trouble) : { title: t("手机已读不出这个文件", "The phone can no longer read this file"), detail: t("请重新拍摄并另行提交。", "Take it again and send it with a new form.") };
    await alterRow("blobs", row.id, (kept) => kept && { ...kept, state: "refused", problem });
  }
}

// What waits, for the badge that is always in sight.
async function countWaiting() {
  const forms = await fetchAll("queue");
  const files = (await fetchAll("blobs")).filter((row) => row.state === "waiting" || row.state === "refused");
  return forms.length + files.length;
}
