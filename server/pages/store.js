// What the phone keeps in IndexedDB: drafts, the queue, pictures, receipts, check lists.

const STORES = { drafts: "id", queue: "id", blobs: "id", receipts: "id", editions: "key", points: "token", kept: "key" };

let opening = null;

function database() {
  opening = opening || new Promise((resolve, reject) => {
    const request = indexedDB.open("forecourt", 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => {
      // Phones drop the connection when they are short of memory; the next use opens it again.
      request.result.onclose = () => { opening = null; };
      request.result.onversionchange = () => { request.result.close(); opening = null; };
      resolve(request.result);
    };
    request.onerror = () => { opening = null; reject(request.error); };
  });
  return opening;
}

async function begin(stores, mode) {
  // Strict durability: a form that the page calls saved survives an empty battery.
  const start = async () => (await database()).transaction(stores, mode, { durability: "strict" });
  try { return await start(); } catch { opening = null; return start(); }
}

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Runs `act` in one transaction: all of it is kept or nothing.
async function within(stores, mode, act) {
  const tx = await begin(stores, mode);
  return new Promise((resolve, reject) => {
    let answer, failure;
    tx.oncomplete = () => resolve(answer);
    tx.onabort = () => reject(tx.error || failure || new Error("aborted"));
    act((name) => tx.objectStore(name)).then((value) => { answer = value; }, (error) => {
      failure = error;
      try { tx.abort(); } catch { /* already over */ }
    });
  });
}

const fetchRow = (store, key) => within([store], "readonly", (s) => asked(s(store).get(key)));
const fetchAll = (store) => within([store], "readonly", (s) => asked(s(store).getAll()));
const keepRow = (store, row) => within([store], "readwrite", (s) => asked(s(store).put(row)));
const dropRow = (store, key) => within([store], "readwrite", (s) => asked(s(store).delete(key)));

// Changes one row under the transaction's lock; null from `change` deletes, undefined leaves it.
function alterRow(store, key, change) {
  return within([store], "readwrite", async (s) => {
    const row = await asked(s(store).get(key));
    const changed = change(row);
    if (changed === null) await asked(s(store).delete(key));
    else if (changed) await asked(s(store).put(changed));
    return changed;
  });
}

const listeners = new Set();

// Tells this tab, and the others through localStorage, that the queue or the receipts moved.
function announce() {
  keepSetting("tick", Date.now() + " " + Math.random());
  listeners.forEach((hear) => hear());
}

window.addEventListener("storage", (e) => {
  if (e.key === "forecourt.tick") listeners.forEach((hear) => hear());
});

const isFull = (error) => !!error && (error.name === "QuotaExceededError" || /quota/i.test(error.message || ""));

// Pictures of the newest receipts stay for looking back; older ones make room.
const PICTURES_OF_RECEIPTS = 20;

async function sweep() {
  await within(["drafts", "queue", "receipts", "blobs", "kept"], "readwrite", async (s) => {
    const [drafts, queue, receipts, blobs, kept] = await Promise.all(
      ["drafts", "queue", "receipts", "blobs", "kept"].map((name) => asked(s(name).getAll())));
    const recent = new Set(receipts.sort(newestFirst).slice(0, PICTURES_OF_RECEIPTS).map((r) => r.id));
    const alive = new Set([...drafts, ...queue, ...receipts].map((row) => row.id));
    // A draft that a team inspection ended may have pictures that are still on their way.
    for (const row of kept) if (row.draft) alive.add(row.draft);
    for (const row of blobs) {
      if (!alive.has(row.form)) s("blobs").delete(row.id);
      else if (row.state === "arrived" && row.blob && !recent.has(row.form)) s("blobs").put({ ...row, blob: null });
    }
  });
}

const newestFirst = (a, b) => (a.at < b.at ? 1 : -1);
