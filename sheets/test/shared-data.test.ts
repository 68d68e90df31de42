// Real files, read where they are; nothing of them is copied here.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as XLSX from '@e965/xlsx'
import { canonicalRow, SheetError, type Row } from '../src/index.ts'
import { defectsOf, fileOf, readAll, refusalOf } from './files.ts'

const DATA = join(import.meta.dirname, '../../../shared/data')
const at = (...names: string[]): string => join(DATA, ...names)

function tally(rows: readonly Row[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) for (const one of new Set(defectsOf(row))) counts[one] = (counts[one] ?? 0) + 1
  return counts
}

function texts(rows: readonly Row[]): string[] {
  return rows.map(({ cells }) => canonicalRow(cells))
}

describe.skipIf(!existsSync(at('11-encodings/dev')))('encodings', () => {
  test('the same rows as UTF-8 and as GB18030', async () => {
    const name = at('11-encodings/dev/register-rows-with-private-use-characters')
    const utf8 = await readAll(`${name}.csv`)
    const gb = await readAll(`${name}.gb18030.csv`)
    expect(gb.table.source.encoding).toBe('gb18030')
    expect(gb.rows.length).toBe(212)
    // The code A3 A0 is U+E5E5 in the standard and U+3000 for every WHATWG decoder, Node's among them.
    expect(texts(gb.rows)).toEqual(texts(utf8.rows).map((text) => text.replaceAll('\ue5e5', '\u3000')))
  })

  test.each([
    ['2019-浙江.gb18030.crlf.csv', 'gb18030', ',', 4536],
    ['2019-西藏.utf8-bom.crlf.csv', 'utf-8', ',', 2232],
    ['2019-贵州.utf16le-bom.tab.txt', 'utf-16le', '\t', 4401],
  ] as const)('%s is read as its UTF-8 copy is', async (name, encoding, delimiter, count) => {
    const path = at('11-encodings/dev', name)
    const { table, rows } = await readAll(path)
    expect(table.source).toMatchObject({ encoding, delimiter })
    expect(rows.length).toBe(count)
    expect(tally(rows)).toEqual({})
    const copy = fileOf(new TextDecoder(encoding, { fatal: true }).decode(readFileSync(path)))
    expect((await readAll(copy)).rows).toEqual(rows)
  })
})

describe.skipIf(!existsSync(at('02-register-messy')))('damaged registers', () => {
  test.each([
    ['csv-broken-quotes/1992-浙江.csv', 2386, { 'quote:stray': 2 }],
    ['csv-broken-quotes/2012-辽宁.csv', 10_251, { 'quote:stray': 1, width: 5 }],
    ['csv-crlf-nul/1998-湖北.csv', 2159, { 'control:U+0000': 1 }],
    ['csv-mojibake-shifted/上海.csv', 4356, { replacement: 38, width: 3 }],
    ['csv-mojibake-shifted/西藏.csv', 59, { replacement: 2 }],
    ['2000-江苏-458-old-15-digit-regnos.csv', 10_094, {}],
    ['xls-biff8/1985-浙江.xls', 583, {}],
  ])('%s', async (name, count, found) => {
    const { table, rows } = await readAll(at('02-register-messy', name))
    expect(table.header.length).toBe(10)
    expect(rows.length).toBe(count)
    expect(tally(rows)).toEqual(found)
  })
})

const TEMPLATES = at('03-shuangsuiji-zhejiang/import-templates')

describe.skipIf(!existsSync(TEMPLATES))('templates of a provincial system', () => {
  test.each([
    ['randomentinfo.xls', 'xlsx', 2, 2],
    ['randomscagent.xls', 'xlsx', 3, 21],
    ['favorable.xlsx', 'xlsx', 2, 13],
    ['spLibrary.xlsm', 'xlsx', 2, 12],
    ['xzcf.xls', 'xls', 2, 9],
  ])('%s is %s with its header in row %i', async (name, kind, headerRow, columns) => {
    const { table } = await readAll(join(TEMPLATES, name), { headerRow })
    expect(table.source.kind).toBe(kind)
    expect(table.header.length).toBe(columns)
  })

  test('a title is not taken for the header', async () => {
    const refusal = await refusalOf(join(TEMPLATES, 'favorable.xlsx'))
    expect(refusal).toMatchObject({ code: 'header-missing', params: { reason: 'title', next: 2 } })
  })

  test('a draw list saved as XML under the name of a workbook is named as such', async () => {
    const refusal = await refusalOf(at('03-shuangsuiji-zhejiang/draw-lists/check01-sccheck.xlsx'))
    expect(refusal).toMatchObject({ code: 'not-a-table', params: { found: 'an Excel 2003 XML file' } })
  })

  test('draw lists', async () => {
    const { rows } = await readAll(at('03-shuangsuiji-zhejiang/draw-lists/check02.xlsx'))
    expect(rows.length).toBe(2883)
    expect(tally(rows)).toEqual({})
  })
})

const FIXTURES = at('10-format-fixtures/easyexcel')

describe.skipIf(!existsSync(FIXTURES))('workbooks from bug reports', () => {
  const names = existsSync(FIXTURES)
    ? readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.(?:csv|xlsx?)$/.test(name),
      )
    : []

  test.each(names)('%s is read or refused', async (name) => {
    try {
      const { table } = await readAll(join(FIXTURES, name))
      expect(table.header.length).toBeGreaterThan(0)
    } catch (cause) {
      expect(cause).toBeInstanceOf(SheetError)
      expect(cause).toMatchObject({ code: 'header-missing' })
    }
  })

  test('old and new format of one workbook give the same dates and numbers', async () => {
    const old = await readAll(join(FIXTURES, 'dataformat/dataformat.xls'))
    const current = await readAll(join(FIXTURES, 'dataformat/dataformat.xlsx'))
    const differ = current.rows.filter(({ cells }, index) => {
      const before = old.rows[index]?.cells
      return cells[0] !== before?.[0] || cells[4] !== before?.[4]
    })
    // One cell has one of the built-in formats 32–36, which SheetJS drops.
    expect(differ.map(({ number }) => number)).toEqual([23])
    expect(current.rows.length).toBe(27)
  })

  test.each(names.filter((name) => name.endsWith('.xlsx')))(
    '%s: as many filled cells as SheetJS finds',
    async (name) => {
      const path = join(FIXTURES, name)
      const { table, rows } = await readAll(path, { headerRow: 0 })
      const book = XLSX.read(readFileSync(path), { dense: true })
      const theirs = (book.Sheets[table.source.sheet!]?.['!data'] ?? [])
        .flat()
        .filter((cell) => cell && cell.t !== 'z' && cell.v !== '')
      expect(rows.flatMap(({ cells }) => cells.filter((cell) => cell !== '')).length).toBe(theirs.length)
    },
  )
})
