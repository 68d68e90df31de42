// The real register of ten provinces, where it is there and SOAK=1: every row accounted for.

import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTable } from '@sunlot/sheets'
import { expect, it } from 'vitest'
import { choicesOf, parsePlanFile } from '../src/plan-file/index.ts'
import { freezeRegister } from '../src/freeze/index.ts'
import { quiet, stoppedBy } from './freeze-office.ts'

const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', '01-register-cn', 'dev')
const UNPACK = 'xz'
const SOAK = process.env['SOAK'] === '1'

const PLAN = `draw_id: soak-1
authority: d01
oversight: d90
plan: { ref: soak, draw_no: 1, draws: 1, filter: 十省登记在册的企业 }
times: { close_by: 2036-03-02T09:00:00+08:00, certify_by: 2036-03-03T18:00:00+08:00 }
register:
  file: register.csv
  rows: 1016169
  columns: { id: 统一社会信用代码, stratum: [地区, class_rule] }
codes: { 地区: { file: codes.csv, columns: { value: 地区, code: 代码 } } }
class_rule: { hash: yes, shares: [[A, 654], [B, 253], [C, 77], [D, 16]] }
design: { ratio: { "*/A": 2%, "*/B": 5%, "*/C": 20%, "*/D": 50% } }
sources: [{ id: beacon, kind: drand }]
`
const POLICIES = `defects:
  wrong_width: leave_out
  broken_quotes: leave_out
  null_word: leave_out
  lower_case: as_upper
  bad_check_digit: leave_out
  other_id: accept
  malformed_id: leave_out
  duplicate_id: first_wins
`

it.runIf(SOAK && existsSync(SHARED))('the real register is frozen, every row accounted for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'register-'))
  try {
    const [packed = ''] = readdirSync(SHARED).filter((name) => name.endsWith('.csv.xz'))
    const out = openSync(join(folder, 'register.csv'), 'w')
    spawnSync(UNPACK, ['-dc', join(SHARED, packed)], { stdio: ['ignore', out, 'inherit'] })
    closeSync(out)
    writeFileSync(join(folder, 'codes.csv'), await placeCodes(join(folder, 'register.csv')))
    const plan = (text: string) => parsePlanFile(join(folder, 'plan.yaml'), new TextEncoder().encode(text))
    const lists = join(folder, 'out', 'lists')
    expect(await stoppedBy(freezeRegister(plan(PLAN), lists, quiet))).toHaveLength(20)
    const frozen = await freezeRegister(plan(PLAN + POLICIES), lists, quiet)
    expect(frozen).toMatchObject({ rows: 1_016_169, population: 1_015_779, excluded: 0, rejected: 390 })
    expect(frozen.rejectedBy).toEqual({
      null_word: 260,
      duplicate_id: 98,
      malformed_id: 20,
      bad_check_digit: 7,
      broken_quotes: 3,
      wrong_width: 2,
    })
    expect(frozen.found).toMatchObject({ lower_case: 68, other_id: 706 })
    expect(frozen.strata.reduce((sum, s) => sum + s.rows, 0)).toBe(frozen.population)
    expect(choicesOf(plan(PLAN + POLICIES), frozen.strata).design.kind).toBe('ratio')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A code for every place name of the register. Sentences that slid into the column are none. */
async function placeCodes(path: string): Promise<string> {
  const table = await openTable(path)
  const at = table.header.indexOf('地区')
  const names = new Set<string>()
  for await (const { rows } of table.rows())
    for (const { cells, defects } of rows) if (!defects) names.add(cells[at] ?? '')
  const places = [...names].filter((name) => /^[\u4e00-\u9fff]{2,6}$/.test(name)).toSorted()
  return ['地区,代码', ...places.map((name, i) => `${name},c${String(i + 1).padStart(3, '0')}`), ''].join(
    '\n',
  )
}
