// Where what was said of a draw stands in the public log, and the proof of it, under what its witnesses cosigned.

import { type Certificate, type DrawEvent, eventName, type FreshSource, toHex } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import {
  firstWitnessedFrom,
  type PublishedLog,
  runnerWithin,
  type StoredCheckpoint,
} from '../../platform/log/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { DrawTools } from '../parts.ts'
import { eventSeenUntil, seenUntil, whyNotEventFresh, whyNotFresh } from './freshness.rules.ts'
import { indexesOf } from './leaves.store.ts'
import { commitmentIn, type KeptManifest, manifestsOf } from './manifests.store.ts'

type Tools = Pick<DrawTools, 'recording' | 'log'>

/** A leaf's place under a checkpoint. `path`: hashes in hex, from the leaf up. */
export interface LeafPlace {
  readonly checkpoint: string
  readonly index: number
  readonly path: string[]
}

/**
 * What the certificate says of the log: plan entry, commitment and close under the first checkpoint that holds the close and that
 * the quorum cosigned in time. Nothing while there is none.
 */
export function witnessedPlaces(tools: Tools, drawId: string): Promise<Certificate['log'] | undefined> {
  return tools.recording.database.read(async (reader) => {
    const manifests = await manifestsOf(reader, drawId)
    const ids = ['plan.json', 'commit.json'].map((name) => manifests.get(name)?.leafId)
    const indexes = await indexesOf(
      reader,
      ids.filter((id) => typeof id === 'string'),
    )
    const [plan, commit] = ids.map((id) => indexes.get(id ?? ''))
    const { close, under } = await closeSeen(reader, tools.log, manifests)
    if (plan === undefined || commit === undefined || close === undefined || !under) return undefined
    const tree = tools.log.tiles.tree(under.size)
    const placeOf = async (index: number) => ({ index, path: (await tree.inclusion(index)).map(toHex) })
    return {
      checkpoint: under.note,
      plan: await placeOf(plan),
      commit: await placeOf(commit),
      close: await placeOf(close),
    }
  })
}

/** Why a closed draw cannot go on: its close is not shown to be earlier than its randomness. Without witnesses nothing is asked. */
export async function whyNotFreshNow(
  reader: Reader,
  log: PublishedLog,
  drawId: string,
  now: Date,
): Promise<Refusal | undefined> {
  if (log.policy.quorum === 0) return undefined
  const manifests = await manifestsOf(reader, drawId)
  const commit = commitmentIn(manifests)
  if (!commit || !manifests.has('close.json')) return undefined
  const { under } = await closeSeen(reader, log, manifests)
  return whyNotFresh(commit, { isSeen: under !== undefined, now })
}

type Manifests = ReadonlyMap<string, KeptManifest>

/** Why no value of a substitute is taken: its event is not shown to be earlier than its source. Without witnesses nothing is asked. */
export async function whyNotEventFreshNow(
  reader: Reader,
  log: PublishedLog,
  { id, eventN, now }: { readonly id: string; readonly eventN: number; readonly now: Date },
): Promise<Refusal | undefined> {
  if (log.policy.quorum === 0) return undefined
  return whyNotEventFreshIn(reader, log, { manifests: await manifestsOf(reader, id), eventN, now })
}

async function whyNotEventFreshIn(
  reader: Reader,
  log: PublishedLog,
  { manifests, eventN, now }: { readonly manifests: Manifests; readonly eventN: number; readonly now: Date },
): Promise<Refusal | undefined> {
  const kept = manifests.get(eventName(eventN))
  // Written by this server, from the library's own values.
  const event = kept && (JSON.parse(kept.body) as DrawEvent)
  if (event?.type !== 'substitute') return undefined
  const { source } = event
  const seen = await leafSeen(reader, log, { leafId: kept?.leafId ?? '', by: eventSeenUntil(source) })
  return whyNotEventFresh(source, { isSeen: seen !== undefined, now })
}

/**
 * Why nobody enters by substitutes that wait for their source, each by its number: their events are not shown to be earlier. Asks
 * for no reach: of a draw that was found within one, or of a public one.
 */
export async function staleEvents(
  reader: Reader,
  log: PublishedLog,
  {
    manifests,
    rows,
    now,
  }: {
    readonly manifests: Manifests
    readonly rows: readonly { readonly n: number; readonly type: string; readonly settledAt: Date | null }[]
    readonly now: Date
  },
): Promise<ReadonlyMap<number, Refusal>> {
  const stale = new Map<number, Refusal>()
  if (log.policy.quorum === 0) return stale
  for (const { n, type, settledAt } of rows) {
    if (type !== 'substitute' || settledAt !== null) continue
    const refusal = await whyNotEventFreshIn(reader, log, { manifests, eventN: n, now })
    if (refusal) stale.set(n, refusal)
  }
  return stale
}

/** The place of the close, and the first checkpoint over it that the quorum cosigned in time. */
async function closeSeen(
  reader: Reader,
  { policy }: PublishedLog,
  manifests: ReadonlyMap<string, KeptManifest>,
): Promise<{ readonly close?: number; readonly under?: StoredCheckpoint }> {
  const leafId = manifests.get('close.json')?.leafId ?? ''
  const close = leafId === '' ? undefined : (await indexesOf(reader, [leafId])).get(leafId)
  const commit = commitmentIn(manifests)
  if (close === undefined || !commit) return {}
  const by = seenUntil(commit)
  const under = await firstWitnessedFrom(runnerWithin(reader), close + 1, policy.quorum, by)
  return under ? { close, under } : { close }
}

/** The place of a substitute's event under the first checkpoint that holds it and that the quorum cosigned before its source spoke. */
export function eventPlace(
  { recording, log }: Tools,
  { leafId, source }: { readonly leafId: string; readonly source: FreshSource },
): Promise<LeafPlace | undefined> {
  return recording.database.read(async (reader) => {
    const seen = await leafSeen(reader, log, { leafId, by: eventSeenUntil(source) })
    if (!seen) return undefined
    const { index, under } = seen
    const path = await log.tiles.tree(under.size).inclusion(index)
    return { checkpoint: under.note, index, path: path.map(toHex) }
  })
}

/** Where a leaf stands, and the first checkpoint over it that the quorum cosigned by then (unix seconds, the witnesses' own). */
async function leafSeen(
  reader: Reader,
  { policy }: PublishedLog,
  { leafId, by }: { readonly leafId: string; readonly by: number },
): Promise<{ readonly index: number; readonly under: StoredCheckpoint } | undefined> {
  const index = leafId === '' ? undefined : (await indexesOf(reader, [leafId])).get(leafId)
  if (index === undefined) return undefined
  const under = await firstWitnessedFrom(runnerWithin(reader), index + 1, policy.quorum, by)
  return under && { index, under }
}
