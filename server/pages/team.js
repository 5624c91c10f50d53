// A team inspection on this phone: what is entered here goes as steps, what others enter comes as
// news. The draft stays this phone's own; whatever it says that the team does not know becomes
// steps, each with its id before it is sent, so that sending it again changes nothing.

const STEPS_AT_ONCE = 50, TEAM_EVERY = 4000;

const teamKey = (id) => "team:" + id;
const teamRow = (id) => fetchRow("kept", teamKey(id));
const teamRows = async () => (await fetchAll("kept")).filter((row) => String(row.key).startsWith("team:"));

// Opens a team inspection at the point, or joins one; either way with a draft of this phone's own.
async function joinTeam(point, list, known) {
  const team = known || await callJson("POST", "/api/teams", { id: newId(), rulebook: list.id, token: point.token });
  const row = await teamRow(team.id);
  if (row && await fetchRow("drafts", row.draft)) return row;
  const draft = await startDraft(point, list);
  await alterRow("drafts", draft.id, (kept) => ({ ...kept, team: team.id }));
  const fresh = { key: teamKey(team.id), id: team.id, draft: draft.id, token: point.token, sent: {}, na: [], declined: {}, outbox: [], steps: [], last: 0, state: null };
  await keepRow("kept", fresh);
  return fresh;
}

const lineMark = (line) => (line && line.count ? JSON.stringify([line.count, line.note, line.at || "", line.evidence]) : "");

// The steps that make the team's inspection say what the draft says; `row` remembers them as sent.
function stepsOf(row, draft, files, edition) {
  const steps = [];
  for (const key of new Set([...Object.keys(row.sent), ...Object.keys(draft.lines)])) {
    const mark = lineMark(draft.lines[key]), sent = row.sent[key];
    if ((sent ? sent.mark : "") === mark || (row.declined[key] || {}).mark === mark) continue;
    if (sent) steps.push({ kind: "retracted", id: newId(), step: sent.step });
    delete row.sent[key];
    delete row.declined[key];
    if (!mark) continue;
    steps.push(foundStep(key, draft.lines[key], files));
    row.sent[key] = { step: steps[steps.length - 1].id, mark };
  }
  for (const named of draft.na) if (!row.na.includes(named)) steps.push({ kind: "not_applicable", id: newId(), named });
  for (const named of row.na) if (!draft.na.includes(named)) steps.push({ kind: "not_applicable", id: newId(), named, applies: true });
  row.na = [...draft.na];
  const figures = figuresOfDraft(edition, draft), known = row.figures || {};
  for (const criterion of new Set([...Object.keys(known), ...Object.keys(figures)])) {
    if (JSON.stringify(known[criterion]) !== JSON.stringify(figures[criterion])) steps.push({ kind: "figures", id: newId(), criterion, figures: figures[criterion] || null });
  }
  row.figures = figures;
  return steps;
}

function foundStep(key, line, files) {
  const [criterion, clause] = key.split("#");
  const shown = line.evidence.filter((id) => files.has(id));
  return {
    kind: "found", id: newId(),
    found: { criterion, clause: Number(clause), count: line.count, note: line.note, at: line.at || null, evidence: shown },
    evidence: shown.map((id) => files.get(id)).map(({ id, kind, name, media_type, size, sha256, taken_at }) => ({ id, kind, name, media_type, size, sha256, taken_at })),
  };
}

const syncing = { timer: 0, running: new Map(), again: new Set() };

// Soon after a change, once for many of them.
function teamChanged() {
  clearTimeout(syncing.timer);
  syncing.timer = setTimeout(syncTeams, 400);
}

// The receiver's journal moved: somebody may have entered something.
function teamNews() {
  if (current.route === "team" || current.route === "form") teamChanged();
}

async function syncTeams() {
  for (const row of await teamRows()) await syncTeam(row.id).catch(() => {});
}

// One at a time for each; a change that comes meanwhile has it run once more.
async function syncTeam(id) {
  if (syncing.running.has(id)) { syncing.again.add(id); return syncing.running.get(id); }
  const run = (async () => {
    do {
      syncing.again.delete(id);
      await holdLease() && await sendSteps(id);
      await readNews(id);
    } while (syncing.again.has(id));
  })().finally(() => { syncing.running.delete(id); teamHeard(id).catch(() => {}); listeners.forEach((hear) => hear()); });
  syncing.running.set(id, run);
  return run;
}

async function sendSteps(id) {
  let row = await planned(id);
  while (row && row.outbox.length) {
    const steps = row.outbox.slice(0, STEPS_AT_ONCE);
    const { declined } = await callJson("POST", "/api/teams/" + id + "/steps", { steps });
    row = await alterRow("kept", teamKey(id), (kept) => taken(kept, steps, declined));
    const files = new Set(steps.filter((step) => !declined[step.id]).flatMap((step) => (step.evidence || []).map((one) => one.id)));
    for (const file of files) await alterRow("blobs", file, (kept) => (kept && kept.state === "draft" ? { ...kept, state: "waiting" } : undefined));
    if (files.size) wakeSender();
  }
}

// What the draft says goes into the outbox, in one transaction with what is remembered as sent.
async function planned(id) {
  const known = await teamRow(id), draft = known && await fetchRow("drafts", known.draft);
  if (!draft) return known;
  const edition = await readEdition(draft.rulebook, draft.edition), files = new Map();
  for (const blob of (await fetchAll("blobs")).filter((one) => one.form === draft.id)) {
    const whole = await measure(blob, () => {});
    if (whole) files.set(whole.id, whole);
  }
  return within(["kept", "drafts"], "readwrite", async (s) => {
    const row = await asked(s("kept").get(teamKey(id))), now = await asked(s("drafts").get(known.draft));
    if (row && now) {
      row.outbox.push(...stepsOf(row, now, files, edition));
      await asked(s("kept").put(row));
    }
    return row;
  });
}

function taken(row, steps, declined) {
  const gone = new Set(steps.map((step) => step.id));
  row.outbox = row.outbox.filter((step) => !gone.has(step.id));
  for (const [key, sent] of Object.entries(row.sent)) {
    if (!declined[sent.step]) continue;
    row.declined[key] = { mark: sent.mark, problem: declined[sent.step] };
    delete row.sent[key];
  }
  row.told = steps.filter((step) => declined[step.id] && step.kind !== "found").map((step) => declined[step.id]);
  return row;
}

async function readNews(id) {
  const row = await teamRow(id);
  if (!row) return;
  const { steps, ...state } = await callJson("GET", "/api/teams/" + id + "?after=" + row.last);
  await alterRow("kept", teamKey(id), (kept) => kept && (kept.last === row.last ? { ...kept, steps: [...kept.steps, ...steps], last: state.last, state } : { ...kept, state }));
  if (state.team.inspection) await endTeam(row);
}

// Once it is closed the draft has done its duty; files that are still on their way stay.
async function endTeam(row) {
  await alterRow("drafts", row.draft, (kept) => (kept ? null : undefined));
  const files = (await fetchAll("blobs")).some((one) => one.form === row.draft && one.state === "waiting");
  if (!files && row.state && row.state.countersigned) await dropRow("kept", row.key);
}

// What holds of everybody's findings: [{criterion, clause, count, note, person, mine}].
function teamFindings(row) {
  const gone = new Set(row.steps.filter((one) => one.step.kind === "retracted").map((one) => one.step.step));
  const mine = new Set(Object.values(row.sent).map((one) => one.step));
  return row.steps.filter((one) => one.step.kind === "found" && !gone.has(one.step.id))
    .map((one) => ({ ...one.step.found, clause: one.step.found.clause || 0, count: one.step.found.count || 1, person: one.person, at: one.at, mine: mine.has(one.step.id) }));
}

async function addStep(id, step) {
  await alterRow("kept", teamKey(id), (row) => row && { ...row, outbox: [...row.outbox, { id: newId(), ...step }] });
  await syncTeam(id);
}
