// What speaks for having been here: the console's changing code, this page's own mark, its receipts.

// An address may be cut off in the middle of an escape.
function decoded(text) { try { return decodeURIComponent(text); } catch { return text; } }

const shownCode = decoded((/^\/p\/([^/]+)/.exec(location.pathname) || [])[1] || "");
const proving = { asked: null, refused: null };
// A form that is finished later than this after it could last be begun is not spoken for any more.
const PROOF_SPEAKS_MS = 10 * 3600000;
const proofKey = (station) => "proof:" + station;

// A mark that no cookie carries: a copied key in another browser has another one.
async function pageMark() {
  const kept = await fetchRow("kept", "page");
  if (kept) return kept.id;
  // Two tabs may come here at once: the transaction lets one of them make it.
  await alterRow("kept", "page", (row) => (row ? undefined : { key: "page", id: newId() }));
  return (await fetchRow("kept", "page")).id;
}

// What goes with a form beside its answers; settled when it is queued, for a form never changes.
async function withPresence(draft) {
  const receipts = (await fetchAll("receipts")).filter((one) => one.number).sort(newestFirst);
  const point = await fetchRow("points", draft.token), proof = point && await fetchRow("kept", proofKey(point.station.id));
  const serves = proof && proof.ends > Date.parse(draft.started_at) && Date.now() < proof.ends + PROOF_SPEAKS_MS;
  return { page: await pageMark(), ...(receipts.length ? { after: receipts[0].number } : {}), ...(serves ? { proof: proof.proof } : {}) };
}

// The code in the address is worth something for a minute only: asked at once, and asked once.
function provePresence() {
  if (proving.refused) throw proving.refused;
  proving.asked = proving.asked || askProof().catch((trouble) => {
    proving.asked = null;
    if (trouble instanceof Problem && !trouble.passing && !trouble.unknownPhone) proving.refused = trouble;
    throw trouble;
  });
  return proving.asked;
}

async function askProof() {
  const known = (await fetchAll("kept")).find((row) => row.proof && row.code === shownCode);
  if (known) return known;
  const { station, ...told } = await callJson("POST", "/api/proofs", { code: shownCode });
  // How long it serves goes by the station's clock, however far off the phone's is.
  const row = { ...told, key: proofKey(station.id), station, code: shownCode, ends: Date.now() + Date.parse(told.until) - Date.parse(told.at) };
  await keepRow("kept", row);
  return row;
}

// Proofs, duties and logs are those of whoever was enrolled; the page's mark is not, it stays.
const isOfOne = (row) => row.proof || /^(duties|handovers|log:.*)$/.test(row.key);

async function forgetWhoeverWas() {
  Object.assign(proving, { asked: null, refused: null });
  for (const row of await fetchAll("kept")) if (isOfOne(row)) await dropRow("kept", row.key);
}

const provenText = (row) => t("在场已证明，有效至 ", "Presence proven, good until ") + clockText(row.until);

// One line for the point page while a proof of its station is in force.
async function proofLine(station) {
  const row = await fetchRow("kept", proofKey(station));
  return row && row.ends > Date.now() ? h("p", { class: "good", "data-proof": station }, "✓ " + provenText(row)) : null;
}

// What whoever scanned the console is told first; below it stands where to go on.
async function proofCards() {
  if (!shownCode) return [];
  try {
    const row = await provePresence();
    if (row.ends <= Date.now()) throw staleProof();
    return [h("section", { class: "card", "data-proof": row.station.id }, h("h1", { class: "good" }, "✓ " + provenText(row)), h("p", {}, inLang(row.station.name)),
      h("p", {}, t("接下来两小时内在本站开始的检查都会带上这份证明。", "Checks begun at this station in the next two hours bear this proof.")), await onwards(row.station.id))];
  } catch (trouble) {
    if (trouble instanceof Problem && trouble.unknownPhone) { notEnrolled(trouble); return []; }
    const settled = trouble instanceof Problem && !trouble.passing;
    if (!settled && !(trouble instanceof Unreachable) && !(trouble instanceof Problem)) throw trouble;
    return [card(problemBox(trouble instanceof Problem ? trouble : offlineProblem()), !settled && button(t("重试", "Try again"), () => render(), { class: "wide" }))];
  }
}

const staleProof = () => new Problem(410, {
  title: t("在场证明已过期", "This proof of presence has run out"), detail: t("请再扫一次控制台上的在场码。", "Scan the console's code once more."),
});

// The point of this station that was opened last, with its rounds, if there was one.
async function onwards(station) {
  const [last] = (await fetchAll("points")).filter((one) => one.station.id === station).sort((a, b) => b.kept_at - a.kept_at);
  return last && button(t("去点位和我的巡检：", "To the point and my rounds: ") + inLang(last.point.name), () => go("/point/" + last.token), { class: "wide main" });
}

async function viewHome() {
  const cards = await proofCards(), view = await viewPoint(scanned);
  return { ...view, nodes: [...cards, ...view.nodes] };
}
