// The good bundles that are damaged: each is verified before anything is done to it.

import { readFileSync } from 'node:fs'
import { utf8 } from '../../src/bytes.ts'
import type { Demand, Matching } from '../../src/manifest/commitment.ts'
import type { Source, SourceValue } from '../../src/manifest/source.ts'
import { drandValue, roundAfterClose, timeOfRound } from '../../src/sources/drand.ts'
import {
  CLOSE_BY,
  type County,
  type CountyOptions,
  exampleOptions,
  makeCounty,
  staffOf,
  subjectsIn,
  TWO_IN_TEAMS,
} from '../county.ts'

interface Beacon {
  readonly chain: string
  readonly round: number
  readonly signature: string
  readonly randomness: string
}

/** Published beacons of several chains. */
export const BEACONS: readonly Beacon[] = (
  JSON.parse(readFileSync(new URL('../../vectors/drand.json', import.meta.url), 'utf8')) as {
    readonly beacons: readonly Beacon[]
  }
).beacons

/** quicknet's value of a round, as a certificate has it. */
export function quicknet(round: number, id = 'drand'): SourceValue {
  const { signature } = BEACONS.find((b) => b.chain === 'quicknet' && b.round === round) as Beacon
  return { id, value: drandValue(signature), round, signature }
}

const SOFTWARE = ['check.py', 'verifier.html', 'verify.sh']

function openOptions(): CountyOptions {
  return { ...exampleOptions(), software: new Map(SOFTWARE.map((n) => [n, utf8(`stand-in for ${n}\n`)])) }
}

/** The time that makes `round` the one to wait for. */
function closeFor(round: number): number {
  const at = timeOfRound(round) - 60
  if (roundAfterClose(at) !== round) throw new Error('not the round that follows')
  return at
}

const DRAND: readonly Source[] = [
  { id: 'close', kind: 'close' },
  { id: 'drand', kind: 'drand', round: 123 },
]

function perSubject(): CountyOptions {
  const strata = ['drug/A', 'food/A', 'food/C']
  const sent = (authority: string, members: number, classes: string[]) => ({ authority, members, classes })
  const demands: Demand[] = [
    { code: 'drug', strata: ['drug/A'], authorities: [sent('d01', 1, ['drug']), sent('d02', 1, [])] },
    { code: 'food', strata: ['food/A', 'food/C'], authorities: [sent('d01', 2, ['food'])] },
  ]
  const { mode: _mode, ...rules } = TWO_IN_TEAMS as Extract<Matching, { mode: 'subjects' }> & {
    teams?: unknown
  }
  const { teams: _teams, ...subjects } = rules
  const people = staffOf('d01', 12, { classes: ['drug', 'food'] })
  const rows = subjectsIn(strata, 18)
  const [first] = rows
  return {
    subjects: rows,
    staff: [{ ...people[0]!, conflicts: [first![0]] }, ...people.slice(1), ...staffOf('d02', 5)],
    design: { kind: 'ratio', ratios: strata.map((stratum) => ({ stratum, num: 1, den: 2, min: 1 })) },
    demands,
    matching: { mode: 'subjects', ...subjects },
    draw: { d01: 9, d02: 3 },
  }
}

/** A county whose people hold classes and declare conflicts, in teams. */
function qualified(): CountyOptions {
  const o = exampleOptions()
  const rows = subjectsIn(['food/A', 'food/C'], 12)
  const food = { classes: ['food'] }
  const conflicts = (i: number) => ({ ...food, conflicts: [rows[i]![0]] })
  return {
    ...o,
    subjects: rows,
    staff: [
      ...staffOf('d01', 8, food).map((s, i) => (i < 3 ? { ...s, ...conflicts(i) } : s)),
      ...staffOf('d02', 6, food),
    ],
    demands: [
      {
        code: 'food',
        strata: ['food/A', 'food/C'],
        authorities: [
          { authority: 'd01', members: 1, classes: ['food'] },
          { authority: 'd02', members: 1, classes: [] },
        ],
      },
    ],
    draw: { d01: 4, d02: 4 },
  }
}

function weighed(design: CountyOptions['design']): CountyOptions {
  return { ...exampleOptions(), subjects: subjectsIn(['food/A', 'food/C'], 20), design }
}

/** Two people in a pool where a subject needs three to choose from: everybody is short, and listed. */
function few(): CountyOptions {
  const o = exampleOptions()
  const matching =
    o.matching.mode === 'teams' ? { ...o.matching, teams: { ...o.matching.teams, count: 2 } } : o.matching
  return { ...o, matching, staff: [...staffOf('d01', 5), ...staffOf('d02', 2)], draw: { d01: 3, d02: 2 } }
}

const MADE = {
  open: openOptions,
  sealed: () => ({ ...exampleOptions(), sealed: true }),
  drand: () => ({ ...exampleOptions(), closeBy: closeFor(123), sources: DRAND, values: [quicknet(123)] }),
  later: () => ({ ...exampleOptions(), seq: 2 }),
  qualified,
  few,
  perSubject,
  total: () =>
    weighed({ kind: 'total', n: 7, mins: ['food/A', 'food/C'].map((stratum) => ({ stratum, min: 1 })) }),
  pps: () => weighed({ kind: 'pps', n: 6 }),
  coverage: () => weighed({ kind: 'coverage', batches: 4 }),
  national: () => ({ ...exampleOptions(), alg: 'sm3' as const, signing: 'sm2' as const }),
  alone: () => ({
    ...exampleOptions(),
    matching: { mode: 'none' as const },
    demands: [],
    draw: {},
    staff: [],
  }),
} satisfies Readonly<Record<string, () => CountyOptions>>

/** The name of a good bundle. */
export type CountyName = keyof typeof MADE
export const COUNTY_NAMES = Object.keys(MADE) as CountyName[]

const counties = new Map<CountyName, County>()

/** A good bundle, made once. */
export function county(name: CountyName): County {
  const known = counties.get(name)
  if (known) return known
  const fresh = makeCounty(MADE[name]())
  counties.set(name, fresh)
  return fresh
}

/** When the example closes, and its certificate's time. */
export const TIMES = { closeBy: CLOSE_BY, certified: CLOSE_BY + 900 }
