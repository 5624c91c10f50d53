// Enrolment: a one-time code from the console makes this phone known.

const me = { unknown: false };

async function learnMe() {
  const kept = await fetchRow("kept", "me");
  if (kept) Object.assign(me, kept);
  try {
    const answer = await callJson("GET", "/api/me");
    Object.assign(me, answer, { unknown: false });
    await keepRow("kept", { ...answer, key: "me" });
    warn("enrol");
  } catch (trouble) {
    if (trouble instanceof Problem && !trouble.passing) notEnrolled(trouble);
  }
}

// Nothing is lost: drafts and queue stay until somebody enrols the phone again.
function notEnrolled(problem) {
  me.unknown = true;
  // «Not enrolled» goes without saying on the page that enrols; «withdrawn» does not.
  me.problem = problem.status === 401 ? null : problem;
  live.close();
  warn("enrol", t("本机尚未绑定，已填内容都保存在手机上。", "This phone is not enrolled. Everything you filled in is kept on it."),
    () => go("/enrol"), t("去绑定", "Enrol"));
  if (current.route !== "form" && current.route !== "review") render();
}

function phoneName() {
  const model = /Android [^;)]+; ([^;)]+?)(?: Build|[;)])/.exec(navigator.userAgent);
  if (model && model[1].length > 1) return model[1];
  return /iPhone/.test(navigator.userAgent) ? "iPhone" : t("我的手机", "My phone");
}

// What was typed so far: an answer that comes late draws this view again.
const typed = { code: "", name: "" };

function viewEnrol(code) {
  const trouble = h("div", {}, me.problem && problemBox(me.problem));
  const number = h("input", {
    id: "code", class: "code-input", inputmode: "numeric", pattern: "[0-9 ]*", autocomplete: "one-time-code", maxlength: 10,
    placeholder: "0000 0000", value: typed.code || code || "", required: true, oninput: () => { typed.code = number.value; }, "data-key": "code",
  });
  const name = h("input", { id: "phone", maxlength: 60, value: typed.name || phoneName(), autocomplete: "off", required: true, oninput: () => { typed.name = name.value; }, "data-key": "phone" });
  const send = h("button", { type: "submit", class: "wide main" }, t("绑定本机", "Enrol this phone"));
  const form = h("form", { onsubmit: (e) => { e.preventDefault(); enrol(number, name, send, trouble); }, novalidate: true },
    h("label", { for: "code" }, t("一次性绑定码（8 位）", "One-time code (8 digits)")), number,
    h("label", { for: "phone" }, t("手机名称", "Name of this phone")), name,
    h("p", { class: "hint" }, t("方便站经理在控制台认出这部手机，例如“张伟的手机”。", "So the manager recognises it on the console, e.g. “Zhang Wei's phone”.")),
    trouble, send);
  return {
    title: t("绑定手机", "Enrol phone"), back: me.unknown ? "" : "/",
    nodes: [card(h("h1", {}, t("绑定这部手机", "Enrol this phone")),
      h("p", {}, t("请站经理在控制台“点位与手机”页面按 b（绑定手机），把显示的绑定码填在这里。每部手机只需一次。",
        "Ask the manager to press b (Enrol) on the console's Points & phones page and type the code here. Once per phone.")), form),
    button(t("English", "中文"), () => { speak(lang === "zh" ? "en" : "zh"); render(); }, { class: "wide", lang: lang === "zh" ? "en" : "zh-CN" })],
    bar: null,
  };
}

async function enrol(number, name, send, trouble) {
  const code = number.value.replace(/\D/g, "");
  if (code.length !== 8) {
    trouble.replaceChildren(problemBox({ title: t("绑定码是 8 位数字", "The code has 8 digits"), detail: t("请照控制台上显示的填写。", "Type it as the console shows it.") }));
    number.focus();
    return;
  }
  send.disabled = true;
  try {
    await callJson("POST", "/api/enrolments", { code, device_name: name.value.trim() || phoneName() });
    Object.assign(me, { unknown: false, problem: null });
    Object.assign(typed, { code: "", name: "" });
    await forgetWhoeverWas().catch(() => {});
    await learnMe();
    if (me.unknown) throw new Problem(401, { title: t("浏览器没有保存绑定信息", "The browser did not keep the enrolment"), detail: t("请允许 Cookie，或换用系统浏览器打开。", "Allow cookies, or open this page in the system browser.") });
    toast(t("绑定成功", "Phone enrolled"));
    live.open();
    wakeSender(true);
    go("/", true);
  } catch (problem) {
    trouble.replaceChildren(problemBox(problem instanceof Problem ? problem : offlineProblem()));
  } finally {
    send.disabled = false;
  }
}

const offlineProblem = () => ({
  title: t("连不上服务器", "The receiver is out of reach"),
  detail: t("请确认手机已连上本站 Wi-Fi，然后重试。", "Check that the phone is on the station's Wi-Fi, then try again."),
});
