// Whole random draws on top of county.ts: each number gives one, always the same, with whatever came after it.

import { utf8 } from '../src/bytes.ts'
import { CommitmentRefused } from '../src/build/commitment.ts'
import type { Design } from '../src/manifest/plan.ts'
import { type County, type CountyOptions, makeCounty, type SubjectRow } from './county.ts'
import { cutBack, signedByOversight, withEvents, withoutLists } from './random-after.ts'
import { Chance } from './random-chance.ts'
import { randomPeople } from './random-people.ts'
import { randomSources } from './random-sources.ts'

/** A random draw: the oversight bundle as it stands, and what a verifier who trusts its policy must say. */
export interface RandomDraw {
  readonly seed: number
  readonly options: CountyOptions
  /** As it was certified, whatever `files` still shows of it. */
  readonly county: County
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly expected: 'verified' | 'indeterminate'
  /** What it is, in a few words. */
  readonly title: string
}

/** The random draw of a number. */
export function randomDraw(seed: number): RandomDraw {
  const chance = new Chance(seed)
  const { options, county } = randomCounty(chance)
  const after = whatCame(chance, options, county)
  const { matching, design, alg, sealed } = options
  const kinds = [
    alg,
    design.kind,
    matching.mode,
    options.demandOf ? 'demands.tsv' : '',
    sealed ? 'sealed' : '',
  ]
  const figures = [options.signing, `seq ${options.seq}`, `${options.subjects.length} subjects`, after.title]
  return {
    seed,
    options,
    county,
    files: needsOversight(options) ? signedByOversight(after.files, options) : after.files,
    expected: after.expected,
    title: [...kinds, ...figures].filter((t) => t !== '').join(', '),
  }
}

/** What is added to a county once it has drawn, or taken away again. */
interface After {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly expected: RandomDraw['expected']
  readonly title: string
}

function whatCame(chance: Chance, o: CountyOptions, county: County): After {
  if (chance.oneIn(10)) {
    const { files, title, voided } = cutBack(chance, o, county)
    if (o.sealed) return { files: withoutLists(files), expected: 'indeterminate', title }
    // That a beacon was absent, or nobody closed, no bundle can show.
    return { files, expected: voided ? 'indeterminate' : 'verified', title }
  }
  const { title, opened, waiting } = withEvents(chance, o, county)
  const hidden = o.sealed === true && !opened
  return {
    files: hidden ? withoutLists(county.files) : county.files,
    expected: hidden || waiting ? 'indeterminate' : 'verified',
    title,
  }
}

/** A total that the minima or a stratum without a place forbid is drawn again. */
function randomCounty(chance: Chance): { options: CountyOptions; county: County } {
  for (;;) {
    const options = randomOptions(chance)
    try {
      return { options, county: makeCounty(options) }
    } catch (error) {
      if (!(error instanceof CommitmentRefused && error.code.startsWith('quota_'))) throw error
    }
  }
}

function randomOptions(chance: Chance): CountyOptions {
  const alg = chance.oneIn(4) ? 'sm3' : 'sha256'
  const sealed = chance.oneIn(5)
  const subjects = randomSubjects(chance)
  return {
    alg,
    sealed,
    subjects,
    excluded: chance.oneIn(2) ? ['', '-', '.X', ':', 'A_'].map((s) => `EX${s}`) : [],
    design: randomDesign(chance, subjects),
    ...randomPeople(chance, subjects),
    ...randomSources(chance, alg, sealed),
    observers: chance.some(['0', '314159', '青石县人民代表', '00000000000000000000000000000000']),
    maxSkips: chance.below(4),
    signing: chance.oneIn(3) ? 'sm2' : 'ed25519',
    seq: chance.oneIn(3) ? chance.between(2, 40) : 1,
    software: new Map(chance.oneIn(3) ? [['check.py', utf8('print("青石县")\n')]] : []),
  }
}

const STRATA = ['food/A', 'food/a', 'food:A', 'Food/A', 'food', 'food.A', 'food-A', 'food_A', '0', '/', 'a:']
const CHARACTERS = '0123456789ABCXYZabcxyz._:-'
const WEIGHTS = [1, 2, 3, 9, 10, 100, 999_999_999]

/** One to six strata, most of a few subjects and one perhaps of hundreds; ids of every legal shape. */
function randomSubjects(chance: Chance): SubjectRow[] {
  const strata = chance.some(STRATA, 1).slice(0, chance.between(1, 6))
  const weights = chance.some(WEIGHTS, 1)
  const ids = new Set<string>()
  const subjects: SubjectRow[] = []
  for (const stratum of strata) {
    const rows = chance.oneIn(8) ? chance.between(100, 700) : chance.between(1, 30)
    for (let i = 0; i < rows; i++) {
      const id = randomId(chance, ids.size)
      if (ids.has(id)) continue
      ids.add(id)
      subjects.push([id, stratum, chance.pick(weights)])
    }
  }
  return subjects
}

function randomId(chance: Chance, number: number): string {
  if (chance.oneIn(2)) return `9199${String(number).padStart(4, '0')}MA${chance.below(10_000)}`
  return Array.from({ length: chance.oneIn(4) ? 55 : chance.between(3, 12) }, () =>
    chance.pick([...CHARACTERS]),
  ).join('')
}

function randomDesign(chance: Chance, subjects: readonly SubjectRow[]): Design {
  const strata = [...new Set(subjects.map((s) => s[1]))].toSorted()
  const all = subjects.length
  switch (chance.pick(['ratio', 'ratio', 'total', 'pps', 'coverage'] as const)) {
    case 'ratio':
      return { kind: 'ratio', ratios: strata.map((stratum) => ({ stratum, ...randomRatio(chance) })) }
    case 'total': {
      const mins = strata.map((stratum) => ({ stratum, min: chance.oneIn(3) ? 0 : chance.between(1, 4) }))
      return { kind: 'total', n: chance.between(1, all), mins }
    }
    case 'pps':
      return { kind: 'pps', n: chance.between(1, chance.oneIn(3) ? all : Math.ceil(all / 4)) }
    case 'coverage':
      return { kind: 'coverage', batches: chance.between(1, chance.oneIn(4) ? all + 3 : 12) }
  }
}

function randomRatio(chance: Chance): { num: number; den: number; min: number } {
  const den = chance.oneIn(8) ? 2 ** 53 - 1 : chance.between(1, 60)
  return { num: chance.between(1, Math.min(den, chance.oneIn(3) ? 60 : 6)), den, min: chance.below(4) }
}

function needsOversight(o: CountyOptions): boolean {
  if (o.matching.mode === 'none') return false
  const { num, den } = o.matching.max_conflicts
  return 4 * num > den
}
