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
import { type DrawFolder, openDraw, publish } from '../desk/draw-folder.ts'
import { withDeskLock } from '../desk/lock.ts'
import { LocalLog } from '../desk/local-log.ts'
import { CommandError } from '../errors.ts'
import type { FreezeTools } from '../freeze/index.ts'

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

/** Logs, signs and publishes an act; returns when it is on the disk. A first act moves its folder to its place. */
export function perform(
  step: Pick<Step, 'log' | 'now'>,
  folder: string,
  act: Act,
  before: Before,
  place = folder,
): void {
  for (const leaf of act.leaves) step.log.add(leaf)
  const files = new Map(act.files)
  files.set('proofs.json', proofsOf(step, before))
  files.set('signatures.json', signaturesOf([...before.signatures, ...act.signatures]))
  publish(folder, files, step.log, place)
}

/** What an act adds to. */
export interface Before {
  readonly drawId: string
  readonly planHash: string
  readonly prev: string
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
    signatures: manifests.signatures?.value.signatures ?? [],
    checkpoint: manifests.certificate?.value.log.checkpoint,
  }
}

function proofsOf(step: Pick<Step, 'log' | 'now'>, before: Before): Uint8Array {
  const own = step.log
    .leaves()
    .filter(
      (l) =>
        l.draw === before.drawId ||
        (l.type === 'plan' && l.hash === before.planHash) ||
        (l.type === 'commit' && l.hash === before.prev),
    )
    .map((l) => l.index)
  const from = before.checkpoint ? (parseCheckpoint(before.checkpoint)?.size ?? 0) : 0
  const proofs = step.log.tree.proofs(step.log.checkpoint(step.now), own, from)
  return canonicalBytes(proofs as unknown as JsonObject)
}

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
