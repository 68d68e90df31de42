// What happens to a draw afterwards: each an event by two persons, tried against the rules before it is logged.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import {
  canonical,
  canonicalBytes,
  contextOf,
  type DrawEvent,
  event as eventRule,
  eventName,
  eventValuesName,
  type FreshSource,
  freshSource,
  type Json,
  type JsonObject,
  isSealedUntilOpen,
  parseCheckpoint,
  type Replay,
  replayOf,
  type SourceValue,
  tag,
  timeOfRound,
} from '@sunlot/draw'
import { CommandError } from '../errors.ts'
import { overlaid } from './foresight.ts'
import { type Args, beforeOf, chinaTime, leafOf, needed, option, perform, type Step } from './step.ts'

/** An event before its number and chain: what a person says of it. */
export type Said = Record<string, Json>

/** The next event of a draw with who did it and who approved it. Refused (`CommandError`) where the rules refuse it. */
export function addEvent(
  args: Args,
  step: Step,
  said: Said,
): { event: DrawEvent; hash: string; after: Replay } {
  const { manifests, commit, folder } = step.draw
  const n = manifests.events.length + 1
  const last = manifests.events.at(-1)?.event?.hash
  const value: JsonObject = {
    v: 'vdp1',
    draw: commit.value.draw_id,
    n,
    prev: last ?? manifests.certificate?.hash ?? commit.hash,
    by: needed(args, 'by'),
    approved_by: needed(args, 'approvedBy'),
    at: step.now,
    ...said,
  }
  refuseBeforeOpening(step, said['type'])
  const by = needed(args, 'by')
  if (by === needed(args, 'approvedBy')) throw new CommandError('event_alone', { by })
  const event = eventRule(value, 'event') as DrawEvent
  const bytes = canonicalBytes(value)
  const hash = tag(commit.value.alg, 'event', canonical(value))
  const files = new Map([[eventName(n), bytes]])
  const after = tried(step, files)
  if (event.type === 'substitute') refuseHopeless(step, files, n, hash)
  const type = event.type === 'void' ? 'void' : 'event'
  perform(
    step,
    folder,
    { files, leaves: [leafOf(commit.value.draw_id, type, hash, step.now)], signatures: [] },
    beforeOf(step),
  )
  return { event, hash, after }
}

/** What the lists decide waits until they are open: before, nobody could check the event, and it could block the opening. */
function refuseBeforeOpening({ draw }: Step, type: Json | undefined): void {
  const hidden = isSealedUntilOpen(draw.manifests)
  if (hidden && (type === 'skip' || type === 'substitute'))
    throw new CommandError('sealed_before_open', { open_at: chinaTime(draw.commit.value.open_at ?? 0) })
}

/** Adds the values of a substitute's source; the replay then says who enters. */
export function addValues(
  step: Step,
  n: number,
  hash: string,
  given: {
    values: readonly SourceValue[]
    signatures: Parameters<typeof perform>[2]['signatures']
    leaves: Parameters<typeof perform>[2]['leaves']
  },
): Replay {
  const files = new Map([[eventValuesName(n), valuesFile(hash, given.values, eventInLog(step, hash))]])
  const after = tried(step, files)
  perform(step, step.draw.folder, { ...given, files }, beforeOf(step))
  return after
}

/** Where the event stands under the checkpoint that was made when it was logged, before its source could speak. */
function eventInLog({ log, draw }: Step, hash: string): Json {
  const index = log.leaves().find((l) => l.type === 'event' && l.hash === hash)?.index
  if (index === undefined) throw new CommandError('leaf_not_in_log', { type: 'event' })
  const checkpoint = log.checkpointAt(index) ?? draw.manifests.proofs?.value.checkpoint ?? ''
  const { path } = log.tree.place(index, parseCheckpoint(checkpoint)?.size)
  return { checkpoint, index, path: [...path] }
}

function valuesFile(hash: string, values: readonly SourceValue[], log: Json): Uint8Array {
  return canonicalBytes({ v: 'vdp1', event: hash, values, log } as unknown as JsonObject)
}

/** Refuses a substitute for whom nobody could enter, whatever its source will say: tried with a value made up. */
function refuseHopeless(step: Step, files: ReadonlyMap<string, Uint8Array>, n: number, hash: string): void {
  const made = valuesFile(hash, [{ id: 'fresh', value: '0' }], { checkpoint: '', index: 0, path: [] })
  const { entered } = tried(step, new Map([...files, [eventValuesName(n), made]]))
  if (entered.get(n) === '') throw new CommandError('substitute_hopeless')
}

/** Replays the draw with files added, before anything is written. */
function tried(step: Step, added: ReadonlyMap<string, Uint8Array>): Replay {
  const context = contextOf(overlaid(step.draw.files, added))
  const { commit } = context.manifests
  if (!commit) throw new CommandError('draw_damaged', { folder: step.draw.folder, why: 'commit.json' })
  const after = replayOf(context, commit)
  const [fault] = after.faults
  if (fault) throw new CommandError(`event_${fault.code}`, { n: fault.n, max: commit.value.max_skips })
  return after
}

/** The hash of a piece of evidence: of the file that `--evidence` names, or 64 hex as given. */
export function evidenceOf(args: Args): string {
  const given = needed(args, 'evidence')
  if (/^[0-9a-f]{64}$/.test(given)) return given
  if (!existsSync(given)) throw new CommandError('evidence_missing', { path: given })
  return createHash('sha256').update(readFileSync(given)).digest('hex')
}

// Witnesses must have seen the event before its source can speak.
const WAIT = 60

/** A substitute's source from `--source`: `drand`, `dice:10x25` or a JSON file; born after this event. */
export function freshSourceOf(args: Args, now: number): FreshSource {
  const text = option(args, 'source') ?? 'drand'
  if (text === 'drand') return { id: 'fresh', kind: 'drand', round: roundAfter(now + WAIT) }
  const dice = /^dice:(6|10)x([0-9]+)$/.exec(text)
  if (dice)
    return freshSource(
      {
        id: 'fresh',
        kind: 'dice',
        faces: Number(dice[1]),
        count: Number(dice[2]),
        not_before: now + WAIT,
        roller: needed(args, 'roller'),
      },
      'source',
    )
  if (!existsSync(text)) throw new CommandError('fresh_source', { text })
  return freshSource({ id: 'fresh', ...(JSON.parse(readFileSync(text, 'utf8')) as object) }, 'source')
}

function roundAfter(time: number): number {
  const first = timeOfRound(1)
  return Math.ceil((time - first) / (timeOfRound(2) - first)) + 1
}
