import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reach } from '../../src/platform/reach.ts'
import { BOUNDS, type Bounds } from '../../src/registers/subjects/search-way.rules.ts'
import {
  aboutSubjects,
  searchSubjects,
  type SubjectFilter,
} from '../../src/registers/subjects/search.store.ts'
import { freshMigrated, type Migrated } from '../support/database.ts'
import { onEachEngine } from '../support/engines.ts'
import { AUTHORITIES, fitting, keyText, makeSubjects, putSubjects, randomOf, reachTo } from './search-kit.ts'

/** So narrow that a few hundred subjects are read in every way in which millions are. */
const NARROW: Bounds = {
  candidates: 20,
  smallestWalk: 5,
  largestWalk: 40,
  budget: 700,
  addressBudget: 700,
  usualCounty: 100,
}
const TEXTS = [
  '青', '石', '𠮷', '%', '_', '\\', '青石', '石县', '𠮷㐂', '㐂店', '超市有限', 'b', 'Ａb', 'a(', '（)', '%_', '\\_', '7b', '青石 店',
  '有限 公司 石', '店', ' 青石县 ', '不在', '𠂇', 'qsx', 'yxg', 'YXGS', 'cs', 'xwj', '9199', '91990101', '91990101ma000', 'ab98', 'AB98',
  '92980101MA0000007X', '919901', "a'b", '--', '青石%', '_市', "';", '"', '{', ',', 'd:99', '^青', '~qsx', 'left',
] // prettier-ignore
const FILTERS: readonly SubjectFilter[] = [
  {},
  { class: 'A' },
  { class: '-' },
  { industry: 'F' },
  { industry: 'F5' },
  { industry: 'F52' },
  { industry: 'F5212' },
  { industry: '-' },
  { grade: '高' },
  { grade: '-' },
  { state: 'revoked' },
  { kind: 'LEGAL_PERSON', entityType: 'enterprise' },
  { tag: 'complaints' },
  { pool: 'foodSafety' },
  { flag: 'countyFromCode', class: 'A' },
  { authority: AUTHORITIES[0] },
  { authority: AUTHORITIES[5], class: 'B' },
  { authority: '00000000-0000-7000-8000-0000000000ff' },
  { left: true },
  { left: true, class: 'A' },
  { division: '990100' },
  { division: '980000', class: 'B' },
  { division: '990102', tag: 'complaints' },
]
const PLACES = [undefined, '990000', '990100', '990101', '980000', '960000']

onEachEngine((kind) => {
  const subjects = makeSubjects(900, 4)
  let migrated: Migrated
  beforeAll(async () => {
    migrated = await freshMigrated(kind)
    await putSubjects(migrated.superuser, subjects)
  })
  afterAll(() => migrated.close())

  /** All pages, one after the other, as keys. */
  const readAll = async (
    reach: Reach,
    filter: SubjectFilter,
    { limit, bounds }: { readonly limit: number; readonly bounds: Bounds },
  ): Promise<readonly string[]> => {
    const keys: string[] = []
    for (let after: readonly [string, string] | undefined; ;) {
      const page = { after, limit, bounds }
      const { rows, next } = await migrated.database.read((r) => searchSubjects(r, reach, filter, page))
      expect(rows.length).toBeLessThanOrEqual(limit)
      keys.push(...rows.map(keyText))
      if (!next) return keys
      expect(after === undefined || after[0] < next[0] || (after[0] === next[0] && after[1] < next[1])).toBe(
        true,
      )
      after = next
    }
  }

  const prefixOf = (place: string | undefined): string => (place ?? '').replace(/(00)+$/, '')

  describe.each([
    ['as a small register is', { limit: 200, bounds: BOUNDS }],
    ['as a great one is', { limit: 11, bounds: NARROW }],
  ])('a register that is read %s', (_, how) => {
    it.each(TEXTS)('finds «%s» where it is and nowhere else, every subject once', async (q) => {
      for (const place of [undefined, '990000', '990101'])
        expect(await readAll(reachTo(place), { q }, how), place).toEqual(
          fitting(subjects, prefixOf(place), { q }),
        )
    })

    it.each(FILTERS.map((filter) => [JSON.stringify(filter), filter] as const))(
      'lists %s in order, every subject once',
      async (_name, filter) => {
        for (const place of PLACES)
          expect(await readAll(reachTo(place), filter, how), place).toEqual(
            fitting(subjects, prefixOf(place), filter),
          )
      },
    )

    it('finds what texts and filters together leave', async () => {
      const random = randomOf(7)
      const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
      for (let round = 0; round < 80; round++) {
        const filter = { ...one(FILTERS), ...one(FILTERS), q: one(TEXTS) }
        const place = one(PLACES)
        const found = await readAll(reachTo(place), filter, how)
        expect(found, JSON.stringify({ filter, place })).toEqual(fitting(subjects, prefixOf(place), filter))
      }
    })
  })

  it('counts few exactly', async () => {
    for (const filter of [...FILTERS, ...TEXTS.map((q) => ({ q }))]) {
      const { count, exact } = await migrated.database.read((r) =>
        aboutSubjects(r, reachTo('990000'), filter),
      )
      expect({ filter, count, exact }).toEqual({
        filter,
        count: fitting(subjects, '99', filter).length,
        exact: true,
      })
    }
  })

  it('seeks a text in the addresses of one county alone', async () => {
    const search = (filter: SubjectFilter) =>
      readAll(reachTo('990000'), filter, { limit: 50, bounds: NARROW })
    const sought = { q: '路７号', field: 'address' } as const
    await expect(search(sought)).rejects.toMatchObject({
      refusal: { code: 'subject.address_needs_county' },
      status: 422,
    })
    await expect(search({ ...sought, division: '990100' })).rejects.toThrow('address_needs_county')
    const inCounty = { ...sought, division: '990101' }
    expect(await search(inCounty)).toEqual(fitting(subjects, '99', inCounty))
    expect(await search({ ...inCounty, q: '%' })).toEqual(fitting(subjects, '99', { ...inCounty, q: '%' }))
  })
})
