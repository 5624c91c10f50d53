// Patrols: of a list only what is checked at this point, and what is left of the rounds of today.

// The edition with these groups only; without any named, the whole of it.
function narrowed(edition, groups) {
  if (!groups) return edition;
  const sections = edition.sections.map((s) => ({ ...s, groups: s.groups.filter((g) => groups.includes(g.id)) }));
  return { ...edition, sections: sections.filter((s) => s.groups.length) };
}

// What is not checked at this point does not apply to its form.
const sparedHere = (edition, groups) => (groups ? edition.sections.flatMap((s) => s.groups.map((g) => g.id)).filter((id) => !groups.includes(id)) : []);

const ROUND_STATES = {
  ahead: () => t("还没到时间", "not yet"), open: () => t("进行中", "now"), done: () => t("已完成", "done"),
  gaps: () => t("有漏", "points missed"), missed: () => t("未做", "missed"),
};

// Rounds go by the clock of the station, wherever the phone thinks it is.
const atStation = (iso, how) => new Date(iso).toLocaleString(lang === "zh" ? "zh-CN" : "en-GB", { timeZone: "Asia/Shanghai", ...how });
const clockText = (iso) => atStation(iso, { hour: "2-digit", minute: "2-digit" });
const dayText = (iso) => atStation(iso, { month: "long", day: "numeric" });

function roundHours(round) {
  const last = new Date(Date.parse(round.ends) - 60000).toISOString();
  return dayText(round.begins) === dayText(last) ? clockText(round.begins) + "–" + clockText(last) : t(dayText(last) + "前", "by " + dayText(last));
}

// What whoever scanned has to walk today, this week and this month: where still to go.
function roundsCard(point) {
  const rounds = point.rounds || [];
  if (!rounds.length) return null;
  return card(h("h2", {}, t("我的巡检", "My rounds")), h("ul", { class: "plain" }, rounds.map((round) => roundLine(round, point.point.id))));
}

function roundLine(round, here) {
  const left = round.stops.filter((stop) => !stop.at), mine = round.stops.find((stop) => stop.id === here);
  const urgent = round.state === "missed" || round.state === "gaps";
  const told = mine && (mine.at ? t("本点位 " + clockText(mine.at) + " 已查", "checked here at " + clockText(mine.at)) : round.state === "open" && t("本点位待查", "this point is due"));
  return h("li", { "data-round": round.id }, h("div", { class: "row" },
    h("span", {}, h("b", {}, inLang(round.title)), " ", h("small", {}, roundHours(round))), h("b", { class: "times" }, round.stops.length - left.length + " / " + round.stops.length)),
  h("p", { class: urgent ? "notice" : round.state === "done" ? "good" : "hint" }, [ROUND_STATES[round.state](), told].filter(Boolean).join(" · ")),
  left.length > 0 && round.state !== "ahead" && h("p", { class: "hint" }, t("还要去：", "Still to go: ") + left.map((stop) => inLang(stop.name)).join(t("、", ", "))));
}
