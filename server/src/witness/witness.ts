// A witness cosigns a log's checkpoint only where it continues the last one that it cosigned (C2SP tlog-witness).

import {
  type Checkpoint,
  compareBytes,
  consistent,
  fromBase64,
  parseCheckpoint,
  treeRoot,
} from '@sunlot/draw'
import { cosignature, type LogKey, type LogSigner, noteIsSignedBy } from '../platform/log/signer.ts'
import type { Seen, WitnessMemory } from './state.ts'

/** A log that this witness watches. Several keys while the log's key is being replaced. */
export interface WatchedLog {
  readonly origin: string
  readonly keys: readonly LogKey[]
}

/** The answer to a submission: an HTTP status and its text. */
export interface Answer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422 | 503
  readonly type: 'text/plain; charset=utf-8' | 'text/x.tlog.size'
  readonly text: string
}

/** What a witness is made of. `now`: unix seconds. */
export interface WitnessParts {
  readonly name: string
  readonly signer: LogSigner
  readonly logs: readonly WatchedLog[]
  readonly memory: WitnessMemory
  readonly now: () => number
}

interface Submission {
  readonly older: number
  readonly proof: readonly Uint8Array[]
  readonly note: Checkpoint
  readonly text: string
}

const MOST_PROOF_LINES = 63
const EMPTY = treeRoot('sha256', [])

/** One witness: its key, its memory, the logs that it watches. */
export class Witness {
  readonly #parts: WitnessParts
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: WitnessParts) {
    this.#parts = parts
  }

  /** Judges a submission. One at a time: to compare and to persist must not be parted (tlog-witness, the race). */
  addCheckpoint(body: string): Promise<Answer> {
    const answer = this.#last.then(() => this.#judge(body))
    this.#last = answer.catch(() => undefined)
    return answer
  }

  async #judge(body: string): Promise<Answer> {
    const submission = parse(body)
    if (!submission) return plain(400, 'not a submission')
    const { note, older } = submission
    const log = this.#parts.logs.find(({ origin }) => origin === note.origin)
    if (!log) return plain(404, 'unknown log')
    if (!log.keys.some((key) => noteIsSignedBy(note, key))) return plain(403, 'no signature by a known key')
    if (older > note.size) return plain(400, 'the old size is larger than the checkpoint')
    const seen = this.#parts.memory.of(note.origin)
    if (older !== (seen?.size ?? 0)) return sizeConflict(seen?.size ?? 0)
    return whyNotGrown(seen, submission) ?? this.#cosign(submission, seen)
  }

  async #cosign({ note, text }: Submission, seen: Seen | undefined): Promise<Answer> {
    const { name, signer, memory, now } = this.#parts
    const at = now()
    if (seen && at < seen.at) return plain(503, 'the clock of the witness stands before its last cosignature')
    const line = cosignature(note, name, signer, at)
    await memory.keep(note.origin, { size: note.size, root: note.root, note: text + line, at })
    return plain(200, line)
  }
}

function whyNotGrown(seen: Seen | undefined, { note, proof }: Submission): Answer | undefined {
  if (seen?.size === note.size && compareBytes(seen.root, note.root) !== 0) return sizeConflict(seen.size)
  // From nothing every tree grows; but the proof must be empty all the same, and the empty tree has one root.
  const from = seen ?? { size: 0, root: EMPTY }
  const grown = consistent('sha256', from, note, proof)
  return grown ? undefined : plain(422, 'the proof does not lead from the last cosigned tree to this one')
}

function parse(body: string): Submission | undefined {
  const cut = body.indexOf('\n\n')
  if (cut < 0) return undefined
  const [first = '', ...lines] = body.slice(0, cut).split('\n')
  const older = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1]
  const proof = lines.map(fromBase64)
  const text = body.slice(cut + 2)
  const note = parseCheckpoint(text)
  if (older === undefined || !note || proof.length > MOST_PROOF_LINES) return undefined
  if (proof.some((hash) => hash?.length !== 32)) return undefined
  return { older: Number(older), proof: proof as Uint8Array[], note, text }
}

function plain(status: Answer['status'], text: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', text: text.endsWith('\n') ? text : `${text}\n` }
}

function sizeConflict(size: number): Answer {
  return { status: 409, type: 'text/x.tlog.size', text: `${size}\n` }
}
