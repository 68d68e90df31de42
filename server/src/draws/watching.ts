// What nobody presses a button for: a draw that was not closed in time is void by itself, a sealed list opens by itself.

import { every } from '../platform/every.ts'
import { fetchBeacons } from './ceremony/beacons.ts'
import { endRooms } from './ceremony/ending.ts'
import { settleFresh } from './events/settling.ts'
import { openDue } from './lists/opening.ts'
import type { DrawTools } from './parts.ts'

const EVERY_MS = 1_000

/** Looks after the draws that are under way, once a second. What it gives stops it. */
export function startWatching(tools: DrawTools, onError: (error: unknown) => void): () => Promise<void> {
  return every(EVERY_MS, () => watchOnce(tools).catch(onError))
}

/** One look: whatever is due is done, each in a transaction of its own. Holds nothing between two looks. */
export async function watchOnce(tools: DrawTools): Promise<void> {
  const now = tools.clock.now()
  await endRooms(tools, now)
  await fetchBeacons(tools, now)
  await settleFresh(tools, now)
  await openDue(tools, now)
}
