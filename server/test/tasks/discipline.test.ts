// REQ-PLAN-16, REQ-PLAN-11, -12: a task follows its line, or has a ground that the place knows.

import { describe, expect, it } from 'vitest'
import type { LineFacts } from '../../src/plans/index.ts'
import {
  type Disciplined,
  FIXED,
  whyNotFollow,
  whyNotNarrow,
} from '../../src/tasks/tasks/discipline.rules.ts'
import { groundsIn, whyNotOutside } from '../../src/tasks/tasks/outside.rules.ts'
import type { TaskFacts } from '../../src/tasks/shapes.ts'
import { whatStandsAgainst } from '../../src/tasks/tasks/tasks.rules.ts'
import { scopeOf } from '../plans/plans-kit.ts'
import { LAW } from '../support/app.ts'

const SCOPE = scopeOf('990101', { industries: ['H'] }) as LineFacts['scope']
const LINE: LineFacts = {
  id: 'l',
  planId: 'p',
  version: 1,
  number: 1,
  code: null,
  taskName: '示例',
  drawType: 'UNTARGETED',
  tier: 'GENERAL',
  field: 'market',
  mode: 'SECTORAL',
  crossRegion: false,
  leadAuthorityId: 'a',
  object: '住宿业',
  scope: SCOPE,
  fullCoverage: false,
  ratio: 500,
  quantity: null,
  classRatios: null,
  batches: null,
  draws: 1,
  frequencyLeast: null,
  frequencyMost: null,
  methods: ['ON_SITE'],
  startsOn: '2026-03-01',
  endsOn: '2026-10-31',
  drawLevel: 'county',
  inspectLevel: 'county',
  unmatched: null,
  state: 'planned',
  parts: [
    { authorityId: 'a', authorityName: '甲局', itemIds: ['a1', 'a2'] },
    { authorityId: 'b', authorityName: '乙局', itemIds: ['b1'] },
  ],
}
const TASK: Disciplined = {
  leadAuthorityId: 'a',
  field: 'market',
  mode: 'SECTORAL',
  drawType: 'UNTARGETED',
  drawLevel: 'county',
  inspectLevel: 'county',
  startsOn: '2026-05-01',
  endsOn: '2026-05-31',
  methods: ['ON_SITE'],
  scope: SCOPE,
  design: { kind: 'ratio', ratio: 500 },
}
const part = (authorityId: string, itemIds: readonly string[] = [], takesPart = true) => ({
  authorityId,
  itemIds,
  takesPart,
})
const PARTS = [part('a', ['a1', 'a2']), part('b')]

describe('a task from a line', () => {
  it('may do what the line says', () => expect(whyNotFollow(LINE, TASK, PARTS)).toBeUndefined())

  it.each([
    ['lead', { leadAuthorityId: 'b' }],
    ['field', { field: 'nonMarket' }],
    ['mode', { mode: 'THEMATIC' }],
    ['drawType', { drawType: 'TARGETED' }],
    ['level', { inspectLevel: 'prefecture' }],
    ['period', { endsOn: '2026-11-01' }],
    ['period', { startsOn: '2026-02-28' }],
    ['method', { methods: ['ON_SITE', 'DOCUMENTARY'] }],
    ['scope', { scope: scopeOf('990101') }],
    ['coverage', { design: { kind: 'coverage', batches: 2 } }],
    ['ratio', { design: { kind: 'ratio', ratio: 400 } }],
    ['draws', { drawNo: 2 }],
  ])('may not leave its %s (%o)', (what, more) => {
    const refusal = whyNotFollow(LINE, { ...TASK, ...more } as Disciplined, PARTS)
    expect(refusal).toMatchObject({ code: 'task.leaves_plan', params: { what } })
  })

  it.each([
    ['participants', [...PARTS, part('c')]],
    ['participants', [PARTS[0]!]],
    ['items', [part('a', ['a1']), part('b')]],
    ['items', [part('a', ['a1', 'a2', 'a3']), part('b')]],
    ['items', [PARTS[0]!, part('b', ['b2'])]],
  ])('may not leave its %s (%#)', (what, parts) => {
    expect(whyNotFollow(LINE, TASK, parts)).toMatchObject({ code: 'task.leaves_plan', params: { what } })
  })

  it('has every thing that a line fixes shown above', () => expect(FIXED).toHaveLength(13))

  it('may be narrower, and go on without whoever declined', () => {
    const scope = scopeOf('990101', { industries: ['H61'], classes: ['D'] }) as LineFacts['scope']
    expect(whyNotFollow(LINE, { ...TASK, scope }, PARTS)).toBeUndefined()
    expect(whyNotFollow(LINE, TASK, [PARTS[0]!, part('b', [], false)])).toBeUndefined()
  })

  it.each([
    [scopeOf('990101', { industries: ['H'] }), null, undefined],
    [scopeOf('990101', { industries: ['H61'] }), null, 'task.narrowing_needs_reason'],
    [scopeOf('990101', { industries: ['H'], classes: ['D'] }), null, 'task.narrowing_needs_reason'],
    [scopeOf('990101', { industries: ['H61'] }), '其余行业上半年已经抽查', undefined],
    // Wider is another matter: no reason makes up for it.
    [scopeOf('990101'), null, undefined],
  ])('is narrower only with a reason (%#)', (scope, narrowedReason, code) => {
    const task = { scope: scope as LineFacts['scope'], narrowedReason }
    expect(whyNotNarrow(LINE, task)?.code).toBe(code)
  })

  it.each([
    [47, false],
    [48, true],
    [50, true],
    [51, false],
  ])('draws its share of what is there, strata rounded up: %i of 950 (%s)', (n, follows) => {
    // 5 % of 950 is 47.5.
    const strata = [
      { code: 'A', rows: 900, n: n - 3 },
      { code: 'D', rows: 50, n: 3 },
    ]
    expect(whyNotFollow(LINE, TASK, PARTS, strata) === undefined).toBe(follows)
  })

  const BY_CLASS: readonly (readonly [string, readonly (readonly [string, number, number])[], boolean])[] = [
    [
      'as the plan has it',
      [
        ['A', 900, 9],
        ['D', 50, 25],
      ],
      true,
    ],
    [
      'more of A for less of D, in all as many',
      [
        ['A', 900, 33],
        ['D', 50, 1],
      ],
      false,
    ],
    ['without telling classes apart', [['all', 950, 48]], false],
    [
      'in each industry, rounded up',
      [
        ['F/A', 450, 5],
        ['H/A', 450, 5],
        ['H/D', 50, 25],
      ],
      true,
    ],
  ]
  it.each(BY_CLASS)('draws of each class what the plan draws of it: %s (%#)', (_, said, follows) => {
    const line = { ...LINE, classRatios: { A: 100, D: 5000 } }
    const strata = said.map(([code, rows, n]) => ({ code, rows, n }))
    expect(whyNotFollow(line, TASK, PARTS, strata) === undefined).toBe(follows)
  })

  it('does not go out on a line that was taken out of the plan', () => {
    const codes = (line: LineFacts): readonly string[] => {
      const task = { ...TASK, mode: null, waived: {}, drawnListPublished: true } as unknown as TaskFacts
      const counted = { strata: [{ code: 'all', rows: 100, n: 5 }], leastTeam: 2 }
      const place = { division: '990101', on: TASK.startsOn }
      const facts = { task, line, parts: [], counted, law: LAW, place, today: '2026-04-01' }
      return whatStandsAgainst(facts).map(({ code }) => code)
    }
    expect(codes(LINE)).not.toContain('task.line_ended')
    expect(codes({ ...LINE, state: 'ended' })).toContain('task.line_ended')
  })

  it('draws the number that the line names', () => {
    const line = { ...LINE, ratio: null, quantity: 20 }
    const design = { kind: 'total', n: 20 } as const
    const counted = (n: number) => [{ code: 'all', rows: 300, n }]
    expect(whyNotFollow(line, { ...TASK, design }, PARTS, counted(20))).toBeUndefined()
    expect(whyNotFollow(line, { ...TASK, design }, PARTS, counted(21))).toMatchObject({
      params: { what: 'ratio', plan: '20', task: '21' },
    })
  })
})

describe('a task outside the plan', () => {
  const at = (division: string, on: string) => ({ division, on })
  const NINGAN = at('231084', '2019-06-01')
  const PUYANG = at('410928', '2023-06-01')
  const OPEN = at('150525', '2024-06-01')
  const said = (outsideGround: string | null) => ({
    outsideGround,
    outsideNote: '说明',
    outsideEvidence: '0'.repeat(64),
  })

  it.each([
    [NINGAN, 'WORK_SAFETY', undefined],
    [NINGAN, 'MONITORING', 'task.ground_not_here'],
    [PUYANG, 'MONITORING', undefined],
    [PUYANG, 'WORK_SAFETY', 'task.ground_not_here'],
    [OPEN, 'WORK_SAFETY', undefined],
    [OPEN, 'MONITORING', undefined],
    [OPEN, 'BIRTHDAY', 'task.ground_not_here'],
  ])('at %o with %s: %s', (place, ground, code) => {
    expect(whyNotOutside(LAW, place, said(ground))?.code).toBe(code)
  })

  it('cites the rule that forbids it, and the list that is closed', () => {
    expect(whyNotOutside(LAW, NINGAN, said(null))).toEqual({
      code: 'task.ground_needed',
      law: 'plans.unplanned_forbidden',
    })
    expect(whyNotOutside(LAW, PUYANG, said('WORK_SAFETY'))?.law).toBe('plans.case_lead_sources')
    expect(whyNotOutside(LAW, OPEN, said(null))).toEqual({ code: 'task.ground_needed' })
  })

  it('needs what shows its ground', () => {
    expect(whyNotOutside(LAW, OPEN, { ...said('COMPLAINT'), outsideEvidence: null })?.code).toBe(
      'task.evidence_needed',
    )
  })

  it('has in an open place every ground once for each list', () => {
    const codes = groundsIn(LAW, OPEN).map(({ code, list }) => `${list}/${code}`)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.length).toBeGreaterThan(9)
  })
})
