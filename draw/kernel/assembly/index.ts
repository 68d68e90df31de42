// What the kernel offers to the host. The host copies bytes to `heap` and beyond, and reads results where
// told.

import { initBlocks } from './blocks'
import { STATE } from './layout'
import { FOUND_IDS, FOUND_STRATA, FOUND_TICKETS, LAST_ID } from './scan'

export { streamBlocks, streamStart } from './stream'
export { treeHashes, treeLines, treeRoot, treeRows, treeStart } from './tree'
export { ticketKey, ticketLines } from './tickets'
export { strataStart } from './strata'
export { found, foundBytes, scanLines, scanStart } from './scan'

/** The first address that the kernel itself does not use, a multiple of 64. */
export const heap: usize = (__heap_base + 127) & ~63
/** Where a stream's state and a tree's root stand: 8 u32. */
export const state: usize = STATE
export const lastId: usize = LAST_ID
export const foundIds: usize = FOUND_IDS
export const foundStrata: usize = FOUND_STRATA
export const foundTickets: usize = FOUND_TICKETS

initBlocks()
