// After all five years: what one document allows and another refuses was seen on both sides, with the document's name.

import { kept, missingPairs } from './judge.ts'

const DIVISIONS = ['410928', '150626', '150525', '652700', '231084']

const missing = missingPairs(
  DIVISIONS.map((division) => kept(process.env['SCENARIO_FOLDER'] ?? '.', division)),
)
for (const each of missing) console.error(`✗ ${each}`)
if (missing.length === 0) console.log('every difference was seen on both sides')
process.exitCode = missing.length > 0 ? 1 : 0
