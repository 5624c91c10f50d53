// Receipts: what the phone can show when somebody asks whether it was sent.

const RECEIPTS_SHOWN = 200, SEAL_SHORT = 12, openSeals = new Set();

async function viewSent() {
  const receipts = (await fetchAll("receipts")).sort(newestFirst).slice(0, RECEIPTS_SHOWN);
  const blobs = await fetchAll("blobs");
  const forms = (await fetchAll("queue")).sort((a, b) => a.order - b.order);
  return {
    title: t("已发", "Sent"), tab: "sent", redraw: true,
    nodes: [
      forms.map(queuedForm),
      !receipts.length && !forms.length && card(h("h1", {}, t("还没有发送过检查", "Nothing sent yet")), h("p", {}, t("提交后，回执（编号、封签、得分）保存在这里。", "Receipts (number, seal, score) are kept here."))),
      receipts.map((receipt) => receiptCard(receipt, blobs.filter((row) => row.form === receipt.id)))],
  };
}

function receiptCard(receipt, files) {
  const score = receipt.score !== null && receipt.score !== undefined;
  return h("section", { class: "card receipt", "data-receipt": receipt.id },
    h("div", { class: "row" }, h("div", {}, h("p", { class: "hint" }, receipt.rulebook ? t("检查编号", "Inspection") : t("日志编号", "Log entry")), h("p", { class: "number" }, "№ " + receipt.number)),
      score && h("div", { class: "right" }, h("p", { class: "hint" }, t("得分", "Score")), h("p", { class: "number" }, receipt.score, h("small", {}, " / " + receipt.max)))),
    h("h2", {}, inLang(receipt.title)),
    h("p", {}, inLang(receipt.station) + " · " + inLang(receipt.point)),
    h("p", { class: "hint" }, (receipt.rulebook ? many(receipt.findings, "项发现", "finding", "findings") + " · " : "") + timeText(receipt.at)),
    sealLine(receipt), fileStates(files));
}

function sealLine(receipt) {
  const open = openSeals.has(receipt.id);
  return h("button", { type: "button", class: "seal", "aria-expanded": String(open), "data-key": "seal" + receipt.id, onclick: () => {
    openSeals[open ? "delete" : "add"](receipt.id);
    render();
  } }, h("span", {}, t("封签", "Seal")), h("code", {}, open ? receipt.seal : receipt.seal.slice(0, SEAL_SHORT) + "…"));
}

function fileStates(files) {
  if (!files.length) return null;
  const arrived = files.filter((row) => row.state === "arrived").length;
  return [h("p", { class: arrived === files.length ? "good" : "hint" }, t("附件 ", "Files ") + arrived + " / " + files.length + t(" 已送达", " arrived")),
    arrived < files.length && h("ul", { class: "files" }, files.filter((row) => row.state !== "arrived").map(queuedFile))];
}
