// Made-up populations of any size for the benches, written once into the temporary folder.

import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The forty strata of a bench population, ascending: ten areas by four classes. */
export const STRATA = Array.from({ length: 10 }, (_, area) =>
  ['A', 'B', 'C', 'D'].map((c) => `d3301${String(area).padStart(2, '0')}/${c}`),
).flat()

/** Path of a population.tsv of `rows` lines: ids of 18 characters ascending, strata spread, weight 1. */
export function populationFile(rows: number): string {
  const path = join(tmpdir(), `sunlot-bench-population-${rows}.tsv`)
  if (existsSync(path) && statSync(path).size > 0) return path
  const fd = openSync(`${path}.aside`, 'w')
  let lines: string[] = []
  for (let i = 0; i < rows; i++) {
    lines.push(`91330100MA${String(i).padStart(8, '0')}\t${STRATA[(i * 7919) % STRATA.length]}\t1\n`)
    if (lines.length === 100_000 || i === rows - 1) {
      writeSync(fd, lines.join(''))
      lines = []
    }
  }
  closeSync(fd)
  renameSync(`${path}.aside`, path)
  return path
}

/** Rows of each stratum of such a population. */
export function strataRows(rows: number): number[] {
  const counts = STRATA.map(() => 0)
  for (let i = 0; i < rows; i++) counts[(i * 7919) % STRATA.length]!++
  return counts
}
