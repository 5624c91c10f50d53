// One entry of a check list: words, counter, note, pictures. It redraws itself from the draft.

function entryOf(session, criterion, group) {
  const clauses = clausesOf(criterion), code = h("b", { class: "id" }, criterion.id);
  const blocks = criterion.formula ? [figuresBlock(session, criterion)] : [];
  blocks.push(...clauses.length === 1 && !criterion.formula
    ? [lineOf(session, criterion, 0, [code, " ", inLang(criterion.text), priceOf(session.edition, clauses[0])])]
    : clauses.map((clause, n) => lineOf(session, criterion, n, [inLang(clause.text) || t("扣分条款 ", "Clause ") + (n + 1), priceOf(session.edition, clause)])));
  const stem = (clauses.length > 1 || criterion.formula) && h("p", { class: "stem" }, code, " ", inLang(criterion.text));
  const twice = h("div", { class: "notice", role: "status", hidden: true }), last = lastTimeOf(session, criterion.id), others = othersBox(session, criterion.id, criterion);
  const node = h("div", { class: "entry", "data-entry": criterion.id }, stem, last && h("p", { class: "hint last" }, last), others.node, blocks.map((b) => b.node), twice);
  const keys = clauses.map((_, n) => lineKey(criterion.id, n));
  let before = null;
  // A tap changes one entry of hundreds: the others see that nothing of theirs moved.
  const update = () => {
    others.update();
    const { draft } = session, both = overlapsOf(session, criterion.id);
    const own = draft.na.includes(criterion.id), off = own || draft.na.includes(group.id);
    const now = [off, own, (draft.inputs || {})[criterion.id], both.join(), ...keys.map((key) => draft.lines[key])];
    if (before && now.every((one, n) => one === before[n])) return;
    before = now;
    node.classList.toggle("off", off);
    blocks.forEach((b) => b.update(off));
    twice.hidden = !both.length;
    mount(twice, both.length && [h("span", {}, overlapWords(both)), ...both.map((one) => button(t("看 " + one + " 条", "See " + one), () => session.jump(one), { class: "chip", "data-key": "see " + criterion.id + one }))]);
  };
  update();
  return { node, update };
}

// Whether something cannot be seen without scrolling, for the bar at the bottom or the edge itself.
const belowTheEdge = (node) => node.getBoundingClientRect().bottom > byId("bar").getBoundingClientRect().top;

const overlapWords = (both) => t("同一事实只扣一次分：也记了 ", "One fact is charged once: also found at ") + both.join(t("、", ", "));

// «每处 −2 分», with what is special about a clause.
function priceOf(edition, clause) {
  if (!clause.per) return null;
  const unit = inLang((edition.units || {})[clause.per] || COUNTED_BY[clause.per]);
  const special = [clause.veto && t("一票否决", "veto"), clause.empties && (clause.empties === "group" ? t("扣完本分项", "all of the group") : t("扣完本条", "all of the criterion")),
    clause.free && t("前 " + clause.free + " 次不扣", "first " + clause.free + " free"), ...(clause.steps || []).map((one) => t(one.from + " 起 −" + one.points + " 分", "from " + one.from + ": −" + one.points))];
  const points = Number(clause.points) ? unit + " −" + Number(clause.points) + t(" 分", "") : "";
  return h("small", {}, " " + [points, ...special].filter(Boolean).join(" · "));
}

// Other criteria that were found and may name the same fact.
function overlapsOf(session, id) {
  const found = session.charged;
  if (!found.has(id)) return [];
  return [...new Set((session.edition.overlaps || []).filter((o) => o.criteria.includes(id)).flatMap((o) => o.criteria.filter((one) => one !== id && found.has(one))))];
}

// «上次：2 处 −1 分», from the inspection before.
function lastTimeOf(session, id) {
  const then = ((session.last || {}).found || {})[id];
  if (!then) return "";
  const times = then.reduce((sum, one) => sum + one.count, 0), points = then.reduce((sum, one) => sum + Number(one.points), 0);
  return t("上次：" + times + " 处 −" + points + " 分", "Last time: " + times + "×, −" + points) + then.map((one) => one.note).filter(Boolean).map((note) => " · " + note).join("");
}

function lineOf(session, criterion, clause, words) {
  const key = lineKey(criterion.id, clause), name = criterion.id + (clause ? "/" + (clause + 1) : "");
  let open = false;
  const text = h("button", { type: "button", class: "words", "aria-expanded": "false", onclick: () => { open = !open; update(off); } }, words);
  const more = button(icon("plus"), () => {
    const first = !session.line(key).count;
    session.count(key, session.line(key).count + 1);
    const both = first ? overlapsOf(session, criterion.id) : [];
    if (both.length && belowTheEdge(node.closest(".entry").lastChild)) toast(overlapWords(both), () => session.jump(both[0]), t("看 " + both[0] + " 条", "See " + both[0]));
  }, { class: "step more", "aria-label": t("加一处 ", "One more of ") + name });
  const less = button(icon("minus"), () => setCount(session.line(key).count - 1), { class: "step less", "aria-label": t("减一处 ", "One less of ") + name });
  const number = h("input", { class: "count", inputmode: "numeric", maxlength: 3, "aria-label": t("处数 ", "Count of ") + name, "data-key": "count " + key,
    onchange: () => setCount(/^\d+$/.test(number.value) ? Number(number.value) : session.line(key).count), onfocus: () => number.select() });
  const kit = toolsOf(session, key, criterion, name);
  const node = h("div", { class: "line", "data-line": key }, text, h("div", { class: "stepper" }, more, number, less), kit.node);
  let off = false;
  async function setCount(n) {
    if (n > 0 || await mayDrop(session, [key], name)) session.count(key, n);
    update(off);
  }
  function update(isOff) {
    off = isOff;
    const line = session.line(key);
    node.classList.toggle("found", line.count > 0);
    number.value = line.count;
    number.hidden = less.hidden = !line.count;
    more.disabled = off || line.count >= COUNT_AT_MOST;
    const shown = open || line.count > 0 || !!line.at;
    text.setAttribute("aria-expanded", shown);
    kit.node.hidden = !shown;
    if (shown) kit.update(line, off);
  }
  return { node, update };
}

// Notes and files go with their finding: only if the person says so.
async function mayDrop(session, keys, name) {
  const lines = keys.map((key) => session.line(key)), files = lines.reduce((sum, line) => sum + line.evidence.length, 0);
  const notes = lines.filter((line) => line.note).length;
  if (!files && !notes) return true;
  const lost = [notes && many(notes, "条备注", "note", "notes"), files && many(files, "个附件", "file", "files")].filter(Boolean).join(t("、", ", "));
  return confirmed(t("删除 ", "Drop the finding of ") + name + t(" 的发现？", "?"), t("一起删除：", "With it: ") + lost + t("。", "."), t("删除", "Drop"));
}

function toolsOf(session, key, criterion, name) {
  const files = h("ul", { class: "files" });
  const note = h("textarea", { rows: 2, maxlength: NOTE_AT_MOST, placeholder: t("备注：位置、情况…", "Note: where, what…"), "aria-label": t("备注 ", "Note on ") + name,
    oninput: () => session.setLine(key, { note: note.value }, "note " + key) });
  const at = session.edition.kind === "video_audit" && h("input", { class: "at", placeholder: t("录像时间 00:00:00", "In recording 00:00:00"), inputmode: "numeric", maxlength: 8,
    "aria-label": t("录像时间 ", "Time in recording ") + name, onchange: () => { at.value = recordingTime(at.value); session.setLine(key, { at: at.value }); } });
  const skip = button([icon("none"), t("不适用", "N/A")], () => applies(session, criterion.id, [criterion]), { class: "chip na" });
  const mayskip = (session.edition.scoring || {}).not_applicable !== "forbidden";
  const take = (kind) => chooser(kind, name, (file) => attach(session, key, file, kind, files));
  const chips = h("div", { class: "chips" }, take("picture"), take("video"), mayskip && skip);
  const facts = (criterion.facts || []).map((one) => h("p", { class: "hint" }, "· " + inLang(one)));
  const reading = criterion.reading && h("p", { class: "hint" }, t("原文不清，按推荐读法：", "Unclear in the source, read as recommended: ") + inLang(criterion.reading.because));
  const node = h("div", { class: "tools" }, facts, reading, chips, at, note, files);
  const update = (line, off) => {
    if (document.activeElement !== note) note.value = line.note;
    if (at && document.activeElement !== at) at.value = line.at;
    skip.setAttribute("aria-pressed", session.draft.na.includes(criterion.id));
    chips.querySelectorAll("input").forEach((input) => { input.disabled = off; });
    note.hidden = off;
    if (at) at.hidden = off;
    showFiles(session, key, line, files);
  };
  return { node, update };
}

// Says that an entry or a group does not apply, or takes it back.
async function applies(session, id, criteria) {
  const on = !session.draft.na.includes(id), keys = criteria.flatMap((c) => clausesOf(c).map((_, n) => lineKey(c.id, n)));
  if (!on || await mayDrop(session, keys, id)) session.notApplicable(id, criteria, on);
}

// «1:2:3» and «010203» both mean 01:02:03.
function recordingTime(typed) {
  const parts = typed.includes(":") || typed.includes("：") ? typed.split(/[:：]/) : typed.replace(/\D/g, "").padStart(6, "0").match(/\d\d/g);
  const [s, m = 0, hours = 0] = parts.map((p) => parseInt(p, 10)).reverse();
  return typed.trim() && s < 60 && m < 60 && hours < 100 ? two(hours) + ":" + two(m) + ":" + two(s) : "";
}

function chooser(kind, name, took) {
  const words = kind === "video" ? t("录像", "Video") : t("拍照", "Photo");
  const input = h("input", { type: "file", accept: kind === "video" ? "video/*" : "image/*", capture: "environment", "aria-label": words + " " + name, "data-kind": kind,
    onchange: () => { const file = input.files[0]; if (file) took(file); input.value = ""; } });
  return h("label", { class: "chip" }, icon(kind === "video" ? "video" : "camera"), words, input);
}

// Whoever sends meanwhile waits for the picture (`session.working`).
function attach(session, key, file, kind, list) {
  const work = attachNow(session, key, file, kind, list).finally(() => session.working.delete(work));
  session.working.add(work);
}

async function attachNow(session, key, file, kind, list) {
  const busy = h("li", { class: "busy" }, t("正在处理 ", "Working on ") + (file.name || ""));
  list.append(busy);
  try {
    const row = await takeIn(file, kind, session.draft, session.evidenceIds.length);
    session.setLine(key, { evidence: [...session.line(key).evidence, row.id] });
    if (row.as_taken) toast(t("这部手机无法缩小此照片，将按原图发送", "This phone cannot shrink the picture; the original is sent"));
    measure(row, (share) => showShare(row.id, share)).then(() => showShare(row.id, 1)).catch(() => {});
  } catch (trouble) {
    const problem = trouble instanceof NotTaken ? trouble
      : { title: t("手机没能读取这个文件", "The phone could not read this file"), detail: t("请重新拍摄。", "Take it again.") };
    const told = h("li", { class: "tall" }, problemBox(problem), button(t("知道了", "OK"), () => told.remove(), { class: "chip" }));
    busy.replaceWith(told);
    told.scrollIntoView({ block: "center" });
    return;
  }
  busy.remove();
}

function showShare(id, share) {
  const mark = document.querySelector('[data-share="' + id + '"]');
  if (mark) mark.textContent = share < 1 ? t("校验 ", "checking ") + Math.floor(share * 100) + " %" : "";
}

// Files already shown stay as they are, so a picture does not flicker while somebody types.
function showFiles(session, key, line, list) {
  const shown = new Map([...list.querySelectorAll("[data-file]")].map((n) => [n.dataset.file, n]));
  shown.forEach((node, id) => { if (!line.evidence.includes(id)) node.remove(); });
  for (const id of line.evidence.filter((one) => !shown.has(one))) {
    const item = h("li", { "data-file": id });
    list.append(item);
    fetchRow("blobs", id).then((row) => row && item.append(fileThumb(row), fileWords(row), button(icon("close"), () =>
      session.setLine(key, { evidence: session.line(key).evidence.filter((one) => one !== id) }), { class: "step", "aria-label": t("移除 ", "Remove ") + row.name })));
  }
}

function fileThumb(row) {
  if (row.kind === "video" || !row.blob) return h("span", { class: "thumb" }, icon(row.kind === "video" ? "video" : "camera"));
  const address = URL.createObjectURL(row.blob), img = h("img", { class: "thumb", alt: "", src: address });
  img.onload = () => URL.revokeObjectURL(address);
  img.onerror = () => { URL.revokeObjectURL(address); img.replaceWith(h("span", { class: "thumb" }, icon("camera"))); };
  return img;
}

const fileWords = (row) => h("span", { class: "file" }, h("span", { class: "name" }, row.name),
  h("small", {}, sizeText(row.size) + (row.as_taken ? t(" · 原图", " · original") : "") + " ", h("span", { "data-share": row.id })));
