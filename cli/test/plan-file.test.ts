import { describe, expect, it } from 'vitest'
import { CommandError } from '../src/errors.ts'
import { choicesOf, commitTime, parsePlanFile, type PlanFile } from '../src/plan-file/index.ts'
import { translator } from '../src/words.ts'

const WHOLE = `draw_id: qs-2026-1
authority: d01
oversight: d90
plan: { ref: qs-2026, draw_no: 1, draws: 4, filter: 青石县在业企业 }
times:
  close_by: 2026-11-24T09:00:00+08:00
  certify_by: 2026-11-25T18:00:00+08:00
register:
  file: 名录.csv
  columns:
    id: 统一社会信用代码
    stratum: [乡镇, class_rule]
codes:
  乡镇: { 城关街道: cg, 河口镇: hk }
class_rule: { hash: yes, shares: [[A, 654], [B, 253], [C, 77], [D, 16]] }
design:
  ratio:
    "*/A": 1%
    "*/B": { ratio: 1/20, min: 2 }
    "*": 12.5%
    hk/D: 100%
inspectors:
  file: 人员.csv
  columns: { staff_no: 证号, authority: 单位 }
  authorities: { 市场监管局: d01, 消防救援大队: d02 }
demands:
  general: { strata: ["*"], authorities: { d01: { members: 1 }, d02: { members: 1, classes: [fire] } } }
pools: { d01: 4, d02: all }
matching:
  mode: teams
  teams: { count: 2, members: { d01: { members: 1 }, d02: { members: 1 } } }
sources:
  - { id: dice, kind: dice, faces: 10, count: 25, not_before: 2026-11-24T09:05:00+08:00, roller: visitor-1 }
  - { id: beacon, kind: drand }
`

const read = (text: string): PlanFile => parsePlanFile('方案.yaml', new TextEncoder().encode(text))

/** The faults of a plan as `line code`. */
function faultsOf(work: () => unknown): string[] {
  try {
    work()
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    return error.details.map((d) => `${d.params['line']} ${d.code.replace('plan.', '')}`)
  }
  return []
}
const faults = (from: string | RegExp, to: string): string[] => {
  expect(WHOLE).toMatch(from)
  return faultsOf(() => read(WHOLE.replace(from, to)))
}

const STRATA = [
  { code: 'cg/A', rows: 60 },
  { code: 'cg/B', rows: 30 },
  { code: 'hk/C', rows: 7 },
  { code: 'hk/D', rows: 3 },
]
const people = (d01: number, d02: number): { authority: string }[] => [
  ...Array.from({ length: d01 }, () => ({ authority: 'd01' })),
  ...Array.from({ length: d02 }, () => ({ authority: 'd02' })),
]

describe('a whole plan file', () => {
  const plan = read(WHOLE)
  it('is read', () => {
    expect(plan.times).toEqual({ at: 'now', closeBy: 1795482000, certifyBy: 1795600800 })
    expect(plan.register.stratum.map((s) => s.kind)).toEqual(['column', 'class_rule'])
    expect(plan.alg).toBe('sha256')
    expect(plan.sources).toHaveLength(2)
  })
  it('expands its patterns over the real strata, an exact line first and "*" last', () => {
    expect(choicesOf(plan, STRATA, people(4, 3)).design).toEqual({
      kind: 'ratio',
      ratios: [
        { stratum: 'cg/A', num: 1, den: 100, min: 0 },
        { stratum: 'cg/B', num: 1, den: 20, min: 2 },
        { stratum: 'hk/C', num: 125, den: 1000, min: 0 },
        { stratum: 'hk/D', num: 100, den: 100, min: 0 },
      ],
    })
  })
  it('gives demands their strata and pools their people', () => {
    const choices = choicesOf(plan, STRATA, people(5, 3))
    expect(choices.demands[0]?.strata).toEqual(['cg/A', 'cg/B', 'hk/C', 'hk/D'])
    expect(choices.pools).toEqual([
      { authority: 'd01', rows: 5, draw: 4 },
      { authority: 'd02', rows: 3, draw: 3 },
    ])
  })
  it('commits before close_by only', () => {
    expect(commitTime(plan, 1795481999)).toBe(1795481999)
    expect(() => commitTime(plan, 1795482000)).toThrow('plan_faults')
  })
})

describe('a plan file is refused, with the line,', () => {
  it.each([
    ['for a ratio above 1', '1%', '120%', '18 ratio_above_one'],
    ['for a ratio of 0', '1%', '0%', '18 ratio_zero'],
    ['for what is no ratio', '1%', '百分之一', '18 not_fraction'],
    ['for a die of seven faces', 'faces: 10', 'faces: 7', '33 dice_faces'],
    ['for sixty-five dice', 'count: 25', 'count: 65', '33 not_integer'],
    ['for dice thrown before the close', '24T09:05', '24T08:05', '33 source_before_close'],
    ['for a source twice', 'id: beacon', 'id: dice', '34 source_twice'],
    ['for a source that is added by itself', 'kind: drand', 'kind: close', '34 source_made'],
    ['for an unknown key', 'oversight: d90', 'oversight: d90\nover_sight: d91', '4 unknown_key'],
    ['for a missing key', 'draw_id: qs-2026-1\n', '', '1 missing_key'],
    ['for an empty value', 'authority: d01', 'authority:', '2 empty_value'],
    ['for a name instead of a code', 'authority: d01', 'authority: 市监局', '2 grammar_authority'],
    ['for the reserved d00', 'authority: d01', 'authority: d00', '2 grammar_authority'],
    ['for its own overseer', 'oversight: d90', 'oversight: d01', '3 same_authority'],
    ['for Chinese text in a stratum', '城关街道: cg', '城关街道: 城关', '14 grammar_stratum_part'],
    ['for codes of a column not used', '乡镇: { 城', '村: { 城', '14 codes_unused'],
    ['for shares that are not 1000', '[A, 654]', '[A, 655]', '15 shares_sum'],
    ['for a rule that it does not have', /class_rule: \{.*\n/, '', '12 class_rule_missing'],
    ['for two designs', 'design:\n', 'design:\n  pps: { n: 3 }\n', '16 design_one'],
    ['for a time without offset', '09:00:00+08:00', '09:00:00', '6 not_time'],
    ['for a day that is not', '2026-11-25T18', '2026-11-31T18', '7 no_such_time'],
    ['for a certificate before the close', '2026-11-25T18', '2026-11-23T18', '7 certify_before_close'],
    ['for a draw beyond the plan', 'draw_no: 1', 'draw_no: 5', '4 draw_no_above'],
    [
      'for a sealed draw without opening',
      'oversight: d90',
      'oversight: d90\nsealed: yes',
      '4 sealed_without_open_at',
    ],
    [
      'for a policy that does not exist',
      'design:\n',
      'defects: { lower_case: mend }\ndesign:\n',
      '16 not_one_of',
    ],
    [
      'for a policy on no defect',
      'design:\n',
      'defects: { lowercase: as_upper }\ndesign:\n',
      '16 unknown_key',
    ],
    ['for the same key twice', 'oversight: d90', 'oversight: d90\nauthority: d02', '4 duplicate_key'],
    ['for a demand without strata', 'strata: ["*"], ', '', '27 demand_without_strata'],
    [
      'for too few members',
      '{ d01: { members: 1 }, d02: { members: 1, classes: [fire] } }',
      '{ d01: { members: 1 } }',
      '27 too_few_members',
    ],
    ['for a pool that nobody asks for', 'd02: all', 'd03: all', '28 pool_unasked'],
    ['for a mode without its teams', /\n {2}teams: .*/, '', '29 missing_key'],
    ['for people in a draw without', 'mode: teams', 'mode: none', '29 teams_not_asked'],
  ])('%s', (_, from, to, expected) => {
    expect(faults(from, to)).toContain(expected)
  })

  it('with every fault at once, in the order of the lines', () => {
    const found = faultsOf(() => read(WHOLE.replace('1%', '120%').replace('faces: 10', 'faces: 7')))
    expect(found).toEqual(['18 ratio_above_one', '33 dice_faces'])
  })
  it('for YAML that is none, a list at the top, a file not in UTF-8', () => {
    expect(faultsOf(() => read('draw_id: [1'))).toHaveLength(1)
    expect(faultsOf(() => read('- 1'))).toEqual(['1 not_map'])
    expect(() => parsePlanFile('a', new Uint8Array([0xff, 0xfe, 0]))).toThrow('plan_not_utf8')
    expect(faultsOf(() => read('a: *b'))).toHaveLength(1)
  })
})

describe('choices are refused', () => {
  const refused = (change: (text: string) => string, pools = people(4, 3)): string[] =>
    faultsOf(() => choicesOf(read(change(WHOLE)), STRATA, pools))
  it.each([
    ['an empty stratum', 'hk/D: 100%', 'hk/A: 100%', '21 empty_stratum'],
    ['a pattern without subjects', '"*/A": 1%', '"xx/*": 1%', '18 pattern_without_stratum'],
    ['two patterns for one stratum', '"*": 12.5%', '"cg/*": 12.5%', '20 stratum_in_two'],
    ['a stratum without its line', '    "*": 12.5%\n', '', '17 stratum_without_line'],
  ])('for %s', (_, from, to, expected) => {
    expect(refused((text) => text.replace(from, to))).toContain(expected)
  })
  it('for teams larger than the pool', () => {
    expect(refused((text) => text.replace('count: 2', 'count: 5'))).toEqual([
      '31 team_larger_than_pool',
      '31 team_larger_than_pool',
    ])
  })
  it('for a pool smaller than its draw, or without anybody', () => {
    expect(refused((text) => text, people(3, 3))).toEqual(['28 pool_too_small'])
    expect(refused((text) => text, people(4, 0))).toEqual(['28 pool_empty'])
  })
  it('for a total above the population, and minima above the total', () => {
    const total = (line: string) => (text: string) =>
      text.replace(/design:\n {2}ratio:\n(?: {4}.*\n)+/, `design:\n  total: ${line}\n`)
    expect(refused(total('{ n: 101 }'))).toEqual(['17 total_above_population'])
    expect(refused(total('{ n: 10, mins: { "*": 5 } }'))).toEqual(['17 mins_above_total'])
    expect(refused(total('{ n: 10, mins: { "*": 1 } }'))).toEqual([])
  })
})

describe('every fault', () => {
  it('is a sentence in both languages that names line and path', () => {
    for (const lang of ['zh-CN', 'en'] as const) {
      const t = translator(lang)
      try {
        read(WHOLE.replace('1%', '120%'))
        expect.unreachable()
      } catch (error) {
        const [detail] = (error as CommandError).details
        const sentence = t(detail!.code, detail!.params)
        expect(sentence).toContain('18')
        expect(sentence).toContain('design.ratio.*/A')
        expect(sentence).toContain('120%')
        expect(sentence).not.toMatch(/[{}]/)
      }
    }
  })
})
