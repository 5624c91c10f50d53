// My duties: what the posts I hold have to do today and this week, what is late, what was told about posts below.

const readDuties = () => helping("duties", "/api/duties");

const DUTY_GROUPS = [
  { name: "late", title: () => t("逾期，还能补", "Late, can still be done"), has: (d) => d.late },
  { name: "today", title: () => t("今天到期", "Due today"), has: (d) => !d.late && d.state === "due" && d.days_left === 0 },
  { name: "week", title: () => t("还没到期", "To be done"), has: (d) => !d.late && d.state === "due" && d.days_left > 0 },
  { name: "done", title: () => t("已完成、已免除", "Done or excused"), has: (d) => ["done", "done_late", "excused"].includes(d.state) },
];

const inGroup = (mine, name) => mine.duties.filter(DUTY_GROUPS.find((group) => group.name === name).has);

// How urgent a check list is at a station: late first, then due today.
function urgencyOf(mine, station, rulebook) {
  const fits = (d) => d.forms.some((form) => form.id === rulebook) && (!d.station || d.station === station);
  return mine && inGroup(mine, "late").some(fits) ? "late" : mine && inGroup(mine, "today").some(fits) ? "today" : "";
}

const URGENCY = {
  late: () => h("p", { class: "notice", "data-due": "late" }, t("逾期，请尽快补做", "Late: please do it soon")),
  today: () => h("p", { class: "notice", "data-due": "today" }, t("今天到期", "Due today")),
};
const urgencyLine = (urgency) => (urgency ? URGENCY[urgency]() : null);

// What must be done here comes first; the order stays as it was among the others.
function mostUrgentFirst(lists, mine, station) {
  const order = { late: 0, today: 1, "": 2 };
  return lists.map((list) => ({ list, urgency: urgencyOf(mine, station, list.id) })).sort((a, b) => order[a.urgency] - order[b.urgency]);
}

// In a few words on the point page; the whole list is one tap away.
function dutiesCard(mine) {
  if (!mine || !(mine.duties.length || mine.told.length)) return null;
  const late = inGroup(mine, "late").length, today = inGroup(mine, "today").length, week = inGroup(mine, "week").length;
  const counts = [late && t("逾期 ", "late ") + late, today && t("今天到期 ", "due today ") + today, week && t("还没到期 ", "to be done ") + week,
    mine.told.length && t("下级逾期 ", "late below ") + mine.told.length].filter(Boolean);
  return h("section", { class: "card", "data-duties": late + today }, h("h2", {}, t("我的任务", "My duties")),
    h("p", { class: late ? "notice" : "hint" }, counts.join(" · ") || t("都做完了", "all done")),
    button([h("span", {}, t("查看任务", "Show them")), icon("go")], () => go("/duties"), { class: "wide" }));
}

function dueText(duty) {
  if (duty.excused) return t("已免除：", "excused: ") + duty.excused;
  if (duty.state === "done" || duty.state === "done_late") return t("已完成", "done");
  const day = dayText(duty.due + "T00:00:00+08:00");
  if (duty.days_left === 0) return t("今天", "today");
  return duty.days_left > 0 ? t(day + "前，剩 " + duty.days_left + " 天", "by " + day + ", " + many(duty.days_left, "天", "day", "days") + " left")
    : t(day + "到期，已过 " + -duty.days_left + " 天", "was due " + day + ", " + many(-duty.days_left, "天", "day", "days") + " ago");
}

// Where it is done: recordings are watched at the console; the rest starts with a scan, or with the list at hand.
function whereText(duty) {
  if (duty.forms.length && duty.forms.every((form) => form.kind === "video_audit")) return t("看录像，在控制台录入", "Watch recordings; enter it at the console");
  return t("到站扫任一点位的码，填：", "Scan any code at the station, fill in: ") + duty.forms.map((form) => inLang(form.title)).join(t("、", ", "));
}

function dutyLine(duty, points) {
  const open = duty.state === "due" || duty.late, scan = duty.forms.some((form) => form.kind !== "video_audit");
  const point = open && scan && points.find((one) => one.station.id === duty.station);
  return h("li", { "data-duty": duty.id }, h("div", { class: "row" }, h("b", {}, inLang(duty.short || duty.title)), duty.wanted > 1 && h("b", { class: "times" }, duty.covered + " / " + duty.wanted)),
    h("p", { class: duty.late ? "notice" : "hint" }, inLang(duty.place) + " · " + dueText(duty)),
    open && h("p", { class: "hint" }, whereText(duty)),
    point && button(t("去填：", "Fill it in: ") + inLang(point.point.name), () => go("/point/" + point.token), { class: "wide main" }));
}

const toldLine = (one) => h("li", { "data-duty": one.id }, h("b", {}, inLang(one.short || one.title)),
  h("p", { class: "notice" }, inLang(one.place) + " · " + (one.names.join(t("、", ", ")) || t("岗位空缺", "nobody holds the post")) + " · " + t("应于", "was due ") + dayText(one.due + "T00:00:00+08:00") + t("完成，已上报给您", "; told to you")));

async function viewDuties() {
  const mine = await readDuties(), back = "/", title = t("我的任务", "My duties");
  if (!mine) return { title, back, tab: "home", nodes: [card(problemBox(offlineProblem()), button(t("重试", "Try again"), render, { class: "wide" }))] };
  const points = (await fetchAll("points")).sort((a, b) => b.kept_at - a.kept_at), nodes = [];
  if (live.connected === false) nodes.push(h("p", { class: "hint" }, t("没有网络，这是 ", "No network; as of ") + dayText(mine.at) + " " + clockText(mine.at) + t(" 的情况。", ".")));
  if (mine.told.length) nodes.push(card(h("h2", {}, t("下级逾期，已上报给您", "Late below, told to you")), h("ul", { class: "plain" }, mine.told.map(toldLine))));
  for (const group of DUTY_GROUPS) {
    const duties = inGroup(mine, group.name);
    if (duties.length) nodes.push(h("section", { class: "card", "data-group": group.name }, h("h2", {}, group.title() + " " + duties.length), h("ul", { class: "plain" }, duties.map((one) => dutyLine(one, points)))));
  }
  if (!nodes.length) nodes.push(card(h("p", {}, t("现在没有任务。", "Nothing is to be done now."))));
  return { title, back, nodes, tab: "home" };
}
