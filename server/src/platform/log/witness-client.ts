// Hands a checkpoint to one witness (C2SP tlog-witness) and takes its cosignature.

import { fromHex, parseCheckpoint, toBase64 } from '@sunlot/draw'
import type { NamedKey } from './policy.ts'
import { witnessedAt } from './signer.ts'

/** A witness that this log asks. `url` is its submission prefix, without a slash at the end. */
export interface WitnessAddress extends NamedKey {
  readonly url: string
}

/**
 * What a witness said. `conflict`: it remembers another tree than ours (`size`: the largest it saw, where it says so).
 * `refused`: any other answer than a valid cosignature. `unreachable`: none in time.
 */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly line: string; readonly at: number }
  | { readonly kind: 'conflict'; readonly status: number; readonly size?: number }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly why: string }

/** Gives the consistency proof from an older size to the submitted checkpoint. */
export type ProveFrom = (older: number) => Promise<readonly Uint8Array[]>

const PATIENCE_MS = 10_000
const LONGEST_ANSWER = 16_384

/** Speaks with one witness and remembers the size that it is at. */
export class WitnessClient {
  readonly address: WitnessAddress
  #size = 0

  constructor(address: WitnessAddress) {
    this.address = address
  }

  /** Submits a signed note; asks a second time where the witness names the size it is at. Never throws. */
  async submit(note: string, prove: ProveFrom): Promise<WitnessAnswer> {
    const size = parseCheckpoint(note)?.size ?? 0
    const first = await this.#ask(note, prove, Math.min(this.#size, size))
    if (first.kind !== 'conflict' || first.size === undefined || first.size > size) return first
    this.#size = first.size
    return this.#ask(note, prove, first.size)
  }

  /** The largest tree that the witness saw of the log whose note this is; nothing where it does not answer. */
  async sizeOf(note: string): Promise<number | undefined> {
    const answer = await this.#ask(note, () => Promise.resolve([]), 0)
    if (answer.kind === 'conflict') return answer.size
    return answer.kind === 'cosigned' ? (parseCheckpoint(note)?.size ?? 0) : undefined
  }

  async #ask(note: string, prove: ProveFrom, older: number): Promise<WitnessAnswer> {
    try {
      const proof = (await prove(older)).map((hash) => `${toBase64(hash)}\n`).join('')
      const response = await fetch(`${this.address.url}/add-checkpoint`, {
        method: 'POST',
        body: `old ${older}\n${proof}\n${note}`,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        signal: AbortSignal.timeout(PATIENCE_MS),
        redirect: 'error',
      })
      const text = (await response.text()).slice(0, LONGEST_ANSWER)
      return this.#understand(note, response, text)
    } catch (error) {
      return { kind: 'unreachable', why: String((error as Error).cause ?? error) }
    }
  }

  #understand(note: string, response: Response, text: string): WitnessAnswer {
    const { status } = response
    if (status === 409 && response.headers.get('content-type') === 'text/x.tlog.size') {
      const size = /^(0|[1-9]\d{0,15})\n$/.exec(text)?.[1]
      return { kind: 'conflict', status, ...(size === undefined ? {} : { size: Number(size) }) }
    }
    if (status === 409 || status === 422) return { kind: 'conflict', status }
    const found = status === 200 ? this.#cosignatureIn(note, text) : undefined
    if (!found) return { kind: 'refused', status }
    this.#size = parseCheckpoint(note)?.size ?? 0
    return { kind: 'cosigned', ...found }
  }

  /** Lines by other keys are ignored, as tlog-witness demands. */
  #cosignatureIn(note: string, text: string): { readonly line: string; readonly at: number } | undefined {
    const { name, alg, key } = this.address
    for (const row of text.split('\n')) {
      const line = `${row}\n`
      const signed = row === '' ? undefined : parseCheckpoint(note + line)
      const at = signed && witnessedAt(signed, name, { alg, key: fromHex(key) })
      if (at !== undefined) return { line, at }
    }
    return undefined
  }
}
