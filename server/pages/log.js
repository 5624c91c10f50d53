// The electronic log on the phone: what was read is kept, what is written waits in the queue as forms do.

const NOTE_LINES = 20, NOTE_LINE = 200, LOG_DAYS = 2, LOG_MORE = 7, LOG_MOST = 30;

// Days of a station's log that are shown, and what is looked for in them; both go with the page.
const logSpan = {}, logWords = {};

const dayBefore = (day, back) => new Date(Date.parse(day) - back * 86400000).toISOString().slice(0, 10);

// Which day it is at the station, its receiver says: a phone's clock may be weeks off.
async function readLog(station) {
  const days = logSpan[station] || LOG_DAYS;
  const newest = days > LOG_DAYS && await fetchRow("kept", "log:" + station + ":" + LOG_DAYS).catch(() => null);
  const since = newest ? "?first=" + dayBefore(newest.value.last, days - 1) : "";
  return helping("log:" + station + ":" + days, "/api/stations/" + encodeURIComponent(station) + "/log" + since);
}

// Shifts that were handed over to me; not those whose acceptance is on its way.
async function readShifts() {
  const shifts = (await helping("handovers", "/api/handovers")) || [];
  const going = new Set((await fetchAll("queue")).filter((row) => row.log).map((row) => row.log.handover));
  return shifts.filter((one) => !going.has(one.id));
}

// A station that a code of was opened on this phone; its name is known without network, too.
async function stationKnown(id) {
  const points = (await fetchAll("points")).sort((a, b) => b.kept_at - a.kept_at);
  const point = points.find((one) => !id || one.station.id === id);
  return point ? point.station : id ? { id, name: id } : null;
}

const noteKey = (kind, station) => "note:" + kind + ":" + station;
const readNote = async (kind, station) => (await fetchRow("kept", noteKey(kind, station))) || { key: noteKey(kind, station), text: "", to: "", matters: "", readings: "", about: null };

const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

const LOG_TITLES = {
  note: { zh: "值班记录", en: "Note" }, handover: { zh: "交班", en: "Hand-over" }, accept: { zh: "接班", en: "Taking over" },
};

// Puts something for the log into the queue; the draft that it came from goes in the same moment.
async function enqueueLog(kind, station, path, fields, more = {}, draft = "") {
  const id = newId(), form = JSON.stringify({ id, written_at: isoTime(), ...fields });
  const told = { title: LOG_TITLES[kind], station: station.name, point: (more.told || fields.text || "").slice(0, 60), lines: {} };
  await within(["queue", "kept"], "readwrite", async (s) => {
    await asked(s("queue").put({ id, order: Date.now(), path, form, draft: told, log: { kind, station: station.id, ...more }, findings: 0, state: "waiting", at: isoTime() }));
    if (draft) await asked(s("kept").delete(draft));
  });
  announce();
  wakeSender(true);
}

const both = (one, other) => [one, other].filter(Boolean).join("\n");

// A refused note becomes what is being written again, before whatever was begun since; it gets a new
// id, so nothing stands in its way.
async function rewriteNote(row) {
  const { kind, station } = row.log, form = JSON.parse(row.form);
  await within(["queue", "kept"], "readwrite", async (s) => {
    await asked(s("queue").delete(row.id));
    const other = (await asked(s("kept").get(noteKey(kind, station)))) || {};
    await asked(s("kept").put({ ...other, key: noteKey(kind, station), text: both(form.text, other.text), about: form.about || null,
      to: form.to_person ? "person:" + form.to_person : form.to_post ? "post:" + form.to_post : "",
      matters: both((form.matters || []).join("\n"), other.matters), readings: both((form.readings || []).join("\n"), other.readings) }));
  });
  announce();
  go("/" + kind + "/" + station);
}
