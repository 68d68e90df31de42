// A line of a plan → the cells of a form, in words that can be read in again.

import { amountText, classText, percentText } from './amount-words.rules.ts'
import { DRAW_TYPE_WORDS, FIELD_WORDS, frequencyText, levelsText, TIER_WORDS } from './cells.rules.ts'
import type { TableField } from './columns.rules.ts'
import { columnsOf, type Form } from './forms.rules.ts'
import { type LineValues, splitRemark } from './line-values.rules.ts'
import { periodText } from './period-words.rules.ts'

/** The names that the cells need. */
export interface ExportNames {
  /** authority id → name. */
  readonly authorities: ReadonlyMap<string, string>
  /** item id → how tables name it, and its legal basis in words. */
  readonly items: ReadonlyMap<string, { readonly label: string; readonly basis: string }>
  /** method → name. */
  readonly methods: ReadonlyMap<string, string>
  readonly modes: ReadonlyMap<string, string>
}

/** The rows of a form: a title in its first cell, the header, the lines in their order. */
export function formRows(
  title: string,
  form: Form,
  lines: readonly LineValues[],
  names: ExportNames,
): readonly (readonly string[])[] {
  const columns = columnsOf(form)
  const hasCount = columns.some(([, field]) => field === 'count')
  return [
    [title],
    columns.map(([header]) => header),
    ...lines.map((line, at) =>
      columns.map(([, field]) =>
        field === 'ordinal' ? String(at + 1) : cellOf(field, { line, names, hasCount }),
      ),
    ),
  ]
}

interface CellOf {
  readonly line: LineValues
  readonly names: ExportNames
  /** Ratio and quantity stand in columns of their own. */
  readonly hasCount: boolean
}

/** The cell of a field. */
export function cellOf(field: TableField, { line, names, hasCount }: CellOf): string {
  const { text, amountNote } = splitRemark(line.remark)
  switch (field) {
    case 'code':
    case 'guidedBy':
    case 'unit':
    case 'content':
      return line[field] ?? ''
    case 'taskName':
    case 'object':
      return line[field]
    case 'drawType':
      return DRAW_TYPE_WORDS[line.drawType]
    case 'field':
      return FIELD_WORDS[line.field]
    case 'tier':
      return TIER_WORDS[line.tier]
    case 'items':
      return itemsText(line, names)
    case 'basis':
      return [...new Set(basesOf(line, names))].join('；')
    case 'lead':
      return names.authorities.get(line.leadAuthorityId) ?? ''
    case 'others':
      return othersOf(line)
        .map((id) => names.authorities.get(id) ?? '')
        .join('、')
    case 'amount':
      return hasCount ? splitAmount(line, amountNote)[0] : amountText(line, amountNote)
    case 'count':
      return splitAmount(line, amountNote)[1]
    case 'classes':
      return classText(line.classRatios ?? {})
    case 'draws':
      return String(line.draws)
    case 'frequency':
      return frequencyText({ least: line.frequencyLeast, most: line.frequencyMost })
    case 'period':
      return periodText(line)
    case 'methods':
      return line.methods.map((code) => names.methods.get(code) ?? code).join('、')
    case 'mode':
      return line.mode === null ? '' : (names.modes.get(line.mode) ?? '')
    case 'levels':
      return levelsText(line)
    case 'isJoint':
      return line.parts.length > 1 ? '是' : '否'
    case 'remark':
      return text ?? ''
  }
}

/** `事项甲、事项乙`; of several authorities `卫生健康局：事项甲` line by line. */
function itemsText({ parts }: LineValues, names: ExportNames): string {
  const labels = (ids: readonly string[]): string =>
    ids.map((id) => names.items.get(id)?.label ?? '').join('、')
  const [only, ...more] = parts.filter(({ itemIds }) => itemIds.length > 0)
  if (!only) return ''
  if (more.length === 0 && parts.length === 1) return labels(only.itemIds)
  return [only, ...more]
    .map(({ authorityId, itemIds }) => `${names.authorities.get(authorityId) ?? ''}：${labels(itemIds)}`)
    .join('\n')
}

function basesOf({ parts }: LineValues, names: ExportNames): readonly string[] {
  return parts
    .flatMap(({ itemIds }) => itemIds.map((id) => names.items.get(id)?.basis ?? ''))
    .filter((basis) => basis !== '')
}

function othersOf({ parts, leadAuthorityId }: LineValues): readonly string[] {
  return parts.map(({ authorityId }) => authorityId).filter((id) => id !== leadAuthorityId)
}

/** The ratio in one column and what else is said in the next. */
function splitAmount(line: LineValues, note: string | null): readonly [amount: string, count: string] {
  const text = amountText(line, note)
  const both = /^(\d+(?:\.\d+)?%)\((.+)\)$/s.exec(text)
  if (both) return [both[1]!, both[2]!]
  if (line.quantity === null || line.fullCoverage) return [text, '']
  return ['', text === percentText(line.quantity) ? `${line.quantity}户` : text]
}
