// The form: sections that fold, search, running count.

const openParts = {};

const sessions = new Map();

// The session goes on while somebody looks elsewhere, unless another tab changed the draft.
async function openSession(id) {
  const known = sessions.get(id);
  if (known) await known.saving;
  const draft = await fetchRow("drafts", id);
  if (!draft) return null;
  if (known && !known.lost && known.draft.rev === draft.rev) return known;
  const session = new Session(draft, await readEdition(draft.rulebook, draft.edition));
  [session.last, session.initials] = await Promise.all([readLast(draft), readInitials(draft)]);
  sessions.set(id, session);
  return session;
}

const goneView = () => ({
  title: t("检查", "Check"), back: "/",
  nodes: [card(h("h1", {}, t("这张表已不在草稿里", "This form is no longer a draft")),
    h("p", {}, t("它已提交或已删除，请看“待发”或“已发”。", "It was sent or deleted; look under Queue or Sent.")),
    button(t("查看待发", "Open queue"), () => go("/queue"), { class: "wide" }))],
});

async function viewForm(id) {
  const session = await openSession(id);
  if (!session) return goneView();
  const tally = h("output", { class: "tally", "aria-live": "polite" });
  const hits = h("p", { class: "hint hits", role: "status" });
  const search = h("input", { type: "search", id: "search", placeholder: t("搜索编号、文字或拼音首字母", "Id or words, e.g. Aa1"), "aria-label": t("搜索", "Search"),
    autocomplete: "off", enterkeyhint: "search", oninput: () => filter() });
  const opened = openParts[id] = openParts[id] || new Set([session.edition.sections[0] && session.edition.sections[0].id]);
  const parts = session.edition.sections.map((section) => partOf(session, section, opened));
  const undo = button([icon("undo"), t("撤销", "Undo")], () => { if (session.undo()) toast(t("已撤销", "Undone")); });
  function filter() {
    const query = search.value.trim();
    const n = parts.reduce((sum, part) => sum + part.filter(query), 0);
    hits.textContent = !query ? "" : n ? many(n, "项符合", "entry matches", "entries match") : t("没有符合的检查项", "No entry matches");
  }
  session.onchange = () => {
    const na = session.draft.na.length;
    tally.replaceChildren(t("发现 ", "Found "), h("b", {}, String(session.founds.length)), t(" 项", session.founds.length === 1 ? " entry" : " entries"),
      h("span", {}, t("共 " + session.occurrences + " 处", many(session.occurrences, "", "time", "times"))), na ? h("span", {}, t("不适用 ", "N/A ") + na) : "");
    undo.disabled = !session.history.length;
    parts.forEach((part) => part.update());
    if (session.lost) render();
  };
  session.onchange();
  return {
    title: inLang(session.draft.point), back: session.draft.token === scanned ? "/" : "/point/" + session.draft.token,
    nodes: [h("p", { class: "where" }, h("b", {}, inLang(session.draft.title)), h("small", {}, inLang(session.draft.station))),
      h("div", { class: "formhead" }, tally, search, hits),
      parts.map((part) => part.node)],
    bar: [undo, session.draft.team ? button(t("联合检查", "Team"), () => go("/team/" + session.draft.team), { class: "main" })
      : button(t("检查并提交", "Review and send"), () => go("/review/" + id), { class: "main" })],
  };
}

function partOf(session, section, opened) {
  const criteria = section.groups.flatMap((g) => g.criteria), bodyId = "part-" + section.id;
  const tally = h("span", { class: "progress" });
  const head = h("button", { type: "button", class: "fold", "aria-controls": bodyId, onclick: () => {
    opened[opened.has(section.id) ? "delete" : "add"](section.id);
    show();
  } }, h("b", { class: "id" }, section.id), h("span", { class: "grow" }, inLang(section.title) || t("检查项", "Entries")), tally, icon("fold"));
  const body = h("div", { id: bodyId, class: "body" });
  const node = h("section", { class: "part" }, head, body);
  let groups = null, query = "";
  // Built when first opened: the longest list has some 300 entries.
  const build = () => { if (!groups) { groups = section.groups.map((g) => groupOf(session, g)); body.append(...groups.map((g) => g.node)); } };
  const show = () => {
    const open = !!query || opened.has(section.id);
    head.setAttribute("aria-expanded", open);
    body.hidden = !open;
    if (open) build();
  };
  const update = () => {
    const found = session.foundIn(criteria);
    tally.replaceChildren(h("small", {}, t("发现 ", "found ")), found + " / " + criteria.length);
    tally.setAttribute("aria-label", t("发现 ", "found ") + found + t(" 项，共 ", " of ") + criteria.length);
    tally.classList.toggle("some", found > 0);
    if (groups) groups.forEach((g) => g.update());
  };
  const filter = (words) => {
    query = words;
    if (query) build();
    const n = groups ? groups.reduce((sum, g) => sum + g.filter(query), 0) : 0;
    node.hidden = !!query && !n;
    show();
    return n;
  };
  show();
  return { node, update, filter };
}

function groupOf(session, group) {
  const entries = group.criteria.map((c) => entryOf(session, c, group));
  const mayskip = (session.edition.scoring || {}).not_applicable !== "forbidden";
  const skip = mayskip && button([icon("none"), t("不适用", "N/A")], () => {
    applies(session, group.id, group.criteria);
  }, { class: "chip na", "aria-label": t("整组不适用 ", "Group not applicable ") + group.id });
  const node = h("div", { class: "group" }, h("div", { class: "grouphead" },
    h("h3", {}, h("b", { class: "id" }, group.id), " ", inLang(group.title), h("small", {}, " " + group.cap + t(" 分", " pts"))), skip), entries.map((e) => e.node));
  const update = () => {
    const off = session.draft.na.includes(group.id);
    if (skip) skip.setAttribute("aria-pressed", off);
    node.classList.toggle("off", off);
    entries.forEach((e) => e.update());
  };
  const filter = (query) => {
    const hits = entries.filter((e) => { e.node.hidden = !!query && !matches(e, query); return !e.node.hidden; }).length;
    node.hidden = !!query && !hits;
    return query ? hits : 0;
  };
  update();
  return { node, update, filter };
}
