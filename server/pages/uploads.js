// Sends one kept file by tus 1.0: create with the first piece, then go on from where it is.

const CHUNK = 1 << 20, ROUNDS_AT_MOST = 3, TUS = { "Tus-Resumable": "1.0.0" };
const PIECE = { "Content-Type": "application/offset+octet-stream" };

async function sendFile(row, progress, stillOurs) {
  for (let round = 1; ; round++) {
    try {
      const offset = row.upload ? await offsetThere(row) : await createUpload(row);
      return await pushRest(row, offset, progress, stillOurs);
    } catch (trouble) {
      if (!(trouble instanceof Problem) || trouble.passing || trouble.unknownPhone) throw trouble;
      if (await arrivedAnyway(row)) return true;
      // Gone (404, 410) or damaged on the way (460): the receiver starts it over.
      if (round >= ROUNDS_AT_MOST || ![404, 409, 410, 460].includes(trouble.status)) throw trouble;
      row.upload = "";
    }
  }
}

async function createUpload(row) {
  const fields = { evidence: row.id, filename: row.name, filetype: row.media_type };
  const metadata = Object.entries(fields).map(([name, value]) => name + " " + utf8Base64(value)).join(",");
  const answer = await call("POST", "/api/uploads", {
    body: await piece(row, 0), timeout: 90000,
    headers: { ...TUS, ...PIECE, "Upload-Length": String(row.size), "Upload-Metadata": metadata },
  });
  const location_ = answer.headers.get("Location");
  if (!location_) throw new Unreachable("not the receiver's answer");
  row.upload = new URL(location_, location.href).pathname;
  await alterRow("blobs", row.id, (kept) => kept && { ...kept, upload: row.upload });
  return offsetOf(answer);
}

async function offsetThere(row) {
  return offsetOf(await call("HEAD", row.upload, { headers: TUS }));
}

// Read first: some browsers fail silently on a body that is a slice of a stored Blob.
function piece(row, offset) {
  return row.blob.slice(offset, offset + CHUNK).arrayBuffer();
}

function offsetOf(answer) {
  const offset = answer.headers.get("Upload-Offset");
  if (!/^\d+$/.test(offset || "")) throw new Unreachable("not the receiver's answer");
  return Number(offset);
}

async function pushRest(row, offset, progress, stillOurs) {
  progress(offset / row.size);
  while (offset < row.size) {
    if (!(await stillOurs())) return false;
    const reached = offsetOf(await call("PATCH", row.upload, {
      body: await piece(row, offset), timeout: 90000,
      headers: { ...TUS, ...PIECE, "Upload-Offset": String(offset) },
    }));
    if (reached <= offset) throw new Unreachable("the receiver took nothing");
    offset = reached;
    progress(offset / row.size);
  }
  return true;
}

// An answer may have been lost after the last byte: then the receipt no longer waits for the file.
async function arrivedAnyway(row) {
  try {
    const receipt = await callJson("GET", "/api/submissions/" + row.form);
    return Array.isArray(receipt.evidence_waiting) && !receipt.evidence_waiting.includes(row.id);
  } catch (trouble) {
    if (trouble instanceof Problem && trouble.status === 404) return false;
    throw trouble;
  }
}
