// A tiny county for the tests of the steps: twelve subjects, seven inspectors, a desk with a clock, and every act on a draw.

import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { timeOfRound, verify } from '@sunlot/draw'
import { CommandError } from '../src/errors.ts'
import { folderFiles, listFiles } from '../src/desk/files.ts'
import { run as close } from '../src/steps/close.ts'
import { run as commit } from '../src/steps/commit.ts'
import { run as draw } from '../src/steps/draw.ts'
import { run as keys } from '../src/steps/keys.ts'
import { run as open } from '../src/steps/open.ts'
import { run as skip } from '../src/steps/skip.ts'
import type { Args, Io } from '../src/steps/step.ts'
import { run as substitute } from '../src/steps/substitute.ts'
import { silentProgress } from '../src/progress.ts'
import { translator } from '../src/words.ts'
import { codeOf } from './freeze-office.ts'

/** A recorded round of quicknet; a substitute announced a minute before it names it. */
const ROUND = 1000
const SIGNATURE =
  'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39'
const EVENT_AT = timeOfRound(ROUND) - 60

/** When things happen, in unix seconds. */
export const TIMES = {
  commit: EVENT_AT - 9000,
  close: EVENT_AT - 8000,
  closeBy: EVENT_AT - 7000,
  dice: EVENT_AT - 6000,
  draw: EVENT_AT - 5000,
  certifyBy: EVENT_AT - 4000,
  skip: EVENT_AT - 3000,
  open: EVENT_AT - 2000,
  substitute: EVENT_AT,
  settle: EVENT_AT + 120,
} as const

/** Where there is one, a disk in memory: hundreds of small folders are made. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
const THROW = '31415926535897932384626433832795'

export type StepName = 'commit' | 'close' | 'draw' | 'skip' | 'substitute' | 'settle' | 'open'

/** A folder with desk, plan and draw, and what was said there. */
export class County {
  readonly folder = mkdtempSync(join(MEMORY, 'qingshi-steps-'))
  readonly out = join(this.folder, 'draw')
  readonly desk = join(this.folder, 'desk')
  readonly said: string[] = []
  readonly io: Io = {
    out: (text) => void this.said.push(text),
    err: () => undefined,
    progress: silentProgress,
    t: translator('zh-CN'),
  }

  /** Writes the plan and its tables, and makes a simulated desk. */
  async settleIn(sealed = false): Promise<this> {
    writeFileSync(join(this.folder, 'plan.yaml'), planText(sealed))
    const codes = Array.from({ length: 12 }, (_, i) => `${codeOf(i)},${i < 6 ? '甲' : '乙'}\n`)
    writeFileSync(join(this.folder, 'register.csv'), `代码,等级\n${codes.join('')}`)
    const people = ['市监', '市监', '市监', '市监', '市监', '卫健', '卫健'].map(
      (unit, i) => `SC${i},检查员${i},${unit},食品,${i === 0 ? codeOf(0) : ''}\n`,
    )
    writeFileSync(join(this.folder, 'people.csv'), `执法证号,姓名,所在单位,专长,回避\n${people.join('')}`)
    await keys(
      { positionals: ['d01', 'd90', 'v1', 'v2'], options: { desk: this.desk, simulated: true } },
      this.io,
    )
    return this
  }

  /** One act with its usual options, or with others. */
  async act(name: StepName, options: Args['options'] = {}, usual = this.usual(name)): Promise<number> {
    const at = `${TIMES[name]}`
    const given = { desk: this.desk, at, ...usual, ...options }
    const step = { commit, close, draw, skip, substitute, settle: substitute, open }[name]
    const first = name === 'commit' ? join(this.folder, 'plan.yaml') : this.out
    return step({ positionals: [first], options: given }, this.io)
  }

  /** The acts up to and with this one. */
  async until(...names: readonly StepName[]): Promise<this> {
    for (const name of names) await this.act(name)
    return this
  }

  /** The code of the refusal, or `done`. */
  async outcome(name: StepName, options: Args['options'] = {}, usual = this.usual(name)): Promise<string> {
    try {
      await this.act(name, options, usual)
      return 'done'
    } catch (error) {
      if (error instanceof CommandError) return error.code
      throw error
    }
  }

  /** Somebody of an authority who is in a team. */
  member(authority: 'd01' | 'd02'): string {
    const team =
      readFileSync(join(this.out, 'oversight', 'teams.tsv'), 'utf8')
        .split('\n')[0]
        ?.split('\t')[1] ?? ''
    const inspectors = readFileSync(join(this.out, 'oversight', 'inspectors.tsv'), 'utf8')
    return team.split(',').find((alias) => inspectors.includes(`${alias}\t${authority}\n`)) ?? ''
  }

  /** Everything that must be as if nothing had gone wrong: the draw with its modes, and what is in the desk's log. */
  state(): ReadonlyMap<string, string> {
    const kept = [...walk(this.folder)].filter((name) => !/lock|^people|^plan|^register|keys\//.test(name))
    return new Map(kept.toSorted().map((name) => [name, mark(join(this.folder, name))]))
  }

  /** What verification says of both bundles. */
  verdicts(): string[] {
    return ['oversight', 'public'].map((part) => {
      const report = verify(folderFiles(join(this.out, part)))
      return [report.verdict, ...report.checks.filter((c) => c.holds === 'no').map((c) => c.id)].join(' ')
    })
  }

  publicNames(): string[] {
    return listFiles(join(this.out, 'public'))
  }

  /** Puts everything as it is in another county. */
  takeOver(from: County): void {
    for (const name of readdirSync(this.folder))
      rmSync(join(this.folder, name), { recursive: true, force: true })
    cpSync(from.folder, this.folder, { recursive: true })
    this.said.length = 0
  }

  /** As after the end of this process: its locks are those of one that is gone. */
  orphanLocks(): void {
    for (const name of walk(this.folder)) {
      if (!name.includes('lock') || name.endsWith('/')) continue
      const path = join(this.folder, name)
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, text.replace(`"pid":${process.pid},`, `"pid":${2 ** 22 + 5},`))
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** What an act is given where nothing else is said. */
  usual(name: StepName): Args['options'] {
    const persons = { by: 'SC9', approvedBy: 'SC-head', evidence: 'a'.repeat(64) }
    switch (name) {
      case 'commit':
        return { out: this.out }
      case 'close':
        return { observer: ['20261124', '愿抽得公道'], escrow: 'd90,d01' }
      case 'draw':
        return {
          value: [`dice=${THROW}`],
          again: [`dice=${THROW}`],
          by: ['dice=v1,v2'],
          valueAt: `dice=${TIMES.dice}`,
        }
      case 'skip':
        return { ...persons, id: this.#drawn(), reason: 'ceased' }
      case 'open':
        return persons
      case 'substitute':
        return { ...persons, id: this.member('d01'), reason: 'special', source: 'drand' }
      case 'settle':
        return {
          event: `${listFiles(join(this.out, 'oversight', 'events')).length}`,
          value: [`fresh=${SIGNATURE}`],
        }
    }
  }

  #drawn(): string {
    const path = join(this.out, 'oversight', 'selection.tsv')
    return existsSync(path) ? (readFileSync(path, 'utf8').split('\t')[0] ?? '') : 'none'
  }
}

function* walk(folder: string, under = ''): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = `${under}${entry.name}`
    if (entry.isDirectory()) yield* walk(join(folder, entry.name), `${name}/`)
    yield entry.isDirectory() ? `${name}/` : name
  }
}

function mark(path: string): string {
  const found = statSync(path)
  const mode = (found.mode & 0o777).toString(8)
  if (found.isDirectory()) return mode
  const bytes = readFileSync(path)
  // Acts are told apart by a chance number, which is no part of what they are.
  const text = path.endsWith('acts.jsonl') ? bytes.toString().replaceAll(/"id":"[^"]*"/g, '') : bytes
  return `${mode} ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}

function planText(sealed: boolean): string {
  return `draw_id: qs-steps-1
authority: d01
oversight: d90
plan: { ref: qs-steps, draw_no: 1, draws: 1, filter: 青石县在业企业 }
times:
  close_by: ${iso(TIMES.closeBy)}
  certify_by: ${iso(TIMES.certifyBy)}
${sealed ? `  open_at: ${iso(TIMES.open)}\nsealed: yes\n` : ''}register:
  file: register.csv
  columns: { id: 代码, stratum: [等级] }
codes:
  等级: { 甲: a, 乙: b }
design: { ratio: { "*": 1/3 } }
max_skips: 1
inspectors:
  file: people.csv
  columns: { staff_no: 执法证号, name: 姓名, authority: 所在单位, classes: 专长, conflicts: 回避 }
  authorities: { 市监: d01, 卫健: d02 }
  classes: { 食品: food }
demands:
  all: { strata: ["*"], authorities: { d01: { members: 1 }, d02: { members: 1 } } }
matching:
  mode: teams
  teams: { count: 2, members: { d01: { members: 1 }, d02: { members: 1 } } }
sources:
  - { id: dice, kind: dice, faces: 10, count: 32, not_before: ${iso(TIMES.closeBy + 60)}, roller: v1 }
`
}
