import * as fc from 'fast-check'
import { parse } from 'papaparse'
import { describe, expect, test } from 'vitest'
import { isSuspect } from '../src/defects.ts'
import { csvLine, csvText, tsvLine } from '../src/index.ts'
import { fileOf, readAll } from './files.ts'

describe('CSV for people', () => {
  test('begins with the mark, quotes what needs it, defuses formulas', () => {
    expect(
      csvText(
        ['名称', '数'],
        [
          ['甲,"店"', -1],
          ['=1+1', 2],
        ],
      ),
    ).toBe('\ufeff名称,数\r\n"甲,""店""",-1\r\n\'=1+1,2\r\n')
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '\u0000', '＝', '＋', '－', '＠']) {
      expect(csvLine([`${start}1`])).toMatch(/^"?'/)
    }
  })

  test('comes back as it was, but for the apostrophe', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => !isSuspect(one))
    const cell = fc.oneof(text, fc.constantFrom('=1', '"', ',', 'a\nb', "'", '甲,"乙"\r\n'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
        const read = await readAll(fileOf(csvText(['名甲', '名乙'], rows)), { headerRow: 1 })
        expect(
          read.rows.map(({ cells }) => cells.map((one) => one.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''))),
        ).toEqual(rows)
        expect(read.rows.every(({ defects }) => defects === undefined)).toBe(true)
        expect(parse(csvText([], rows).slice(3), { newline: '\r\n' }).data.length).toBe(rows.length + 1)
      }),
      { numRuns: 100 },
    )
  })
})

test('TSV for programs refuses what it cannot carry', () => {
  expect(tsvLine(['0000000002', 'width', 'ab'])).toBe('0000000002\twidth\tab\n')
  expect(() => tsvLine(['a\tb'])).toThrow(RangeError)
  expect(() => tsvLine(['a\nb'])).toThrow(RangeError)
})
