// SHA-256 of Blobs, in slices, because browsers hide crypto.subtle on plain http.

const ROUNDS = (() => {
  const k = new Uint32Array(64), start = new Uint32Array(8);
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) start[found] = (Math.sqrt(n) % 1) * 4294967296;
    k[found++] = (Math.cbrt(n) % 1) * 4294967296;
  }
  return { k, start };
})();

class Sha256 {
  constructor() {
    this.state = ROUNDS.start.slice();
    this.words = new Int32Array(64);
    this.rest = new Uint8Array(64);
    this.held = 0;
    this.length = 0;
  }

  update(bytes) {
    this.length += bytes.length;
    let at = 0;
    if (this.held) {
      at = Math.min(64 - this.held, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.held);
      this.held += at;
      if (this.held < 64) return this;
      this.block(this.rest, 0);
      this.held = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at);
    this.rest.set(bytes.subarray(at));
    this.held = bytes.length - at;
    return this;
  }

  block(bytes, at) {
    const w = this.words, k = ROUNDS.k, s = this.state;
    for (let i = 0; i < 16; i++, at += 4) {
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = (w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3)
        + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10)) | 0;
    }
    let a = s[0] | 0, b = s[1] | 0, c = s[2] | 0, d = s[3] | 0, e = s[4] | 0, f = s[5] | 0, g = s[6] | 0, i8 = s[7] | 0;
    for (let i = 0; i < 64; i++) {
      const one = (i8 + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (g ^ e & (f ^ g)) + k[i] + w[i]) | 0;
      const more = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ c & (a ^ b))) | 0;
      i8 = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + more) | 0;
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += i8;
  }

  hex() {
    const bits = this.length * 8, tail = new Uint8Array(this.held < 56 ? 64 - this.held : 128 - this.held);
    tail[0] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 4294967296));
    view.setUint32(tail.length - 4, bits >>> 0);
    this.update(tail);
    return [...this.state].map((n) => n.toString(16).padStart(8, "0")).join("");
  }
}

const SUBTLE_AT_MOST = 8e6, SLICE = 1 << 20;

// Hex digest of a Blob of any size; `progress` hears a share from 0 to 1.
async function digestOf(blob, progress = () => {}) {
  if (blob.size <= SUBTLE_AT_MOST && window.crypto && crypto.subtle) {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
    return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  }
  const sum = new Sha256();
  for (let at = 0; at < blob.size; at += SLICE) {
    sum.update(new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer()));
    progress(Math.min(1, (at + SLICE) / blob.size));
  }
  return sum.hex();
}
