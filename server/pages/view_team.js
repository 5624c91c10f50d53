// A team inspection: who has what, how far it is, what everybody found, its end.

let teamTimer = 0;

async function viewTeam(id) {
  let row = await teamRow(id);
  if (!row) return goneView();
  const offline = await syncTeam(id).then(() => null, (trouble) => trouble);
  row = (await teamRow(id)) || row;
  clearTimeout(teamTimer);
  teamTimer = setTimeout(() => { if (current.route === "team" && !document.querySelector(".veil, textarea:focus")) render(); }, TEAM_EVERY);
  const { state } = row;
  if (!state) return { title: t("联合检查", "Team inspection"), back: "/", nodes: [card(problemBox(offline instanceof Problem ? offline : offlineProblem()))] };
  const edition = await readEdition(state.team.rulebook, state.team.edition);
  const leads = me.person && me.person.id === state.team.leader.id, closed = state.team.inspection;
  const waiting = row.outbox.length;
  return {
    title: t("联合检查", "Team inspection"), back: row.token === scanned ? "/" : "/point/" + row.token,
    nodes: [
      teamHead(row, edition),
      offline && card(problemBox(offline instanceof Problem ? offline : offlineProblem())),
      waiting > 0 && h("p", { class: "notice" }, many(waiting, "条记录待同步", "entry waits to be sent", "entries wait to be sent")),
      declinedLines(row),
      !closed && edition.sections.map((section) => sectionCard(row, section, leads)),
      findingCards(row, edition),
      closed && !state.countersigned && managesHere(row) && signCard(row)],
    bar: closed ? null : [button(t("填写", "Fill in"), () => go("/form/" + row.draft), { class: leads ? "" : "main" }),
      leads && button(t("结束检查", "Close"), () => closeTeam(row), { class: "main", disabled: state.sections.some((one) => !one.submitted) })].filter(Boolean),
  };
}

const personIn = (row, person) => (me.person && person === me.person.id ? t("我", "me") : row.state.people[person] || person);

function teamHead(row, edition) {
  const { team, score, sections, members, countersigned } = row.state;
  const done = sections.filter((one) => one.submitted).length;
  return card(h("h1", {}, inLang(edition.title)),
    h("p", { class: "hint" }, t("组长 ", "Leader ") + personIn(row, team.leader.id) + " · " + timeText(team.opened_at)),
    team.inspection && h("p", { class: "good" }, t("已结束，检查编号 ", "Closed as inspection ") + "№ " + team.inspection),
    countersigned && h("p", { class: "good" }, t("已会签：", "Countersigned: ") + countersigned.by.name + (countersigned.note ? " · " + countersigned.note : "")),
    h("div", { class: "row" }, h("div", {}, h("p", { class: "hint" }, t("项目已提交", "Sections submitted")), h("p", { class: "number" }, done + " / " + sections.length)),
      score && h("div", { class: "right" }, h("p", { class: "hint" }, t("当前得分", "Score so far")), h("p", { class: "number", id: "teamscore" }, score.score, h("small", {}, " / " + score.max)))),
    h("p", { class: "hint", id: "members" }, Object.entries(members).map(([one, n]) => personIn(row, one) + " " + many(n, "条", "entry", "entries")).join(" · ")));
}

function declinedLines(row) {
  const told = [...Object.entries(row.declined).map(([key, one]) => [key.split("#")[0], one.problem]), ...(row.told || []).map((problem) => ["", problem])];
  return told.map(([id, problem]) => card(problemBox({ title: (id ? id + " · " : "") + problem.title, detail: problem.detail })));
}

function sectionCard(row, section, leads) {
  const state = row.state.sections.find((one) => one.id === section.id);
  const mine = me.person && state.person === me.person.id;
  const submit = (kind) => (e) => { e.target.disabled = true; return addStep(row.id, { kind, section: section.id }).catch(() => {}).then(render); };
  const may = leads || mine || !state.person, mayOpen = leads || (me.person && state.submitted_by === me.person.id);
  return h("section", { class: "card", "data-section": section.id },
    h("div", { class: "row" }, h("h2", {}, h("b", { class: "id" }, section.id), " ", inLang(section.title)), h("b", { class: state.entries ? "times" : "hint" }, many(state.entries, "条", "entry", "entries"))),
    h("p", { class: state.submitted ? "good" : "hint" }, (state.submitted ? t("已提交：", "Submitted: ") + personIn(row, state.submitted_by) : state.person ? t("负责：", "With: ") + personIn(row, state.person) : t("未分派，谁都可以填", "With nobody in particular"))
      + " · " + inLang(section.owner)),
    leads && !state.submitted && holderChoice(row, section, state),
    state.submitted ? mayOpen && button(t("重新打开", "Open again"), submit("section_reopened"), { class: "wide" })
      : may && button(t("提交本项目", "Submit this section"), submit("section_submitted"), { class: "wide" }));
}

function holderChoice(row, section, state) {
  const choice = h("select", { "aria-label": t("负责人 ", "Holder ") + section.id, onchange: () =>
    addStep(row.id, { kind: "shared_out", section: section.id, person: choice.value || null }).catch(() => {}).then(render) },
  h("option", { value: "" }, t("未分派", "Nobody in particular")),
  Object.entries(row.state.candidates).map(([id, name]) => h("option", { value: id, selected: state.person === id }, name)));
  return choice;
}

function findingCards(row, edition) {
  const all = teamFindings(row);
  if (!all.length) return null;
  return card(h("h2", {}, t("大家发现的问题", "What everybody found")), h("ul", { class: "plain found-list" }, all.map((one) =>
    h("li", {}, h("div", { class: "row" }, h("span", {}, h("b", { class: "id" }, one.criterion), " ", nameIn(edition, one.criterion)), h("b", { class: "times" }, "× " + one.count)),
      h("p", { class: "quote" }, [personIn(row, one.person), one.note].filter(Boolean).join(" · "))))));
}

const managesHere = (row) => !!me.person && (me.person.roles || []).some((one) => one.role === "station_manager" && one.place === row.state.team.station);

// What was typed so far: news that comes late draws this view again.
const remarks = {};

function signCard(row) {
  const note = h("textarea", { id: "signnote", rows: 2, maxlength: NOTE_AT_MOST, oninput: () => { remarks[row.id] = note.value; }, "aria-label": t("会签意见", "What you have to say") });
  note.value = remarks[row.id] || "";
  const trouble = h("div", { role: "status" });
  const sign = button(t("会签", "Countersign"), async () => {
    sign.disabled = true;
    try {
      await callJson("POST", "/api/inspections/" + row.id + "/countersignature", { note: note.value });
      render();
    } catch (error) {
      sign.disabled = false;
      trouble.replaceChildren(problemBox(error instanceof Problem ? error : offlineProblem()));
    }
  }, { class: "wide main" });
  return card(h("h2", {}, t("站经理会签", "Countersign as the station's manager")), h("label", { for: "signnote" }, t("意见（可不填）", "Remark (optional)")), note, trouble, sign);
}

async function closeTeam(row) {
  const yes = await confirmed(t("结束这次联合检查？", "Close this team inspection?"), t("结束后不能再补充，成绩随即生成。", "Nothing can be added afterwards; the score is made."), t("结束检查", "Close"));
  if (!yes) return;
  try {
    await syncTeam(row.id);
    // News of the closing may come before its answer, and ends the draft.
    const draft = await fetchRow("drafts", row.draft);
    const receipt = await callJson("POST", "/api/teams/" + row.id + "/close", await withPresence(draft || { token: row.token, started_at: row.state.team.opened_at }));
    if (draft) await keepRow("receipts", { ...receipt, station: draft.station, point: draft.point, title: draft.title, rulebook: draft.rulebook, edition: draft.edition, sent_at: isoTime() });
    await syncTeam(row.id);
  } catch (error) {
    toast(error instanceof Problem ? error.title + " " + error.detail : offlineProblem().title);
  }
  render();
}
