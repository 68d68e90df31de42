// Stage SMOOTH of M/1: from the highest load down, chains carry one visit from an inspector to one who has at least two
// fewer, until no chain exists. Then the sum of the squares of the loads is the least possible.

import type { Assigned } from './assign.ts'
import { clearBit } from './candidates.ts'
import { Search } from './search.ts'

/** Smooths the loads of `assigned` in place. Returns how many chains were moved. `inspectors` is nI. */
export function smooth(assigned: Assigned, inspectors: number): number {
  const { loads, candidates } = assigned
  const search = new Search(candidates, loads, inspectors)
  const notClosed = new Int32Array(candidates.width).fill(-1)
  const closed = new Uint8Array(inspectors)
  let moved = 0
  let level = 0
  for (let i = 0; i < inspectors; i++) level = Math.max(level, loads.load(i))
  while (level >= 2) {
    search.begin(notClosed)
    for (let i = 0; i < inspectors; i++) if (loads.load(i) === level && closed[i] === 0) search.root(i)
    const end = search.run(level - 2)
    if (end >= 0) {
      search.walkBack(end, (p, from, to) => {
        loads.remove(p, from)
        loads.add(p, to)
      })
      moved++
      continue
    }
    for (const i of search.queue) {
      closed[i] = 1
      clearBit(notClosed, i)
    }
    level--
  }
  return moved
}
