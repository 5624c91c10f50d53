// Language, who is enrolled, and how much room the phone has.

async function viewSettings() {
  const blobs = await fetchAll("blobs"), old = blobs.filter((row) => row.state === "arrived" && row.blob);
  const bytes = (rows) => rows.reduce((sum, row) => sum + (row.blob ? row.size : 0), 0);
  const room = navigator.storage && navigator.storage.estimate ? await navigator.storage.estimate().catch(() => null) : null;
  const roles = me.person && me.person.roles ? me.person.roles.map((r) => roleText(r.role)).join(t("、", ", ")) : "";
  return {
    title: t("设置", "Settings"), tab: "settings",
    nodes: [
      card(h("h2", { id: "language" }, "语言 Language"), h("div", { class: "pair", role: "group", "aria-labelledby": "language" }, [["zh", "中文"], ["en", "English"]].map(([code, name]) =>
        button(name, () => { speak(code); render(); }, { "aria-pressed": String(lang === code), class: lang === code ? "main" : "", lang: code, "data-key": code })))),
      card(h("h2", {}, t("我是谁", "Who am I")), facts([
        [t("姓名", "Name"), me.person ? me.person.name : "—"], [t("岗位", "Role"), roles || "—"],
        [t("本机", "This phone"), me.device ? me.device.name : "—"], [t("服务器", "Receiver"), me.node ? inLang(me.node.name) + " · " + (me.version || "") : "—"]]),
        button(t("重新绑定", "Enrol again"), () => go("/enrol"), { class: "wide" })),
      card(h("h2", {}, t("手机存储", "Storage")), facts([
        [t("待发文件", "Files waiting"), sizeText(bytes(blobs) - bytes(old))], [t("已送达的照片", "Pictures that arrived"), sizeText(bytes(old))],
        room && room.quota && [t("可用空间约", "Room left, about"), sizeText(Math.max(0, room.quota - room.usage))]].filter(Boolean)),
        button(t("清理已送达的照片", "Clear pictures that arrived"), () => clearPictures(old), { class: "wide", disabled: !old.length }),
        h("p", { class: "hint" }, t("只清理手机上的副本，服务器上的不受影响。", "Only the copies on this phone; the receiver keeps its own.")))],
  };
}

const ROLES = { company_staff: ["公司人员", "Company staff"], unit_staff: ["所属单位人员", "Unit staff"], area_manager: ["片区经理", "Area manager"],
  station_manager: ["站经理", "Station manager"], staff: ["员工", "Staff"] };
const roleText = (role) => (ROLES[role] ? t(...ROLES[role]) : role);

const facts = (rows) => h("dl", {}, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));

async function clearPictures(rows) {
  for (const row of rows) await alterRow("blobs", row.id, (kept) => kept && { ...kept, blob: null });
  render();
}
