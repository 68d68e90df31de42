// What a line of a plan says, as tables read, compare and write it.

import type { Scope } from '../../registers/index.ts'
import type { ClassRatios } from '../shapes.ts'
import type { Level } from './cells.rules.ts'

/** Which authority inspects which of its items; the lead first. */
export interface LinePart {
  readonly authorityId: string
  readonly itemIds: readonly string[]
}

/** A line without what the database gives it. Ratios in basis points, days as YYYY-MM-DD. */
export interface LineValues {
  readonly code: string | null
  readonly taskName: string
  readonly drawType: 'TARGETED' | 'UNTARGETED'
  readonly tier: 'PRIORITY' | 'GENERAL'
  readonly field: 'market' | 'nonMarket'
  readonly mode: string | null
  readonly crossRegion: boolean
  readonly leadAuthorityId: string
  readonly guidedBy: string | null
  readonly unit: string | null
  readonly object: string
  readonly scope: Scope
  readonly content: string | null
  readonly fullCoverage: boolean
  readonly ratio: number | null
  readonly quantity: number | null
  readonly classRatios: ClassRatios | null
  readonly batches: number | null
  readonly draws: number
  readonly frequencyLeast: number | null
  readonly frequencyMost: number | null
  readonly methods: readonly string[]
  readonly startsOn: string
  readonly endsOn: string
  readonly drawLevel: Level
  readonly inspectLevel: Level
  readonly requirement: string | null
  readonly remark: string | null
  readonly unmatched: string | null
  readonly parts: readonly LinePart[]
}

/** Whether two lines say the same; the order of methods and of a part's items says nothing. */
export function differingFields(a: LineValues, b: LineValues): readonly (keyof LineValues)[] {
  return (Object.keys(a) as (keyof LineValues)[]).filter((key) => comparable(a, key) !== comparable(b, key))
}

function comparable(line: LineValues, key: keyof LineValues): string {
  switch (key) {
    case 'methods':
      return [...line.methods].toSorted().join()
    case 'parts':
      return partsKey(line.parts)
    case 'scope':
    case 'classRatios':
      return JSON.stringify(sorted(line[key]))
    default:
      return String(line[key])
  }
}

/** One text for parts that are the same: the lead, then the others in any order. */
export function partsKey([lead, ...others]: readonly LinePart[]): string {
  const one = ({ authorityId, itemIds }: LinePart): string =>
    `${authorityId}:${[...itemIds].toSorted().join('+')}`
  return [...(lead ? [one(lead)] : []), ...others.map(one).toSorted()].join(' ')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return (value as readonly string[]).toSorted()
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  )
}

const AMOUNT_NOTE = '比例(数量)：'

/** The remark of a line holds the words of its amount, where the numbers do not say all of them, in a line of its own. */
export function splitRemark(remark: string | null): {
  readonly text: string | null
  readonly amountNote: string | null
} {
  const lines = remark?.split('\n') ?? []
  const note = lines.find((line) => line.startsWith(AMOUNT_NOTE))
  const text = lines.filter((line) => line !== note).join('\n')
  return { text: text === '' ? null : text, amountNote: note?.slice(AMOUNT_NOTE.length) ?? null }
}

/** The remark from its two parts. */
export function joinRemark(text: string | null, amountNote: string | null): string | null {
  const parts = [text, amountNote === null ? null : `${AMOUNT_NOTE}${amountNote.replaceAll('\n', ' ')}`]
  const joined = parts.filter((part) => part !== null).join('\n')
  return joined === '' ? null : joined.slice(0, 1000)
}
