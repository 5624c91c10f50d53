// The point that was scanned, its check lists, and every draft on this phone.

const scanned = (/^\/s\/([^/]+)/.exec(location.pathname) || [])[1];

async function viewPoint(token) {
  const drafts = (await fetchAll("drafts")).sort(newestFirst);
  const nodes = [];
  if (token) nodes.push(...await pointCards(token, drafts));
  else nodes.push(card(h("h1", {}, t("请扫描点位上的二维码", "Scan the code at a point")),
    h("p", {}, t("用手机相机或微信“扫一扫”，扫设备旁贴的二维码，就会打开那里的检查表。", "Use the phone's camera or WeChat's scanner on the printed code; its check lists open here."))), ...await logCards(await stationKnown()));
  const shown = new Set(nodes.map((node) => node && node.dataset.draft));
  const teams = new Set(nodes.map((node) => node && node.dataset.team));
  const others = drafts.filter((d) => !shown.has(d.id) && !(d.team && teams.has(d.team)));
  if (others.length) nodes.push(h("h2", {}, t("其他未提交的检查", "Other unfinished checks")), ...others.map((d) => draftCard(d, true)));
  nodes.push(...await recentPoints(token));
  return { title: t("检查", "Check"), nodes, tab: "home" };
}

async function pointCards(token, drafts) {
  let point;
  try {
    point = await readPoint(token);
  } catch (trouble) {
    if (trouble instanceof Problem && trouble.unknownPhone) { notEnrolled(trouble); return []; }
    const again = button(t("重试", "Try again"), () => render(), { class: "wide" });
    return [card(problemBox(trouble instanceof Problem ? trouble : offlineProblem()), again)];
  }
  const head = card(h("p", { class: "hint" }, inLang(point.station.name)), h("h1", {}, inLang(point.point.name)), clockHint(point), await proofLine(point.station.id));
  const lists = point.rulebooks.map((list) => {
    // Fetched now, so that the list can be filled when the network is gone.
    readEdition(list.id, list.edition).catch(() => {});
    const draft = drafts.find((d) => !d.team && d.token === token && d.rulebook === list.id && d.edition === list.edition);
    return draft ? draftCard(draft) : card(h("h2", {}, inLang(list.title)),
      h("p", { class: "hint" }, many(list.entries, "项", "entry", "entries") + " · " + list.edition),
      button(t("开始检查", "Start check"), (e) => start(e.target, point, list), { class: "wide main" }),
      list.kind === "comprehensive" && button(t("发起联合检查", "Start a team inspection"), (e) => startTeam(e.target, point, list), { class: "wide" }));
  });
  const none = !lists.length && card(h("p", {}, t("这个点位还没有检查表，请联系站经理。", "This point has no check list yet. Ask the station manager.")));
  const [log, teams] = await Promise.all([logCards(point.station), teamCards(point)]);
  return [head, roundsCard(point), ...log, ...teams, ...lists, none];
}

// A wrong clock is told, never refused: the receiver writes down by how much.
function clockHint(point) {
  const off = point.kept_at ? 0 : (Date.now() - Date.parse(point.server_time)) / 60000;
  if (!(Math.abs(off) > 5)) return null;
  const by = Math.abs(off) > 2880 ? Math.round(Math.abs(off) / 1440) + t(" 天", " days")
    : Math.abs(off) > 120 ? Math.round(Math.abs(off) / 60) + t(" 小时", " hours") : Math.round(Math.abs(off)) + t(" 分钟", " minutes");
  return h("p", { class: "notice" }, t("手机时间比服务器", "The phone's clock is ") + (off > 0 ? t("快 ", "") : t("慢 ", "")) + by
    + t("。可以照常检查，时间差会一并记录；请改正手机时间。", (off > 0 ? " fast" : " slow") + ". You can go on; the difference is recorded. Please set the clock."));
}

// Team inspections of this station that go on or wait for the manager, and those kept here.
async function teamCards(point) {
  const open = await callJson("GET", "/api/teams?station=" + encodeURIComponent(point.station.id)).catch(() => []);
  return open.map((team) => {
    const list = point.rulebooks.find((one) => one.id === team.rulebook) || { id: team.rulebook, edition: team.edition, title: { zh: team.rulebook, en: team.rulebook } };
    return h("section", { class: "card", "data-team": team.id }, h("h2", {}, t("联合检查：", "Team inspection: ") + inLang(list.title)),
      h("p", { class: "hint" }, t("组长 ", "Leader ") + team.leader.name + " · " + (team.inspection ? t("已结束，待站经理会签", "closed, waits for the manager") : timeText(team.opened_at))),
      button(team.inspection ? t("查看", "Open") : t("加入", "Join"), (e) => startTeam(e.target, point, list, team), { class: "wide main" }));
  });
}

const startTeam = (pressed, point, list, known) => starting(pressed, async () => {
  await readEdition(list.id, list.edition);
  go("/team/" + (await joinTeam(point, list, known)).id);
});

const start = (pressed, point, list) => starting(pressed, async () => {
  await readEdition(list.id, list.edition);
  go("/form/" + (await startDraft(point, list)).id);
});

async function starting(pressed, act) {
  pressed.disabled = true;
  try {
    await act();
  } catch (trouble) {
    pressed.disabled = false;
    const problem = trouble instanceof Problem ? trouble : isFull(trouble)
      ? { title: t("手机存储空间已满", "The phone's storage is full"), detail: t("请清理后再开始。", "Free some space first.") } : offlineProblem();
    toast(problem.title + (lang === "zh" ? "。" : ". ") + problem.detail);
  }
}

function draftCard(draft, elsewhere) {
  const found = Object.values(draft.lines).filter((line) => line.count).length;
  return h("section", { class: "card", "data-draft": draft.id }, h("h2", {}, inLang(draft.title)),
    elsewhere && h("p", {}, inLang(draft.station) + " · " + inLang(draft.point) + " · " + draft.edition),
    h("p", { class: "hint" }, t("未提交 · 发现 ", "Unfinished · ") + many(found, "项", "finding", "findings") + " · " + timeText(draft.at)),
    h("div", { class: "pair" },
      button(t("删除", "Delete"), () => discardDraft(draft), { class: "danger" }),
      button(t("继续填写", "Continue"), () => go(draft.team ? "/team/" + draft.team : "/form/" + draft.id), { class: "main" })));
}

async function discardDraft(draft) {
  const yes = await confirmed(t("删除这张未提交的表？", "Delete this unfinished form?"),
    t("已填的内容和照片将一并删除，无法恢复。", "What was filled in and its pictures are deleted for good."), t("删除", "Delete"));
  if (!yes) return;
  await dropRow("drafts", draft.id);
  await sweep();
  render();
}

async function recentPoints(token) {
  const points = (await fetchAll("points")).filter((p) => p.token !== token).sort((a, b) => b.kept_at - a.kept_at).slice(0, 8);
  if (!points.length) return [];
  return [h("h2", {}, t("最近打开过的点位", "Points opened before")), h("ul", { class: "links" }, points.map((p) =>
    h("li", {}, button([h("span", {}, inLang(p.point.name), h("small", {}, inLang(p.station.name))), icon("go")], () => go("/point/" + p.token)))))];
}
