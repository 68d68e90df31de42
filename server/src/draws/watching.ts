// What nobody presses a button for: a draw that was not closed in time is void by itself, a sealed list opens by itself.

import { every } from '../platform/every.ts'
import { fetchBeacons } from './ceremony/beacons.ts'
import { endRooms } from './ceremony/ending.ts'
import { voidNotClosed } from './draws/voiding.ts'
import { settleFresh } from './events/settling.ts'
import { openDue } from './lists/opening.ts'
import type { DrawTools } from './parts.ts'

const EVERY_MS = 1_000
const STEPS = [voidNotClosed, endRooms, fetchBeacons, openDue, settleFresh] as const

/** Looks after the draws that are under way, once a second. What it gives stops it. */
export function startWatching(tools: DrawTools, onError: (error: unknown) => void): () => Promise<void> {
  let isLooking = false
  return every(EVERY_MS, async () => {
    // A slow look is not overtaken by the next.
    if (isLooking) return
    isLooking = true
    await watchOnce(tools, onError)
    isLooking = false
  })
}

/** One look: whatever is due is done, each in a transaction of its own. Holds nothing between two looks. */
export async function watchOnce(tools: DrawTools, onError: (error: unknown) => void): Promise<void> {
  // What goes wrong with one keeps none of the others waiting.
  for (const step of STEPS) await step(tools, tools.clock.now()).catch(onError)
}
