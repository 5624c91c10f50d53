// Pictures and video: shrinks, dates, measures and keeps what a person attaches.

const LONGEST = 1600, QUALITY = 0.8, PICTURE_BYTES = 25e6, VIDEO_BYTES = 500e6, EVIDENCE_AT_MOST = 40;

const TYPES = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", webp: "image/webp", heic: "image/heic", heif: "image/heif",
  gif: "image/gif", mp4: "video/mp4", mov: "video/quicktime", webm: "video/webm", "3gp": "video/3gpp", mkv: "video/x-matroska" };

class NotTaken extends Error {
  constructor(title, detail) {
    super(title);
    this.title = title;
    this.detail = detail;
  }
}

function mediaType(file) {
  const type = (file.type || "").toLowerCase().split(";")[0];
  return /^(image|video)\/[a-z0-9.+-]{1,60}$/.test(type) ? type : TYPES[(file.name || "").split(".").pop().toLowerCase()] || "";
}

function judge(file, kind, already) {
  const type = mediaType(file);
  if (already >= EVIDENCE_AT_MOST) {
    throw new NotTaken(t("一张表最多 40 个附件", "A form holds 40 files at most"), t("请先移除不需要的照片。", "Remove pictures that are not needed."));
  }
  if (!file.size) throw new NotTaken(t("文件是空的", "The file is empty"), t("请重新拍摄。", "Take it again."));
  if (!type.startsWith(kind === "video" ? "video/" : "image/")) {
    throw new NotTaken(t("这不是照片或视频", "This is no picture or video"), t("请重新选择或拍摄。", "Choose or take another one."));
  }
  if (kind === "video" && file.size > VIDEO_BYTES) {
    throw new NotTaken(t("视频太大（", "The video is too large (") + sizeText(file.size) + t("，最多 500 MB）", ", 500 MB at most)"),
      t("请拍短一些，或在相机设置中降低清晰度（如 720p）。", "Record a shorter one, or set the camera to a lower resolution (720p)."));
  }
}

// Whether a file begins as what the receiver takes: what is none is told at once, not after sending.
async function isGenuine(file, kind) {
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer()), text = String.fromCharCode(...head);
  const box = ["ftyp", "moov", "mdat", "wide", "free", "skip"].includes(text.slice(4, 8));
  if (kind === "video") return box || text.startsWith("\x1a\x45\xdf\xa3");
  return box || /^(\xff\xd8\xff|\x89PNG|GIF8)/.test(text) || (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP");
}

// A smaller JPEG of a picture, or null where this phone cannot decode it.
async function shrunk(file) {
  const address = URL.createObjectURL(file);
  try {
    const img = new Image();
    await new Promise((resolve, reject) => { img.onload = resolve; img.onerror = reject; img.src = address; });
    const scale = Math.min(1, LONGEST / Math.max(img.naturalWidth, img.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(img.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(img.naturalHeight * scale));
    const context = canvas.getContext("2d");
    // JPEG knows no transparency: without this it would turn black.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(img, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

// EXIF DateTimeOriginal of a JPEG (with its offset where the camera wrote one), else null.
async function exifTime(file) {
  try {
    const view = new DataView(await file.slice(0, 1 << 18).arrayBuffer());
    if (view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; at + 10 < view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      if (view.getUint16(at) === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return timeInTiff(view, at + 10);
    }
  } catch { /* cut short or damaged: the file's own time serves */ }
  return null;
}

function timeInTiff(view, base) {
  const little = view.getUint16(base) === 0x4949;
  const u16 = (at) => view.getUint16(base + at, little), u32 = (at) => view.getUint32(base + at, little);
  const find = (directory, tag) => {
    for (let n = 0; n < u16(directory); n++) if (u16(directory + 2 + n * 12) === tag) return directory + 2 + n * 12;
    return 0;
  };
  const text = (entry, length) => entry && String.fromCharCode(...new Uint8Array(view.buffer, base + u32(entry + 8), length));
  const pointer = find(u32(4), 0x8769);
  if (!pointer) return null;
  const exif = u32(pointer + 8);
  const taken = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text(find(exif, 0x9003), 19));
  if (!taken || taken[1] < "1990") return null;
  const local = taken[1] + "-" + taken[2] + "-" + taken[3] + "T" + taken[4];
  const offset = /^[+-]\d\d:\d\d$/.exec(text(find(exif, 0x9011), 6) || "");
  if (isNaN(new Date(local))) return null;
  return offset ? local + offset[0] : isoTime(new Date(local));
}

function fittingName(file, kind) {
  const name = (file.name || (kind === "video" ? "video.mp4" : "picture.jpg")).replace(/[\u0000-\u001f\u007f]/g, "");
  if (name.length <= 200) return name || kind;
  const ending = (/\.[^.]{1,8}$/.exec(name) || [""])[0];
  return name.slice(0, 200 - ending.length) + ending;
}

// Keeps one file for a draft and answers its row; its digest follows by `measure`.
async function takeIn(file, kind, draft, already) {
  judge(file, kind, already);
  const small = kind === "picture" ? await shrunk(file) : null;
  const smaller = small && small.size && small.size < file.size ? small : null;
  const blob = smaller || file;
  if (!smaller && !(await isGenuine(file, kind))) throw new NotTaken(t("这不是照片或视频", "This is no picture or video"), t("请重新选择或拍摄。", "Choose or take another one."));
  if (kind === "picture" && blob.size > PICTURE_BYTES) {
    throw new NotTaken(t("照片太大，且无法在手机上缩小", "The picture is too large and this phone cannot shrink it"),
      t("请在相机设置中改用 JPEG 或较低像素后重拍。", "Set the camera to JPEG or fewer pixels and take it again."));
  }
  const taken = kind === "picture" && (await exifTime(file));
  const row = {
    id: newId(), form: draft.id, kind, name: fittingName(file, kind), media_type: smaller ? "image/jpeg" : mediaType(file),
    size: blob.size, sha256: "", taken_at: taken || isoTime(new Date(file.lastModified || Date.now())),
    as_taken: kind === "picture" && !small, state: "draft", order: Date.now(), blob,
  };
  try {
    await keepRow("blobs", row);
  } catch (error) {
    throw isFull(error)
      ? new NotTaken(t("手机存储空间已满，这个文件没有保存", "The phone's storage is full; this file was not kept"),
        t("表单还在。请清理手机空间后重新拍摄。", "The form is safe. Free some space and take it again."))
      : error;
  }
  return row;
}

const measuring = new Map();

// The digest of a kept file, counted once even when asked twice.
function measure(row, progress = () => {}) {
  if (row.sha256) return Promise.resolve(row);
  if (!measuring.has(row.id)) {
    measuring.set(row.id, digestOf(row.blob, progress)
      .then((sha256) => alterRow("blobs", row.id, (kept) => kept && { ...kept, sha256 }))
      .finally(() => measuring.delete(row.id)));
  }
  return measuring.get(row.id);
}
