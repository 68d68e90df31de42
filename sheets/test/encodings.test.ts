import { describe, expect, test } from 'vitest'
import { gb18030 } from './gb18030.ts'
import { fileOf, readAll, refusalOf } from './files.ts'

const TEXT = '名称,代码,地址\r\n青石𠮷店,A1,"东街1号\r\n二楼"\r\n乙龦店,A2,西街〓\r\n'
const CELLS = [
  ['青石𠮷店', 'A1', '东街1号\r\n二楼'],
  ['乙龦店', 'A2', '西街〓'],
]

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

describe('the same rows come out of every encoding', () => {
  test.each([
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\ufeff${TEXT}`)],
    ['gb18030', gb18030(TEXT)],
    ['utf-16le', utf16(`\ufeff${TEXT}`, false)],
    ['utf-16le', utf16(TEXT, false)],
    ['utf-16be', utf16(`\ufeff${TEXT}`, true)],
    ['utf-16be', utf16(TEXT, true)],
    ['utf-16le', utf16(`\ufeff${TEXT.replaceAll(',', '\t')}`, false)],
  ] as const)('%s', async (encoding, bytes) => {
    const { table, rows } = await readAll(fileOf(bytes))
    expect(table.source.encoding).toBe(encoding)
    expect(table.header).toEqual(['名称', '代码', '地址'])
    expect(rows.map(({ cells }) => cells)).toEqual(CELLS)
    const stated = await readAll(fileOf(bytes), { encoding })
    expect(stated.rows).toEqual(rows)
  })

  test('across the borders of chunks', async () => {
    const text = `名称,代码,地址\n${Array.from({ length: 60_000 }, (_, index) => `甲𠮷${index}店,${index},街\n`).join('')}`
    for (const bytes of [Buffer.from(text), gb18030(text), utf16(text, false)]) {
      const { rows } = await readAll(fileOf(bytes))
      expect(rows.length).toBe(60_000)
      expect(rows.some(({ defects }) => defects)).toBe(false)
      expect(rows[59_999]).toEqual({ number: 60_001, line: 60_001, cells: ['甲𠮷59999店', '59999', '街'] })
    }
  })
})

describe('a byte that the encoding does not have is an error with its place', () => {
  test('in UTF-8, also after a long sound stretch', async () => {
    for (const sound of [10, 200_000]) {
      const head = Buffer.from(`名称,代码\n${'甲店,1\n'.repeat(sound)}乙店`)
      const path = fileOf(Buffer.concat([head, Buffer.from([0xb5, 0xea]), Buffer.from(',2\n丙店,3\n')]))
      const refusal = await refusalOf(path)
      expect(refusal.code).toBe('bad-bytes')
      expect(refusal.params).toMatchObject({ encoding: 'utf-8', offset: head.length, line: sound + 2 })
    }
  })

  test('in GB18030', async () => {
    const head = gb18030(`名称,代码\n${'甲店,1\n'.repeat(100_000)}`)
    const refusal = await refusalOf(fileOf(Buffer.concat([head, Buffer.from([0xff, 0x2c, 0x0a])])))
    expect(refusal.params).toMatchObject({ encoding: 'gb18030', offset: head.length, line: 100_002 })
  })

  test('where the file is cut inside a character', async () => {
    for (const cut of [
      Buffer.from(TEXT).subarray(0, -3),
      gb18030(TEXT).subarray(0, -3),
      utf16(TEXT, false).subarray(0, -1),
    ]) {
      const refusal = await refusalOf(fileOf(cut))
      expect(refusal).toMatchObject({ code: 'bad-bytes', params: { reason: 'cut', offset: cut.length } })
    }
  })

  test('where the stated encoding is wrong', async () => {
    const refusal = await refusalOf(fileOf(gb18030(TEXT)), { encoding: 'utf-8' })
    expect(refusal).toMatchObject({ code: 'bad-bytes', params: { encoding: 'utf-8' } })
  })

  test('half a surrogate pair in UTF-16', async () => {
    const refusal = await refusalOf(fileOf(utf16(`\ufeff名称,代码\n甲\ud842,1\n`, false)))
    expect(refusal).toMatchObject({ code: 'bad-bytes', params: { encoding: 'utf-16le', line: 2 } })
  })
})
