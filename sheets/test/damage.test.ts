// Random damage: every file is read, or refused with a SheetError, in bounded time, and no text is replaced in silence.
import * as fc from 'fast-check'
import { parse } from 'papaparse'
import { describe, expect, test } from 'vitest'
import * as XLSX from '@e965/xlsx'
import { SheetError } from '../src/index.ts'
import { gb18030 } from './gb18030.ts'
import { fileOf, inline, readAll, workbookOf } from './files.ts'

const NUM_RUNS = Number(process.env['SUNLOT_FUZZ_RUNS'] ?? 300)
const TEXT = `名称,代码,备注\r\n${Array.from({ length: 40 }, (_, i) => `青石${i}店,"A${i}","一,""二""\n三"\r\n`).join('')}`

const sheetData = `<row r="1">${inline('A1', '名')}</row>${Array.from(
  { length: 30 },
  (_, i) => `<row r="${i + 2}">${inline(`A${i + 2}`, `店${i}`)}<c r="B${i + 2}" t="s"><v>0</v></c></row>`,
).join('')}`

const xls = XLSX.write(
  {
    SheetNames: ['a'],
    Sheets: {
      a: XLSX.utils.aoa_to_sheet([
        ['名', '码'],
        ['甲', 1],
      ]),
    },
  },
  { type: 'buffer', bookType: 'biff8' },
) as Uint8Array

const SOUND: readonly (readonly [string, Uint8Array])[] = [
  ['.csv', Buffer.from(TEXT)],
  ['.csv', gb18030(TEXT)],
  ['.csv', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['.csv', Buffer.from(TEXT, 'utf16le').swap16()],
  ['.xlsx', workbookOf({ sheetData, sharedStrings: '<si><t>甲</t></si>' })],
  ['.xls', xls],
]

type Damage = (bytes: Buffer) => Buffer

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
const at = (bytes: Buffer, where: number): number => Math.floor(bytes.length * where)
const splice = (bytes: Buffer, from: number, to: number, put: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(to)])

const nasty: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 8 }),
  fc
    .constantFrom('"', '\u0000', '\r', ',', '\ufeff', '\ufffd', '</c>', '<row>', '&#0;', '""', '"\n"')
    .map((one) => Buffer.from(one)),
)
const damage: fc.Arbitrary<Damage> = fc.oneof(
  place.map((where) => (bytes: Buffer) => bytes.subarray(0, at(bytes, where))),
  fc.tuple(place, nasty).map(
    ([where, put]) =>
      (bytes: Buffer) =>
        splice(bytes, at(bytes, where), at(bytes, where), put),
  ),
  fc.tuple(place, nasty).map(
    ([where, put]) =>
      (bytes: Buffer) =>
        splice(bytes, at(bytes, where), at(bytes, where) + put.length, put),
  ),
  fc.tuple(place, place).map(
    ([a, b]) =>
      (bytes: Buffer) =>
        splice(bytes, at(bytes, Math.min(a, b)), at(bytes, Math.max(a, b)), Buffer.alloc(0)),
  ),
)

describe('damaged files', () => {
  test('are read with marks or refused, never worse', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SOUND),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        async ([extension, sound], damages) => {
          const bytes = damages.reduce((whole, one) => one(whole), Buffer.from(sound) as Buffer)
          const start = performance.now()
          try {
            const { table, rows } = await readAll(fileOf(bytes, extension))
            expect(table.header.some((name) => name.includes('\ufffd'))).toBe(false)
            for (const { cells, defects = [] } of rows) {
              const marked = defects.some(({ code }) => code === 'replacement')
              expect(cells.some((cell) => cell.includes('\ufffd'))).toBe(marked)
              if (cells.length !== table.header.length)
                expect(defects.map(({ code }) => code)).toContain('width')
            }
          } catch (cause) {
            if (!(cause instanceof SheetError)) throw cause
          }
          expect(performance.now() - start).toBeLessThan(5000)
        },
      ),
      { numRuns: NUM_RUNS },
    )
  })

  test('of the XML inside a workbook, its container sound', async () => {
    const parts: readonly (readonly [string, string])[] = [
      ['xl/worksheets/sheet1.xml', `<worksheet><sheetData>${sheetData}</sheetData></worksheet>`],
      ['xl/sharedStrings.xml', '<sst><si><t>甲</t></si><si><r><t>乙</t></r></si></sst>'],
      ['xl/styles.xml', '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'],
      [
        'xl/_rels/workbook.xml.rels',
        '<Relationships><Relationship Id="rId1" Type="a/worksheet" Target="a"/></Relationships>',
      ],
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...parts),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        async ([part, xml], damages) => {
          const bytes = damages.reduce((whole, one) => one(whole), Buffer.from(xml) as Buffer)
          const workbook = workbookOf({
            sheetData,
            sharedStrings: '<si><t>甲</t></si>',
            more: { [part]: bytes },
          })
          try {
            const { rows } = await readAll(fileOf(workbook, '.xlsx'))
            for (const { cells, defects = [] } of rows) {
              const marked = defects.some(({ code }) => code === 'replacement')
              expect(cells.some((cell) => cell.includes('\ufffd'))).toBe(marked)
            }
          } catch (cause) {
            if (!(cause instanceof SheetError)) throw cause
          }
        },
      ),
      { numRuns: NUM_RUNS },
    )
  })

  test('of quotes, delimiters and line ends alone keep every line', async () => {
    const piece = fc.constantFrom('"', '""', ',', '\n', 'a', '甲', '",', '\n"')
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const text = `一,二\n${pieces.join('')}\n`
        const { rows, blank } = await readAll(fileOf(text), { headerRow: 1, delimiter: ',' })
        const sound = parse<string[]>(text, { delimiter: ',', newline: '\n' })
        const broken = rows.some(({ defects }) => defects?.some(({ code }) => code === 'quote'))
        if (sound.errors.length > 0) expect(broken || blank > 0).toBe(true)
        if (!broken && sound.errors.length === 0) {
          const theirs = sound.data.slice(1).filter((cells) => cells.some((cell) => cell !== ''))
          expect(rows.map(({ cells }) => cells)).toEqual(theirs)
        }
      }),
      { numRuns: NUM_RUNS },
    )
  })

  test('made to be slow are not', async () => {
    const lines = 20_000
    const attacks = [
      '"a,'.repeat(300_000),
      `${'"'.repeat(99)},\n`.repeat(lines),
      '"x\n'.repeat(lines),
      `"${'a""b\n'.repeat(lines)}`,
      '"a,"a,"a\n'.repeat(lines),
      '"\n'.repeat(lines),
      '\r'.repeat(lines),
      `"a\n${'"",""\n'.repeat(lines)}`,
      `a,"\n${'b,c\n'.repeat(lines)}`,
    ]
    for (const attack of attacks) {
      const start = performance.now()
      await readAll(fileOf(`名,码\n${attack}`), { delimiter: ',', headerRow: 1 }).catch((cause: unknown) => {
        expect(cause).toBeInstanceOf(SheetError)
      })
      expect(performance.now() - start).toBeLessThan(3000)
    }
  })
})
