// What waits to be sent, and what the receiver refused.

async function viewQueue() {
  const forms = (await fetchAll("queue")).sort((a, b) => a.order - b.order);
  const files = (await fetchAll("blobs")).filter((row) => row.state === "waiting" || row.state === "refused").sort((a, b) => a.order - b.order);
  const wait = sender.notBefore - Date.now();
  const why = wait > 0 && sender.problem;
  const stand = live.connected === false ? t("离线：联网后自动发送，可以关闭此页。", "Offline: it sends itself once connected.")
    : sender.busy ? t("正在发送…", "Sending…") : wait > 0 ? t("稍后自动重试，内容都在手机上。", "Trying again by itself; everything is kept on this phone.") : "";
  const empty = !forms.length && !files.length;
  return {
    title: t("待发", "Queue"), tab: "queue", redraw: true,
    nodes: [
      empty && card(h("h1", {}, t("没有等待发送的内容", "Nothing is waiting")), h("p", {}, t("提交过的检查都已送达，见“已发”。", "Everything you sent has arrived; see Sent."))),
      !empty && card(h("h1", {}, t("待发：", "Waiting: ") + [forms.length && many(forms.length, "张表", "form", "forms"), files.length && many(files.length, "个附件", "file", "files")].filter(Boolean).join(t("、", ", "))), why && problemBox(why), stand && h("p", {}, stand),
        button(t("立即重试", "Try now"), () => { live.open(); wakeSender(true); }, { class: "wide", "data-key": "retry" })),
      forms.map(queuedForm),
      files.length > 0 && card(h("h2", {}, t("照片和视频", "Pictures and video")), h("ul", { class: "files" }, files.map(queuedFile)))],
  };
}

function queuedForm(row) {
  if (row.log) return queuedNote(row);
  const { draft } = row, refused = row.state === "refused", files = Object.values(draft.lines).reduce((n, line) => n + line.evidence.length, 0);
  const head = [h("h2", {}, inLang(draft.title)), h("p", {}, inLang(draft.station) + " · " + inLang(draft.point)),
    h("p", { class: "hint" }, many(row.findings, "项发现", "finding", "findings") + (files ? " · " + many(files, "个附件", "file", "files") : "") + " · " + timeText(row.at) + " · "
      + (refused ? t("被拒绝", "refused") : sender.busy === row.id ? t("正在发送", "sending") : t("等待发送", "waiting")))];
  if (!refused) return card(...head);
  const conflict = row.problem.type.endsWith("answers-differ");
  return card(...head, problemBox(row.problem),
    h("p", { class: "hint" }, conflict
      ? t("服务器上已有同一编号、内容不同的表。您可以作为新表再提交一次，或丢弃手机上的这一张。", "The receiver holds a form with the same id but other content. Send this one as a new form, or discard it.")
      : row.problem.type.endsWith("code-withdrawn")
        ? t("表单仍保存在手机上。请先扫描新的二维码，再在打开的页面里点“修改”。", "The form is still on this phone. Scan the new code first, then choose “Edit” on the page that opens.")
        : t("表单仍保存在手机上。修改后可再次提交。", "The form is still on this phone. Correct it and send it again.")),
    h("div", { class: "pair" },
      button(t("丢弃", "Discard"), () => discardQueued(row), { class: "danger", "data-key": "drop" + row.id }),
      !conflict && button(t("重发", "Send again"), () => sendAgain(row), { "data-key": "again" + row.id }),
      button(conflict ? t("作为新表修改", "Edit as new form") : t("修改", "Edit"), () => mend(row, conflict), { class: "main", "data-key": "mend" + row.id })));
}

async function mend(row, conflict) {
  try {
    go("/form/" + await takeBack(row.id, conflict, await fittingToday(row.draft, row.problem)));
  } catch (trouble) {
    toast((trouble instanceof Problem ? trouble : offlineProblem()).title);
  }
}

async function sendAgain(row) {
  await alterRow("queue", row.id, (kept) => kept && { ...kept, state: "waiting", problem: null });
  announce();
  wakeSender(true);
}

async function discardQueued(row) {
  const yes = await confirmed(t("丢弃这张表？", "Discard this form?"), t("表和照片将从手机上删除，服务器上不会有记录。", "The form and its pictures are deleted from this phone; the receiver will not have them."), t("丢弃", "Discard"));
  if (!yes) return;
  await dropRow("queue", row.id);
  await sweep();
  announce();
}

function queuedFile(row) {
  const share = sender.progress[row.id] || 0, refused = row.state === "refused";
  return h("li", { "data-file": row.id, class: refused ? "top" : null }, fileThumb(row), h("div", { class: "file" }, h("span", { class: "name" }, row.name),
    !refused && h("progress", { max: 1, value: share, "aria-label": row.name }),
    h("small", {}, sizeText(row.size) + " · " + (refused ? t("被拒绝", "refused") : Math.floor(share * 100) + " %")),
    refused && problemBox(row.problem),
    refused && h("div", { class: "pair" },
      button(t("丢弃", "Discard"), () => discardFile(row), { class: "danger", "data-key": "drop" + row.id }),
      button(t("重试", "Try again"), () => retryFile(row), { "data-key": "again" + row.id }))));
}

async function retryFile(row) {
  await alterRow("blobs", row.id, (kept) => kept && { ...kept, state: "waiting", upload: "", problem: null });
  announce();
  wakeSender(true);
}

async function discardFile(row) {
  const yes = await confirmed(t("丢弃这个文件？", "Discard this file?"), t("它不会出现在检查记录里。", "It will be missing from the inspection."), t("丢弃", "Discard"));
  if (!yes) return;
  await dropRow("blobs", row.id);
  announce();
}
