// The form: sections that fold, search, running count.

const openParts = {};

// Where another view sends the reader: this entry of the form that is opened next.
const aim = { criterion: "" };

const sessions = new Map();

// The session goes on while somebody looks elsewhere, unless another tab changed the draft.
async function openSession(id) {
  const known = sessions.get(id);
  if (known) await known.saving;
  const draft = await fetchRow("drafts", id);
  if (!draft) return null;
  const team = draft.team ? teamSeen(await teamRow(draft.team)) : null;
  if (known && !known.lost && known.draft.rev === draft.rev) return Object.assign(known, { team });
  const whole = await readEdition(draft.rulebook, draft.edition);
  const session = new Session(draft, narrowed(whole, draft.groups));
  session.spared = sparedHere(whole, draft.groups);
  [session.last, session.initials] = await Promise.all([readLast(draft), readInitials(draft)]);
  session.team = team;
  sessions.set(id, session);
  return session;
}

const goneView = () => ({
  title: t("检查", "Check"), back: "/",
  nodes: [card(h("h1", {}, t("这张表已不在草稿里", "This form is no longer a draft")),
    h("p", {}, t("它已提交或已删除，请看“待发”或“已发”。", "It was sent or deleted; look under Queue or Sent.")),
    button(t("查看待发", "Open queue"), () => go("/queue"), { class: "wide" }))],
});

// Which keyboard the search field asks the phone for: whoever goes by numbers says so once.
function digitsKey(search) {
  const digits = () => readSetting("digits") === "yes";
  const show = () => { search.inputMode = digits() ? "numeric" : "search"; key.setAttribute("aria-pressed", digits()); };
  const key = button("123", () => { keepSetting("digits", digits() ? "no" : "yes"); show(); search.focus(); }, { class: "chip", "aria-label": t("用数字键盘搜索", "Search with the number keyboard") });
  show();
  return key;
}

// What is found by what it is called: «A.a.1» on one list, «7» on another.
const exampleId = (edition) => (criteriaOf(edition).find((c) => !c.formula) || { id: "" }).id;

async function viewForm(id) {
  const session = await openSession(id);
  if (!session) return goneView();
  const tally = h("output", { class: "tally", "aria-live": "polite" });
  const hits = h("p", { class: "hint hits", role: "status" });
  const search = h("input", { type: "search", id: "search", placeholder: t("搜索编号、文字或拼音首字母", "Id or words, e.g. ") + t("", exampleId(session.edition)), "aria-label": t("搜索", "Search"),
    autocomplete: "off", enterkeyhint: "search", oninput: () => filter(),
    // The next number replaces the one before; Enter takes the keyboard away.
    onfocus: () => search.select(), onkeydown: (e) => { if (e.key === "Enter") search.blur(); } });
  const sections = session.edition.sections, first = session.draft.groups ? sections : sections.slice(0, 1);
  const opened = openParts[id] = openParts[id] || new Set(first.map((one) => one.id));
  const parts = session.edition.sections.map((section) => partOf(session, section, opened));
  const undo = button([icon("undo"), t("撤销", "Undo")], () => { if (session.undo()) toast(t("已撤销", "Undone")); });
  const haystacks = haystacksOf(session), formhead = h("div", { class: "formhead" }, tally, h("div", { class: "searchrow" }, search, digitsKey(search)), hits);
  function filter() {
    const query = search.value.trim(), ids = query ? matching(haystacks, query) : [];
    const shown = query ? new Set(ids.slice(0, FOUND_SHOWN)) : null;
    parts.forEach((part) => part.filter(shown));
    hits.textContent = query ? hitWords(ids.length) : "";
  }
  session.jump = (criterion) => {
    search.value = "";
    filter();
    parts.find((part) => part.has(criterion)).show(criterion);
  };
  session.onchange = () => {
    const na = session.draft.na.length;
    tally.replaceChildren(t("发现 ", "Found "), h("b", {}, String(session.founds.length)), t(" 项", session.founds.length === 1 ? " entry" : " entries"),
      h("span", {}, t("共 " + session.occurrences + " 处", many(session.occurrences, "", "time", "times"))), na ? h("span", {}, t("不适用 ", "N/A ") + na) : "");
    undo.disabled = !session.history.length;
    parts.forEach((part) => part.update());
    if (session.lost) render();
  };
  session.onchange();
  const aimed = aim.criterion;
  aim.criterion = "";
  if (aimed) setTimeout(() => session.jump(aimed));
  return {
    title: inLang(session.draft.point), back: session.draft.token === scanned ? "/" : "/point/" + session.draft.token,
    nodes: [h("p", { class: "where" }, h("b", {}, inLang(session.draft.title)), h("small", {}, inLang(session.draft.station))),
      formhead,
      parts.map((part) => part.node)],
    bar: [undo, session.draft.team ? button(t("联合检查", "Team"), () => go("/team/" + session.draft.team), { class: "main" })
      : button(t("检查并提交", "Review and send"), () => go("/review/" + id), { class: "main" })],
  };
}

function partOf(session, section, opened) {
  const criteria = section.groups.flatMap((g) => g.criteria), bodyId = "part-" + section.id, ids = new Set(criteria.map((c) => c.id));
  const tally = h("span", { class: "progress" }), holder = h("small", { class: "holder", hidden: true });
  const head = h("button", { type: "button", class: "fold", "aria-controls": bodyId, onclick: () => {
    opened[opened.has(section.id) ? "delete" : "add"](section.id);
    show();
  } }, h("b", { class: "id" }, section.id), h("span", { class: "grow" }, inLang(section.title) || t("检查项", "Entries"), holder), tally, icon("fold"));
  const body = h("div", { id: bodyId, class: "body" });
  const node = h("section", { class: "part", "data-part": section.id }, head, body);
  let groups = null, chosen = null, told = "";
  // Built when first opened: the longest list has some 300 entries.
  const build = () => { if (!groups) { groups = section.groups.map((g) => groupOf(session, g)); body.append(...groups.map((g) => g.node)); } };
  const show = () => {
    const open = !!chosen || opened.has(section.id);
    head.setAttribute("aria-expanded", open);
    body.hidden = !open;
    if (!open || node.hidden) return;
    build();
    groups.forEach((g) => g.filter(chosen));
  };
  const update = () => {
    if (groups) groups.forEach((g) => g.update());
    const found = session.foundIn(criteria), state = session.team && session.team.sections[section.id];
    const now = found + " " + (state ? state.words : "");
    if (now === told) return;
    told = now;
    tally.replaceChildren(h("small", {}, t("发现 ", "found ")), found + " / " + criteria.length);
    tally.setAttribute("aria-label", t("发现 ", "found ") + found + t(" 项，共 ", " of ") + criteria.length);
    tally.classList.toggle("some", found > 0);
    holder.hidden = !state;
    holder.textContent = state ? state.words : "";
    holder.classList.toggle("good", !!state && state.submitted);
  };
  const filter = (shown) => {
    chosen = shown;
    node.hidden = !!shown && !criteria.some((c) => shown.has(c.id));
    show();
  };
  const showOne = (id) => {
    opened.add(section.id);
    show();
    const entry = body.querySelector('[data-entry="' + CSS.escape(id) + '"]');
    entry.scrollIntoView({ block: "center" });
    entry.classList.add("aimed");
    setTimeout(() => entry.classList.remove("aimed"), 2000);
  };
  show();
  return { node, update, filter, has: (id) => ids.has(id), show: showOne };
}

function groupOf(session, group) {
  const slots = group.criteria.map((c) => ({ id: c.id, make: () => entryOf(session, c, group), entry: null }));
  const mayskip = (session.edition.scoring || {}).not_applicable !== "forbidden";
  const skip = mayskip && button([icon("none"), t("不适用", "N/A")], () => {
    applies(session, group.id, group.criteria);
  }, { class: "chip na", "aria-label": t("整组不适用 ", "Group not applicable ") + group.id });
  const others = othersBox(session, group.id);
  const node = h("div", { class: "group" }, h("div", { class: "grouphead" },
    h("h3", {}, h("b", { class: "id" }, group.id), " ", inLang(group.title), h("small", {}, " " + group.cap + t(" 分", " pts"))), skip), others.node);
  const update = () => {
    const off = session.draft.na.includes(group.id);
    if (skip) skip.setAttribute("aria-pressed", off);
    node.classList.toggle("off", off);
    others.update();
    slots.forEach((slot) => { if (slot.entry) slot.entry.update(); });
  };
  // An entry is built when it is first looked at, in its place among the others.
  const filter = (shown) => {
    let after = others.node, any = false;
    for (const slot of slots) {
      const wanted = !shown || shown.has(slot.id);
      if (wanted && !slot.entry) {
        slot.entry = slot.make();
        after.after(slot.entry.node);
      }
      if (slot.entry) {
        slot.entry.node.hidden = !wanted;
        after = slot.entry.node;
      }
      any = any || wanted;
    }
    node.hidden = !any;
  };
  update();
  return { node, update, filter };
}
