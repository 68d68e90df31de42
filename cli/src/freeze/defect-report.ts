// The defects that stop a commitment: how many of each, the first twenty, and all of them in a file for the office.

import { mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { csvLine, csvStart } from '@sunlot/sheets'
import { CommandError, type Saying } from '../errors.ts'
import { POLICIES, type DefectName, type PlanFile } from '../plan-file/index.ts'
import { LineWriter } from './line-writer.ts'
import { mergeRuns } from './sorted-runs.ts'
import type { Translate } from '../words.ts'

const FIRST = 20

/** Writes all defects of the runs to `path` and gives the error that names the first twenty. */
export async function defectsError(
  plan: PlanFile,
  runs: readonly string[],
  path: string,
  t: Translate,
): Promise<CommandError> {
  await mkdir(dirname(path), { recursive: true })
  const writer = new LineWriter(`${path}.${process.pid}.tmp`)
  const first: Saying[] = []
  const counts = new Map<DefectName, number>()
  const heads = ['row', 'column', 'value', 'problem'].map((name) => t(`report.${name}`))
  const put = (line: string): void => writer.line(line.replace(/\r?\n$/, '\r'))
  put(csvStart() + csvLine(heads))
  for (const batch of mergeRuns(runs, 'utf8'))
    for (const line of batch) {
      const defect = sayingOf(line)
      const code = defect.code.slice('defect.'.length) as DefectName
      counts.set(code, (counts.get(code) ?? 0) + 1)
      if (first.length < FIRST) first.push(defect)
      const { row = '', column = '', value = '' } = defect.params
      put(
        csvLine([row === 0 ? '' : String(row), String(column), String(value), t(defect.code, defect.params)]),
      )
    }
  writer.close()
  await rename(writer.path, path)
  return errorOf(plan, counts, first, path)
}

function errorOf(
  plan: PlanFile,
  counts: ReadonlyMap<DefectName, number>,
  first: readonly Saying[],
  path: string,
): CommandError {
  const count = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const tallies = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, found]) => ({
      code: 'defect_tally',
      params: { defect: code, found, policies: POLICIES[code].join(' | ') },
    }))
  return new CommandError(
    'register_defects',
    { file: plan.register.table.file, count, report: path },
    { details: [...tallies, { code: 'defect_first', params: { shown: first.length } }, ...first] },
  )
}

function sayingOf(line: string): Saying {
  const [row = '', code = '', column = '', value = '', other = ''] = line.split('\t')
  return { code: `defect.${code}`, params: { row: Number(row), column, value, other } }
}
