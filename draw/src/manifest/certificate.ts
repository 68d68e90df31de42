// certificate.json: the result and how it follows; exactly one per commitment (spec 3).

import { AUTHORITY, AUTHORITY_OR_TEAMS, DEC, HEX64, ID, LIST_NAME, STRATUM } from './grammar.ts'
import { ascending, bool, int, list, object, type Of, oneOf, text } from './fields.ts'
import { sourceValue } from './source.ts'

const dec = text(DEC)
const fraction = object({ num: dec, den: dec })
/** A probability as two decimal strings, not reduced. */
export type Fraction = Of<typeof fraction>

const hex64 = text(HEX64)
const cuts = { cut: hex64, next: hex64 }
const stratumLine = object({ code: text(STRATUM), rows: int(), n: int() }, { pi: fraction, ...cuts })
const classLine = object({ weight: int(1), rows: int(), n: int(), pi: fraction }, cuts)
const inspectorLine = object({ authority: text(AUTHORITY), rows: int(), n: int() }, cuts)
export type StratumLine = Of<typeof stratumLine>
export type ClassLine = Of<typeof classLine>
export type InspectorLine = Of<typeof inspectorLine>

const matchLine = object({
  stage: oneOf('match', 'teams'),
  authority: text(AUTHORITY_OR_TEAMS),
  um: int(),
  lm: int(),
  u2: int(),
  l2: int(),
  augmentations: int(),
  raises: int(),
  smooth: int(),
  proposals: int(),
  swaps: int(),
  moves: int(),
})
export type MatchLine = Of<typeof matchLine>

const resultList = object({ name: text(LIST_NAME), rows: int() }, { hash: hex64, root: hex64 })
export type ResultList = Of<typeof resultList>

const place = object({ index: int(), path: list(hex64) })
/** Where a leaf stands in the log, with its inclusion path. */
export type Place = Of<typeof place>

const TEAMS_FIRST = { teams: '0', match: '1' } as const

export const certificate = object(
  {
    v: oneOf('vdp1'),
    alg: oneOf('sha256', 'sm3'),
    draw_id: text(ID),
    at: int(),
    commit: hex64,
    close: hex64,
    values: list(sourceValue),
    weak: bool,
    strata: ascending(stratumLine, (s) => s.code, 1),
    least_pi: fraction,
    inspectors: ascending(inspectorLine, (i) => i.authority),
    lists: ascending(resultList, (l) => l.name),
    software: hex64,
    log: object({ checkpoint: text(), plan: place, commit: place, close: place }),
  },
  {
    seed: hex64,
    seed_hash: hex64,
    classes: ascending(classLine, (c) => c.weight),
    match: ascending(matchLine, (m) => TEAMS_FIRST[m.stage] + m.authority),
    pair: fraction,
  },
)
export type Certificate = Of<typeof certificate>
