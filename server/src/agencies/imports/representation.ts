// An uploaded chart as it is shown, and as a file to take away.

import { csvText } from '@sunlot/sheets'
import { sentenceOf } from '../../platform/http/sentences.ts'
import type { Access } from '../../platform/reach.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { named } from '../../platform/http/shapes.ts'
import { maskedMobile } from '../people.rules.ts'
import { canOf } from '../../platform/refusal.ts'
import { openRow } from './apply-chart.ts'
import { type ChartRow, type Outcome } from './chart.rules.ts'
import { TEMPLATE_HEADER } from './columns.rules.ts'
import { whyNotApply, whyNotDiscard } from './imports.rules.ts'
import type { ImportRecord, Report } from './imports.store.ts'
import type { ImportRow, ImportSummary } from './schema.ts'

/** An upload without its rows. */
export function representImport(row: ImportRecord, access: Access): ImportSummary {
  const place = placeOfImport(row)
  return {
    ...row,
    state: row.state as ImportSummary['state'],
    uploadedBy: { id: row.uploadedById, name: row.uploadedByName },
    uploadedAt: row.uploadedAt.toISOString(),
    appliedBy: named(row.appliedById, row.appliedByName),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    can: {
      apply: canOf(access.whyNot('organisationImport.apply', place) ?? whyNotApply(row)),
      discard: canOf(access.whyNot('organisationImport.discard', place) ?? whyNotDiscard(row)),
    },
  }
}

/** Where an upload is. */
export function placeOfImport({ divisionCode }: Pick<ImportRecord, 'divisionCode'>) {
  return { divisionCode }
}

/** The rows of a report, numbers masked. */
export function shownRows(report: Report, secrets: Secrets): readonly ImportRow[] {
  return report.rows.map((kept, at) => shownRow(openRow(kept, secrets), report.outcomes[at]!))
}

/** The report as CSV, with a mark that spreadsheets take for UTF-8 and no cell that they would run. */
export function reportCsv(rows: readonly ImportRow[]): string {
  return csvText(
    ['行号', ...TEMPLATE_HEADER, '结果', '说明'],
    rows.map((row) => [
      row.row,
      row.authority,
      row.unit,
      row.section,
      row.name,
      row.staffNumber,
      row.post,
      row.mobile,
      RESULTS[row.result],
      row.conflict?.sentence ?? row.changes.map(changeText).join('；'),
    ]),
  )
}

/** An empty chart with one example row. */
export function templateCsv(): string {
  return csvText(TEMPLATE_HEADER, [
    ['青石县文化和旅游局', '文化市场综合行政执法大队', '一中队', '李示例', 'W001', '中队长', '13800000000'],
  ])
}

const RESULTS = { new: '新增', changed: '有变化', same: '无变化', conflict: '有冲突' } as const
const WHATS: Readonly<Record<string, string>> = {
  authority: '新部门',
  unit: '新单位',
  section: '新科室',
  person: '新人员',
  place: '所在单位',
  staffNumber: '工号',
  post: '职务',
  mobile: '手机',
}

function changeText({ what, before, after }: ImportRow['changes'][number]): string {
  return `${WHATS[what] ?? what}：${before === null ? '' : `${before} → `}${after}`
}

function shownRow({ mobile, ...row }: ChartRow, outcome: Outcome): ImportRow {
  const { conflict } = outcome
  return {
    row: row.row,
    authority: row.authority,
    unit: row.unit,
    section: row.section,
    name: row.name,
    staffNumber: row.staffNumber,
    post: row.post,
    mobile: mobile === '' ? '' : maskedMobile(mobile),
    result: outcome.result,
    changes: outcome.changes.map(withoutMark),
    conflict: conflict
      ? {
          code: conflict.code,
          params: { ...conflict.params },
          sentence: sentenceOf(conflict.code, conflict.params ?? {}, 'zh-CN'),
        }
      : null,
  }
}

/** A kept number is masked and followed by its fingerprint, which tells nobody anything. */
function withoutMark({ what, before, after }: Outcome['changes'][number]) {
  if (what !== 'mobile') return { what, before, after }
  return { what, before: before?.split(' ')[0] ?? null, after: after.split(' ')[0] ?? '' }
}
