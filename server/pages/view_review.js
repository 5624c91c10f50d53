// Everything that will be sent, once more on one page, before it goes.

async function viewReview(id) {
  const session = await openSession(id);
  if (!session) return goneView();
  const { draft, edition } = session;
  await Promise.all(session.working);
  const kept = new Map((await fetchAll("blobs")).map((row) => [row.id, row]));
  const files = session.evidenceIds.map((one) => kept.get(one)).filter(Boolean);
  session.onchange = () => { if (session.lost) render(); };
  const loose = draft.loose || [];
  const missing = session.evidenceIds.length - files.length;
  const sound = h("input", { type: "checkbox", id: "sound", onchange: () => { send.disabled = !sound.checked || slips.length > 0; } });
  const note = h("textarea", { id: "note", rows: 3, maxlength: NOTE_AT_MOST, oninput: () => session.change((d) => { d.note = note.value; }, "note") });
  note.value = draft.note;
  const trouble = h("div", { role: "status" });
  const n = session.founds.length, slips = figureSlips(edition, draft);
  const send = button(n ? t("提交 ", "Send ") + many(n, "项", "finding", "findings") : t("提交：未发现问题", "Send: nothing found"),
    () => submit(session, files, send, trouble), { class: "main", disabled: !n || slips.length > 0 });
  const skipped = draft.na.map((one) => h("li", {}, h("b", { class: "id" }, one), " ", nameIn(edition, one)));
  return {
    title: t("提交前核对", "Review"), back: "/form/" + id,
    nodes: [
      card(h("p", { class: "hint" }, inLang(draft.station) + " · " + inLang(draft.point)), h("h1", {}, inLang(draft.title)),
        h("p", {}, t("开始于 ", "Started ") + timeText(draft.started_at) + (me.person ? " · " + me.person.name : ""))),
      n ? h("h2", {}, t("发现 ", "") + many(n, "项", "finding", "findings") + (files.length ? " · " + many(files.length, "个附件 ", "file, ", "files, ") + sizeText(files.reduce((s, f) => s + f.size, 0)) : ""))
        : card(h("h2", {}, t("没有发现问题", "Nothing found")), h("label", { class: "tick", for: "sound" }, sound, t("我已逐项检查，确认没有发现问题。", "I have checked every entry and found nothing."))),
      slipLines(id, slips),
      foundLines(session, kept),
      figureLines(edition, draft),
      skipped.length > 0 && card(h("h2", {}, t("不适用", "Not applicable")), h("ul", { class: "plain" }, skipped)),
      card(h("label", { for: "note" }, t("整张表的备注（可不填）", "Note on the whole form (optional)")), note,
        files.some((row) => loose.includes(row.id)) && h("div", { class: "thumbs" }, files.filter((row) => loose.includes(row.id)).map(fileThumb))),
      missing > 0 && h("p", { class: "notice" }, t("有 ", "") + many(missing, "个附件已读不出，不会发送。", "file can no longer be read and is not sent.", "files can no longer be read and are not sent.")),
      trouble],
    bar: [button(t("继续填写", "Keep filling"), () => go("/form/" + id)), send],
  };
}

// Figures that the receiver would refuse: told here, each with the way to its place.
const slipLines = (id, slips) => slips.map(({ id: criterion, slip }) => card(
  problemBox({ title: t("数据有误，改好才能提交：", "Correct this before sending: ") + slip.title, detail: slip.detail }),
  button(t("去改 " + criterion + " 条", "Go to " + criterion), () => { aim.criterion = criterion; go("/form/" + id); }, { class: "wide" })));

// The figures that go along, and those that are still missing.
function figureLines(edition, draft) {
  const given = Object.entries(figuresOfDraft(edition, draft)), missing = figuresMissing(edition, draft);
  if (!given.length && !missing.length) return null;
  return card(h("h2", {}, t("经营数据", "Business figures")), h("ul", { class: "plain" }, given.map(([id, figures]) => h("li", {}, h("b", { class: "id" }, id), " " + Object.values(figures).join(" / ")))),
    missing.length > 0 && h("p", { class: "notice" }, t("未填：", "Missing: ") + missing.map((c) => c.id).join(t("、", ", ")) + t("。得分暂不含这些条目。", ". The score is not final without them.")));
}

function nameIn(edition, id) {
  for (const s of edition.sections) for (const g of s.groups) {
    if (g.id === id) return inLang(g.title);
    for (const c of g.criteria) if (c.id === id) return inLang(c.text);
  }
  return "";
}

function foundLines(session, kept) {
  return session.edition.sections.map((section) => {
    const lines = section.groups.flatMap((g) => g.criteria).flatMap((c) => clausesOf(c).map((clause, n) => ({ c, clause, n, line: session.line(lineKey(c.id, n)) })))
      .filter(({ line }) => line.count);
    if (!lines.length) return null;
    return card(h("h3", {}, h("b", { class: "id" }, section.id), " ", inLang(section.title)), h("ul", { class: "plain found-list" }, lines.map(({ c, clause, n, line }) =>
      h("li", {}, h("div", { class: "row" }, h("span", {}, h("b", { class: "id" }, c.id), " ", inLang(c.text), clausesOf(c).length > 1 && h("small", {}, " " + (inLang(clause.text) || n + 1))),
        h("b", { class: "times" }, "× " + line.count)),
      (line.note || line.at) && h("p", { class: "quote" }, [line.at, line.note].filter(Boolean).join(" · ")),
      line.evidence.length > 0 && h("div", { class: "thumbs" }, line.evidence.map((id) => kept.has(id) && fileThumb(kept.get(id))))))));
  });
}

async function submit(session, files, send, trouble) {
  send.disabled = true;
  try {
    const ready = [];
    for (const [n, row] of files.entries()) {
      const say = (share) => { trouble.textContent = t("正在校验附件 ", "Checking file ") + (n + 1) + "/" + files.length + " · " + Math.floor(share * 100) + " %"; };
      ready.push(await measure(row, say));
    }
    const lost = new Set(session.evidenceIds.filter((id) => !files.some((f) => f.id === id)));
    if (lost.size) session.change((d) => [...Object.values(d.lines), d].forEach((holder) => {
      const list = holder === d ? "loose" : "evidence";
      holder[list] = (holder[list] || []).filter((id) => !lost.has(id));
    }));
    await enqueue(session, ready.filter(Boolean));
    toast(t("已存入待发，联网后自动发送", "Kept in the queue; it sends itself"));
    wakeSender(true);
    go("/sent", true);
  } catch (error) {
    send.disabled = false;
    trouble.replaceChildren(problemBox(error instanceof Problem ? error : isFull(error)
      ? { title: t("手机存储空间已满", "The phone's storage is full"), detail: t("表单还在，请清理空间后再提交。", "The form is safe. Free some space and send again.") }
      : { title: t("手机没能保存", "The phone could not keep the form"), detail: t("表单还在，请再试一次。", "The form is safe. Try again.") }));
  }
}
