import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashHex, utf8 } from '@sunlot/draw'
import { describe, expect, it } from 'vitest'
import { codeOf, Office, stoppedBy } from './freeze-office.ts'

const row = (id: string, town = '城关街道', level = 'A'): string => `青石县某店,${id},${town},${level}`
const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
const officeOf = (...rows: string[]): Office => {
  const office = new Office()
  office.register(rows)
  return office
}

describe('a sound register', () => {
  it('becomes a population in byte order, every row accounted for', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => codeOf(i * 7919))
    const office = officeOf(...ids.map((id, i) => row(id, i % 3 ? '城关街道' : '河口镇', 'ABCD'[i % 4])))
    const frozen = await office.freeze('')
    expect(frozen).toMatchObject({ rows: 500, population: 500, excluded: 0, rejected: 0, reused: [] })
    const lines = office.list('population.tsv')
    expect(lines.map(([id]) => id)).toEqual(ids.toSorted())
    expect(frozen.strata.reduce((sum, s) => sum + s.rows, 0)).toBe(500)
    expect(frozen.strata.map((s) => s.code)).toEqual(frozen.strata.map((s) => s.code).toSorted())
    expect(readFileSync(join(office.out, 'rejected.tsv'))).toHaveLength(0)
  })
  it('takes 13- to 15-digit registration numbers as the ids that they are', async () => {
    const numbers = ['3301022000123', '33010220001234', '330102000012345']
    expect((await officeOf(...numbers.map((n) => row(n))).freeze('')).population).toBe(3)
  })
  it('gives classes by the stated hash rule', async () => {
    const office = new Office()
    office.register([row(codeOf(1)), row(codeOf(2)), row(codeOf(3))])
    const text = readFileSync(office.plan('class_rule: { hash: yes, shares: [[A, 600], [B, 400]] }'), 'utf8')
    office.plan = () =>
      office.write('方案.yaml', text.replace('[乡镇, 等级]', '[class_rule]').replace(/codes:\n.*\n/, ''))
    await office.freeze('')
    for (const [id, stratum] of office.list('population.tsv')) {
      const r = Number.parseInt(sha(`class\n${id}`).slice(0, 8), 16) % 1000
      expect(stratum).toBe(r < 600 ? 'A' : 'B')
    }
  })
  it('reads codes from a file, and refuses Chinese codes there', async () => {
    const office = officeOf(row(codeOf(1), '城关街道'))
    const inline = /乡镇: \{.*\}/
    const change = (codes: string): void => {
      office.write('代码.csv', codes)
      const plan = new Office().plan()
      const text = readFileSync(plan, 'utf8').replace(
        inline,
        '乡镇: { file: 代码.csv, columns: { value: 名, code: 码 } }',
      )
      office.plan = () => office.write('方案.yaml', text)
    }
    change('名,码\n城关街道,zz9\n')
    await office.freeze('')
    expect(office.list('population.tsv')[0]?.[1]).toBe('zz9/A')
    change('名,码\n城关街道,城关\n')
    expect(await stoppedBy(office.freeze(''))).toEqual(['codes_grammar'])
  })
})

const SOUND = codeOf(5)
const WIDE = SOUND.replace(/^9/, '９')
const WRONG_CHECK = SOUND.slice(0, 17) + (SOUND.endsWith('0') ? '1' : '0')

describe('a defect', () => {
  it.each([
    ['a missing id', row(''), '2 missing_id'],
    ['an id of blanks', row(' \u3000'), '2 missing_id'],
    ['N/A for an id', row('N/A'), '2 null_word'],
    ['N/A for a stratum', row(SOUND, 'N/A'), '2 null_word'],
    ['a wrong check digit', row(WRONG_CHECK), '2 bad_check_digit'],
    ['a lower-case code', row(SOUND.toLowerCase()), '2 lower_case'],
    ['a full-width code', row(WIDE), '2 full_width'],
    ['blanks in a code', row(` ${SOUND}`), '2 spaces'],
    ['an id that is no number of a subject', row('12345678-9'), '2 other_id'],
    ['a Chinese registration mark', row('企合青字第0001'), '2 malformed_id'],
    ['an id-card number', row('110101199003070011'), '2 id_card_number'],
    ['a row too short', '青石县某店,1', '2 wrong_width'],
    ['a row too wide', `${row(SOUND)},,`, '2 wrong_width'],
    ['broken quotes', row(SOUND).replace('某店', '"某"店"'), '2 broken_quotes'],
    ['a lost character', row(`9\ufffd${SOUND.slice(2)}`), '2 damaged_text'],
    ['a town without a code', row(SOUND, '山口乡'), '2 unknown_stratum'],
    ['a town left empty', row(SOUND, ''), '2 missing_stratum'],
    ['a level in Chinese without codes', row(SOUND, '河口镇', '高'), '2 unknown_stratum'],
  ])('stops the freeze: %s', async (_, bad, expected) => {
    const office = officeOf(bad, row(codeOf(77)))
    expect(await stoppedBy(office.freeze(''))).toEqual([expected])
    expect(existsSync(office.out)).toBe(false)
    const report = readFileSync(join(office.folder, '方案.defects.csv'), 'utf8')
    expect(report.startsWith('\ufeff行号,列,内容,问题和处理办法\r\n2,')).toBe(true)
    const leaving = await office.freeze(`${expected.slice(2)}: leave_out`)
    expect(leaving).toMatchObject({ rows: 2, population: 1, rejected: 1 })
    expect(office.list('rejected.tsv').map(([n, why]) => [n, why])).toEqual([
      ['0000000002', expected.slice(2)],
    ])
    expect(existsSync(join(office.folder, '方案.defects.csv'))).toBe(false)
  })
  it('binds the rejected row by the hash of its cells', async () => {
    const office = officeOf(row('N/A'))
    await office.freeze('null_word: leave_out')
    expect(office.list('rejected.tsv')[0]?.[2]).toBe(
      sha(['青石县某店', 'N/A', '城关街道', 'A'].join('\u001f')),
    )
  })
  it('is dealt with as stated, and counted', async () => {
    const office = officeOf(
      row(SOUND.toLowerCase()),
      row(WRONG_CHECK),
      row('12345678-9'),
      row(`${codeOf(9)} `),
    )
    const frozen = await office.freeze(
      'lower_case: as_upper, bad_check_digit: accept, other_id: accept, spaces: remove',
    )
    expect(office.list('population.tsv').map(([id]) => id)).toEqual(
      [SOUND, WRONG_CHECK, '12345678-9', codeOf(9)].toSorted(),
    )
    expect(frozen.found).toEqual({ lower_case: 1, bad_check_digit: 1, other_id: 1, spaces: 1 })
  })
  it('in a column not used is taken as it is, and counted', async () => {
    const frozen = await officeOf(row(SOUND).replace('某店', '某\ufffd店')).freeze('')
    expect(frozen).toMatchObject({ population: 1, remarks: 1 })
  })
  it('is told with all others, the first twenty by row and all of them in the report', async () => {
    const office = officeOf(...Array.from({ length: 30 }, (_, i) => row(i % 2 ? 'N/A' : '')))
    expect(await stoppedBy(office.freeze(''))).toHaveLength(20)
    expect(readFileSync(join(office.folder, '方案.defects.csv'), 'utf8').split('\r\n')).toHaveLength(32)
  })
})

describe('one id in several rows', () => {
  it.each([
    ['the same spelling', SOUND, ['3 duplicate_id']],
    ['lower case', SOUND.toLowerCase(), ['3 duplicate_id', '3 lower_case']],
    ['full width', WIDE, ['3 duplicate_id', '3 full_width']],
    ['blanks', `${SOUND}\u00a0`, ['3 duplicate_id', '3 spaces']],
  ])('is found in %s', async (_, second, expected) => {
    const stopped = await stoppedBy(officeOf(row(SOUND), row(second)).freeze(''))
    expect(stopped.toSorted()).toEqual(expected)
  })
  it('leaves the first of the file, or none, as stated', async () => {
    const rows = [row(codeOf(1)), row(SOUND, '河口镇'), row(SOUND), row(SOUND.toLowerCase())]
    const first = officeOf(...rows)
    expect(await first.freeze('duplicate_id: first_wins, lower_case: as_upper')).toMatchObject({
      population: 2,
      rejected: 2,
      rejectedBy: { duplicate_id: 2 },
      duplicateIds: 1,
    })
    expect(first.list('population.tsv').find(([id]) => id === SOUND)?.[1]).toBe('hk/A')
    const none = officeOf(...rows)
    expect(await none.freeze('duplicate_id: leave_out, lower_case: as_upper')).toMatchObject({
      population: 1,
      rejected: 3,
    })
    expect(none.list('rejected.tsv').map(([n]) => Number(n))).toEqual([3, 4, 5])
  })
})

describe('exclusions', () => {
  const more = `exclusions:
  file: 排除.csv
  columns: { id: 代码, reason: 原因, evidence: 依据 }
  reasons: { 本年度已查: inspected_this_year }
  rules:
    - { column: 等级, is: [X], reason: ceased }
`
  const listed = (...lines: string[]): Office => {
    const office = officeOf(row(codeOf(1)), row(codeOf(2)), row(codeOf(3), '城关街道', 'X'))
    office.write('排除.csv', ['代码,原因,依据', ...lines, ''].join('\n'))
    return office
  }
  it('come from the file, then from rules, each with one reason and its evidence', async () => {
    const office = listed(`${codeOf(1)},本年度已查,青检1号`, `${codeOf(3)},withdrawn,${'a'.repeat(64)}`)
    expect(await office.freeze('', more)).toMatchObject({ rows: 3, population: 1, excluded: 2, rejected: 0 })
    expect(office.list('exclusions.tsv')).toEqual([
      [codeOf(1), 'inspected_this_year', sha('青检1号')],
      [codeOf(3), 'withdrawn', 'a'.repeat(64)],
    ])
    const byRule = listed(`${codeOf(1)},本年度已查,青检1号`)
    expect((await byRule.freeze('', more)).excludedBy).toEqual({ inspected_this_year: 1, ceased: 1 })
  })
  it('of an unknown id stop the freeze, unless the plan says to pass over them', async () => {
    const office = listed(`${codeOf(8)},本年度已查,青检1号`)
    expect(await stoppedBy(office.freeze('', more))).toEqual(['0 exclusion_unknown'])
    expect((await office.freeze('exclusion_unknown: ignore', more)).found.exclusion_unknown).toBe(1)
  })
  it.each([
    ['without a code for the reason', `${codeOf(1)},已注销,甲`],
    ['without evidence', `${codeOf(1)},本年度已查,`],
    ['twice', `${codeOf(1)},本年度已查,甲\n${codeOf(1)},本年度已查,乙`],
    ['without an id', ',本年度已查,甲'],
  ])('are refused %s', async (_, lines) => {
    expect(await stoppedBy(listed(lines).freeze('', more))).toEqual(['exclusion_defects'])
  })
})

describe('weights, demands, SM3', () => {
  it('weights come from their column', async () => {
    const office = new Office()
    office.register([`${row(codeOf(1))},7`, `${row(codeOf(2))},0`], '名称,代码,乡镇,等级,权重')
    const text = readFileSync(office.plan(), 'utf8').replace('等级] }', '等级], weight: 权重 }')
    office.plan = (more) => office.write('方案.yaml', text + (more ?? ''))
    expect(await stoppedBy(office.freeze(''))).toEqual(['3 bad_weight'])
    await office.freeze('bad_weight: leave_out')
    expect(office.list('population.tsv')).toEqual([[codeOf(1), 'cg/A', '7']])
  })
  it('hashes are those of the draw’s own algorithm', async () => {
    const office = officeOf(row('N/A'))
    await office.freeze('null_word: leave_out', 'alg: sm3\n')
    const text = ['青石县某店', 'N/A', '城关街道', 'A'].join('\u001f')
    expect(office.list('rejected.tsv')[0]?.[2]).toBe(hashHex('sm3', utf8(text)))
  })
})
