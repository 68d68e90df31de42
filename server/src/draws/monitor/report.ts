// The six questions of the monitor, answered from what was drawn.

import { type Commitment, parseCheckpoint } from '@sunlot/draw'
import { dayOf } from '../../platform/clock.ts'
import type { Database, Reader } from '../../platform/database/database.ts'
import type { Files } from '../../platform/files/files.ts'
import { type LogPolicy, witnessesOf } from '../../platform/log/index.ts'
import { seenUntil } from '../draws/freshness.rules.ts'
import {
  type Deviation,
  deviationOf,
  type Mark,
  markOf,
  repeatedOf,
  seedDeviation,
  type StratumDrawn,
} from './chance.rules.ts'
import {
  authorityNames,
  type DrawnDraw,
  drawsIn,
  endsIn,
  type GroupRow,
  groupsOf,
  oftenTogether,
  pairsFormed,
  poolsOf,
  type ReplacementRow,
  replacementsIn,
  undrawnTasks,
  type Window,
} from './monitor.store.ts'
import { type Often, oftenIn, overDrawnOf } from './over-drawn.ts'
import { type Count, type Rate, ratesOf, spreadOf, type Spread } from './rates.rules.ts'

/** A rate of an authority. */
export interface AuthorityRate extends Rate {
  readonly authority: string
}

/** Something that came again and again. `names`: the code of a subject, or the authorities of a pair. */
export interface RepeatedLine {
  readonly names: readonly string[]
  readonly times: number
  readonly of: number
  readonly expected: number
  readonly p: number
  readonly mark: Mark
}

export interface MonitorReport {
  readonly from: string
  readonly to: string
  readonly draws: number
  readonly inclusion: readonly (Deviation & {
    readonly facet: GroupRow['facet']
    readonly drawn: number
    readonly mark: Mark
  })[]
  readonly seeds: Deviation & { readonly draws: number; readonly mark: Mark }
  readonly overDrawn: { readonly subjects: number; readonly items: readonly RepeatedLine[] }
  readonly together: { readonly pairs: number; readonly items: readonly RepeatedLine[]; readonly mark: Mark }
  readonly replacements: {
    readonly drawn: number
    readonly applied: number
    readonly substituted: number
    readonly persons: number
    readonly items: readonly AuthorityRate[]
  }
  readonly ends: {
    readonly commitments: number
    readonly void: number
    readonly withheld: number
    readonly items: readonly AuthorityRate[]
  }
  readonly timing: { readonly hours?: Spread; readonly fresh: number; readonly of: number }
  readonly undrawn: readonly { readonly authority: string; readonly tasks: number }[]
}

/** What the report stands on. */
export interface MonitorTools {
  readonly files: Pick<Files, 'read' | 'readRange' | 'isIntact'>
  readonly policy: LogPolicy
}

/** Answers the questions for a window. */
export async function monitorReport(
  database: Pick<Database, 'read'>,
  tools: MonitorTools,
  window: Window,
  now: Date,
): Promise<MonitorReport> {
  const { report, often } = await database.read((reader) => rowsOf(reader, tools, window, now))
  return { ...report, overDrawn: await overDrawnOf(tools.files, often) }
}

/** What the rows say; which subjects are looked at one by one, for whom lists are read. */
async function rowsOf(
  reader: Reader,
  tools: MonitorTools,
  window: Window,
  now: Date,
): Promise<{ readonly report: Omit<MonitorReport, 'overDrawn'>; readonly often: Often }> {
  const draws = await drawsIn(reader, window)
  const ids = draws.map(({ id }) => id)
  const today = dayOf(now)
  const undrawn = await undrawnTasks(reader, window, today)
  const ends = await endsIn(reader, window, now)
  const replacements = await replacementsIn(reader, window)
  const together = await togetherOf(reader, ids)
  const named = await authorityNames(reader, [
    ...undrawn.map(({ authority }) => authority),
    ...ends.map(({ authority }) => authority),
    ...replacements.map(({ authority }) => authority),
    ...together.items.flatMap(({ names }) => names),
  ])
  const nameOf = (id: string): string => named.get(id) ?? id
  const report = {
    from: window.from,
    to: window.to,
    draws: draws.length,
    inclusion: inclusionOf(await groupsOf(reader, ids)),
    seeds: seedsOf(draws),
    together: {
      ...together,
      items: together.items.map((item) => ({ ...item, names: item.names.map(nameOf) })),
    },
    replacements: ratesOfReplacement(replacements, nameOf),
    ends: {
      commitments: sum(ends, ({ commitments }) => commitments),
      void: sum(ends, (row) => row.void),
      withheld: sum(ends, ({ withheld }) => withheld),
      items: authorityRates(
        new Map(ends.map((row) => [row.authority, { hits: row.void + row.withheld, of: row.commitments }])),
        nameOf,
      ),
    },
    timing: timingOf(draws, tools.policy),
    undrawn: undrawn.map(({ authority, tasks }) => ({ authority: nameOf(authority), tasks })),
  }
  return { report, often: await oftenIn(reader, draws) }
}

const FACETS = ['division', 'industry', 'entityType'] as const

function inclusionOf(groups: readonly GroupRow[]): MonitorReport['inclusion'] {
  return FACETS.map((facet) => {
    const strata = new Map<string, StratumDrawn & { groups: { rows: number; drawn: number }[] }>()
    for (const { drawId, stratum, facet: own, rows, drawn, all, n } of groups) {
      if (own !== facet) continue
      const key = `${drawId} ${stratum}`
      const there = strata.get(key) ?? { rows: all, n, groups: [] }
      there.groups.push({ rows, drawn })
      strata.set(key, there)
    }
    const telling = [...strata.values()].filter(({ rows, n }) => n < rows)
    const drawn = sum(telling, ({ n }) => n)
    const deviation = deviationOf(telling)
    return { facet, drawn, ...deviation, mark: markOf(deviation, drawn) }
  })
}

function seedsOf(draws: readonly DrawnDraw[]): MonitorReport['seeds'] {
  const seeds = draws.flatMap(({ seed }) => seed ?? [])
  const deviation = seedDeviation(seeds)
  return { ...deviation, draws: seeds.length, mark: markOf(deviation, seeds.length) }
}

/** As many pairs are looked at, those together most often first. */
const MOST_PAIRS = 200

async function togetherOf(reader: Reader, ids: readonly string[]): Promise<MonitorReport['together']> {
  const key = (drawId: string, a: string, b: string): string => `${drawId} ${a} ${b}`
  const people = new Map(
    (await poolsOf(reader, ids)).map((row) => [`${row.drawId} ${row.authority}`, row.people]),
  )
  const formed = await pairsFormed(reader, ids)
  const possible = (drawId: string, a: string, b: string): number => {
    const [left, right] = [people.get(`${drawId} ${a}`) ?? 0, people.get(`${drawId} ${b}`) ?? 0]
    return a === b ? (left * (left - 1)) / 2 : left * right
  }
  const chances = new Map(
    formed.map(({ drawId, a, b, pairs }) => [key(drawId, a, b), pairs / Math.max(1, possible(drawId, a, b))]),
  )
  // Of the same two authorities the largest pools hold all pairs there are.
  const largest = new Map<string, number>()
  for (const { drawId, a, b } of formed)
    largest.set(`${a} ${b}`, Math.max(largest.get(`${a} ${b}`) ?? 0, possible(drawId, a, b)))
  const among = sum([...largest.values()], (pairs) => pairs)
  const items = (await oftenTogether(reader, ids, MOST_PAIRS)).map(({ a, b, times, shared }) => {
    const own = shared.map((drawId) => chances.get(key(drawId, a, b)) ?? 0)
    return { names: [a, b], of: shared.length, ...repeatedOf(times, own, among) }
  })
  const odd = items.filter(({ mark }) => mark === 'odd')
  const mark = odd.length > 0 ? 'odd' : ids.length < 2 ? 'tooFew' : 'calm'
  return { pairs: among, items: odd, mark }
}

function ratesOfReplacement(
  rows: readonly ReplacementRow[],
  nameOf: (id: string) => string,
): MonitorReport['replacements'] {
  const authorities = new Map<string, Count>()
  for (const { authority, applied, drawn } of rows) {
    const { hits, of } = authorities.get(authority) ?? { hits: 0, of: 0 }
    authorities.set(authority, { hits: hits + applied, of: of + drawn })
  }
  const persons = ratesOf(new Map(rows.map((row) => [row.person, { hits: row.applied, of: row.drawn }])))
  return {
    drawn: sum(rows, ({ drawn }) => drawn),
    applied: sum(rows, ({ applied }) => applied),
    substituted: sum(rows, ({ substituted }) => substituted),
    persons: [...persons.values()].filter(({ mark }) => mark === 'odd').length,
    items: authorityRates(authorities, nameOf),
  }
}

/** Hours from commitment to certificate, and how many draws were seen by enough witnesses before any later value. */
function timingOf(draws: readonly DrawnDraw[], policy: LogPolicy): MonitorReport['timing'] {
  const hours = spreadOf(
    draws.map(({ committedAt, certifiedAt }) => (certifiedAt.getTime() - committedAt.getTime()) / 3_600_000),
  )
  const fresh = draws.filter((draw) => {
    const note = parseCheckpoint(draw.checkpoint)
    if (!note) return false
    const sources = draw.sources as Commitment['sources']
    const until = seenUntil({ close_by: Number(draw.closeBy), sources })
    const inTime = witnessesOf(policy, note).filter(({ at }) => at <= until)
    return policy.quorum > 0 && inTime.length >= policy.quorum
  })
  return { ...(hours ? { hours } : {}), fresh: fresh.length, of: draws.length }
}

function authorityRates(
  counts: ReadonlyMap<string, Count>,
  nameOf: (id: string) => string,
): readonly AuthorityRate[] {
  return [...ratesOf(counts)]
    .map(([id, rate]) => ({ authority: nameOf(id), ...rate }))
    .toSorted((a, b) => b.low - a.low || (a.authority < b.authority ? -1 : 1))
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
