// Talks to the receiver. A refusal arrives as a Problem, a dead network as Unreachable.

class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.title || "HTTP " + status);
    this.status = status;
    this.type = body.type || "";
    this.title = body.title || t("服务器没有接受", "The receiver did not accept this") + " (" + status + ")";
    this.detail = body.detail || "";
    this.field = body.field || "";
    this.retryAfter = retryAfter;
  }

  // The phone has to be enrolled (again); what waits can go afterwards as it is.
  get unknownPhone() {
    return this.status === 401 || this.type.endsWith("device-withdrawn");
  }

  // Whether sending the same again later can help.
  get passing() {
    return this.status >= 500 || [408, 423, 425, 429].includes(this.status);
  }
}

class Unreachable extends Error {}

const plain = ({ status, type, title, detail, field }) => ({ status, type, title, detail, field });

async function call(method, path, { body, headers = {}, timeout = 20000 } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout);
  let answer;
  try {
    // A redirect can only come from a Wi-Fi sign-in page, never from the receiver.
    answer = await fetch(path, { method, body, headers, redirect: "error", cache: "no-store", signal: stop.signal });
  } catch (error) {
    live.heard(false);
    throw new Unreachable(error.message);
  } finally {
    clearTimeout(timer);
  }
  live.heard(true);
  if (answer.ok) return answer;
  const words = /json/.test(answer.headers.get("Content-Type") || "") ? await answer.json().catch(() => ({})) : {};
  throw new Problem(answer.status, words, Number(answer.headers.get("Retry-After")) || 0);
}

async function callJson(method, path, value) {
  const sent = value === undefined ? {} : { body: JSON.stringify(value), headers: { "Content-Type": "application/json" } };
  const answer = await call(method, path, sent);
  try { return await answer.json(); } catch { throw new Unreachable("not the receiver's answer"); }
}

// UUID version 7: its first 48 bits are the time, so ids sort as they were made.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let ms = Date.now();
  for (let i = 5; i >= 0; i--) { bytes[i] = ms % 256; ms = Math.floor(ms / 256); }
  bytes[6] = 0x70 | bytes[6] & 15;
  bytes[8] = 0x80 | bytes[8] & 63;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const utf8Base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

// The address of a point or check list, asked from the receiver, else as it was kept.
async function freshOrKept(store, key, path) {
  try {
    const row = await callJson("GET", path);
    await keepRow(store, { ...row, [STORES[store]]: key, kept_at: Date.now() }).catch(() => {});
    return row;
  } catch (trouble) {
    if (trouble instanceof Problem && !trouble.passing) throw trouble;
    const kept = await fetchRow(store, key);
    if (kept) return kept;
    throw trouble;
  }
}

const readPoint = (token) => freshOrKept("points", token, "/api/points/" + encodeURIComponent(token));

// What helps to fill in a list: last time's findings here, and the initials to search by. Nothing stops without them.
const readLast = (draft) => helping("last:" + draft.token + ":" + draft.rulebook,
  "/api/points/" + encodeURIComponent(draft.token) + "/last?rulebook=" + encodeURIComponent(draft.rulebook));
const readInitials = (draft) => helping("initials:" + draft.rulebook + "@" + draft.edition,
  "/api/editions/initials?rulebook=" + encodeURIComponent(draft.rulebook) + "&edition=" + encodeURIComponent(draft.edition));

async function helping(key, path) {
  const kept = await fetchRow("kept", key).catch(() => null);
  if (live.connected === false) return kept ? kept.value : null;
  try {
    const value = await callJson("GET", path);
    await keepRow("kept", { key, value }).catch(() => {});
    return value;
  } catch (trouble) {
    // What one may no longer see does not stay either.
    if (!(trouble instanceof Problem && trouble.status === 403)) return kept ? kept.value : null;
    await dropRow("kept", key).catch(() => {});
    return null;
  }
}

// An edition never changes once used, so a kept one needs no question.
async function readEdition(id, edition) {
  const key = id + "@" + edition;
  return (await fetchRow("editions", key)) || freshOrKept("editions", key,
    "/api/editions?rulebook=" + encodeURIComponent(id) + "&edition=" + encodeURIComponent(edition));
}
