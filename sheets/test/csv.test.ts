import { chmodSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { columnOf, canonicalRow, detach, columnLetters } from '../src/index.ts'
import { defectsOf, fileOf, freePath, readAll, refusalOf, testFolder } from './files.ts'

const HEADER = '名称,代码,区'

describe('a sound CSV file', () => {
  test('gives header, numbers, lines and cells, whatever the line ends', async () => {
    const { table, rows, blank } = await readAll(
      fileOf(`${HEADER}\r\n青石甲店,A1,东\n"乙,店",A2,"西\n区"\r丙店,A3,""\r\n,,\n\n"说""好""店",A4,北`),
    )
    expect(table.header).toEqual(['名称', '代码', '区'])
    expect(table.source).toMatchObject({ kind: 'csv', encoding: 'utf-8', delimiter: ',', headerRow: 1 })
    expect(rows).toEqual([
      { number: 2, line: 2, cells: ['青石甲店', 'A1', '东'] },
      { number: 3, line: 3, cells: ['乙,店', 'A2', '西\n区'] },
      { number: 4, line: 5, cells: ['丙店', 'A3', ''] },
      { number: 7, line: 8, cells: ['说"好"店', 'A4', '北'] },
    ])
    expect(blank).toBe(2)
  })

  test('may be read more than once', async () => {
    const { table } = await readAll(fileOf(`${HEADER}\n甲,1,东\n`))
    for (let pass = 0; pass < 2; pass++) {
      let rows = 0
      for await (const batch of table.rows()) rows += batch.rows.length
      expect(rows).toBe(1)
    }
  })

  test.each([
    [',', '名称,代码;旧\n甲,1\n乙,2\n'],
    [';', '名称;代码,旧\n甲;1,5\n乙;2\n'],
    ['\t', '名称\t代码\n甲,店\t1\n乙\t2\n'],
    [';', 'sep=;\n名称;代码\n甲;1\n'],
    [',', '名称\n甲\n'],
  ])('has its delimiter %j found', async (delimiter, text) => {
    const { table } = await readAll(fileOf(text))
    expect(table.source.delimiter).toBe(delimiter)
    expect(table.header[0]).toBe('名称')
  })

  test('may have its header in any row, or none', async () => {
    const path = fileOf('青石县名单,,\n\n名称,代码,区\n甲,1,东\n')
    expect((await refusalOf(path)).params).toMatchObject({ reason: 'title', next: 3 })
    const { table, rows } = await readAll(path, { headerRow: 3 })
    expect(table.header).toEqual(['名称', '代码', '区'])
    expect(rows.map(({ number }) => number)).toEqual([4])
    const bare = await readAll(fileOf('甲,1\n乙,2\n'), { headerRow: 0 })
    expect(bare.table.header).toEqual(['A', 'B'])
    expect(bare.rows.length).toBe(2)
  })
})

describe('a damaged CSV row is kept and marked', () => {
  test('wrong width', async () => {
    const { rows } = await readAll(fileOf(`${HEADER}\n甲,1\n乙,1,000,东\n丙,3,西\n`))
    expect(rows[0]).toEqual({
      number: 2,
      line: 2,
      cells: ['甲', '1'],
      defects: [{ code: 'width', expected: 3, found: 2 }],
    })
    expect(rows[1]?.defects).toEqual([{ code: 'width', expected: 3, found: 4 }])
    expect(rows[2]?.defects).toBeUndefined()
  })

  test('a stray opening quote does not swallow what follows', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `店${index},${index},"东"`)
    lines[10] = '店10,"10,"东"'
    lines[20] = '"店20,20,东'
    lines[30] = '店30,30,"东"区'
    const { rows } = await readAll(fileOf(`${HEADER}\n${lines.join('\n')}\n`))
    expect(rows.length).toBe(5000)
    const marked = rows.filter(({ defects }) => defects)
    expect(marked.map(({ number }) => number)).toEqual([12, 22, 32])
    expect(marked.every((row) => row.defects?.some(({ code }) => code === 'quote'))).toBe(true)
    expect(rows[4999]).toEqual({ number: 5001, line: 5001, cells: ['店4999', '4999', '东'] })
  })

  test('an opening quote that never closes', async () => {
    const { rows } = await readAll(fileOf(`${HEADER}\n"甲,1,东\n乙,2,西\n丙,3,北\n`))
    expect(rows.map(defectsOf)).toEqual([['quote:unterminated'], [], []])
    expect(rows.map(({ number }) => number)).toEqual([2, 3, 4])
  })

  test('a quoted cell that holds whole rows', async () => {
    const { rows } = await readAll(fileOf(`${HEADER}\n甲,1,"东\n乙,2,西\n丙,"3",北\n丁,4,南\n`))
    expect(rows.map(({ cells }) => cells[0])).toEqual(['甲', '乙', '丙', '丁'])
    expect(defectsOf(rows[0]).some((one) => one.startsWith('quote'))).toBe(true)
    const wide = await readAll(fileOf('a,b,c,d\n1,2,3,"x\n1,2,3,4\ny"\n'))
    expect(wide.rows.map(defectsOf)).toEqual([['quote:swallowed']])
  })

  test('quotes inside a cell', async () => {
    const { rows } = await readAll(fileOf(`${HEADER}\n甲"连锁"店,1,东\n="001",2,西\n`))
    expect(rows.map(({ cells }) => cells[0])).toEqual(['甲"连锁"店', '="001"'])
    expect(rows.map(defectsOf)).toEqual([['quote:stray'], ['quote:stray']])
  })

  test('NUL, control characters, U+FFFD, a mark in the middle', async () => {
    const { rows } = await readAll(
      fileOf(`${HEADER}\n\u0000\u0000甲,1,东\n乙,2\u001f,西\n丙\ufffd,3,北\n\ufeff丁,4,南\n戊,5,东\n`),
    )
    expect(rows.map(defectsOf)).toEqual([
      ['control:U+0000'],
      ['control:U+001F'],
      ['replacement'],
      ['bom'],
      [],
    ])
    expect(rows[1]?.defects?.[0]?.column).toBe(2)
  })

  test('a file cut in the middle of a row', async () => {
    const cut = await readAll(fileOf(`${HEADER}\n甲,1,东\n乙,2`))
    expect(defectsOf(cut.rows[1])).toEqual(['width', 'cut'])
    const inQuotes = await readAll(fileOf(`${HEADER}\n甲,1,东\n乙,2,"西`))
    expect(defectsOf(inQuotes.rows[1])).toEqual(['cut', 'quote:unterminated'])
  })
})

describe('a CSV file that cannot be read is refused with its place', () => {
  test.each([
    ['not-found', () => freePath('.csv')],
    ['is-folder', testFolder],
    ['empty', () => fileOf('')],
    ['empty', () => fileOf('\n\r\n,,\n')],
    ['header-missing', () => fileOf('甲店,91330100MA00000A1X,东\n乙店,91330100MA00000A2X,西\n')],
    ['header-damaged', () => fileOf('名\ufffd,代码\n甲,1\n')],
    ['header-damaged', () => fileOf('"名称,代码\n甲,1\n')],
    ['not-a-table', () => fileOf('<html><table><tr><td>甲</td></tr></table></html>', '.xls')],
    ['not-a-table', () => fileOf('%PDF-1.7\n')],
    ['text-named-as-workbook', () => fileOf('名称,代码\n甲,1\n', '.xlsx')],
  ])('%s', async (code, path) => {
    const refusal = await refusalOf(path())
    expect(refusal.code).toBe(code)
    expect(refusal.message.length).toBeGreaterThan(40)
  })

  test.skipIf(process.getuid?.() === 0)('no permission', async () => {
    const path = fileOf('a,b\n')
    chmodSync(path, 0)
    expect((await refusalOf(path)).code).toBe('no-permission')
  })

  test('the header row that was stated is blank', async () => {
    const refusal = await refusalOf(fileOf('甲,1\n\n乙,2\n'), { headerRow: 2 })
    expect(refusal).toMatchObject({ code: 'header-missing', row: 2, params: { reason: 'blank' } })
  })

  test('a line without an end', async () => {
    const refusal = await refusalOf(fileOf(`名称,代码\n甲,1\n${'长'.repeat(3_000_000)}`))
    expect(refusal).toMatchObject({ code: 'too-large', row: 3 })
  })

  test('too many rows, too many columns', async () => {
    const path = fileOf(`${HEADER}\n${'甲,1,东\n'.repeat(50)}`)
    expect((await refusalOf(path, { limits: { rows: 20 } })).code).toBe('too-large')
    expect((await refusalOf(path, { limits: { columns: 2 } })).code).toBe('too-large')
  })
})

describe('columns', () => {
  test('are found by their exact name', async () => {
    const { table } = await readAll(fileOf('名称, 统一社会信用代码,区,区\n甲,1,东,西\n'))
    expect(columnOf(table, '名称')).toBe(0)
    expect(() => columnOf(table, '统一社会信用代码')).toThrow(/closest is " 统一社会信用代码"/)
    expect(() => columnOf(table, '区')).toThrow(/"3", "4" are all named "区"/)
    expect(() => columnOf(table, '无')).toThrow(/there is no column "无"/)
  })

  test('have letters', () => {
    expect([1, 26, 27, 702, 703, 16_384].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD'])
  })
})

test('a row has one canonical text, and a cell can be kept', () => {
  expect(canonicalRow(['甲', '', '1'])).toBe('甲\u001f\u001f1')
  expect(detach('𠮷甲')).toBe('𠮷甲')
})
