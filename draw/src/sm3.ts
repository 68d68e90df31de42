// SM3 (GB/T 32905-2016): the national hash, for draws committed with alg "sm3".

const W = new Int32Array(68)

/** A running SM3. `update` any number of times, then `digest` once (32 bytes). */
export class Sm3 {
  readonly #state = new Int32Array([
    0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
  ])
  readonly #block = new Uint8Array(64)
  #filled = 0
  #length = 0

  update(bytes: Uint8Array): this {
    this.#length += bytes.length
    let at = 0
    if (this.#filled > 0) {
      at = Math.min(64 - this.#filled, bytes.length)
      this.#block.set(bytes.subarray(0, at), this.#filled)
      this.#filled += at
      if (this.#filled < 64) return this
      compress(this.#state, this.#block, 0)
      this.#filled = 0
    }
    for (; at + 64 <= bytes.length; at += 64) compress(this.#state, bytes, at)
    this.#block.set(bytes.subarray(at))
    this.#filled = bytes.length - at
    return this
  }

  digest(): Uint8Array {
    const view = new DataView(this.#block.buffer)
    this.#block.fill(0, this.#filled)
    this.#block[this.#filled] = 0x80
    if (this.#filled >= 56) {
      compress(this.#state, this.#block, 0)
      this.#block.fill(0)
    }
    view.setUint32(56, Math.floor(this.#length / 0x20000000))
    view.setUint32(60, (this.#length << 3) >>> 0)
    compress(this.#state, this.#block, 0)
    const out = new Uint8Array(32)
    const result = new DataView(out.buffer)
    this.#state.forEach((word, i) => result.setInt32(4 * i, word))
    return out
  }
}

function rotl(x: number, n: number): number {
  const k = n & 31
  return k === 0 ? x : (x << k) | (x >>> (32 - k))
}

function compress(state: Int32Array, block: Uint8Array, at: number): void {
  const view = new DataView(block.buffer, block.byteOffset + at, 64)
  for (let i = 0; i < 16; i++) W[i] = view.getInt32(4 * i)
  for (let i = 16; i < 68; i++) {
    const x = W[i - 16]! ^ W[i - 9]! ^ rotl(W[i - 3]!, 15)
    W[i] = x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(W[i - 13]!, 7) ^ W[i - 6]!
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  for (let i = 0; i < 64; i++) {
    const early = i < 16
    const ss1 = rotl((rotl(a, 12) + e + rotl(early ? 0x79cc4519 : 0x7a879d8a, i)) | 0, 7)
    const tt1 =
      ((early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + (ss1 ^ rotl(a, 12)) + (W[i]! ^ W[i + 4]!)) | 0
    const tt2 = ((early ? e ^ f ^ g : (e & f) | (~e & g)) + h + ss1 + W[i]!) | 0
    d = c
    c = rotl(b, 9)
    b = a
    a = tt1
    h = g
    g = rotl(f, 19)
    f = e
    e = tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17)
  }
  state[0]! ^= a
  state[1]! ^= b
  state[2]! ^= c
  state[3]! ^= d
  state[4]! ^= e
  state[5]! ^= f
  state[6]! ^= g
  state[7]! ^= h
}
