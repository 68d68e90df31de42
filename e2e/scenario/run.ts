// Plays the year of one place on a server that runs: tools/scenario.mjs starts it and says where it is.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Administrators } from './county.ts'
import { faultsOf, keep } from './judge.ts'
import { Year } from './year.ts'
import { naiman } from './years/150525.ts'
import { uxin } from './years/150626.ts'
import { ningan } from './years/231084.ts'
import { puyang } from './years/410928.ts'
import { bortala } from './years/652700.ts'

/** What a year is: where, under which document, and what happens. */
const YEARS = new Map([puyang, uxin, naiman, bortala, ningan].map((year) => [year.place.division, year]))

const division = process.argv[2] ?? ''
const played = YEARS.get(division)
if (!played) throw new Error(`no year is written for ${division}`)
const folder = process.env['SCENARIO_FOLDER'] ?? '.'
const year = new Year(process.env['SCENARIO_ADDRESS'] ?? '', played.place)
try {
  await played.play(year, JSON.parse(process.env['SCENARIO_ADMINISTRATORS'] ?? '{}') as Administrators)
} finally {
  const report = year.report()
  console.log(keep(folder, report))
  writeFileSync(join(folder, `people-${division}.json`), JSON.stringify(year.people(), undefined, 2))
  for (const fault of faultsOf(report)) console.error(`✗ ${fault}`)
  process.exitCode = faultsOf(report).length > 0 ? 1 : 0
}
