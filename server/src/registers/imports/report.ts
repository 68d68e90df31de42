// What a comparison found, as a table to take away: every row with its reasons, in Chinese.

import { csvLine, csvStart } from '@sunlot/sheets'
import { ENTITY_TYPES_SHOWN, KINDS_SHOWN, STATES_SHOWN } from '../subjects/words.ts'
import { type Register, titleOf } from './fields.rules.ts'
import type { ImportRecord, StagedView } from './imports.store.ts'
import { changesOf, reasonText, textOf } from './representation.ts'
import { SOURCES_SHOWN } from './sources.rules.ts'

const RESULT_WORDS: Readonly<Record<string, string>> = {
  new: '新增',
  changed: '有变化',
  renamed: '名称变更',
  same: '无变化',
  conflict: '有冲突',
  duplicate: '重复',
  rejected: '未采纳',
  gone: '文件中缺少',
}

// Between two sources nothing is new and nothing changes: they agree or they do not.
const GAP_WORDS: Readonly<Record<string, string>> = {
  new: '名录中没有',
  changed: '内容不同',
  renamed: '名称不同',
  same: '一致',
  conflict: '有冲突',
  duplicate: '名单中重复',
  rejected: '未采纳',
  gone: '只在名录中',
}

/** The import that a report is of. */
type Reported = Pick<ImportRecord, 'register' | 'mode' | 'fileName' | 'mapping' | 'counts'>

/** What a report is called. */
export function reportName({ mode, fileName, mapping }: Reported): string {
  const name = fileName.replace(/\.(?:csv|tsv|txt|xlsx?|xlsm)$/i, '')
  if (mode !== 'reconcile') return `核对结果-${name}.csv`
  const source = mapping?.source && SOURCES_SHOWN[mapping.source]
  return `${['差异清单', source, name].filter(Boolean).join('-')}.csv`
}

/** The first line of the report. */
export function reportStart({ mode }: Pick<Reported, 'mode'>): string {
  const titles =
    mode === 'reconcile'
      ? ['行号', '结果', '代码', '名单中的名称', '名录中的名称', '说明', '不同之处（名录 → 名单）']
      : ['行号', '结果', '代码', '名称', '说明', '变化']
  return csvStart() + csvLine(titles)
}

// Columns that are called otherwise than the field of a file that fills them.
const FIELD_OF: Readonly<Record<string, string>> = { industry_code: 'industry', township_code: 'township' }
const TITLES: Readonly<Record<string, string>> = {
  kind: '对象类别',
  entity_type: '主体类别',
  pools: '专项库',
  tags: '标签',
  licence: '许可证',
}
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: KINDS_SHOWN,
  entity_type: ENTITY_TYPES_SHOWN,
  registration_state: STATES_SHOWN,
}

/** One line of the report; no cell of it is ever a formula. */
export function reportLine(row: StagedView, { register, mode }: Pick<Reported, 'register' | 'mode'>): string {
  const isCompared = mode === 'reconcile'
  const changes = changesOf(row)
  const shown = (field: string, value: string | null): string =>
    value === null || value === '' ? '（空）' : (VALUES[field]?.[value] ?? value)
  const titleFor = (field: string): string =>
    TITLES[field] ?? titleOf(register as Register, FIELD_OF[field] ?? field)
  return csvLine([
    row.row < 0 ? '' : row.row,
    (isCompared ? GAP_WORDS : RESULT_WORDS)[row.result] ?? row.result,
    row.code ?? '',
    ...(isCompared ? namesOf(row) : [row.name]),
    row.reasons.map((reason) => reasonText(reason, 'zh-CN')).join('；'),
    changes
      .map(
        ({ field, before, after }) => `${titleFor(field)}：${shown(field, before)} → ${shown(field, after)}`,
      )
      .join('；'),
  ])
}

/** Where the register holds more than the list can be of, nobody is named: how many they are is said. */
export function reportEnd({ mode, counts }: Reported, missing: number): string {
  const gone = counts['gone'] ?? 0
  if (mode !== 'reconcile' || gone <= missing) return ''
  return csvLine(['', GAP_WORDS['gone'] ?? '', '', '', '', `共 ${gone} 户，户数过多，只计数，不逐户列出`, ''])
}

const BOTH = new Set(['same', 'changed', 'renamed'])

/** What the list calls it, and what the register does. */
function namesOf({ result, name, changes }: StagedView): readonly [string, string] {
  if (result === 'gone') return ['', name]
  return [name, BOTH.has(result) ? (textOf(changes?.['name']?.[0]) ?? name) : '']
}
