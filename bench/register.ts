// The main job on a real register of 1,016,169 rows, where it is at hand: plan file and inspectors are made here, then
// commit → close → draw → verify by the command's own steps, and every implementation on the result.
// `npx tsx bench/register.ts [FOLDER]`; the register is not part of the project (../shared/data/01-register-cn).

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { columnOf, csvText, openTable } from '@sunlot/sheets'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const source = join(root, '../shared/data/01-register-cn/dev/register-dev-10-provinces.csv.xz')
const folder = process.argv[2] ?? join(tmpdir(), 'sunlot-register')
const desk = join(folder, 'desk')
const draw = join(folder, 'draw')
const command = join(root, 'cli/dist/sunlot.js')

const PLAN = `draw_id: register-dev-1
authority: d01
oversight: d90
plan: { ref: register-dev, draw_no: 1, draws: 1, filter: 十省登记数据，全部经营主体 }
times: { close_by: 2026-11-24T09:00:00+08:00, certify_by: 2026-11-25T18:00:00+08:00 }
register:
  file: register.csv
  rows: 1016169
  columns: { id: 统一社会信用代码, stratum: [地区, class_rule] }
codes:
  地区: { file: areas.csv, columns: { value: 地区, code: 代码 } }
class_rule: { hash: yes, shares: [[A, 654], [B, 253], [C, 77], [D, 16]] }
defects:
  wrong_width: leave_out
  broken_quotes: leave_out
  damaged_text: leave_out
  missing_id: leave_out
  null_word: leave_out
  lower_case: as_upper
  bad_check_digit: leave_out
  other_id: leave_out
  malformed_id: leave_out
  missing_stratum: leave_out
  unknown_stratum: leave_out
  duplicate_id: first_wins
design: { ratio: { "*/A": 3%, "*/B": 6%, "*/C": 12%, "*/D": 50% } }
inspectors:
  file: inspectors.csv
  columns: { staff_no: 执法证号, authority: 部门, conflicts: 回避对象 }
demands:
  all: { strata: ["*"], authorities: { d01: { members: 1 }, d02: { members: 1 } } }
pools: { d01: all, d02: all }
matching: { mode: subjects, cap: 200, tau: 1/4 }
sources:
  - { id: dice, kind: dice, faces: 10, count: 44, not_before: 2026-11-24T09:05:00+08:00, roller: visitor-1 }
`

if (!existsSync(source)) {
  console.log('the real register is not here: nothing measured')
  process.exit(0)
}
mkdirSync(folder, { recursive: true })
const register = join(folder, 'register.csv')
if (!existsSync(register))
  spawnSync('xz', ['-dc', source], { stdio: ['ignore', openSync(register, 'w'), 'inherit'] })
for (const old of [desk, draw]) rmSync(old, { recursive: true, force: true })
await prepare()
step('keys', ['d01', 'd90', 'visitor-1', 'visitor-2'], ['--simulated'])
step('commit', [join(folder, 'plan.yaml')], ['--out', draw, '--at', '2026-11-23T09:00:00+08:00'])
step('close', [draw], ['--observer', '20261124', '--observer', '618033', '--at', '2026-11-24T08:50:00+08:00'])
const dice = ['dice=31415926535897932384626433832795028841971693']
const values = ['--value', ...dice, '--again', ...dice, '--by', 'dice=visitor-1,visitor-2']
step(
  'draw',
  [draw],
  [...values, '--value-at', 'dice=2026-11-24T09:06:00+08:00', '--at', '2026-11-24T09:30:00+08:00'],
)
for (const part of ['public', 'oversight']) {
  step('verify', [join(draw, part)], [])
  timed(`check.py ${part}`, 'python3', [join(root, 'draw/vectors/check.py'), join(draw, part)])
}
timed('PostgreSQL and DuckDB', process.execPath, [
  '--import',
  'tsx',
  join(root, 'bench/register-sql.ts'),
  join(draw, 'public'),
])

/** A table of area codes, 2,000 made-up inspectors of two authorities with a few conflicts, and the plan file. */
async function prepare(): Promise<void> {
  const table = await openTable(register)
  const area = columnOf(table, '地区')
  const code = columnOf(table, '统一社会信用代码')
  const areas = new Set<string>()
  const some: string[] = []
  let n = 0
  for await (const batch of table.rows())
    for (const row of batch.rows) {
      if (row.defects) continue
      areas.add(row.cells[area] ?? '')
      const id = row.cells[code] ?? ''
      if (n++ % 100 === 0 && /^[0-9A-Z]{18}$/.test(id)) some.push(id)
    }
  const codes = [...areas].filter((name) => name !== '' && name !== 'N/A').toSorted()
  writeFileSync(
    join(folder, 'areas.csv'),
    csvText(
      ['地区', '代码'],
      codes.map((name, i) => [name, `a${String(i + 1).padStart(3, '0')}`]),
    ),
  )
  const people = Array.from({ length: 2000 }, (_, i) => {
    const conflicts = Array.from({ length: 5 }, (_, k) => some[pick(some.length, i, k)] as string)
    return [`Z${String(i + 1).padStart(4, '0')}`, i % 2 === 0 ? 'd01' : 'd02', conflicts.join('、')]
  })
  writeFileSync(join(folder, 'inspectors.csv'), csvText(['执法证号', '部门', '回避对象'], people))
  writeFileSync(join(folder, 'plan.yaml'), PLAN)
  console.log(`${n} rows without defect, ${codes.length} areas`)
}

function pick(below: number, ...words: number[]): number {
  return createHash('sha256').update(words.join('/')).digest().readUInt32BE(0) % below
}

/** Runs a step of the command and prints what it said, its time and its memory. */
function step(name: string, positionals: readonly string[], options: readonly string[]): void {
  const needsDesk = name === 'verify' ? [] : ['--desk', desk]
  timed(name, process.execPath, [command, name, ...positionals, ...needsDesk, ...options])
}

function timed(name: string, program: string, args: readonly string[]): void {
  const figures = join(folder, 'time.txt')
  console.log(`\n== ${name}`)
  const { status } = spawnSync(
    '/usr/bin/time',
    ['-f', '%e s, %U s user, %M kB', '-o', figures, program, ...args],
    { stdio: 'inherit' },
  )
  console.log(`== ${name}: exit ${status}, ${readFileSync(figures, 'utf8').trim().split('\n').at(-1)}`)
  if (status !== 0 && status !== 2) process.exit(1)
}
