import { Workbook } from 'exceljs'
import { strToU8, zipSync } from 'fflate'
import { readFileSync, writeFileSync } from 'node:fs'
import { streamXlsxRows, writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import * as XLSX from '@e965/xlsx'
import { defectsOf, fileOf, freePath, inline, readAll, refusalOf, workbookOf } from './files.ts'

const HEADER = ['名称', '统一社会信用代码', '成立日期', '户数', '备注']
const ROWS = [
  ['青石甲店', '91330100MA00000A1X', new Date(Date.UTC(2019, 1, 28)), 12, '<&>"\''],
  ['乙𠮷店', '013301000000001', new Date(Date.UTC(2020, 0, 1, 8, 30)), 0.1, ' 前后有空格 '],
  ['丙店', '', new Date(Date.UTC(1999, 11, 31)), 330_100_000_000_001, '两\n行'],
] as const
const READ = [
  ['青石甲店', '91330100MA00000A1X', '2019-02-28', '12', '<&>"\''],
  ['乙𠮷店', '013301000000001', '2020-01-01T08:30:00', '0.1', ' 前后有空格 '],
  ['丙店', '', '1999-12-31', '330100000000001', '两\n行'],
]

async function exceljsFile(): Promise<string> {
  const book = new Workbook()
  const sheet = book.addWorksheet('名单')
  sheet.addRow(HEADER)
  for (const row of ROWS) sheet.addRow([...row]).getCell(3).numFmt = 'yyyy-mm-dd hh:mm'
  const path = freePath('.xlsx')
  await book.xlsx.writeFile(path)
  return path
}

async function hucreFile(): Promise<string> {
  const path = freePath('.xlsx')
  const rows = [HEADER, ...ROWS.map((row) => [...row])]
  writeFileSync(path, await writeXlsx({ sheets: [{ name: '名单', rows }] }))
  return path
}

function sheetJsFile(bookType: 'biff8' | 'xlsx'): string {
  const sheet = XLSX.utils.aoa_to_sheet([HEADER, ...ROWS.map((row) => [...row])], {
    UTC: true,
    dateNF: 'yyyy-mm-dd hh:mm',
  })
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheet, '名单')
  return fileOf(
    XLSX.write(book, { type: 'buffer', bookType }) as Uint8Array,
    bookType === 'xlsx' ? '.xlsx' : '.xls',
  )
}

describe('a sound workbook', () => {
  test.each([
    ['exceljs', 'xlsx', exceljsFile],
    ['hucre', 'xlsx', hucreFile],
    ['SheetJS', 'xlsx', () => Promise.resolve(sheetJsFile('xlsx'))],
    ['SheetJS, old format', 'xls', () => Promise.resolve(sheetJsFile('biff8'))],
  ] as const)('written by %s', async (_, kind, write) => {
    const { table, rows } = await readAll(await write())
    expect(table.source).toMatchObject({ kind, sheet: '名单', sheets: ['名单'], headerRow: 1 })
    expect(table.header).toEqual(HEADER)
    expect(rows.map(({ cells }) => cells)).toEqual(READ)
    expect(rows.map(({ number }) => number)).toEqual([2, 3, 4])
    expect(rows.every(({ defects }) => defects === undefined)).toBe(true)
  })

  test('read by hucre and by us gives the same texts', async () => {
    const path = await exceljsFile()
    const theirs: unknown[] = []
    for await (const { values } of streamXlsxRows(readFileSync(path)))
      theirs.push(values[0], values[1] ?? '', values[4])
    const { table, rows } = await readAll(path)
    const ours = [table.header, ...rows.map(({ cells }) => cells)].flatMap((cells) => [
      cells[0],
      cells[1],
      cells[4],
    ])
    expect(ours).toEqual(theirs)
  })

  test('chooses the first sheet that is not hidden, or the named one', async () => {
    const book = new Workbook()
    book.addWorksheet('暗', { state: 'hidden' }).addRow(['甲'])
    book.addWorksheet('明').addRow(['乙'])
    const path = freePath('.xlsx')
    await book.xlsx.writeFile(path)
    expect((await readAll(path)).table).toMatchObject({
      header: ['乙'],
      source: { sheet: '明', sheets: ['暗', '明'] },
    })
    expect((await readAll(path, { sheet: '暗' })).table.header).toEqual(['甲'])
    const refusal = await refusalOf(path, { sheet: '无' })
    expect(refusal).toMatchObject({ code: 'sheet-missing', params: { name: '无', sheets: ['暗', '明'] } })
  })

  test('with a title and a merged header of two rows', async () => {
    const book = new Workbook()
    const sheet = book.addWorksheet('a')
    sheet.addRows([['青石县名单'], ['名称', '登记', '', '状态'], ['', '代码', '日期'], ['甲', '1', '2', '3']])
    for (const range of ['A1:D1', 'A2:A3', 'B2:C2', 'D2:D3']) sheet.mergeCells(range)
    const path = freePath('.xlsx')
    await book.xlsx.writeFile(path)
    expect((await refusalOf(path)).params).toMatchObject({ reason: 'title' })
    const { table, rows } = await readAll(path, { headerRow: 3 })
    expect(table.header).toEqual(['名称', '代码', '日期', '状态'])
    expect(rows).toEqual([{ number: 4, cells: ['甲', '1', '2', '3'] }])
  })
})

describe('cells', () => {
  const styles =
    '<numFmts><numFmt numFmtId="200" formatCode="000000"/><numFmt numFmtId="201" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="202" formatCode="[h]:mm"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/><xf numFmtId="201"/><xf numFmtId="202"/><xf numFmtId="21"/><xf numFmtId="31"/></cellXfs>'

  test.each([
    ['<c r="A2"><v>9.1330100123456794E17</v></c>', '913301001234568000', ['precision']],
    ['<c r="A2"><v>913301001234567891</v></c>', '913301001234567891', ['precision']],
    ['<c r="A2"><v>330100000000001</v></c>', '330100000000001', []],
    ['<c r="A2"><v>0.30000000000000004</v></c>', '0.3', []],
    ['<c r="A2"><v>1E-7</v></c>', '0.0000001', []],
    ['<c r="A2" s="1"><v>110</v></c>', '000110', []],
    ['<c r="A2" s="2"><v>43831</v></c>', '2020-01-01', []],
    ['<c r="A2" s="5"><v>1</v></c>', '1900-01-01', []],
    ['<c r="A2" s="2"><v>60</v></c>', '60', ['date']],
    ['<c r="A2" s="2"><v>99999999</v></c>', '99999999', ['date']],
    ['<c r="A2" s="3"><v>1.5</v></c>', '36:00:00', []],
    ['<c r="A2" s="4"><v>0.5</v></c>', '12:00:00', []],
    ['<c r="A2" t="d"><v>2020-01-01T00:00:00</v></c>', '2020-01-01', []],
    ['<c r="A2" t="b"><v>1</v></c>', 'TRUE', []],
    ['<c r="A2" t="e"><v>#N/A</v></c>', '#N/A', ['formula-error']],
    ['<c r="A2" t="str"><f>A1&amp;"x"</f><v>甲x</v></c>', '甲x', []],
    ['<c r="A2"><f>SUM(B1)</f></c>', undefined, ['formula-uncached']],
    ['<c r="A2" t="s"><v>1</v></c>', '甲店', []],
    [inline('A2', 'a_x000D_b_x005F_x0041_ &#x20BB7;'), 'a\rb_x0041_ 𠮷', []],
    [inline('A2', '<![CDATA[a</c>b]]>'), 'a</c>b', []],
    [inline('A2', '丙\ufffd'), '丙\ufffd', ['replacement']],
    [inline('A2', '甲_x0000_'), '甲\u0000', ['control:U+0000']],
    [inline('A2', '甲&#xD800;'), '甲\ud800', ['control:U+D800']],
    [
      '<c r="A2" t="inlineStr"><is><r><t>甲</t></r><r><t>店</t></r><rPh><t>jia</t></rPh></is></c>',
      '甲店',
      [],
    ],
  ])('%s', async (cell, text, defects) => {
    const sharedStrings =
      '<si><t>无</t></si><si><r><t>甲</t></r><r><t>店</t></r><rPh><t>jiadian</t></rPh></si>'
    const sheetData = `<row r="1">${inline('A1', '名')}</row><row r="2">${cell}</row>`
    const { rows } = await readAll(fileOf(workbookOf({ sheetData, styles, sharedStrings }), '.xlsx'))
    expect(rows[0]?.cells[0] ?? '').toBe(text ?? '')
    expect(defectsOf(rows[0])).toEqual(defects)
  })

  test('without references, and with a namespace prefix', async () => {
    const { table, rows } = await readAll(
      fileOf(workbookOf({ sheetData: prefixedRow('名', '码') + prefixedRow('甲', '1') }), '.xlsx'),
    )
    expect(table.header).toEqual(['名', '码'])
    expect(rows[0]?.cells).toEqual(['甲', '1'])
  })

  test('at the sheet’s last column cost no more than others', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => {
      const far = index % 1000 === 7 ? inline(`XFD${index + 2}`, '远') : `<c r="XFD${index + 2}" s="1"/>`
      return `<row r="${index + 2}">${inline(`A${index + 2}`, `店${index}`)}${far}</row>`
    })
    const sheetData = `<row r="1">${inline('A1', '名称')}${inline('B1', '备注')}</row>${rows.join('')}`
    const path = fileOf(workbookOf({ sheetData }), '.xlsx')
    const before = process.memoryUsage.rss()
    const whole = await readAll(path)
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000)
    expect(whole.rows.length).toBe(20_000)
    expect(whole.rows[7]).toEqual({
      number: 9,
      cells: ['店7', '', '远'],
      defects: [{ code: 'width', column: 16_384, expected: 2, found: 16_384 }],
    })
    const header = workbookOf({
      sheetData: `<row r="1">${inline('A1', '名称')}${inline('XFD1', '远')}</row>`,
    })
    expect((await refusalOf(fileOf(header, '.xlsx'))).code).toBe('too-large')
  })
})

describe('a workbook that cannot be read is refused', () => {
  const sound = workbookOf({
    sheetData: `<row r="1">${inline('A1', '名')}</row><row r="2">${inline('A2', '甲')}</row>`,
  })

  test.each([
    ['zip-truncated', () => sound.subarray(0, sound.length - 100)],
    ['zip-truncated', () => sound.subarray(0, 40)],
    ['empty', () => workbookOf({ sheetData: '' })],
    ['workbook-damaged', () => afterHeader('<row r="2"><c r="A2" t="s"><v>5</v></c></row>')],
    ['workbook-damaged', () => afterHeader('<row r="1"/>')],
    ['workbook-damaged', () => afterHeader('<row r="2"><c r="B2"/><c r="A2"/></row>')],
    ['workbook-damaged', () => afterHeader('<row r="1048577"/>')],
    ['workbook-damaged', () => afterHeader('<row r="2"><c r="XFE2"/></row>')],
    ['workbook-damaged', () => afterHeader('<row r="2"><c r="A2"><v>&lol;</v></c></row>')],
    ['workbook-damaged', () => afterHeader('</sheetData><row')],
    ['workbook-damaged', () => workbookOf({ sheetData: '', sheets: '<x/>' })],
    ['doctype', () => workbookOf({ sheetData: '', prologue: '<!DOCTYPE a [<!ENTITY lol "lol">]>' })],
    ['not-a-table', () => zipSync({ 'a.txt': strToU8('甲') })],
    ['not-a-table', () => zipSync({ 'word/document.xml': strToU8('<a/>') })],
    [
      'bad-bytes',
      () =>
        workbookOf({ sheetData: '', more: { 'xl/worksheets/sheet1.xml': Uint8Array.from([0x3c, 0xff]) } }),
    ],
  ])('%s', async (code, bytes) => {
    expect((await refusalOf(fileOf(bytes(), '.xlsx'))).code).toBe(code)
  })

  test('a changed byte in a part', async () => {
    const bytes = Uint8Array.from(workbookOf({ sheetData: afterHeader('').toString() }))
    const at = Buffer.from(bytes).indexOf('xl/worksheets/sheet1.xml') + 60
    bytes[at]! ^= 0xff
    expect(['zip-damaged', 'zip-truncated']).toContain((await refusalOf(fileOf(bytes, '.xlsx'))).code)
  })

  test('a password', async () => {
    const cfb = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ])
    expect((await refusalOf(fileOf(cfb, '.xlsx'))).code).toBe('encrypted')
  })

  test('an old workbook cut in the middle', async () => {
    const bytes = readFileSync(sheetJsFile('biff8'))
    expect((await refusalOf(fileOf(bytes.subarray(0, 2000), '.xls'))).code).toBe('workbook-damaged')
  })
})

describe('a bomb is refused early', () => {
  test('by its compression, its stated size, a lie about its size, its number of parts', async () => {
    const zeros = new Uint8Array(60_000_000).fill(32)
    const bomb = workbookOf({ sheetData: '', more: { 'xl/worksheets/sheet1.xml': zeros } })
    const start = performance.now()
    expect((await refusalOf(fileOf(bomb, '.xlsx'))).params).toMatchObject({ limit: '100 to 1' })
    expect(performance.now() - start).toBeLessThan(1000)
    const limits = { inflatedBytes: 1_000_000 }
    expect((await refusalOf(fileOf(bomb, '.xlsx'), { limits })).code).toBe('too-large')
    const lie = Buffer.from(bomb)
    const stated = Buffer.alloc(4)
    stated.writeUInt32LE(zeros.length)
    for (let at = lie.indexOf(stated); at >= 0; at = lie.indexOf(stated, at + 1)) lie.writeUInt32LE(1000, at)
    expect((await refusalOf(fileOf(lie, '.xlsx'), { limits })).code).toBe('zip-damaged')
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${index}`, strToU8('a')]))
    expect((await refusalOf(fileOf(zipSync(many), '.xlsx'))).code).toBe('too-large')
  })

  test('a workbook over the size limit', async () => {
    const path = await exceljsFile()
    const refusal = await refusalOf(path, { limits: { workbookBytes: 1000 } })
    expect(refusal).toMatchObject({ code: 'too-large', params: { limit: '1000 bytes' } })
  })
})

function prefixedRow(...cells: readonly string[]): string {
  return `<x:row>${cells.map((one) => `<x:c t="inlineStr"><x:is><x:t>${one}</x:t></x:is></x:c>`).join('')}</x:row>`
}

function afterHeader(rest: string): Uint8Array {
  return workbookOf({ sheetData: `<row r="1">${inline('A1', '名')}</row>${rest}` })
}
