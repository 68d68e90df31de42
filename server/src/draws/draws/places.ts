// Where what was said of a draw stands in the public log, and the proof of it, under what its witnesses cosigned.

import { type Certificate, toHex } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import { firstWitnessedFrom, type PublishedLog, runnerWithin } from '../../platform/log/index.ts'
import type { DrawTools } from '../parts.ts'
import { indexesOf } from './leaves.store.ts'
import { manifestsOf } from './manifests.store.ts'

type Tools = Pick<DrawTools, 'recording' | 'log'>

/** A leaf's place under a checkpoint. `path`: hashes in hex, from the leaf up. */
export interface LeafPlace {
  readonly checkpoint: string
  readonly index: number
  readonly path: string[]
}

/**
 * What the certificate says of the log: plan entry, commitment and close under the first checkpoint that holds the close and that
 * the quorum cosigned. Nothing while there is none.
 */
export function witnessedPlaces(tools: Tools, drawId: string): Promise<Certificate['log'] | undefined> {
  return tools.recording.database.read(async (reader) => {
    const manifests = await manifestsOf(reader, drawId)
    const ids = ['plan.json', 'commit.json', 'close.json'].map((name) => manifests.get(name)?.leafId)
    const indexes = await indexesOf(
      reader,
      ids.filter((id) => typeof id === 'string'),
    )
    const [plan, commit, close] = ids.map((id) => indexes.get(id ?? ''))
    if (plan === undefined || commit === undefined || close === undefined) return undefined
    const under = await firstWitnessedFrom(runnerWithin(reader), close + 1, tools.log.policy.quorum)
    if (!under) return undefined
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

/** The place of one leaf under the first checkpoint that holds it and that the quorum cosigned. */
export function leafPlace(tools: Tools, leafId: string): Promise<LeafPlace | undefined> {
  return tools.recording.database.read((reader) => leafPlaceWithin(reader, tools.log, leafId))
}

/** The same, inside a transaction that reads. */
export async function leafPlaceWithin(
  reader: Reader,
  log: PublishedLog,
  leafId: string,
): Promise<LeafPlace | undefined> {
  const index = (await indexesOf(reader, [leafId])).get(leafId)
  if (index === undefined) return undefined
  const under = await firstWitnessedFrom(runnerWithin(reader), index + 1, log.policy.quorum)
  if (!under) return undefined
  const path = await log.tiles.tree(under.size).inclusion(index)
  return { checkpoint: under.note, index, path: path.map(toHex) }
}
