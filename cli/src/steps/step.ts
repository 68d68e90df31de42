// What every step on a draw shares: arguments, the desk, the log, and how an act becomes files, a leaf and signatures.

import {
  canonicalBytes,
  type JsonObject,
  type LogLeaf,
  parseCheckpoint,
  type Signature,
  signHash,
} from '@sunlot/draw'
import { clockOf, DESK, type Desk, keyOf, openDesk } from '../desk/desk.ts'
import { type DrawFolder, openDraw, publish, refuseBehind } from '../desk/draw-folder.ts'
import { withDeskLock } from '../desk/lock.ts'
import { LocalLog } from '../desk/local-log.ts'
import { CommandError } from '../errors.ts'
import type { FreezeTools } from '../freeze/index.ts'
import { refuseContradicted } from './foresight.ts'

/** What the shell hands to a step. */
export interface Args {
  readonly positionals: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}

/** How a step speaks: sentences, progress, and the wish to stop. `t` makes the sentence of a code. */
export interface Io extends FreezeTools {
  out(text: string): void
  err(text: string): void
}

/** An open draw on an open desk, at a time. */
export interface Step {
  readonly desk: Desk
  readonly log: LocalLog
  readonly now: number
  readonly draw: DrawFolder
}

/** An act's outcome: new files, new leaves, new signatures. */
export interface Act {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly leaves: readonly LogLeaf[]
  readonly signatures: readonly Signature[]
}

/** One positional argument, or a refusal that names it. */
export function positional(args: Args, at: number, name: string): string {
  const value = args.positionals[at]
  if (value === undefined) throw new CommandError('argument_missing', { name })
  return value
}

/** A text option, or nothing. */
export function option(args: Args, name: string): string | undefined {
  const value = args.options[name]
  return typeof value === 'string' ? value : undefined
}

/** A text option that must be there. */
export function needed(args: Args, name: string): string {
  const value = option(args, name)
  if (value === undefined) throw new CommandError('option_missing', { name })
  return value
}

/** An option that may stand several times. */
export function options(args: Args, name: string): readonly string[] {
  const value = args.options[name]
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

/** `name=value` options as a map; the name may be left out where there is `only` one. */
export function assignments(args: Args, name: string, only?: string): Map<string, string> {
  return new Map(
    options(args, name).map((text) => {
      const at = text.indexOf('=')
      if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
      if (only !== undefined) return [only, text]
      throw new CommandError('assignment_form', { name, text })
    }),
  )
}

/** The desk that `--desk` names. */
export function deskOf(args: Args): Desk {
  return openDesk(option(args, 'desk') ?? DESK)
}

/** Runs a step on the draw named first, with the desk locked against a second process. */
export function onDraw<T>(args: Args, work: (step: Step) => T): T {
  const desk = deskOf(args)
  return withDeskLock(desk, () => {
    const log = new LocalLog(desk)
    const draw = openDraw(positional(args, 0, 'DRAW'), log)
    refuseBehind(draw, log)
    return work({ desk, log, now: clockOf(desk, option(args, 'at')), draw })
  })
}

/** Signs a hash with somebody's key on this desk. */
export function sign(desk: Desk, by: string, of: Signature['of'], hash: string): Signature {
  return signHash(keyOf(desk, by), of, hash)
}

/** A leaf of this draw. */
export function leafOf(draw: string, type: LogLeaf['type'], hash: string, at: number): LogLeaf {
  return { v: 'vdp1', type, draw, hash, at }
}

/** Logs, signs and publishes an act; returns when it is on the disk. */
export function perform(step: Pick<Step, 'log' | 'now'>, folder: string, act: Act, before: Before): void {
  refuseBackdated(step)
  for (const leaf of act.leaves) step.log.add(leaf)
  const checkpoint = step.log.checkpoint(step.now)
  const files = new Map(act.files)
  files.set('proofs.json', proofsOf(step.log, before, checkpoint))
  files.set('signatures.json', signaturesOf([...before.signatures, ...act.signatures]))
  refuseContradicted(folder, files)
  publish(folder, files, step.log, { draw: before.drawId, checkpoint })
}

/** Time in the log does not fall: a clock that was set back is mended, not logged. */
export function refuseBackdated({ log, now }: Pick<Step, 'log' | 'now'>): void {
  const last = log.leaves().at(-1)
  if (last && now < last.at)
    throw new CommandError('clock_back', { now: chinaTime(now), last: chinaTime(last.at) })
}

/** What an act adds to. */
export interface Before {
  readonly drawId: string
  readonly planHash: string
  readonly prev: string
  /** The commitment that this one stands in for. */
  readonly supersedes?: string | undefined
  readonly signatures: readonly Signature[]
  /** The checkpoint of the certificate, once there is one. */
  readonly checkpoint?: string | undefined
}

/** What stands before an act on an open draw. */
export function beforeOf({ draw }: Pick<Step, 'draw'>): Before {
  const { manifests, commit } = draw
  return {
    drawId: commit.value.draw_id,
    planHash: commit.value.plan.hash,
    prev: commit.value.prev,
    supersedes: commit.value.supersedes,
    signatures: manifests.signatures?.value.signatures ?? [],
    checkpoint: manifests.certificate?.value.log.checkpoint,
  }
}

/** Of this draw everything; the entry of its plan, the commitment before it, and how the one it supersedes ended. */
function proofsOf(log: LocalLog, before: Before, checkpoint: string): Uint8Array {
  const leaves = log.leaves()
  const old = leaves.find((l) => l.type === 'commit' && l.hash === before.supersedes)?.draw
  const own = leaves.filter(
    (l) =>
      l.draw === before.drawId ||
      (l.type === 'plan' && l.hash === before.planHash) ||
      (l.type === 'commit' && l.hash === before.prev) ||
      (old !== undefined && l.draw === old && ENDS.has(l.type)),
  )
  const from = before.checkpoint ? (parseCheckpoint(before.checkpoint)?.size ?? 0) : 0
  const indexes = own.map((l) => l.index)
  return canonicalBytes(log.tree.proofs(checkpoint, indexes, from) as unknown as JsonObject)
}

const ENDS: ReadonlySet<LogLeaf['type']> = new Set(['commit', 'cert', 'void'])

function signaturesOf(all: readonly Signature[]): Uint8Array {
  const key = (s: Signature): string => `${s.of}\n${s.hash}\n${s.by}`
  const once = new Map(all.map((s) => [key(s), s]))
  const ordered = [...once].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, s]) => s)
  return canonicalBytes({ v: 'vdp1', signatures: ordered } as unknown as JsonObject)
}

/** A unix time as a person in China reads it, to the second where it has seconds. */
export function chinaTime(seconds: number): string {
  const text = new Date((seconds + 8 * 3600) * 1000).toISOString()
  const [, year, month, day, time = ''] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+:\d+)/.exec(text) ?? []
  return `${year}-${month}-${day} ${time.endsWith(':00') ? time.slice(0, 5) : time} (UTC+8)`
}
