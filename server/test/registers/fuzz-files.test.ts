// Damaged lists of subjects, on the way that an import reads them: each is refused in words, or each of its rows is taken
// or rejected, in bounded time, and what was lost before it came here is never taken in silence.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { creditCodeCheck } from '@sunlot/draw'
import { openTable, SheetError } from '@sunlot/sheets'
import ExcelJS from 'exceljs'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { hasSentence } from '../../src/platform/http/sentences.ts'
import { initialsOf } from '../../src/registers/pinyin.ts'
import { guessColumns } from '../../src/registers/imports/fields.rules.ts'
import { subjectReader, type SubjectRow } from '../../src/registers/imports/subject-row.rules.ts'
import { LAW } from '../support/app.ts'

const RUNS = process.env['SOAK'] === '1' ? 10_000 : 300
const LONGEST_MS = 10_000

const folder = mkdtempSync(join(tmpdir(), 'sunlot-fuzz-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HEADER = [
  '企业名称',
  '统一社会信用代码',
  '注册日期',
  '企业类型',
  '法人代表',
  '经营范围',
  '注册地址',
  '联系电话',
]
const LINES = Array.from({ length: 30 }, (_, n) => {
  const first = `91990101MA${String(n).padStart(7, '0')}`
  return [
    `青石县第${n}店`,
    first + creditCodeCheck(first),
    '2019-03-01',
    '有限责任公司',
    '示例',
    '食品,"销售"\n零售',
    '青石县城关镇1号',
    '',
  ]
})
const CSV = [HEADER, ...LINES]
  .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
  .join('\r\n')
const book = new ExcelJS.Workbook()
book.addWorksheet('名录').addRows([HEADER, ...LINES])
const XLSX = Buffer.from(await book.xlsx.writeBuffer())
const SOUND: readonly (readonly [string, Buffer])[] = [
  ['.csv', Buffer.from(CSV)],
  ['.csv', Buffer.from(`\ufeff${CSV}`, 'utf16le')],
  ['.xlsx', XLSX],
]

/** Where, and what is done there: bytes changed, cut out, doubled, or the file cut off. */
const damage = fc.record({
  file: fc.nat({ max: SOUND.length - 1 }),
  blows: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      kind: fc.constantFrom('byte', 'nul', 'cut', 'double', 'end', 'quote', 'lost', 'bom', 'comma'),
      value: fc.integer({ min: 0, max: 255 }),
      length: fc.integer({ min: 1, max: 400 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
})

function damaged({
  file,
  blows,
}: {
  file: number
  blows: readonly { at: number; kind: string; value: number; length: number }[]
}) {
  const [extension, sound] = SOUND[file]!
  let bytes: Buffer = Buffer.from(sound)
  for (const { at, kind, value, length } of blows) {
    const place = Math.min(bytes.length - 1, Math.floor(at * bytes.length))
    const insert = (text: Buffer): Buffer =>
      Buffer.concat([bytes.subarray(0, place), text, bytes.subarray(place)])
    if (bytes.length < 2) break
    if (kind === 'byte') bytes[place] = value
    if (kind === 'nul') bytes.fill(0, place, Math.min(bytes.length, place + length))
    if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + length)])
    if (kind === 'double') bytes = insert(bytes.subarray(place, place + length))
    if (kind === 'end') bytes = bytes.subarray(0, place)
    if (kind === 'quote') bytes = insert(Buffer.from('"'))
    if (kind === 'lost') bytes = insert(Buffer.from('\ufffd'))
    if (kind === 'bom') bytes = insert(Buffer.from('\ufeff'))
    if (kind === 'comma') bytes = insert(Buffer.from(','))
  }
  return { extension, bytes }
}

async function read(path: string): Promise<readonly SubjectRow[]> {
  const table = await openTable(path)
  const judge = subjectReader(
    {
      columns: guessColumns('subject', table.header),
      header: table.header,
      division: 'stated',
      divisionCode: '990101',
      issueCodes: false,
      authorityId: '00000000-0000-7000-8000-000000000000',
    },
    { divisions: LAW.divisions, industries: LAW.industries, initialsOf },
  )
  const rows: SubjectRow[] = []
  for await (const batch of table.rows()) rows.push(...batch.rows.map((row) => judge(row)))
  return rows
}

test('every damaged file is refused, or each of its rows is taken or rejected with a reason', async () => {
  let n = 0
  const check = async (how: Parameters<typeof damaged>[0]) => {
    const { extension, bytes } = damaged(how)
    const path = join(folder, `${++n % 50}${extension}`)
    writeFileSync(path, bytes)
    const from = Date.now()
    try {
      for (const { rejected, reasons, fields, name, code } of await read(path)) {
        for (const reason of reasons) expect(hasSentence(`import.row.${reason.code}`), reason.code).toBe(true)
        if (rejected) expect(reasons.length).toBeGreaterThan(0)
        else {
          expect(code).toMatch(/^[0-9A-Za-z._:-]{1,55}$/)
          expect(name).not.toBe('')
          // oxlint-disable-next-line no-control-regex -- what must not have come through
          expect(JSON.stringify(fields)).not.toMatch(/\ufffd|\\u0000|[\u0000-\u001f]/)
        }
      }
    } catch (error) {
      expect(error).toBeInstanceOf(SheetError)
    }
    expect(Date.now() - from).toBeLessThan(LONGEST_MS)
  }
  await fc.assert(fc.asyncProperty(damage, check), { numRuns: RUNS })
}, 3_600_000)
