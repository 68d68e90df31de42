// A small office for the freeze's tests: a folder, made-up subjects of 青石县, and plan files over them.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { creditCodeCheck } from '@sunlot/draw'
import { CommandError } from '../src/errors.ts'

import { freezeRegister, type FreezeTools, type FrozenRegister } from '../src/freeze/index.ts'
import { readPlanFile } from '../src/plan-file/index.ts'
import { silentProgress } from '../src/progress.ts'
import { translator } from '../src/words.ts'

/** A valid credit code of the fictional division 999901, the n-th. */
export function codeOf(n: number): string {
  const first = `91999901MA${n.toString(9).padStart(7, '0')}`
  return first + (creditCodeCheck(first) ?? '')
}

export const quiet: FreezeTools = { progress: silentProgress, t: translator('zh-CN') }

/** A folder with a plan over a register of these rows (below its header). */
export class Office {
  readonly folder = mkdtempSync(join(tmpdir(), 'qingshi-'))

  /** Writes a file; gives its path. */
  write(name: string, text: string | Uint8Array): string {
    writeFileSync(join(this.folder, name), text)
    return join(this.folder, name)
  }

  register(rows: readonly string[], header = '名称,代码,乡镇,等级'): void {
    this.write('名录.csv', [header, ...rows].map((row) => `${row}\n`).join(''))
  }

  plan(more = ''): string {
    return this.write(
      '方案.yaml',
      `draw_id: qs-1
authority: d01
oversight: d90
plan: { ref: qs, draw_no: 1, draws: 1, filter: 青石县在业企业 }
times: { close_by: 2036-11-24T09:00:00+08:00, certify_by: 2036-11-25T18:00:00+08:00 }
register:
  file: 名录.csv
  columns: { id: 代码, stratum: [乡镇, 等级] }
codes:
  乡镇: { 城关街道: cg, 河口镇: hk }
design: { ratio: { "*": 10% } }
sources: [{ id: beacon, kind: drand }]
${more}`,
    )
  }

  /** Freezes with policies and further lines. */
  async freeze(defects: string, more = '', tools = quiet): Promise<FrozenRegister> {
    const plan = await readPlanFile(this.plan(`${defects === '' ? '' : `defects: { ${defects} }\n`}${more}`))
    return freezeRegister(plan, this.out, tools)
  }

  get out(): string {
    return join(this.folder, 'out', 'lists')
  }

  /** The lines of a frozen list, as cells. */
  list(name: string): string[][] {
    const text = readFileSync(join(this.out, name), 'utf8')
    return text === ''
      ? []
      : text
          .slice(0, -1)
          .split('\n')
          .map((line) => line.split('\t'))
  }
}

/** The codes with their rows of what stopped a freeze: `row code`, in order. */
export async function stoppedBy(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof CommandError)) throw error ?? new Error('it did not stop')
  if (error.code !== 'register_defects') return [error.code]
  return error.details.flatMap((d) =>
    d.code.startsWith('defect.') ? [`${d.params['row']} ${d.code.slice(7)}`] : [],
  )
}
