// The tables of offices as files: CSV and workbooks, with titles above, with merged cells, damaged, too long.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { csvText } from '@sunlot/sheets'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inline, workbookOf } from '../../../sheets/test/files.ts'
import { formRows } from '../../src/plans/tables/export.rules.ts'
import { columnsOf, FORMS, titleOf } from '../../src/plans/tables/forms.rules.ts'
import { MOST_ROWS, readPlanTable } from '../../src/plans/tables/read-table.ts'
import { NAMES } from './tables-kit.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunlot-plan-tables-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const csv = (rows: readonly (readonly string[])[]): string => {
  const path = join(folder, `${++count}.csv`)
  writeFileSync(path, csvText(rows[0] ?? [], rows.slice(1)))
  return path
}
const xlsx = (rows: readonly (readonly string[])[]): string => {
  const path = join(folder, `${++count}.xlsx`)
  const cells = (row: readonly string[], at: number): string =>
    row.map((text, k) => (text === '' ? '' : inline(`${'ABCDEFGHIJKLMN'[k]}${at + 1}`, text))).join('')
  const sheetData = rows.map((row, at) => `<row r="${at + 1}">${cells(row, at)}</row>`).join('')
  writeFileSync(path, workbookOf({ sheetData }))
  return path
}

describe.each(FORMS)('a table of the form %s', (form) => {
  const plan = {
    kind: 'halfYear',
    year: 2020,
    half: 1,
    field: 'nonMarket',
    title: '青石县抽查计划',
    divisionName: '青石县',
  }
  const header = columnsOf(form).map(([title]) => title)
  const row = header.map((title) => `${title}之内容`)
  const [title] = formRows(titleOf(plan, form), form, [], NAMES)

  it.each(['CSV', 'XLSX'])('is read below its title, as %s', async (kind) => {
    const rows = [title ?? [], header, row]
    const table = await readPlanTable(kind === 'CSV' ? csv(rows) : xlsx(rows))
    expect(table.rows).toHaveLength(1)
    expect(table.unused).toEqual([])
    const fields = columnsOf(form).flatMap(([name, field]) =>
      field === 'ordinal' ? [] : [[field, `${name}之内容`]],
    )
    expect(table.rows[0]?.texts).toEqual(Object.fromEntries(fields))
  })
})

it('is read below several lines of title, a blank line and a line of the office', async () => {
  const rows = [
    ['附件1', '', ''],
    ['2020年度行政执法检查计划表', '', ''],
    ['填报单位：青石县示例局', '', '填报日期：2020年1月10日'],
    ['检查主体', '检查事项', '抽查比例/数量'],
    ['县示例局', '示例检查', '5%'],
    ['', '', ''],
  ]
  const table = await readPlanTable(xlsx(rows))
  expect(table.rows.map(({ texts }) => texts.items)).toEqual(['示例检查'])
})

it('says which columns it did not read', async () => {
  const table = await readPlanTable(
    csv([
      ['序号', '任务名称', '联系人'],
      ['1', '任务', '赵一'],
    ]),
  )
  expect(table.unused).toEqual(['联系人'])
})

it('is refused where nothing says what is inspected, and where it is too long', async () => {
  await expect(readPlanTable(csv([['姓名'], ['赵一']]))).rejects.toMatchObject({
    refusal: { code: 'planImport.no_column' },
  })
  const long = Array.from({ length: MOST_ROWS + 1 }, (_, k) => [`任务${k}`, '5%'])
  await expect(readPlanTable(csv([['任务名称', '抽查比例'], ...long]))).rejects.toMatchObject({
    refusal: { code: 'planImport.too_many_rows' },
  })
  const path = join(folder, 'not.csv')
  writeFileSync(path, Buffer.from('%PDF-1.7'))
  await expect(readPlanTable(path)).rejects.toMatchObject({ refusal: { code: 'sheet.not_a_table' } })
})
