// What offices write into plan tables, read and written: amounts, frequencies, periods, names; the forms, there and back.

import { describe, expect, it } from 'vitest'
import { amountText, readAmount } from '../../src/plans/tables/amount-words.rules.ts'
import { readDrawType, readField, readFrequency, readLevels } from '../../src/plans/tables/cells.rules.ts'
import { planColumns } from '../../src/plans/tables/columns.rules.ts'
import { formRows } from '../../src/plans/tables/export.rules.ts'
import { columnsOf, type Form, FORMS, titleOf, whyNotForm } from '../../src/plans/tables/forms.rules.ts'
import type { LineValues } from '../../src/plans/tables/line-values.rules.ts'
import { frameOf, readPeriod } from '../../src/plans/tables/period-words.rules.ts'
import { frame, known, NAMES, NO_RESTRICTION, outcomes } from './tables-kit.ts'

const YEAR = frameOf({ year: 2026, half: null })

describe('an amount', () => {
  const nothing = { ratio: null, quantity: null, classRatios: null, fullCoverage: false, note: null }
  it.each([
    ['10%', { ratio: 1000 }],
    ['５％', { ratio: 500 }],
    ['0.05', { ratio: 500 }],
    ['2‰', { ratio: 20 }],
    ['不低于3%', { ratio: 300 }],
    ['10%(20户)', { ratio: 1000, note: '10%(20户)' }],
    ['1户', { quantity: 1 }],
    ['12', { quantity: 12 }],
    [
      '1户(实际以联合双随机牵头单位抽查数为准)',
      { quantity: 1, note: '1户(实际以联合双随机牵头单位抽查数为准)' },
    ],
    ['100%', { fullCoverage: true }],
    ['全覆盖', { fullCoverage: true }],
    ['全覆盖（36家）', { fullCoverage: true, quantity: 36, note: '全覆盖（36家）' }],
    ['A类1%、B类5%、C类10%、D类20%', { ratio: 100, classRatios: { A: 100, B: 500, C: 1000, D: 2000 } }],
  ])('%s', (text, expected) => {
    expect(readAmount(text)).toEqual({ ...nothing, ...expected })
  })

  it.each(['', '若干', '按实际情况确定', '按上级要求'])('is not read out of %j', (text) => {
    expect(readAmount(text)).toBeUndefined()
  })

  it('is written as it was said as long as the numbers are the same', () => {
    const said = readAmount('10%(20户)')!
    expect(amountText(said, said.note)).toBe('10%(20户)')
    expect(amountText({ ...said, ratio: 1500 }, said.note)).toBe('15%')
  })
})

describe('a frequency', () => {
  it.each([
    ['=1', 1, 1],
    ['>=1', 1, null],
    ['≥1', 1, null],
    ["'=1", 1, 1],
    ['1次/年', 1, 1],
    ['每年1次', 1, 1],
    ['每年一次', 1, 1],
    ['每半年1次', 2, 2],
    ['每季度1次', 4, 4],
    ['不超过2次', null, 2],
    ['1-2次', 1, 2],
    ['不定期', null, null],
  ])('%s', (text, least, most) => expect(readFrequency(text)).toEqual({ least, most }))

  it('is not read out of words without a number', () => expect(readFrequency('随时')).toBeUndefined())
})

describe('a period', () => {
  it.each([
    ['2026年3月-10月', '2026-03-01', '2026-10-31'],
    ['2026年3-10月', '2026-03-01', '2026-10-31'],
    ['3月至10月', '2026-03-01', '2026-10-31'],
    ['3-6月', '2026-03-01', '2026-06-30'],
    ['2月', '2026-02-01', '2026-02-28'],
    ['2026.3.1-2026.6.30', '2026-03-01', '2026-06-30'],
    ['2026-03-01至2026-06-30', '2026-03-01', '2026-06-30'],
    ['2026-03-01-2026-06-30', '2026-03-01', '2026-06-30'],
    ['20260301-20260630', '2026-03-01', '2026-06-30'],
    ['2026年3月1日—6月30日', '2026-03-01', '2026-06-30'],
    ['2026/3/1～2026/6/30', '2026-03-01', '2026-06-30'],
    ['2026-03-15', '2026-03-15', '2026-03-15'],
    ['全年', '2026-01-01', '2026-12-31'],
    ['2026年全年', '2026-01-01', '2026-12-31'],
    ['上半年', '2026-01-01', '2026-06-30'],
    ['2026年下半年', '2026-07-01', '2026-12-31'],
    ['第三季度', '2026-07-01', '2026-09-30'],
    ['一至三季度', '2026-01-01', '2026-09-30'],
    ['6月底前', '2026-01-01', '2026-06-30'],
    ['2026年10月底前完成', '2026-01-01', '2026-10-31'],
    ['2025年11月至2026年2月', '2025-11-01', '2026-02-28'],
  ])('%s', (text, startsOn, endsOn) => expect(readPeriod(text, YEAR)).toEqual({ startsOn, endsOn }))

  it.each(['', '待定', '13月', '2026-02-30', '视情况', '10月至3月'])('is not read out of %j', (text) => {
    expect(readPeriod(text, YEAR)).toBeUndefined()
  })

  it('of a half-year plan is that half where a cell says only by when', () => {
    expect(readPeriod('11月底前', frameOf({ year: 2026, half: 2 }))).toEqual({
      startsOn: '2026-07-01',
      endsOn: '2026-11-30',
    })
  })
})

it('knows directed from undirected, the market from other fields, who draws from who inspects', () => {
  expect(['定向', '不定向', '双随机、定向抽查', '双随机'].map(readDrawType)).toEqual([
    'TARGETED',
    'UNTARGETED',
    'TARGETED',
    'UNTARGETED',
  ])
  expect(['市场监管领域', '非市场监管领域', '旅游'].map(readField)).toEqual([
    'market',
    'nonMarket',
    undefined,
  ])
  expect(readLevels('市抽县查')).toEqual({ drawLevel: 'prefecture', inspectLevel: 'county' })
  expect(readLevels('县级')).toEqual({ drawLevel: 'county', inspectLevel: 'county' })
})

it.each(FORMS)('finds every column of the form %s by its own title', (form) => {
  const columns = columnsOf(form)
  const found = planColumns(columns.map(([title]) => title))
  columns.forEach(([, field], at) => {
    if (field !== 'ordinal') expect(found[field]).toBe(at)
  })
})

describe('the four tables that offices have', () => {
  it('county 2026', () => {
    const [row] = outcomes([
      columnsOf('county').map(([title]) => title),
      [
        'QS-01',
        '公共场所联合抽查',
        '不定向',
        '住宿业',
        '县市场监管局',
        '卫健委、消防救援大队、气象局',
        '10%(20户)',
        '现场检查',
        '2026年3月-10月',
        '食品生产、经营监督检查、公共场所卫生监督检查；消防安全的监督检查；未列事项',
      ],
    ])
    expect(row).toMatchObject({
      result: 'new',
      values: {
        code: 'QS-01',
        ratio: 1000,
        mode: 'COMPREHENSIVE',
        methods: ['ON_SITE'],
        startsOn: '2026-03-01',
        unmatched: '气象局\n未列事项',
        remark: '比例(数量)：10%(20户)',
      },
    })
    expect(row?.values?.parts).toEqual([
      { authorityId: 'market', itemIds: ['market-M-1'] },
      { authorityId: 'health', itemIds: ['health-H-1'] },
      { authorityId: 'fire', itemIds: ['fire-F-1'] },
    ])
    expect(row?.reasons.map(({ code }) => code)).toEqual(['unmatched', 'unmatched'])
  })

  it('Shanggao 2023: two columns for the amount, frequencies that look like formulas', () => {
    const [row] = outcomes([
      columnsOf('shanggao').map(([title]) => title),
      [
        '县文旅局',
        '旅行社经营行为检查',
        '旅行社经营行为',
        '第二季度',
        '市场股',
        '5%',
        '>=1',
        '1户(实际以联合双随机牵头单位抽查数为准)',
      ],
    ])
    expect(row).toMatchObject({
      result: 'new',
      values: {
        ratio: 500,
        frequencyLeast: 1,
        frequencyMost: null,
        unit: '市场股',
        leadAuthorityId: 'culture',
      },
    })
    expect(row?.values?.parts).toEqual([{ authorityId: 'culture', itemIds: ['culture-C-1'] }])
  })

  it('Changzhi 2025: classes, who guides and who inspects, who draws', () => {
    const [row] = outcomes([
      columnsOf('changzhi').map(([title]) => title),
      [
        '登记事项抽查',
        '定向',
        '登记事项检查',
        '企业',
        '3%',
        'A类1%、D类10%',
        '4月至11月',
        '市市场监督管理局',
        '县市场监管局',
        '市抽县查',
      ],
    ])
    expect(row).toMatchObject({
      result: 'new',
      values: {
        drawType: 'TARGETED',
        ratio: 300,
        classRatios: { A: 100, D: 1000 },
        guidedBy: '市市场监督管理局',
        drawLevel: 'prefecture',
        inspectLevel: 'county',
        mode: null,
      },
    })
    expect(row?.values?.parts).toEqual([{ authorityId: 'market', itemIds: ['market-M-2', 'market-M-3'] }])
  })

  it('Fenyang: neither amount nor time, which the law and the year say instead', () => {
    const table = [
      columnsOf('fenyang').map(([title]) => title),
      ['旅游', '旅行社经营行为检查', '旅行社', '文旅局', '市场监管局', '县级'],
    ]
    expect(outcomes(table)[0]?.result).toBe('error')
    const [row] = outcomes(table, [], frame({}, { leastRatio: 500 }))
    expect(row).toMatchObject({
      result: 'new',
      values: { ratio: 500, startsOn: '2026-01-01', endsOn: '2026-12-31' },
    })
    expect(row?.reasons.map(({ code }) => code)).toEqual(['amount_by_law', 'period_whole'])
  })
})

it('refuses a row whose amount, period or lead cannot be read, and says which', () => {
  const header = columnsOf('county').map(([title]) => title)
  const row = ['', '任务', '不定向', '企业', '县气象局', '', '若干', '现场检查', '待定', '']
  expect(outcomes([header, row])[0]).toMatchObject({ result: 'error', values: null })
  expect(outcomes([header, row])[0]?.reasons.map(({ code }) => code)).toEqual([
    'lead_unknown',
    'amount_unreadable',
    'period_unreadable',
  ])
  const other = ['', '任务', '不定向', '企业', '县卫健委', '', '5%', '现场检查', '2025年3月', '']
  expect(
    outcomes([header, other], [], frame({ kind: 'annual' }))[0]?.reasons.map(({ code }) => code),
  ).toEqual(['lead_not_own', 'period_outside_year'])
})

const LINE: LineValues = {
  code: 'QS-07',
  taskName: '住宿业联合抽查',
  drawType: 'UNTARGETED',
  tier: 'GENERAL',
  field: 'market',
  mode: 'COMPREHENSIVE',
  crossRegion: false,
  leadAuthorityId: 'market',
  guidedBy: '青石市市场监督管理局',
  unit: '监管股',
  object: '=住宿业',
  scope: { ...NO_RESTRICTION, divisions: ['990101'], register: 'market', industries: ['H61'], classes: [] },
  content: '登记、卫生、消防',
  fullCoverage: false,
  ratio: 500,
  quantity: null,
  classRatios: null,
  batches: null,
  draws: 1,
  frequencyLeast: 1,
  frequencyMost: 2,
  methods: ['ON_SITE', 'DOCUMENTARY', 'AUTHORITY_OPINION'],
  startsOn: '2026-03-02',
  endsOn: '2026-10-30',
  drawLevel: 'county',
  inspectLevel: 'county',
  requirement: '两人以上',
  remark: '第一行\n第二行',
  unmatched: null,
  parts: [
    { authorityId: 'market', itemIds: ['market-M-1', 'market-M-3'] },
    { authorityId: 'health', itemIds: ['health-H-1'] },
    { authorityId: 'fire', itemIds: [] },
  ],
}

const LINES: readonly LineValues[] = [
  LINE,
  {
    ...LINE,
    code: null,
    taskName: '全覆盖检查',
    ratio: null,
    fullCoverage: true,
    quantity: 36,
    classRatios: null,
    mode: null,
    parts: [{ authorityId: 'market', itemIds: ['market-M-2'] }],
    frequencyLeast: null,
    frequencyMost: null,
    remark: null,
  },
  {
    ...LINE,
    code: null,
    taskName: '按户',
    ratio: null,
    quantity: 12,
    methods: [],
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    parts: [{ authorityId: 'market', itemIds: [] }],
    mode: null,
  },
  {
    ...LINE,
    code: null,
    taskName: '分类',
    ratio: 100,
    classRatios: { A: 100, B: 500 },
    drawType: 'TARGETED',
    parts: [
      { authorityId: 'market', itemIds: ['market-M-2', 'market-M-3'] },
      { authorityId: 'culture', itemIds: ['culture-C-1'] },
    ],
  },
  {
    ...LINE,
    code: 'QS-09',
    taskName: '原文',
    ratio: 1000,
    remark: '比例(数量)：10%(20户)',
    inspectLevel: 'station',
  },
]

describe.each(FORMS)('a plan taken away as %s', (form: Form) => {
  it('is the same when it is read in again', () => {
    // Where a form has no names of tasks, a line is known by its items.
    const hasNames = columnsOf(form).some(([, field]) => field === 'taskName')
    const shown = hasNames ? LINES : LINES.filter((_, at) => [0, 1, 3].includes(at))
    const [, ...table] = formRows('标题', form, shown, NAMES)
    const lines = shown.map((values, at) => known(values, `line-${at}`))
    const back = outcomes(table, lines)
    expect(back.map(({ result, changes, reasons }) => ({ result, changes, reasons }))).toEqual(
      back.map(() => ({ result: 'same', changes: [], reasons: [] })),
    )
  })
})

it('puts the year and the half into the titles of the attachments, and keeps attachment 4 for the half year', () => {
  const plan = {
    kind: 'halfYear',
    year: 2020,
    half: 2,
    field: 'nonMarket',
    title: '计划',
    divisionName: '东宁市',
  }
  expect(titleOf(plan, 'attachment1')).toBe('2020年度行政执法检查计划表')
  expect(titleOf(plan, 'attachment4')).toBe('2020年度下半年非市场监管领域抽查工作计划表')
  expect(whyNotForm(plan, 'attachment4')).toBeUndefined()
  expect(whyNotForm({ kind: 'annual', field: 'all' }, 'attachment4')?.code).toBe(
    'planExport.form_of_half_year',
  )
})
