// Random sources with values that they can have given: dice, lotteries, and the recorded rounds of quicknet.

import { readFileSync } from 'node:fs'
import { type Alg, tag } from '../src/hash.ts'
import type { FreshSource, LotteryGroup, Source, SourceValue } from '../src/manifest/source.ts'
import { timeOfRound } from '../src/sources/drand.ts'
import { lotteryValue } from '../src/sources/lottery.ts'
import { outcomesOf } from '../src/sources/outcomes.ts'
import { CLOSE_BY, made } from './county.ts'
import type { Chance } from './random-chance.ts'

/** The close after which round 1000 is the committed one. */
const BEFORE_ROUND_1000 = 1_692_806_304
/** A close after whose certificate rounds 1001 to 1003 are still to come, within ten minutes. */
const WELL_BEFORE_ROUND_1001 = 1_692_805_400

/** Who reads dice and lotteries: two of them sign each value. */
export const VISITORS = ['visitor-1', 'visitor-2', 'visitor-3']

interface Beacon {
  readonly chain: string
  readonly round: number
  readonly randomness: string
  readonly signature: string
}

const vectors = JSON.parse(
  readFileSync(new URL('../vectors/drand.json', import.meta.url), 'utf8'),
) as unknown as { readonly beacons: readonly Beacon[] }

/** Where a draw's randomness comes from. */
export interface RandomSources {
  readonly closeBy: number
  readonly sources: readonly Source[]
  readonly values: readonly SourceValue[]
}

/** One to three sources that suffice, and for a sealed draw the two secrets somewhere among them. */
export function randomSources(chance: Chance, alg: Alg, sealed: boolean): RandomSources {
  const drand = chance.oneIn(3)
  const closeBy = drand ? BEFORE_ROUND_1000 : chance.pick([CLOSE_BY, WELL_BEFORE_ROUND_1001])
  const outside: FreshSource[] = drand ? [{ id: 'drand', kind: 'drand', round: 1000 }] : []
  while (enough(outside) < 1n << 64n || (outside.length < 3 && chance.oneIn(2)))
    outside.push(randomOutside(chance, `${chance.pick(['a', 'z_9', 'dice'])}${outside.length}`, closeBy))
  const values = outside.map((source, i) => valueOf(chance, source, closeBy + 100 * (i + 1)))
  const sources: Source[] = [{ id: 'close', kind: 'close' }, ...outside]
  if (sealed) {
    const [authority, oversight] = serverSources(alg)
    sources.splice(chance.between(1, sources.length), 0, authority)
    sources.splice(chance.between(sources.indexOf(authority) + 1, sources.length), 0, oversight)
  }
  return { closeBy, sources, values }
}

/** A fresh source for a substitute named at `at`: a round to come where there is one, dice or a lottery. */
export function randomFresh(chance: Chance, at: number): FreshSource {
  const rounds = [1001, 1002, 1003].filter((r) => timeOfRound(r) > at && timeOfRound(r) <= at + 600)
  if (rounds.length > 0 && chance.oneIn(2)) return { id: 'fresh', kind: 'drand', round: chance.pick(rounds) }
  for (;;) {
    const source = randomOutside(chance, 'fresh', at)
    if (outcomesOf(source) >= 1n << 32n) return source
  }
}

/** What a source may give; dice and lotteries are recorded at `at` by two of the visitors. */
export function valueOf(chance: Chance, source: FreshSource, at: number): SourceValue {
  const { id } = source
  if (source.kind === 'drand') return beacon(id, source.round)
  const absent = chance.pick(VISITORS)
  const by = VISITORS.filter((v) => v !== absent)
  if (source.kind === 'lottery') {
    const numbers = source.groups.map((g) => chance.numbers(g.count, [g.low, g.high], g.repeat))
    return { id, value: lotteryValue(source.groups, numbers), at, by }
  }
  const low = source.faces === 6 ? 1 : 0
  return { id, value: chance.numbers(source.count, [low, low + source.faces - 1], true).join(''), at, by }
}

function beacon(id: string, round: number): SourceValue {
  const found = vectors.beacons.find((b) => b.chain === 'quicknet' && b.round === round)
  if (!found) throw new Error(`round ${round} is not among the vectors`)
  return { id, value: found.randomness, round, signature: found.signature }
}

function randomOutside(chance: Chance, id: string, closeBy: number): FreshSource {
  const not_before = closeBy + chance.between(20, 40)
  if (chance.oneIn(2)) {
    const faces = chance.pick([6, 10] as const)
    const note = chance.oneIn(2) ? { note: '滚落桌外的重掷' } : {}
    return {
      id,
      kind: 'dice',
      faces,
      count: chance.between(10, 64),
      not_before,
      roller: 'visitor-1',
      ...note,
    }
  }
  const groups = Array.from({ length: chance.between(1, 3) }, () => randomGroup(chance))
  return { id, kind: 'lottery', game: 'ssq', issue: `2026-${id}`, groups, not_before }
}

function randomGroup(chance: Chance): LotteryGroup {
  const low = chance.below(2)
  const count = chance.between(1, 8)
  const ordered = chance.oneIn(2)
  return {
    count,
    low,
    high: low + count + chance.between(0, 40),
    ordered,
    repeat: ordered && chance.oneIn(2),
  }
}

function serverSources(alg: Alg): [Source, Source] {
  const secret = (d: string): string => tag(alg, 'secret', made(`secret ${d}`))
  return [
    { id: 'authority', kind: 'server', holder: 'd01', secret: secret('d01') },
    { id: 'oversight', kind: 'server', holder: 'd90', secret: secret('d90') },
  ]
}

function enough(sources: readonly FreshSource[]): bigint {
  return sources.reduce((product, s) => product * outcomesOf(s), 1n)
}
