// Every check of a plan: one line that passes, one that does not, and, where the law says it, the same line without that law.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlapsOf } from '../../src/plans/checks/overlaps.rules.ts'
import { membershipOf, countsOf } from '../../src/plans/checks/population.rules.ts'
import { fitsScope } from '../../src/registers/index.ts'
import { type Asked, codes, FIRE, findings, ITEM, JOINT, lawSaying, LINE, PROFILES } from './checks-kit.ts'
import { sentenceOf } from '../../src/platform/http/sentences.ts'
import { CHECKS } from '../../src/plans/checks/findings.rules.ts'

it('says nothing of a sound plan', () => {
  expect(codes([LINE])).toEqual([])
  expect(codes([JOINT])).toEqual([])
})

/** Of a code: lines that break it; what it is asked beside; and the key of the law without which it is silent. */
const BROKEN: Readonly<
  Record<
    (typeof CHECKS)[number],
    {
      readonly lines: readonly (typeof LINE)[]
      readonly asked?: Asked
      readonly law?: Readonly<Record<string, number | boolean | string | readonly string[]>>
      readonly severity?: 'warning'
    }
  >
> = {
  unmatched: { lines: [{ ...LINE, unmatched: '县气象局' }] },
  item_missing: { lines: [{ ...LINE, parts: [{ ...LINE.parts[0]!, itemIds: [] }] }] },
  item_owner: { lines: [{ ...LINE, parts: [{ ...LINE.parts[0]!, itemIds: ['item-2'] }] }] },
  item_basis: {
    lines: [LINE],
    law: { 'plans.basis_required': true },
    asked: { items: [{ ...ITEM, bases: [] }] },
  },
  not_random: { lines: [LINE], asked: { items: [{ ...ITEM, isRandom: false }] } },
  period: { lines: [{ ...LINE, endsOn: '2027-01-31' }] },
  field: {
    lines: [LINE],
    asked: { plan: { kind: 'halfYear', half: 1, field: 'nonMarket' } },
  },
  level: { lines: [{ ...LINE, drawLevel: 'station' }] },
  ratio_floor: { lines: [{ ...LINE, ratio: 300 }], law: { 'plans.ratio_floor': 500 } },
  ratio_cap: { lines: [{ ...LINE, ratio: 2500 }] },
  cap_missing: {
    lines: [LINE],
    law: { 'plans.general_item_cap_required': true },
    asked: { items: [{ ...ITEM, ratioCap: null }] },
  },
  full_coverage: {
    lines: [{ ...LINE, tier: 'PRIORITY', fullCoverage: true, ratio: null }],
    law: { 'plans.full_coverage_counted': true },
  },
  mode_here: { lines: [{ ...JOINT, mode: 'SECTORAL' }], law: { 'tasks.joint_modes': ['COMPREHENSIVE'] } },
  participants: { lines: [{ ...JOINT, parts: LINE.parts }] },
  joint_led: { lines: [JOINT], law: { 'plans.joint_inspections_led': 2 } },
  frequency_cap: {
    lines: [{ ...LINE, tier: 'PRIORITY', fullCoverage: true, ratio: null, frequencyLeast: 3 }],
    law: { 'inspections.annual_frequency_cap': 2 },
  },
  disclosure_floor: {
    lines: [{ ...LINE, ratio: 200 }],
    asked: { items: [{ ...ITEM, name: '即时公示信息检查' }] },
    severity: 'warning',
  },
  class_monotone: {
    lines: [{ ...LINE, classRatios: { A: 1000, B: 500 } }],
    law: { 'plans.ratio_follows_risk': true },
    severity: 'warning',
  },
  mode_draw_type: { lines: [{ ...JOINT, drawType: 'TARGETED' }], severity: 'warning' },
  same_line: { lines: [LINE, { ...LINE, id: 'line-2', number: 2 }], severity: 'warning' },
  overlap: {
    lines: [LINE],
    asked: {
      beside: [
        {
          ...LINE,
          id: 'other',
          leadAuthorityId: 'fire',
          parts: [{ authorityId: 'fire', authorityName: '消防', itemIds: ['item-2'] }],
        },
      ],
    },
    law: { 'plans.single_visit': true },
    severity: 'warning',
  },
  library_late: {
    lines: [LINE],
    asked: { today: '2026-07-01' },
    law: { 'plans.library_dates': ['06-30'] },
    severity: 'warning',
  },
  filing_late: {
    lines: [LINE],
    asked: { today: '2026-01-16' },
    law: { 'plans.filing_dates': ['01-15'] },
    severity: 'warning',
  },
}

it.each(CHECKS)('finds %s', (code) => {
  const { lines, asked = {}, law = {}, severity = 'error' } = BROKEN[code]
  const cited = Object.keys(law)
  const found = findings(lines, { ...asked, law: lawSaying(law) }).find((finding) => finding.code === code)
  expect(found).toMatchObject({ code, severity })
  if (cited.length === 0) return
  expect(cited).toContain(found?.law?.key)
  expect(found?.law?.citation).toContain('青石县试行办法')
})

const BY_LAW_OF_THE_PLACE = CHECKS.filter((code) => BROKEN[code].law && code !== 'item_basis')

it.each(BY_LAW_OF_THE_PLACE)('is silent of %s where the law does not say it', (code) => {
  const { lines, asked = {} } = BROKEN[code]
  expect(findings(lines, asked).map((finding) => finding.code)).not.toContain(code)
})

it('holds an item without a basis against the list where the place itself says nothing, and warns before both', () => {
  const asked = { items: [{ ...ITEM, bases: [] }] }
  expect(findings([LINE], asked)[0]).toMatchObject({
    severity: 'error',
    law: { key: 'plans.only_listed_items' },
  })
  const before = { ...LINE, startsOn: '2023-03-01', endsOn: '2023-10-31' }
  expect(codes([before], { ...asked, plan: { year: 2023 } })).toEqual(['warning item_basis'])
})

describe('the floor', () => {
  const law = lawSaying({ 'plans.ratio_floor': 500 })
  it('takes a number of subjects for its share of those who are there', () => {
    expect(codes([{ ...LINE, ratio: null, quantity: 16 }], { law })).toEqual([])
    expect(codes([{ ...LINE, ratio: null, quantity: 15 }], { law })).toEqual(['error ratio_floor'])
  })
  it('weighs the shares of the classes by who is in them', () => {
    expect(codes([{ ...LINE, classRatios: { A: 100, B: 1000, D: 2000 } }], { law })).toEqual([])
    expect(codes([{ ...LINE, classRatios: { A: 100, B: 500, D: 1000 } }], { law })).toEqual([
      'error ratio_floor',
    ])
  })
  it('lets full coverage pass', () => {
    const line = { ...LINE, tier: 'PRIORITY' as const, fullCoverage: true, ratio: null }
    expect(codes([line], { law })).toEqual([])
  })
  it('binds its own year alone', () => {
    expect(codes([{ ...LINE, ratio: 300, startsOn: '2025-12-01' }], { law })).toEqual(['error period'])
  })
})

it('counts a joint inspection once that stands in two plans', () => {
  const law = lawSaying({ 'plans.joint_inspections_led': 2 })
  const elsewhere = (sources: readonly string[]) => ({
    law,
    ledElsewhere: [{ authorityId: 'market', sources }],
  })
  expect(codes([{ ...JOINT, sourceLineIds: ['origin'] }], elsewhere(['origin']))).toEqual(['error joint_led'])
  expect(codes([JOINT], elsewhere(['another']))).toEqual([])
  expect(codes([JOINT], { law, plan: { kind: 'consolidated', authorityId: 'office' } })).toEqual([
    'warning joint_led',
    'warning joint_led',
  ])
})

it('takes a mode of the place itself only where the place has one', () => {
  const modes = { 'tasks.joint_modes': ['COMPREHENSIVE'] }
  const local = { ...JOINT, mode: 'LOCAL' }
  expect(codes([local], { law: lawSaying(modes) })).toEqual(['error mode_here'])
  expect(codes([local], { law: lawSaying({ ...modes, 'tasks.own_mode': '网格联查' }) })).toEqual([])
})

it('says of visits beyond the cap whether they are certain', () => {
  const law = lawSaying({ 'inspections.annual_frequency_cap_all_levels': 2 })
  const full = {
    ...LINE,
    tier: 'PRIORITY' as const,
    fullCoverage: true,
    ratio: null,
    frequencyLeast: 1,
    frequencyMost: 2,
  }
  const beside = [{ ...full, id: 'upper', leadAuthorityId: 'fire', frequencyLeast: 2 }]
  expect(findings([full], { law, beside })).toMatchObject([
    { code: 'frequency_cap', severity: 'error', params: { subjects: 320, cap: 2, levels: 'all' } },
  ])
  expect(codes([full], { law, beside: [{ ...full, id: 'upper', leadAuthorityId: 'fire' }] })).toEqual([
    'warning frequency_cap',
  ])
  expect(codes([full], { law })).toEqual([])
})

it('reckons the visits that would be made twice', () => {
  const beside = [{ ...LINE, id: 'b', leadAuthorityId: 'fire', ratio: 1000 }]
  const [found] = findings([LINE], { beside, law: lawSaying({ 'plans.single_visit': true }) })
  // 320 subjects × 5 % × 10 %.
  expect(found?.params).toMatchObject({ subjects: 320, double: 1.6 })
})

it('finds overlaps whichever line is first', () => {
  const scope = fc.record({
    industries: fc.constantFrom([], ['H'], ['H61'], ['F']),
    classes: fc.constantFrom([], ['A' as const], ['B' as const, 'D' as const]),
  })
  const line = fc.record({
    scope,
    ratio: fc.integer({ min: 1, max: 10_000 }),
    lead: fc.constantFrom('market', 'fire', 'health'),
  })
  fc.assert(
    fc.property(fc.array(line, { minLength: 2, maxLength: 8 }), (drawn) => {
      const lines = drawn.map(({ scope: part, ratio, lead }, at) => ({
        ...LINE,
        id: `line-${at}`,
        ratio,
        leadAuthorityId: lead,
        scope: { ...LINE.scope, ...part },
        authorityIds: [lead],
        isOwn: true,
      }))
      const total = (order: typeof lines): number => {
        const membership = membershipOf(
          PROFILES,
          order.map((one) => one.scope),
        )
        const counts = countsOf(PROFILES, membership, order.length)
        PROFILES.forEach((profile, at) =>
          expect(membership[at]).toEqual(
            order.flatMap((one, k) => (fitsScope(profile, one.scope) ? [k] : [])),
          ),
        )
        return overlapsOf({ lines: order, profiles: PROFILES, membership, counts }).reduce(
          (sum, { expectedDouble }) => sum + expectedDouble,
          0,
        )
      }
      expect(total(lines.toReversed())).toBeCloseTo(total(lines), 6)
    }),
    { numRuns: 200 },
  )
})

it('comes to an end with 300 lines of 26 authorities and 30,000 groups of subjects', () => {
  const sections = 'ABCDEFGHIJKLMNOPQRST'
  const profiles = Array.from({ length: 30_000 }, (_, k) => ({
    ...PROFILES[0]!,
    industry: `${sections[k % 20]}${String(k % 97).padStart(2, '0')}${k % 100}`,
    class: (['A', 'B', 'C', 'D', 'N'] as const)[k % 5]!,
    registers: [`authority-${k % 26}`, `authority-${(k * 7) % 26}`],
    subjects: 1 + (k % 40),
  }))
  const lines = Array.from({ length: 300 }, (_, k) => ({
    ...LINE,
    id: `line-${k}`,
    number: k + 1,
    leadAuthorityId: `authority-${k % 26}`,
    authorityIds: [`authority-${k % 26}`],
    isOwn: true,
    scope: {
      ...LINE.scope,
      industries: k % 3 === 0 ? [] : [sections[k % 20]!],
      register: k % 4 === 0 ? null : `authority-${k % 26}`,
    },
  }))
  const membership = membershipOf(
    profiles,
    lines.map(({ scope }) => scope),
  )
  const counts = countsOf(profiles, membership, lines.length)
  expect(overlapsOf({ lines, profiles, membership, counts }).length).toBeGreaterThan(100)
})

it.each(CHECKS)('says %s in words, with what it found', (code) => {
  for (const language of ['zh-CN', 'en'] as const) {
    expect(sentenceOf(`check.${code}`, {}, language)).not.toContain('check.')
    expect(sentenceOf(`checkSaid.${code}`, {}, language)).not.toContain('checkSaid.')
  }
})

it('names the item that is of another, and the one whose basis is gone', () => {
  const repealed = { ...ITEM.bases[0]!, inForceUntil: '2025-12-31', repealedById: 'law-2' }
  const [found] = findings([LINE], { items: [{ ...ITEM, bases: [repealed] }, FIRE] })
  expect(found).toMatchObject({
    code: 'item_basis',
    params: { item: '公共场所检查', why: 'item.basis_repealed' },
    mend: 'item',
  })
})
