// Builds the page from nodes. Data only ever becomes text nodes, never markup.

const byId = (id) => document.getElementById(id);

function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value === "boolean") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

const SHAPES = {
  back: "M15 5l-7 7 7 7",
  fold: "M6 9l6 6 6-6",
  go: "M9 5l7 7-7 7",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 16.5a3.5 3.5 0 100-7 3.5 3.5 0 000 7",
  video: "M3 7h12v10H3zM15 11l6-3v8l-6-3",
  note: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  undo: "M9 7L4 12l5 5M4 12h10a6 6 0 016 6",
  none: "M12 21a9 9 0 100-18 9 9 0 000 18M6 18L18 6",
  close: "M6 6l12 12M18 6L6 18",
  person: "M12 11.500a4 4 0 100-8 4 4 0 000 8M4 20.500c0-4 3.500-6 8-6s8 2 8 6",
  check: "M5 13l4 4L19 7",
  home: "M4 5h6v6H4zM14 5h6v6h-6zM4 15h6v4H4zM14 15h2v4M20 15v4",
  queue: "M12 20V7M6 12l6-6 6 6M4 3h16",
  sent: "M5 4h14v16H5zM8 9l3 3 5-5M8 16h8",
  gear: "M4 7h10M18 7h2M4 17h2M10 17h10M16 9.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5M8 19.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5",
};

function icon(shape) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[shape]);
  svg.append(path);
  return svg;
}

const button = (label, onclick, more = {}) => h("button", { type: "button", onclick, ...more }, label);

// Shows new content and gives the focus back to the control that had it.
function mount(place, ...children) {
  const focused = document.activeElement && place.contains(document.activeElement) && document.activeElement.dataset.key;
  place.replaceChildren(...children.flat(3).filter(Boolean));
  const again = focused && [...place.querySelectorAll("[data-key]")].find((n) => n.dataset.key === focused);
  if (again) again.focus({ preventScroll: true });
}

function toast(words, act, label) {
  const line = h("div", { class: "toast" }, h("span", {}, words));
  const leave = () => line.remove();
  if (act) line.append(button(label, () => { leave(); act(); }));
  byId("toasts").replaceChildren(line);
  setTimeout(leave, act ? 7000 : 4000);
}

// A message never stands in the way of the next tap.
document.addEventListener("pointerdown", (e) => { if (!e.target.closest("#toasts")) byId("toasts").replaceChildren(); });

// Asks before something is lost; resolves true only when the person says yes.
function confirmed(question, detail, yes) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const close = (answer) => { veil.remove(); if (before) before.focus(); resolve(answer); };
    const no = button(t("取消", "Cancel"), () => close(false), { class: "wide" });
    const ok = button(yes, () => close(true), { class: "wide danger" });
    const box = h("div", { role: "alertdialog", "aria-modal": "true", "aria-label": question, class: "dialog" },
      h("h2", {}, question), detail && h("p", {}, detail), ok, no);
    const veil = h("div", { class: "veil", onkeydown: (e) => {
      if (e.key === "Escape") close(false);
      if (e.key === "Tab") { e.preventDefault(); (document.activeElement === no ? ok : no).focus(); }
    } }, box);
    document.body.append(veil);
    no.focus();
  });
}

// A refusal as everybody sees it: what is wrong, and what to do.
function problemBox(problem) {
  return h("div", { class: "problem", role: "alert" },
    h("strong", {}, problem.title), problem.detail && h("p", {}, problem.detail));
}

const card = (...children) => h("section", { class: "card" }, ...children);
