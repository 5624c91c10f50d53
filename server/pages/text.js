// The words of the page: both languages stand side by side where they are used.

function firstLanguage() {
  const kept = readSetting("lang");
  if (kept === "zh" || kept === "en") return kept;
  return (navigator.languages || [navigator.language]).some((l) => /^zh/i.test(l)) ? "zh"
    : /^en/i.test(navigator.language || "") ? "en" : "zh";
}

// localStorage throws where a browser blocks it; a setting is never worth a dead page.
function readSetting(name) {
  try { return localStorage.getItem("forecourt." + name); } catch { return null; }
}

function keepSetting(name, value) {
  try { localStorage.setItem("forecourt." + name, value); } catch { /* works without */ }
}

let lang = firstLanguage();

function speak(language) {
  lang = language;
  keepSetting("lang", lang);
  // The receiver answers its refusals in the language of this cookie.
  document.cookie = "lang=" + lang + ";path=/;max-age=31536000;SameSite=Lax";
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = t("加油站检查", "Station inspection");
}

const t = (zh, en) => (lang === "zh" ? zh : en);

// A text of the receiver ({zh, en}) in the reader's language.
const inLang = (text) => (text && typeof text === "object" ? text[lang] || text.zh || text.en : text) || "";

// «3 findings», «1 finding»: English needs the plural, Chinese does not.
const many = (n, zh, one, more) => (lang === "zh" ? n + " " + zh : n + " " + (n === 1 ? one : more));

function sizeText(bytes) {
  if (bytes < 1000) return bytes + " B";
  if (bytes < 1e6) return Math.round(bytes / 1000) + " KB";
  if (bytes < 1e9) return (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0) + " MB";
  return (bytes / 1e9).toFixed(1) + " GB";
}

const two = (n) => String(n).padStart(2, "0");

function timeText(moment) {
  const d = new Date(moment);
  if (isNaN(d)) return "";
  const clock = two(d.getHours()) + ":" + two(d.getMinutes());
  if (d.toDateString() === new Date().toDateString()) return t("今天 ", "today ") + clock;
  return d.getFullYear() + "-" + two(d.getMonth() + 1) + "-" + two(d.getDate()) + " " + clock;
}

// ISO 8601 with the phone's own offset: what its clock showed is part of the record.
function isoTime(d = new Date()) {
  const east = -d.getTimezoneOffset();
  const local = new Date(d.getTime() + east * 60000).toISOString().slice(0, 19);
  return local + (east < 0 ? "-" : "+") + two(Math.floor(Math.abs(east) / 60)) + ":" + two(Math.abs(east) % 60);
}
