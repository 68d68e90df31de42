// An import of a plan table as a viewer sees it, and as a file to take away.

import { csvText } from '@sunlot/sheets'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { type Language, sentenceOf } from '../../platform/http/sentences.ts'
import { named } from '../../platform/http/shapes.ts'
import type { Access } from '../../platform/reach.ts'
import { canOf } from '../../platform/refusal.ts'
import type { PlanState } from '../shapes.ts'
import { FIELDS, type TableField } from './columns.rules.ts'
import { cellOf, type ExportNames } from './export.rules.ts'
import { countsOf, type PlanReport, type ShownChange, whyNotApply, whyNotDiscard } from './imports.rules.ts'
import type { PlanImportView, RowView } from './imports.schema.ts'
import type { LineValues } from './line-values.rules.ts'
import { isError } from './row-reasons.rules.ts'
import type { ImportRow } from './tables.store.ts'

/** Which rows are asked for. */
export interface Asked {
  readonly access: Access
  readonly language: Language
  readonly result?: string | undefined
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

/** An import with a page of its rows. */
export function representImport(row: ImportRow, asked: Asked): PlanImportView {
  const { report, authorityId } = row
  const { access, language, result, after, limit = 50 } = asked
  const facts = { ...row, planState: row.planState as PlanState, counts: countsOf(report.rows) }
  const why = (action: string) => access.whyNot(action, { authorityId })
  const from = Number(keyOf(after, ['integer'])?.[0] ?? 0)
  const rows = report.rows
    .filter((one) => one.row > from && (result === undefined || one.result === result))
    .slice(0, limit + 1)
  const page = pageOf(rows, limit, {
    key: (one) => [String(one.row)],
    show: (one) => representRow(one, language),
  })
  return {
    id: row.id,
    version: row.version,
    planId: row.planId,
    planTitle: row.title,
    fileName: row.fileName,
    state: row.state,
    counts: facts.counts,
    unused: [...report.unused],
    uploadedBy: { id: row.uploadedById, name: row.uploadedByName },
    uploadedAt: row.uploadedAt.toISOString(),
    appliedBy: named(row.appliedById, row.appliedByName),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    rows: { ...page, items: [...page.items] },
    can: {
      apply: canOf(why('planImport.apply') ?? whyNotApply(facts)),
      discard: canOf(why('planImport.discard') ?? whyNotDiscard(facts)),
    },
  }
}

function representRow(
  { row, name, result, reasons, shown }: PlanReport['rows'][number],
  language: Language,
): RowView {
  return {
    row,
    name,
    result,
    changes: [...shown],
    reasons: reasons.map((reason) => ({
      code: reason.code,
      severity: isError(reason) ? 'error' : 'warning',
      sentence: sentenceOf(`planRow.${reason.code}`, reason.params ?? {}, language),
    })),
  }
}

/** What a row would change, column by column, in the words of a table. */
export function changesOf(
  before: LineValues | undefined,
  after: LineValues | null,
  names: ExportNames,
): readonly ShownChange[] {
  if (before === undefined || after === null) return []
  return (Object.keys(FIELDS) as TableField[])
    .filter((field) => !SHOWN_BESIDE.includes(field))
    .map((field) => ({
      field: FIELDS[field][0],
      before: cellOf(field, { line: before, names, hasCount: false }),
      after: cellOf(field, { line: after, names, hasCount: false }),
    }))
    .filter((change) => change.before !== change.after)
}

// They follow from other columns.
const SHOWN_BESIDE: readonly TableField[] = ['count', 'isJoint', 'basis']

const RESULT_WORDS = { new: '新增', changed: '变更', same: '相同', error: '有误' } as const

/** The result of every row, as a table. */
export function reportCsv({ report }: Pick<ImportRow, 'report'>): string {
  return csvText(
    ['行号', '任务名称', '结果', '改变', '说明'],
    report.rows.map((one) => {
      const { row, name, result, changes, reasons } = representRow(one, 'zh-CN')
      return [
        row,
        name,
        RESULT_WORDS[result],
        changes
          .map(({ field, before, after }) => `${field}：${before || '（空）'}→${after || '（空）'}`)
          .join('；'),
        reasons.map(({ sentence }) => sentence).join('；'),
      ]
    }),
  )
}
