// What the other members of a team inspection entered, beside the criterion and the section.

// What of a team's news concerns the form: by criterion or group what others entered, by section its state.
function teamSeen(row) {
  if (!row || !row.state) return null;
  const others = {}, me_ = me.person && me.person.id;
  const add = (named, one) => { (others[named] = others[named] || []).push(one); };
  for (const one of teamFindings(row)) if (!one.mine) add(one.criterion, { who: personIn(row, one.person), count: one.count, clause: one.clause, note: one.note });
  const newest = new Map();
  for (const { step, person } of row.steps) {
    if (step.kind === "figures") newest.set("figures " + step.criterion, { step, person });
    if (step.kind === "not_applicable") newest.set("na " + step.named, { step, person });
  }
  for (const { step, person } of newest.values()) {
    if (person === me_) continue;
    if (step.kind === "figures" && step.figures) add(step.criterion, { who: personIn(row, person), figures: Object.values(step.figures).filter(Boolean).join(" / ") });
    if (step.kind === "not_applicable" && !step.applies) add(step.named, { who: personIn(row, person), off: true });
  }
  const declined = {};
  for (const [key, { problem }] of Object.entries(row.declined)) declined[key.split("#")[0]] = problem;
  return { others, declined, sections: Object.fromEntries(row.state.sections.map((one) => [one.id, sectionState(row, one)])) };
}

function sectionState(row, one) {
  if (one.submitted) return { words: t("已提交：", "Submitted: ") + personIn(row, one.submitted_by), submitted: true };
  return { words: one.person ? t("负责：", "With: ") + personIn(row, one.person) : t("未分派", "With nobody in particular"), submitted: false };
}

// News for the form that is open: it is drawn again only where something moved.
async function teamHeard(id) {
  for (const session of sessions.values()) {
    if (session.draft.team !== id) continue;
    session.team = teamSeen(await teamRow(id));
    session.onchange();
  }
}

function otherWords(criterion, one) {
  if (one.off) return t("：不适用", ": does not apply");
  if (one.figures) return t("：填了 ", ": gave ") + one.figures;
  const clause = criterion && clausesOf(criterion).length > 1 ? t("（第 " + (one.clause + 1) + " 款）", " (clause " + (one.clause + 1) + ")") : "";
  return " × " + one.count + clause + (one.note ? " · " + one.note : "");
}

// Somebody else's entries look different from one's own: they cannot be changed here.
function othersBox(session, named, criterion) {
  const node = h("ul", { class: "others", hidden: true, "aria-label": t("其他人记的 ", "Entered by others at ") + named });
  let told = "";
  const update = () => {
    const team = session.team, all = (team && team.others[named]) || [], problem = team && team.declined[named];
    const now = JSON.stringify([all, problem]);
    if (now === told) return;
    told = now;
    node.hidden = !all.length && !problem;
    node.replaceChildren(...all.map((one) => h("li", {}, icon("person"), h("span", {}, h("b", {}, one.who), otherWords(criterion, one)))),
      ...(problem ? [h("li", {}, problemBox(problem))] : []));
  };
  return { node, update };
}
