// Somebody in the room of a draw who is of none of its authorities: without an account, with a device that has made its own key.

import { randomBytes } from 'node:crypto'
import { publicKeyEd25519, receiptHash, signEd25519, toHex, utf8 } from '@sunlot/draw'
import type { Speaker } from './speaker.ts'

/** His place in the room. */
export class Outsider {
  readonly number: number
  readonly #room: string
  readonly #device: Speaker
  readonly #key: Uint8Array

  private constructor(of: { number: number; room: string; device: Speaker; key: Uint8Array }) {
    this.number = of.number
    this.#room = of.room
    this.#device = of.device
    this.#key = of.key
  }

  /** Comes in by the code on the wall. `role`: a code of `observers`. */
  static async comeIn(
    device: (headers?: Readonly<Record<string, string>>) => Speaker,
    code: string,
    role: string,
  ): Promise<Outsider> {
    const key = Uint8Array.from(randomBytes(32))
    const room = `/public/rooms/${code}`
    const joined = await device().post(`${room}/observers`, { role, publicKey: toHex(publicKeyEd25519(key)) })
    const { number, token } = joined as unknown as { readonly number: number; readonly token: string }
    return new Outsider({ number, room, device: device({ 'x-observer': token }), key })
  }

  /** Adds a sentence or a number, and signs the receipt that he is given for it. */
  async contribute(text: string, commitHash: string): Promise<void> {
    const given = await this.#device.put(`${this.#room}/contribution`, undefined, { text })
    const { id, value } = given as unknown as { readonly id: string; readonly value: string }
    await this.sign('contrib', receiptHash('sha256', commitHash, { id, value }))
  }

  /** Signs a receipt or a record (`contrib`), or the certificate. */
  async sign(tag: 'contrib' | 'cert', hash: string): Promise<void> {
    const value = toHex(signEd25519(this.#key, utf8(hash)))
    await this.#device.post(`${this.#room}/signatures`, { tag, hash, value })
  }
}
