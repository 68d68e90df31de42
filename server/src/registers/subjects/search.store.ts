// Searching and listing the register of subjects, fast at ten million rows.

import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix, type Reach } from '../../platform/reach.ts'
import { Refused } from '../../platform/refusal.ts'
import { endOf, expect, type FoundSubjects, readPage, type SubjectPage } from './search-page.store.ts'
import { estimateCodes, idsByCode } from './search-codes.store.ts'
import type { Sought } from './search-conditions.store.ts'
import { candidateIds, divisionsOf, settle, type SubjectRow, walk } from './search-steps.store.ts'
import { BOUNDS } from './search-way.rules.ts'
import {
  divisionTerms,
  meaningsOf,
  prefixesWithin,
  roundly,
  type SubjectFilter,
  type SubjectKey,
} from './terms.rules.ts'

export type { FoundSubjects, SubjectFilter, SubjectKey, SubjectPage, SubjectRow }

/** What is worth counting. */
const COUNTABLE = BOUNDS.candidates

/** How many there are; an estimate where counting would be slow. */
export interface SubjectCount {
  readonly count: number
  readonly exact: boolean
}

/** A page of the subjects that a filter leaves, in the order of SubjectKey. Throws Refused `subject.address_needs_county`. */
export async function searchSubjects(
  reader: Reader,
  reach: Reach,
  filter: SubjectFilter,
  page: SubjectPage,
): Promise<FoundSubjects> {
  const prefixes = await prefixesOf(reader, reach, filter)
  await settle(reader)
  const found: FoundSubjects[] = []
  for (const meaning of meaningsOf(filter.q, filter.field))
    found.push(await readPage(reader, { reach, filter, meaning }, prefixes, page))
  return merged(found, page.limit)
}

/** How many subjects a filter leaves. Throws as searchSubjects does. */
export async function aboutSubjects(
  reader: Reader,
  reach: Reach,
  filter: SubjectFilter,
): Promise<SubjectCount> {
  const prefixes = await prefixesOf(reader, reach, filter)
  await settle(reader)
  const ids = new Set<string>()
  let estimated = 0
  for (const meaning of meaningsOf(filter.q, filter.field))
    for (const prefix of prefixes) {
      const counted = await countIn(reader, { reach, filter, meaning }, prefix)
      if (typeof counted === 'number') estimated += counted
      else for (const id of counted) ids.add(id)
    }
  return estimated === 0
    ? { count: ids.size, exact: true }
    : { count: roundly(ids.size + estimated), exact: false }
}

/** The ids of few, or the number of many. */
async function countIn(reader: Reader, sought: Sought, prefix: string): Promise<readonly string[] | number> {
  const { meaning } = sought
  const { count: likely, share, terms } = await expect(reader, sought, prefix)
  if (meaning.code !== undefined) {
    const { count, ids } = await idsByCode(reader, sought, prefix, COUNTABLE / 2)
    if (count < COUNTABLE / 2) return ids
    return Math.max(ids.length, Math.min(likely, (await estimateCodes(reader, meaning.code)) * share))
  }
  if (meaning.addresses.length > 0) {
    const { rows, next } = await readPage(reader, sought, [prefix], { limit: COUNTABLE })
    return next ? Math.max(rows.length, 1) : rows.map(({ id }) => id)
  }
  if (likely > COUNTABLE) return likely
  const asked = { ...sought, terms: [...divisionTerms(prefix), ...terms] }
  const { count, ids } = await candidateIds(reader, asked, COUNTABLE)
  if (count < COUNTABLE) return ids
  // More than the statistics knew: what often stands together in this division. Its first rows say how often.
  const stretch = { after: [prefix, ''], below: endOf(prefix) } as const
  const sample = await walk(reader, sought, stretch, { size: COUNTABLE, limit: COUNTABLE })
  return Math.max(COUNTABLE, (likely / Math.max(share, 1e-9)) * (sample.length / COUNTABLE))
}

/** The divisions that are searched. An authority's subjects are in its division. */
async function prefixesOf(reader: Reader, reach: Reach, filter: SubjectFilter): Promise<readonly string[]> {
  const { division, authority } = filter
  const within = division === undefined ? '' : divisionPrefix(division)
  if (filter.q !== undefined && filter.field === 'address' && within.length < 6)
    throw new Refused({ code: 'subject.address_needs_county' }, 422)
  const own = reach.terms.flatMap((term) => (term.kind === 'ownAuthority' ? [term.authorityId] : []))
  const reached = reach.terms.flatMap((term) =>
    term.kind === 'everywhere' ? [''] : term.kind === 'divisionSubtree' ? [term.prefix] : [],
  )
  const owned = own.length === 0 ? [] : (await divisionsOf(reader, own)).map(divisionPrefix)
  const prefixes = prefixesWithin([...reached, ...owned], within)
  if (authority === undefined) return prefixes
  const [place] = await divisionsOf(reader, [authority])
  return place === undefined ? [] : prefixesWithin(prefixes, divisionPrefix(place))
}

/** One page of several that were read from the same key on. */
function merged(found: readonly FoundSubjects[], limit: number): FoundSubjects {
  const [only] = found
  if (found.length === 1 && only) return only
  // Nothing is shown past the place up to which one of them was read.
  const [horizon] = found.flatMap(({ next }) => (next ? [next] : [])).toSorted(compareKeys)
  const byKey = new Map<string, SubjectRow>()
  for (const { rows } of found)
    for (const row of rows)
      if (!horizon || compareKeys(keyOfRow(row), horizon) <= 0) byKey.set(keyOfRow(row).join(' '), row)
  const all = [...byKey.values()].toSorted((a, b) => compareKeys(keyOfRow(a), keyOfRow(b)))
  const rows = all.slice(0, limit)
  const next = all.length > limit ? keyOfRow(rows.at(-1)!) : horizon
  return next ? { rows, next } : { rows }
}

function keyOfRow({ divisionCode, code }: SubjectRow): SubjectKey {
  return [divisionCode, code]
}

/** In the order of bytes, as the index has them. */
function compareKeys(a: SubjectKey, b: SubjectKey): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  return a[1] === b[1] ? 0 : a[1] < b[1] ? -1 : 1
}
