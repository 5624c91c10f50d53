// Figures of criteria that are measured by a formula: typed, judged by the receiver's own rules, sent as text.

const FIGURE = /^[+-]?\d{1,15}(\.\d{1,10})?$/;

// The figures that a formula asks for: `against` is not asked for where it is fixed.
const askedBy = (formula) => ["of", ...(formula.against && formula.fixed === undefined ? ["against"] : [])];

// Full-width digits, and the signs that people put between thousands.
const figureText = (typed) => typed.normalize("NFKC").replace(/[\s,，]/g, "").replace(/^[−–—]/, "-");

function figureProblem(formula, name, text) {
  if (!text) return "";
  if (!FIGURE.test(text)) return t("请只填数字，如 900 或 0.18。", "Give a number, such as 900 or 0.18.");
  if (name === "against" && !(Number(text) > 0)) return t("必须大于 0；没有计划或均值时请标“不适用”，并写明原因。", "Must be above 0; without a plan or an average say that it does not apply, and why.");
  return "";
}

// What stands in the way of a criterion's figures: wrong, or only some of them given. Nothing given at all is no slip.
function figureSlip(criterion, typed) {
  const { formula } = criterion, values = typed || {}, names = askedBy(formula);
  if (!names.some((name) => values[name])) return null;
  for (const name of names) {
    const detail = values[name] ? figureProblem(formula, name, values[name]) : t("还缺这个数；不知道就把本条已填的数清空。", "It is missing; while it is not known, empty this item's other figure too.");
    if (detail) return { name, title: criterion.id + " · " + inLang(formula[name]), detail };
  }
  return null;
}

// What of a formula's figures can be sent: all of them and all right, or nothing.
function figuresOf(criterion, typed) {
  const { formula } = criterion, values = typed || {};
  const whole = askedBy(formula).every((name) => values[name] && !figureProblem(formula, name, values[name]));
  return whole ? Object.fromEntries(askedBy(formula).map((name) => [name, values[name]])) : null;
}

const measured = (edition) => criteriaOf(edition).filter((c) => c.formula);

const figuresOfDraft = (edition, draft) => Object.fromEntries(measured(edition)
  .map((c) => [c.id, figuresOf(c, (draft.inputs || {})[c.id])]).filter(([, figures]) => figures));

const applicable = (edition, draft) => measured(edition).filter((c) => !draft.na.includes(c.id)
  && !edition.sections.some((s) => s.groups.some((g) => draft.na.includes(g.id) && g.criteria.includes(c))));

const figureSlips = (edition, draft) => applicable(edition, draft).map((c) => ({ id: c.id, slip: figureSlip(c, (draft.inputs || {})[c.id]) })).filter((one) => one.slip);

const figuresMissing = (edition, draft) => applicable(edition, draft).filter((c) => !figuresOf(c, (draft.inputs || {})[c.id]) && !figureSlip(c, (draft.inputs || {})[c.id]));

// Enter goes from figure to figure, past what is filled in or not, and at the end takes the keyboard away.
function nextFigure(input) {
  const all = [...document.querySelectorAll(".figures input:enabled")].filter((one) => one.offsetParent), next = all[all.indexOf(input) + 1];
  if (next) next.focus();
  else input.blur();
}

function figuresBlock(session, criterion) {
  const { formula } = criterion, unit = inLang(formula.unit);
  const fields = askedBy(formula).map((name) => {
    const told = h("p", { class: "hint bad", role: "status" });
    const input = h("input", { inputmode: "decimal", maxlength: 40, autocomplete: "off", "data-key": "figure " + criterion.id + " " + name, enterkeyhint: "next",
      onkeydown: (e) => { if (e.key === "Enter") nextFigure(input); },
      oninput: () => { session.setFigure(criterion.id, name, figureText(input.value)); } });
    // The number keyboards of phones have no minus; what is compared with is never below zero.
    const sign = name === "of" && button("±", () => {
      input.value = input.value.startsWith("-") ? input.value.slice(1) : input.value && "-" + input.value;
      session.setFigure(criterion.id, name, figureText(input.value));
    }, { class: "step", "aria-label": t("改变正负号 ", "Change the sign of ") + criterion.id });
    const label = h("div", { class: "figure" }, h("label", {}, h("span", {}, inLang(formula[name]) + (unit ? " (" + unit + ")" : "")), input), sign, told);
    return { name, input, sign, told, label };
  });
  const node = h("div", { class: "figures", "data-figures": criterion.id }, fields.map((one) => one.label));
  const update = (off) => {
    const typed = (session.draft.inputs || {})[criterion.id] || {};
    for (const one of fields) {
      if (document.activeElement !== one.input) one.input.value = typed[one.name] || "";
      one.input.disabled = off;
      if (one.sign) one.sign.disabled = off || !typed[one.name];
      const slip = !off && figureSlip(criterion, typed);
      one.told.textContent = off ? "" : slip && slip.name === one.name ? slip.detail : figureProblem(formula, one.name, typed[one.name] || "");
    }
  };
  return { node, update };
}
