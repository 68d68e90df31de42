// What the catalogue decides without any database: what may be used, what a row of an office's table says.

import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesBetween, checklistOn } from '../../src/registers/catalogue/checklists.rules.ts'
import { doubtAbout, doubtsOf, standingOf } from '../../src/registers/catalogue/citations.rules.ts'
import { formatOf, whyNotFile } from '../../src/registers/catalogue/documents.rules.ts'
import { dueInYear, isLate } from '../../src/registers/catalogue/due.rules.ts'
import { lastDayBefore, whyNotComplete } from '../../src/registers/catalogue/items.rules.ts'
import { whyNotUse } from '../../src/registers/index.ts'
import { numbered, readItemRow } from '../../src/registers/catalogue/item-row.rules.ts'
import { projectPath } from '../../src/platform/root.ts'
import { LAW } from '../support/app.ts'

const GOOD = {
  title: '示例法',
  inForceFrom: '2020-01-01',
  inForceUntil: null,
  repealedById: null,
  doubtful: false,
}
const ITEM = {
  state: 'effective',
  isRandom: true,
  notRandomReason: null,
  tier: 'GENERAL',
  ratioFloor: null,
  ratioCap: 500,
  ratioNote: null,
  byBatches: false,
  scope: '示例',
  frequency: '每年一次',
  methods: ['ON_SITE'],
  implementingLevels: ['county'],
  effectiveFrom: '2024-01-01',
  effectiveUntil: null,
}

describe('a citation', () => {
  it.each([
    [{}, 'inForce'],
    [{ inForceFrom: null }, 'unchecked'],
    [{ inForceFrom: '2025-01-01' }, 'notYet'],
    [{ inForceUntil: '2023-01-01' }, 'over'],
    [{ inForceUntil: '2023-01-01', repealedById: 'x' }, 'repealed'],
    [{ doubtful: true }, 'doubtful'],
  ])('with %o is %s', (more, standing) =>
    expect(standingOf({ ...GOOD, ...more }, '2024-06-01')).toBe(standing),
  )

  it.each(['国发〔2023〕5号', '国发[2023]5号', '国发（2023）5 号'])(
    'of number %s is doubtful',
    (documentNumber) =>
      expect(doubtAbout({ title: '意见', documentNumber }, doubtsOf(LAW, '2026-01-01'))).toContain('2019'),
  )

  it('of another number is not', () =>
    expect(
      doubtAbout({ title: '意见', documentNumber: '国发〔2019〕5号' }, doubtsOf(LAW, '2026-01-01')),
    ).toBeUndefined())
})

describe('an item', () => {
  it.each([
    [{}, [GOOD], undefined],
    [{ state: 'draft' }, [GOOD], 'item.not_in_force'],
    [{ effectiveFrom: '2025-01-01' }, [GOOD], 'item.not_yet'],
    [{ effectiveUntil: '2024-02-01' }, [GOOD], 'item.ended'],
    [{}, [], 'item.basis_needed'],
    [{}, [{ ...GOOD, doubtful: true }], 'item.basis_doubtful'],
    [{}, [{ ...GOOD, doubtful: true }, GOOD], undefined],
  ])('with %o on %o is used unless %s', (more, citations, code) =>
    expect(whyNotUse({ ...ITEM, ...more }, citations, '2024-06-01')?.code).toBe(code),
  )

  it('keeps to the floor that binds 濮阳县 in 2023, and cites it', () => {
    const at = (on: string, ratioCap: number) =>
      whyNotComplete({ ...ITEM, ratioCap }, [GOOD], { law: LAW, place: { division: '410928', on } })
    expect(at('2023-06-01', 499)).toMatchObject({ code: 'item.ratio_below_law', law: 'plans.ratio_floor' })
    expect(at('2023-06-01', 500)).toBeUndefined()
    expect(at('2024-06-01', 499)).toBeUndefined()
  })

  it('has a cap, or none, by its tier where the document of the place wants it so, and cites it', () => {
    const whyNot = (division: string, more: object) =>
      whyNotComplete({ ...ITEM, ...more }, [GOOD], { law: LAW, place: { division, on: '2024-06-01' } })
    const [open, capped] = [{ ratioCap: null }, { tier: 'PRIORITY', ratioCap: 500 }]
    expect(whyNot('410928', open)).toEqual({
      code: 'item.cap_needed',
      law: 'plans.general_item_cap_required',
    })
    expect(whyNot('410928', capped)).toEqual({
      code: 'item.cap_on_priority',
      law: 'plans.priority_item_uncapped',
    })
    expect([whyNot('652700', open), whyNot('652700', capped)]).toEqual([undefined, undefined])
  })

  it('gives way to its successor the day before, and never before it began', () => {
    expect(lastDayBefore('2024-03-01', '2024-01-01')).toBe('2024-02-29')
    expect(lastDayBefore('2024-03-01', '2024-03-01')).toBe('2024-03-01')
  })
})

describe('what is owed upward', () => {
  it('is due on the day that the place names, in the year it binds', () => {
    const key = 'registers.operating_rules_dates'
    expect(dueInYear(LAW, key, { division: '410928', on: '2023-04-01' })).toBe('2023-06-30')
    expect(dueInYear(LAW, key, { division: '410928', on: '2023-08-01' })).toBe('2023-06-30')
    expect(dueInYear(LAW, key, { division: '990101', on: '2024-08-01' })).toBeUndefined()
    expect(isLate('2023-07-01', '2023-06-30')).toBe(true)
    expect(isLate('2023-06-30', '2023-06-30')).toBe(false)
    expect(isLate('2023-07-01', null)).toBe(false)
  })
})

describe('checklists', () => {
  const point = (no: string, text: string) => ({ no, text })

  it('of the day are the last that has begun', () => {
    const versions = [1, 2, 3].map((number) => ({ number, effectiveFrom: `2024-0${number}-01` }))
    expect(checklistOn(versions, '2024-02-15')?.number).toBe(2)
    expect(checklistOn(versions, '2023-12-31')).toBeUndefined()
  })

  it('that are the same have no changes, and changes lead from one to the other', () => {
    const points = fc.uniqueArray(
      fc.record({ no: fc.stringMatching(/^[1-9]$/), text: fc.constantFrom('甲', '乙') }),
      {
        selector: ({ no }) => no,
      },
    )
    fc.assert(
      fc.property(points, points, (before, after) => {
        expect(changesBetween(before, before)).toEqual([])
        const rebuilt = new Map(before.map((one) => [one.no, one]))
        for (const { kind, no, after: now } of changesBetween(before, after))
          if (kind === 'removed') rebuilt.delete(no)
          else rebuilt.set(no, now as (typeof before)[number])
        const sorted = (list: readonly { no: string }[]) => list.toSorted((a, b) => a.no.localeCompare(b.no))
        expect(sorted([...rebuilt.values()])).toEqual(sorted(after))
      }),
    )
    expect(changesBetween([point('1', '甲')], [point('1', '乙')])).toMatchObject([{ kind: 'changed' }])
  })
})

describe('a file', () => {
  const zip = (...parts: readonly string[]) => Buffer.from(`PK\u0003\u0004${parts.join('\0')}`)
  it.each([
    ['pdf', Buffer.from('%PDF-1.4')],
    ['docx', zip('[Content_Types].xml', 'word/document.xml')],
    ['ofd', zip('OFD.xml')],
    ['txt', Buffer.from('第一条')],
    ['txt', Buffer.from([0xb5, 0xda])],
    [undefined, zip('a.exe')],
    [undefined, Buffer.from('MZ\0\u0001')],
  ])('is %s by what it holds', (format, bytes) => expect(formatOf(bytes)).toBe(format))

  it('with a program in it is refused', () =>
    expect(whyNotFile(zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'))).toMatchObject({
      code: 'document.macros',
    }))
})

describe('a row of an office’s table', () => {
  const read = (more: Record<string, string>) =>
    readItemRow(
      { 编号: '1', 抽查事项名称: '示例检查', 抽查对象: '示例单位', 抽查依据: '《示例法》第一条', ...more },
      doubtsOf(LAW, '2026-01-01'),
    )

  it.each([
    ['5%', null, 500, null],
    ['不超过5%/年', null, 500, null],
    ['不低于3%，不超过5%', 300, 500, null],
    ['抽查比例不少于2‰', 20, null, null],
    ['根据实际需要，一般不超过 10%/年', null, 1000, '根据实际需要，一般不超过 10%/年'],
    ['根据实际情况确定', null, null, '根据实际情况确定'],
    ['20%（其中重点不低于8%）', null, null, '20%（其中重点不低于8%）'],
  ])('says of the ratio %s: floor %s, cap %s', (text, ratioFloor, ratioCap, ratioNote) =>
    expect(read({ 抽查比例: text }).item).toMatchObject({ ratioFloor, ratioCap, ratioNote }),
  )

  it('cites instruments with numbers and articles', () => {
    const { item } = read({
      抽查依据:
        '《示例安全法》第一百零九条、《示例规程（试行）的通知》（示监〔2015〕25号）；《省示例条例》第三条',
    })
    expect(item?.bases).toMatchObject([
      { title: '示例安全法', article: '第一百零九条', level: 'law' },
      { title: '示例规程（试行）的通知', documentNumber: '示监〔2015〕25号', article: null },
      { title: '省示例条例', article: '第三条' },
    ])
  })

  it('is told of what a person must look at, and is no item without its name', () => {
    const { item, defects } = read({
      抽查依据: '《关于示例的意见》（国发〔2023〕5号）',
      抽查方式: '综合判断',
    })
    expect(defects.map(({ code }) => code)).toEqual(['method_unknown', 'basis_doubtful'])
    expect(item?.bases[0]?.doubt).toContain('2019')
    const nameless = read({ 抽查事项名称: '' })
    expect(nameless.item).toBeUndefined()
    expect(nameless.defects).toContainEqual({ code: 'missing', column: '抽查事项名称', fatal: true })
  })

  it('never throws, whatever its cells hold', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('《', '》', '第一条', '5%', '不超过'),
    )
    fc.assert(
      fc.property(cell, cell, cell, (basis, ratio, method) => {
        read({ 抽查依据: basis, 抽查比例: ratio, 抽查方式: method })
      }),
    )
  })

  const table = projectPath(
    '../shared/data/03-shuangsuiji-zhejiang/items/zhejiang-36-items-2017-flattened.csv',
  )
  it.skipIf(!existsSync(table))('of a real table is an item, each with a number of its own', () => {
    const rows = csvRows(readFileSync(table, 'utf8'))
    const results = rows.map((row) => readItemRow(row))
    expect(results).toHaveLength(75)
    const items = results.flatMap(({ item }) => item ?? [])
    expect(items).toHaveLength(75)
    expect(new Set(numbered(items).map(({ code }) => code)).size).toBe(75)
    expect(items.filter(({ methods }) => methods.length > 0).length).toBeGreaterThan(60)
    expect(items.filter(({ bases }) => bases.length > 0).length).toBeGreaterThan(60)
    expect(
      items.filter(({ ratioFloor, ratioCap }) => ratioFloor !== null || ratioCap !== null).length,
    ).toBeGreaterThan(30)
  })
})

/** Cells without line breaks in them. */
function csvRows(text: string): Record<string, string>[] {
  const lines = text
    .replace('\ufeff', '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  const cells = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) =>
      (m[1] ?? m[2] ?? '').replaceAll('""', '"'),
    )
  const header = cells(lines[0]!)
  return lines.slice(1).map((line) => Object.fromEntries(cells(line).map((cell, at) => [header[at]!, cell])))
}
