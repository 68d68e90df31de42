// Scopes, exclusions, designs and demands: what is drawn from, how many, and who inspects whom.

import { describe, expect, it } from 'vitest'
import { quotasOf } from '@sunlot/draw'
import { fitsScope, grainOf, isWithin, type Scope } from '../../src/registers/index.ts'
import { demandsOf } from '../../src/tasks/scope/demand.rules.ts'
import { drawnOf, strataOf } from '../../src/tasks/scope/design.rules.ts'
import { EXCLUSIONS, exclusionOf, sift, yearsTouched } from '../../src/tasks/scope/exclusions.rules.ts'
import { groupsOf, subjectsOf } from '../../src/tasks/scope/profiles.rules.ts'
import { group, item, randomFrom } from './scope-kit.ts'

const scope = (given: Partial<Scope> = {}): Scope => ({
  divisions: ['990101'],
  register: null,
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
  classes: [],
  ...given,
})

describe('a scope', () => {
  it.each([
    [scope(), true],
    [scope({ divisions: ['990100'] }), true],
    [scope({ divisions: ['990102'] }), false],
    [scope({ industries: ['H61', 'F'] }), true],
    [scope({ industries: ['H62'] }), false],
    [scope({ classes: ['B', 'C'] }), true],
    [scope({ classes: ['D'] }), false],
    [scope({ tags: ['abnormalOperation'] }), false],
  ])('%o takes a hotel of class B in: %s', (one, fits) => expect(fitsScope(group(), one)).toBe(fits))

  it('is within another list by list', () => {
    expect(isWithin(scope({ industries: ['H61'] }), scope({ industries: ['H'] }))).toBe(true)
    expect(isWithin(scope({ industries: [] }), scope({ industries: ['H'] }))).toBe(false)
    expect(isWithin(scope({ divisions: ['990101'] }), scope({ divisions: ['990100'] }))).toBe(true)
    expect(isWithin(scope({ divisions: ['990100'] }), scope({ divisions: ['990101'] }))).toBe(false)
    expect(isWithin(scope({ classes: ['D'] }), scope({ classes: ['C', 'D'] }))).toBe(true)
  })

  it('of somebody who is in it and in a narrower one, is never empty there', () => {
    const random = randomFrom(7)
    const some = <T>(all: readonly T[]): T[] => all.filter(() => random() < 0.4)
    for (let k = 0; k < 2000; k++) {
      const make = () =>
        scope({
          divisions: some(['990101', '990100', '990102']).concat('990101').slice(0, 2),
          industries: some(['H', 'H61', 'F52']),
          classes: some(['A', 'B', 'C'] as const),
        })
      const [inner, outer] = [make(), make()]
      const one = group({
        class: some(['A', 'B'] as const)[0] ?? 'C',
        industry: some(['H6110'])[0] ?? 'F5211',
      })
      if (isWithin(inner, outer) && fitsScope(one, inner)) expect(fitsScope(one, outer)).toBe(true)
    }
  })
})

describe('what is told apart', () => {
  it('is only what items ask for, and always the section of the industry', () => {
    expect(grainOf([])).toEqual({
      tags: false,
      pools: false,
      licences: false,
      industryLetters: 1,
      withoutTypes: true,
      withoutKinds: true,
    })
    const asked = [
      item('a', { industries: ['H', 'H612'], kinds: ['PRODUCT'] }),
      item('b', { tags: ['complaints'] }),
    ]
    expect(grainOf(asked.map(({ appliesTo }) => appliesTo))).toEqual({
      tags: true,
      pools: false,
      licences: false,
      industryLetters: 4,
      withoutTypes: true,
    })
  })
})

describe('whoever is set apart', () => {
  it('is taken off those who are otherwise like him', () => {
    const visited = group({ subjects: 30, own: true, visits: 1, ownVisits: 1 })
    const all = groupsOf([group({ subjects: 100 }), group({ subjects: 5, class: 'D' })], [visited])
    expect(subjectsOf(all)).toBe(105)
    expect(all.map(({ subjects, own }) => [subjects, own])).toEqual([
      [70, false],
      [5, false],
      [30, true],
    ])
  })
})

describe('exclusions', () => {
  const rules = { waived: {}, cap: 2, capOfAllLevels: 4, hasItem: () => true }

  it.each([
    [group({ active: false, own: true, named: true }), 'NOT_ACTIVE'],
    [group({ named: true, upper: true }), 'BY_NAME'],
    [group({ upper: true, own: true }), 'INSPECTED_BY_UPPER'],
    [group({ own: true, ownVisits: 3 }), 'INSPECTED_THIS_YEAR'],
    [group({ ownVisits: 2 }), 'FREQUENCY_CAP'],
    [group({ visits: 4 }), 'FREQUENCY_CAP'],
    [group({ visits: 3, ownVisits: 1 }), undefined],
  ])('have the first reason alone (%#)', (one, code) => expect(exclusionOf(one, rules)).toBe(code))

  it('that are waived leave the next reason', () => {
    const waived = { INSPECTED_BY_UPPER: '上级检查的不是同一事项' }
    expect(exclusionOf(group({ upper: true, own: true }), { ...rules, waived })).toBe('INSPECTED_THIS_YEAR')
  })

  it('and the frame make up the scope, each subject once', () => {
    const random = randomFrom(3)
    for (let k = 0; k < 300; k++) {
      const groups = Array.from({ length: 20 }, () =>
        group({
          subjects: 1 + Math.floor(random() * 50),
          active: random() < 0.8,
          own: random() < 0.3,
          upper: random() < 0.2,
          named: random() < 0.1,
          visits: Math.floor(random() * 6),
          ownVisits: Math.floor(random() * 4),
        }),
      )
      const { frame, excluded, subjects } = sift(groups, rules)
      expect(subjects).toBe(subjectsOf(groups))
      expect(subjectsOf(frame) + subjectsOf(excluded)).toBe(subjects)
      expect(excluded.every(({ code }) => EXCLUSIONS.includes(code))).toBe(true)
    }
  })
})

describe('a design', () => {
  const frame = [
    group({ class: 'A', subjects: 1001 }),
    group({ class: 'B', subjects: 300 }),
    group({ class: 'D', subjects: 7, industry: '' }),
  ]

  it('draws of each stratum what the draw will draw', () => {
    const strata = strataOf(frame, 'class')
    const { strata: drawn } = drawnOf(strata, { kind: 'ratio', ratio: 500, byClass: { D: 10_000 } })
    expect(drawn).toEqual([
      { code: 'A', rows: 1001, n: 51 },
      { code: 'B', rows: 300, n: 15 },
      { code: 'D', rows: 7, n: 7 },
    ])
    const total = drawnOf(strata, { kind: 'total', n: 100 }).strata.map(({ n }) => n)
    const mins = strata.map(({ code }) => ({ stratum: code, min: 0 }))
    expect(total).toEqual(quotasOf({ kind: 'total', n: 100, mins }, strata))
    expect(total.reduce((a, b) => a + b)).toBe(100)
  })

  it('names strata in the grammar of the draw', () => {
    expect(strataOf(frame, 'whole')).toEqual([{ code: 'all', rows: 1308 }])
    expect(strataOf(frame, 'industryClass').map(({ code }) => code)).toEqual(['0/D', 'H/A', 'H/B'])
    expect(strataOf(frame, 'divisionClass').map(({ code }) => code)).toEqual([
      '990101/A',
      '990101/B',
      '990101/D',
    ])
  })

  it('cannot draw more than there are', () => {
    const { refusal } = drawnOf(strataOf(frame, 'whole'), { kind: 'total', n: 1309 })
    expect(refusal).toEqual({ code: 'task.more_than_there', params: { there: 1308, wanted: 1309 } })
  })

  it('of full coverage draws everybody', () => {
    const { strata } = drawnOf(strataOf(frame, 'whole'), { kind: 'coverage', batches: 4 })
    expect(strata).toEqual([{ code: 'all', rows: 1308, n: 1308 }])
  })
})

describe('demand', () => {
  const parts = [
    {
      authorityId: 'a',
      members: 2,
      items: [item('a1', { industries: ['H'] }), item('a2', { kinds: ['PRODUCT'] })],
    },
    { authorityId: 'b', members: 1, items: [item('b1', { industries: ['H62'] })] },
  ]
  const frame = [
    group({ industry: 'H6110' }),
    group({ industry: 'H6210', subjects: 40 }),
    group({ industry: 'F52', subjects: 9 }),
  ]

  it('differs from subject to subject in the comprehensive mode', () => {
    const { demands, ofGroup } = demandsOf(frame, parts, 'COMPREHENSIVE')
    expect(demands).toEqual([
      { code: 'd1', authorities: [{ at: 0, itemIds: ['a1'] }], subjects: 100 },
      {
        code: 'd2',
        authorities: [
          { at: 0, itemIds: ['a1'] },
          { at: 1, itemIds: ['b1'] },
        ],
        subjects: 40,
      },
      { code: 'd3', authorities: [], subjects: 9 },
    ])
    expect(ofGroup).toEqual([0, 1, 2])
  })

  it('is one for all in the other modes', () => {
    const { demands } = demandsOf(frame, parts, 'SECTORAL')
    expect(demands).toHaveLength(1)
    expect(demands[0]).toMatchObject({ code: 'd1', subjects: 149 })
  })
})

it.each([
  ['2026-03-01', '2026-11-30', [2026]],
  ['2026-12-01', '2027-01-31', [2026, 2027]],
  ['2026-12-31', '2028-01-01', [2026, 2027, 2028]],
  ['2027-01-01', '2026-12-31', [2027]],
])('from %s to %s visits of %o count', (startsOn, endsOn, years) =>
  expect(yearsTouched({ startsOn, endsOn })).toEqual(years),
)
