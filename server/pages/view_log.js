// The electronic log: today's and yesterday's lines, writing a note, handing a shift over, taking one over.

const LOG_KINDS = {
  self_check: ["自查", "Self-check"], patrol: ["巡检", "Patrol"], inspection: ["检查", "Inspection"],
};

// On the way from a scan: shifts that wait for me, then the log itself.
async function logCards(station) {
  return [...(await readShifts()).map(shiftCard),
    station && card(h("div", { class: "pair" }, button(t("电子日志", "Log"), () => go("/log/" + station.id), { "data-key": "log" }),
        button(t("写一条", "Write a note"), () => go("/note/" + station.id), { "data-key": "note" })))];
}

const stampText = (iso) => dayText(iso) + " " + clockText(iso);

function shiftCard(shift) {
  return h("section", { class: "card", "data-shift": shift.id }, h("h2", {}, t("等您接班", "A shift waits for you")),
    h("p", {}, shift.person + " · " + inLang(shift.station.name) + " · " + stampText(shift.at)), h("p", { class: "quote" }, shift.text),
    button(t("接班", "Accept"), () => go("/accept/" + shift.id), { class: "wide main" }));
}

const NOT_YOURS = () => ({
  title: t("现在读不到这座站的日志", "The log of this station cannot be read now"), detail: t("您可能已不在这里任职；有疑问请联系上级。", "You may no longer have a post here; ask whoever is above the station."),
});

async function viewLog(id) {
  const [log, shifts, known, queue] = await Promise.all([readLog(id), readShifts(), stationKnown(id), fetchAll("queue")]);
  const station = log ? log.station : known, days = logSpan[id] || LOG_DAYS;
  const going = queue.filter((row) => row.log && row.log.station === id);
  const search = h("input", { id: "logsearch", type: "search", placeholder: t("在日志里查找", "Search the log"), "aria-label": t("在日志里查找", "Search the log"), "data-key": "logsearch", oninput: () => { logWords[id] = search.value; showFitting(search.value); } });
  search.value = logWords[id] || "";
  setTimeout(() => showFitting(search.value));
  return {
    title: t("电子日志", "Electronic log"), back: "/", redraw: true,
    nodes: [
      card(h("h1", {}, inLang(station.name)), live.connected === false && h("p", { class: "notice" }, t("离线：这是上次读到的日志，写的会自动发送。", "Offline: the log as last read; what you write sends itself.")),
        h("div", { class: "pair" }, button(t("写一条", "Write a note"), () => go("/note/" + id), { class: "main", "data-key": "note" }),
          button(t("交班", "Hand over"), () => go("/handover/" + id), { "data-key": "handover" })), log && log.lines.length > 3 && search),
      shifts.filter((one) => one.station.id === id).map(shiftCard),
      going.map(queuedForm),
      log ? dayCards(log.lines, id) : card(problemBox(live.connected ? NOT_YOURS() : offlineProblem()), button(t("重试", "Try again"), render, { class: "wide" })),
      log && days < LOG_MOST && button(t("再往前 7 天", "7 days earlier"), () => { logSpan[id] = Math.min(LOG_MOST, days + LOG_MORE); render(); }, { class: "wide", "data-key": "earlier" })],
  };
}

function showFitting(typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  for (const line of document.querySelectorAll("[data-log]")) line.hidden = !words.every((word) => line.textContent.toLowerCase().includes(word));
}

function dayCards(lines, station) {
  if (!lines.length) return card(h("p", {}, t("这几天还没有记录。", "Nothing in these days yet.")));
  const days = new Map();
  for (const line of lines) {
    const day = atStation(line.at, { year: "numeric", month: "long", day: "numeric", weekday: "short" });
    days.set(day, [...(days.get(day) || []), line]);
  }
  return [...days].map(([day, those]) => card(h("h2", {}, day), h("ul", { class: "plain" }, those.map((line) => logLine(line, station)))));
}

function logLine(line, station) {
  const { handover } = line, own = line.note;
  return h("li", { "data-log": line.kind }, h("div", { class: "row" },
    h("span", {}, h("b", { class: "id" }, clockText(line.at)), " ", h("b", {}, inLang(line.title)), " ", !own && h("small", {}, t(...LOG_KINDS[line.kind]))), h("small", {}, line.person || t("控制台", "console"))),
  h("p", { class: "quote" }, inLang(line.says)), handover && handoverLines(handover),
  line.received_at && h("p", { class: "hint" }, t("补记：收到时间 ", "Came in later: ") + stampText(line.received_at)),
  own && line.kind === "note" && h("div", { class: "chips" }, h("button", { type: "button", class: "chip", onclick: () => correct(line, station) }, icon("note"), t("更正", "Correct"))));
}

function handoverLines({ matters, readings, remark }) {
  const list = (title, lines) => lines.length > 0 && h("p", { class: "hint" }, title + lines.join(t("；", "; ")));
  return [list(t("未了事项：", "Open: "), matters), list(t("交接数：", "Counted: "), readings), remark && h("p", { class: "hint" }, t("接班意见：", "Remark: ") + remark)];
}

async function correct(line, station) {
  const note = await readNote("note", station);
  await keepRow("kept", { ...note, about: line.note, wrong: inLang(line.says) });
  go("/note/" + station);
}

const LOG_FIELDS = {
  text: () => [t("内容", "What happened"), 5, ""], matters: () => [t("未了事项（每行一条）", "Open matters, a line each"), 3, t("3号枪待修", "Nozzle 3 to be repaired")],
  readings: () => [t("现金、钥匙、库存等（每行一条）", "Cash, keys, stock: a line each"), 3, t("备用金 2000 元", "Float 2000")],
};

async function viewWrite(kind, id) {
  const note = await readNote(kind, id), station = await stationKnown(id);
  const log = kind === "handover" ? await readLog(id) : null;
  const keep = (values) => keepRow("kept", Object.assign(note, values)).catch(() => warn("save", t("手机没能保存刚才的修改，请不要关闭此页。", "The phone could not save the last change. Do not close this page.")));
  const field = (name) => {
    const [label, rows, placeholder] = LOG_FIELDS[name]();
    const area = h("textarea", { id: "log-" + name, rows, maxlength: name === "text" ? NOTE_AT_MOST : NOTE_LINES * (NOTE_LINE + 1), placeholder, oninput: () => keep({ [name]: area.value }), "data-key": "log-" + name });
    area.value = note[name];
    return [h("label", { for: "log-" + name }, label), area];
  };
  const trouble = h("div", { role: "status" });
  const put = button(kind === "handover" ? t("交班", "Hand over") : t("记入日志", "Put into the log"), () => putNote(kind, station, note, trouble, put), { class: "main", "data-key": "put" });
  return {
    title: inLang(LOG_TITLES[kind]), back: "/log/" + id, bar: [put],
    nodes: [card(h("h1", {}, inLang(station.name)), note.about && h("div", { class: "notice" }, t("更正：", "Corrects: ") + (note.wrong || ""), " ", button(t("不更正", "Not a correction"), () => keep({ about: null, wrong: "" }).then(render))),
      kind === "handover" && successorChoice(note, log, keep), field("text"), kind === "handover" && [field("matters"), field("readings")],
      h("p", { class: "hint" }, t("记入后不能修改；写错了再写一条更正。", "Nothing in the log is edited: a mistake is put right by another note.")), trouble)],
  };
}

// Colleagues are known once the log was read; a post can be named without network, too.
function successorChoice(note, log, keep) {
  const colleagues = log ? log.colleagues : [], posts = ["staff", "station_manager"];
  const option = (value, words) => h("option", { value, selected: note.to === value }, words);
  const choice = h("select", { id: "log-to", "data-key": "log-to", onchange: () => keep({ to: choice.value }) }, option("", t("请选择", "Choose")),
    colleagues.map((one) => option("person:" + one.id, one.name + " · " + roleText(one.role))),
    posts.map((post) => option("post:" + post, t("任何一位", "Any ") + roleText(post))));
  return [h("label", { for: "log-to" }, t("交给谁", "To whom")), choice];
}

function slipIn(kind, note) {
  if (!note.text.trim()) return t("请写内容", "Write what happened");
  if (kind === "note") return "";
  if (!note.to) return t("请选择交给谁", "Choose to whom you hand over");
  const lists = [linesOf(note.matters), linesOf(note.readings)];
  if (lists.some((lines) => lines.length > NOTE_LINES)) return t("每项最多 20 行", "20 lines each at most");
  return lists.some((lines) => lines.some((line) => line.length > NOTE_LINE)) ? t("每行最多 200 字", "200 characters a line at most") : "";
}

async function putNote(kind, station, note, trouble, put) {
  const slip = slipIn(kind, note);
  if (slip) { trouble.replaceChildren(problemBox({ title: slip })); return; }
  put.disabled = true;
  const [how, whom] = note.to.split(":");
  const handed = kind === "note" ? {} : { kind, ["to_" + how]: whom, matters: linesOf(note.matters), readings: linesOf(note.readings) };
  try {
    await enqueueLog(kind, station, "/api/notes", { station: station.id, text: note.text.trim(), ...(note.about ? { about: note.about } : {}), ...handed }, {}, note.key);
    toast(t("已记下，正在发送", "Kept; it sends itself"));
    go("/log/" + station.id);
  } catch (error) {
    put.disabled = false;
    trouble.replaceChildren(problemBox(brokenProblem(error)));
  }
}

async function viewAccept(id) {
  const shift = (await readShifts()).find((one) => one.id === id);
  if (!shift) return { title: t("接班", "Taking over"), back: "/", nodes: [card(h("p", {}, t("没有等您接的这一班，可能已经接了。", "No such shift waits for you; it may have been taken over.")))] };
  const remark = h("textarea", { id: "log-remark", rows: 3, maxlength: NOTE_AT_MOST, "data-key": "log-remark" });
  const take = button(t("确认接班", "Take over"), async () => {
    take.disabled = true;
    await enqueueLog("accept", shift.station, "/api/handovers/" + id + "/acceptance", { remark: remark.value.trim() }, { handover: id, told: shift.text });
    go("/log/" + shift.station.id);
  }, { class: "main", "data-key": "take" });
  return {
    title: t("接班", "Taking over"), back: "/log/" + shift.station.id, bar: [take],
    nodes: [card(h("h1", {}, inLang(shift.station.name)), h("p", {}, shift.person + " · " + stampText(shift.at)), h("p", { class: "quote" }, shift.text), handoverLines(shift.handover)),
      card(h("label", { for: "log-remark" }, t("接班意见（可不填）", "Remark (optional)")), remark, h("p", { class: "hint" }, t("点清现金、钥匙、库存后再确认。", "Count cash, keys and stock first.")))],
  };
}

// A note in the queue; a refused one can be written again, an acceptance only sent again.
function queuedNote(row) {
  const { draft } = row, refused = row.state === "refused";
  return h("section", { class: "card", "data-going": row.log.kind }, h("h2", {}, inLang(draft.title)), h("p", {}, inLang(draft.station)), h("p", { class: "quote" }, draft.point),
    h("p", { class: "hint" }, timeText(row.at) + " · " + (refused ? t("被拒绝", "refused") : sender.busy === row.id ? t("正在发送", "sending") : t("等待发送", "waiting"))),
    refused && [problemBox(row.problem), h("div", { class: "pair" },
      button(t("丢弃", "Discard"), () => discardQueued(row), { class: "danger", "data-key": "drop" + row.id }),
      button(t("重发", "Send again"), () => sendAgain(row), { "data-key": "again" + row.id }),
      row.log.kind !== "accept" && button(t("修改", "Edit"), () => rewriteNote(row), { class: "main", "data-key": "mend" + row.id }))]);
}
