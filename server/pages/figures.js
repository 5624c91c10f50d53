// Figures of criteria that are measured by a formula: typed, judged by the receiver's own rules, sent as text.

const FIGURE = /^[+-]?\d{1,15}(\.\d{1,10})?$/;

// The figures that a formula asks for: `against` is not asked for where it is fixed.
const askedBy = (formula) => ["of", ...(formula.against && formula.fixed === undefined ? ["against"] : [])];

// Full-width digits, and the signs that people put between thousands.
const figureText = (typed) => typed.normalize("NFKC").replace(/[\s,，]/g, "");

function figureProblem(formula, name, text) {
  if (!text) return "";
  if (!FIGURE.test(text)) return t("请只填数字，如 900 或 0.18。", "Give a number, such as 900 or 0.18.");
  if (name === "against" && !(Number(text) > 0)) return t("必须大于 0；没有计划或均值时请标“不适用”，并写明原因。", "Must be above 0; without a plan or an average say that it does not apply, and why.");
  return "";
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

const figuresMissing = (edition, draft) => measured(edition).filter((c) => !figuresOf(c, (draft.inputs || {})[c.id])
  && !draft.na.includes(c.id) && !edition.sections.some((s) => s.groups.some((g) => draft.na.includes(g.id) && g.criteria.includes(c))));

function figuresBlock(session, criterion) {
  const { formula } = criterion, unit = inLang(formula.unit);
  const fields = askedBy(formula).map((name) => {
    const told = h("p", { class: "hint bad", role: "status" });
    const input = h("input", { inputmode: "decimal", maxlength: 40, autocomplete: "off", "data-key": "figure " + criterion.id + " " + name,
      oninput: () => { session.setFigure(criterion.id, name, figureText(input.value)); } });
    const label = h("label", { class: "figure" }, h("span", {}, inLang(formula[name]) + (unit ? " (" + unit + ")" : "")), input, told);
    return { name, input, told, label };
  });
  const node = h("div", { class: "figures", "data-figures": criterion.id }, fields.map((one) => one.label));
  const update = (off) => {
    const typed = (session.draft.inputs || {})[criterion.id] || {};
    for (const one of fields) {
      if (document.activeElement !== one.input) one.input.value = typed[one.name] || "";
      one.input.disabled = off;
      one.told.textContent = figureProblem(formula, one.name, typed[one.name] || "");
    }
  };
  return { node, update };
}
