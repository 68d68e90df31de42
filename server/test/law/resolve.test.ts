// Which value prevails along the chain of levels, on which day.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chainOf,
  citationText,
  deadlineOf,
  type Kind,
  type LawEntry,
  resolve,
  resolveAll,
  withEntries,
} from '../../src/law/rules.ts'
import { LAW } from './law.ts'

const KEY = 'inspections.annual_frequency_cap'
const CHAIN = ['cn', '990000', '990100', '990101']
const ON = '2026-06-01'
const PLACE = { division: '990101', on: ON }

function entry(division: string, value: number, kind: Kind, from = '2025-01-01', until?: string): LawEntry {
  const source = { document: `${division}〔2025〕${from}`, phrase: '其文', confirmed: true }
  return { division, key: KEY, value, kind, from, ...(until === undefined ? {} : { until }), source }
}

const anyEntry = (kinds: readonly Kind[]) =>
  fc
    .record({
      division: fc.constantFrom(...CHAIN, '990200', '150525'),
      value: fc.integer({ min: 0, max: 9 }),
      kind: fc.constantFrom(...kinds),
      month: fc.integer({ min: 1, max: 12 }),
      ends: fc.boolean(),
    })
    .map(({ division, value, kind, month, ends }) => {
      const from = `2026-${String(month).padStart(2, '0')}-01`
      return entry(division, value, kind, from, ends ? `2026-12-15` : undefined)
    })
    // 150525 is another county's chain; 990200 does not exist and would be refused.
    .map((one) => (one.division === '990200' ? { ...one, division: '150500' } : one))

const someEntries = (...kinds: readonly Kind[]) =>
  fc.uniqueArray(anyEntry(kinds), { maxLength: 10, selector: ({ division, from }) => `${division} ${from}` })

const isInForce = (one: LawEntry) =>
  CHAIN.includes(one.division) && one.from <= ON && (one.until === undefined || ON <= one.until)

/** Of each level on the chain the entry that counts: the latest in force. */
const latest = (entries: readonly LawEntry[]) =>
  CHAIN.flatMap((division) => {
    const own = entries.filter((one) => isInForce(one) && one.division === division)
    return own.sort((a, b) => (a.from < b.from ? -1 : 1)).slice(-1)
  })

const resolved = (entries: readonly LawEntry[]) => resolve(withEntries(LAW, entries), KEY, PLACE)

describe('whatever the levels say', () => {
  it('the value is one of those in force, and each other one is shown with why it lost', () => {
    fc.assert(
      fc.property(someEntries('default', 'floor', 'cap', 'binding'), (entries) => {
        const found = resolved(entries)
        const shown = found
          ? [found.source.document, ...found.overridden.map((o) => o.entry.source.document)]
          : []
        expect(shown.sort()).toEqual(
          entries
            .filter(isInForce)
            .map((one) => one.source.document)
            .sort(),
        )
      }),
    )
  })

  it('the order in which levels were entered changes nothing', () => {
    fc.assert(
      fc.property(someEntries('default', 'floor', 'cap', 'binding'), (entries) => {
        expect(resolved(entries.toReversed())?.source).toEqual(resolved(entries)?.source)
      }),
    )
  })

  it('among defaults the lowest level decides', () => {
    fc.assert(
      fc.property(someEntries('default'), (entries) => {
        expect(resolved(entries)?.value).toBe(latest(entries).at(-1)?.value)
      }),
    )
  })

  it('among floors the highest, among caps the lowest', () => {
    const extreme = (pick: (...values: number[]) => number, entries: readonly LawEntry[]) => {
      const values = latest(entries).map(({ value }) => Number(value))
      return values.length === 0 ? undefined : pick(...values)
    }
    fc.assert(
      fc.property(someEntries('floor'), someEntries('cap'), (floors, caps) => {
        expect(resolved(floors)?.value).toBe(extreme(Math.max, floors))
        expect(resolved(caps)?.value).toBe(extreme(Math.min, caps))
      }),
    )
  })

  it('the uppermost binding value decides, and everything below it is shown as lost to it', () => {
    fc.assert(
      fc.property(someEntries('default', 'binding'), (entries) => {
        const levels = latest(entries)
        const first = levels.find(({ kind }) => kind === 'binding')
        fc.pre(first !== undefined)
        const found = resolved(entries)
        expect(found?.source).toEqual(first?.source)
        const below = levels.slice(levels.indexOf(first!) + 1)
        const lost = found?.overridden.filter(({ why }) => why === 'upperBinding') ?? []
        expect(lost.map(({ entry: one }) => one.source)).toEqual(below.map(({ source }) => source))
      }),
    )
  })

  it('no lower level loosens a floor or a cap, whatever it calls its value', () => {
    fc.assert(
      fc.property(
        someEntries('default', 'floor', 'cap', 'binding'),
        fc.constantFrom<Kind>('floor', 'cap'),
        (entries, kind) => {
          const limit = entry('cn', 5, kind, '2025-01-01')
          const value = Number(
            resolved([limit, ...entries.filter(({ division }) => division !== 'cn')])?.value,
          )
          return kind === 'floor' ? value >= 5 : value <= 5
        },
      ),
    )
  })
})

describe('a level below', () => {
  it.each(['floor', 'cap'] as const)('abolishes no %s by calling its own value the opposite', (kind) => {
    const opposite = kind === 'floor' ? 'cap' : 'floor'
    const found = resolved([entry('cn', 5, kind), entry('990101', kind === 'floor' ? 6 : 4, opposite)])
    expect(found).toMatchObject({ value: 5, kind })
    expect(found?.overridden).toHaveLength(1)
  })

  const why = (...entries: readonly LawEntry[]) => resolved(entries)?.overridden.map(({ why: one }) => one)

  it.each([
    ['replaces a default', 'default', 3, 'replaced'],
    ['loosens no floor', 'floor', 4, 'looserThanFloor'],
    ['tightens a floor', 'floor', 6, 'replaced'],
    ['loosens no cap', 'cap', 6, 'looserThanCap'],
    ['tightens a cap', 'cap', 4, 'replaced'],
    ['changes nothing binding', 'binding', 6, 'upperBinding'],
  ] as const)('%s', (_, kind, value, lost) => {
    expect(why(entry('cn', 5, kind), entry('990101', value, 'default'))).toEqual([lost])
  })

  it('leaves a floor a floor for the levels further down, and no more than that', () => {
    const raised = [entry('cn', 5, 'floor'), entry('990000', 7, 'default')]
    expect(resolved([...raised, entry('990101', 6, 'default')])?.value).toBe(6)
    expect(resolved([...raised, entry('990101', 4, 'default')])?.value).toBe(7)
    expect(
      resolved([entry('cn', 5, 'floor'), entry('990000', 7, 'floor'), entry('990101', 6, 'default')])?.value,
    ).toBe(7)
    expect(resolved(raised)?.kind).toBe('floor')
  })

  it('escapes no limit by a word without a number', () => {
    const key = 'publication.result_deadline'
    const cap = { ...entry('990000', 10, 'cap'), key }
    const word = { ...entry('990101', 0, 'default'), key, value: 'PROMPTLY' }
    expect(resolve(withEntries(LAW, [cap, word]), key, PLACE)?.value).toBe(10)
  })
})

describe('a new entry of a place', () => {
  const key = 'publication.result_deadline'
  const law = withEntries(LAW, [
    { ...entry('410928', 15, 'default', '2026-01-01', '2026-06-30'), key },
    { ...entry('410928', 12, 'default', '2026-01-01', '2026-06-30'), key },
  ])
  const on = (day: string) => resolve(law, key, { division: '410928', on: day })

  it('takes the place of the old one from its day, the last approved first, and keeps the start of the clock', () => {
    expect([on('2025-12-31'), on('2026-01-01')].map((one) => one?.value)).toEqual([10, 12])
    expect(on('2026-01-01')?.startsAt).toBe('taskEnd')
    const lost = on('2026-01-01')?.overridden.map(({ why, entry: one }) => `${why} ${String(one.value)}`)
    expect(lost).toEqual(['superseded 15', 'superseded 10', 'replaced 20'])
  })

  it('gives way to the old one when it ends', () => expect(on('2026-07-01')?.value).toBe(10))

  it('moves a deadline', () => {
    const due = (day: string) => deadlineOf(law, key, { division: '410928', on: day }, '2026-03-02')
    expect(due('2025-12-31')).toMatchObject({ kind: 'certain', date: '2026-03-16' })
    expect(due('2026-01-01')).toMatchObject({ kind: 'certain', date: '2026-03-18' })
  })
})

describe('a place', () => {
  it('is under the nation, its province and its prefecture', () => {
    expect(chainOf(LAW.divisions, '150525')).toEqual(['cn', '150000', '150500', '150525'])
    expect(chainOf(LAW.divisions, '441900')).toEqual(['cn', '440000', '441900'])
    expect(chainOf(LAW.divisions, '652721')).toEqual(['cn', '650000', '652700', '652721'])
    expect(chainOf(LAW.divisions, '150525102000')).toEqual(chainOf(LAW.divisions, '150525'))
    expect(() => chainOf(LAW.divisions, '123456')).toThrow(RangeError)
  })

  it('shows every parameter, also those that no document sets', () => {
    const rows = resolveAll(LAW, { division: '150525', on: '2026-11-01' })
    expect(rows).toHaveLength(LAW.parameters.size)
    expect(rows.find(({ parameter }) => parameter.key === 'draws.team_size')?.resolved?.value).toBe(2)
    expect(rows.find(({ parameter }) => parameter.key === KEY)).toEqual({
      parameter: LAW.parameters.get(KEY),
      resolved: undefined,
    })
  })

  it('has no unknown parameter', () => {
    expect(() => resolve(LAW, 'draws.teamSize', PLACE)).toThrow(RangeError)
  })
})

describe('a rule', () => {
  it('is cited with its document, its article and its words', () => {
    const rule = resolve(LAW, 'draws.team_size', { division: '150525', on: '2026-11-01' })!
    expect(citationText(rule.source)).toBe(
      '奈文旅联发〔2024〕2号 三（五）：“每个检查小组不少于2人并与抽查对象随机匹配”',
    )
  })
})
