// Rows against the lines that a plan has: which would be new, changed, the same, or cannot be taken in.

import type { RowTexts } from './columns.rules.ts'
import { isError, type RowReason } from './row-reasons.rules.ts'
import {
  differingFields,
  joinRemark,
  type LinePart,
  type LineValues,
  partsKey,
  splitRemark,
} from './line-values.rules.ts'
import { readPlanRow, type SaidLine, scopeOfItems, type TableFrame } from './rows.rules.ts'

/** A line of the plan, as it stands. */
export interface KnownLine {
  readonly id: string
  readonly version: number
  readonly values: LineValues
}

/** A row as it was read: its number in the file, its texts, and what was wrong with its cells. */
export interface TableRow {
  readonly row: number
  readonly texts: RowTexts
  readonly isDamaged: boolean
}

/** What would become of a row. */
export interface RowOutcome {
  readonly row: number
  readonly result: 'new' | 'changed' | 'same' | 'error'
  readonly reasons: readonly RowReason[]
  /** The line that it changes, and as it was. */
  readonly lineId: string | null
  readonly lineVersion: number | null
  readonly changes: readonly string[]
  readonly values: LineValues | null
  /** As the file names it. */
  readonly name: string
}

/** What would become of each row, in their order. */
export function matchRows(
  rows: readonly TableRow[],
  lines: readonly KnownLine[],
  frame: TableFrame,
): readonly RowOutcome[] {
  const find = lineFinder(lines)
  const taken = new Set<string>()
  return rows.map(({ row, texts, isDamaged }) => {
    const read = readPlanRow(texts, frame)
    const known = find(read.said)
    const made = known ? merged(known.values, read.said, texts, frame) : newLine(read.said, texts, frame)
    const key = known?.id ?? (made.values ? ownKey(made.values) : `row ${row}`)
    const reasons = [
      ...(isDamaged ? [{ code: 'row_damaged' as const }] : []),
      ...read.reasons,
      ...made.reasons,
      ...(taken.has(key) ? [{ code: 'row_twice' as const }] : []),
    ]
    taken.add(key)
    return outcomeOf({ row, name: nameOf(texts), reasons, known, values: made.values })
  })
}

interface Made {
  readonly values: LineValues | null
  readonly reasons: readonly RowReason[]
}

function outcomeOf({
  row,
  name,
  reasons,
  known,
  values,
}: {
  readonly row: number
  readonly name: string
  readonly reasons: readonly RowReason[]
  readonly known: KnownLine | undefined
  readonly values: LineValues | null
}): RowOutcome {
  const about = { row, name, reasons, lineId: known?.id ?? null, lineVersion: known?.version ?? null }
  if (values === null || reasons.some(isError))
    return { ...about, result: 'error', changes: [], values: null }
  if (!known) return { ...about, result: 'new', changes: [], values }
  const changes = differingFields(known.values, values)
  return { ...about, result: changes.length === 0 ? 'same' : 'changed', changes, values }
}

/** By its number; else by lead, name and first day; by lead and items only where a table has no names of tasks. */
function lineFinder(lines: readonly KnownLine[]): (said: SaidLine) => KnownLine | undefined {
  const index = new Map<string, KnownLine | 'several'>()
  for (const line of lines)
    for (const key of keysOf(line.values)) index.set(key, index.has(key) ? 'several' : line)
  return (said) => {
    for (const key of keysOf(said).filter((one) => said.taskName === undefined || !one.startsWith('items'))) {
      const hit = index.get(key)
      if (hit !== undefined && hit !== 'several') return hit
    }
    return undefined
  }
}

function keysOf({ code, leadAuthorityId, taskName, startsOn, parts }: SaidLine): readonly string[] {
  const lead = leadAuthorityId ?? ''
  return [
    ...(code == null ? [] : [`code ${code}`]),
    ...(taskName === undefined || startsOn === undefined ? [] : [`task ${lead} ${taskName} ${startsOn}`]),
    ...(parts?.some(({ itemIds }) => itemIds.length > 0) ? [`items ${partsKey(parts)}`] : []),
  ]
}

function ownKey(values: LineValues): string {
  return values.code === null
    ? `${values.leadAuthorityId} ${values.taskName} ${values.startsOn} ${partsKey(values.parts)}`
    : `code ${values.code}`
}

function merged(
  known: LineValues,
  { remarkText, amountNote, ...said }: SaidLine,
  texts: RowTexts,
  frame: TableFrame,
): Made {
  const before = splitRemark(known.remark)
  const remark = joinRemark(
    remarkText === undefined ? before.text : remarkText,
    amountNote === undefined ? before.amountNote : amountNote,
  )
  const parts = mergedParts(known.parts, said.parts, texts)
  const drawType = said.drawType ?? known.drawType
  const mode = parts.length > 1 ? (said.mode ?? known.mode ?? modeFor(drawType, frame)) : (said.mode ?? null)
  return { values: { ...known, ...said, parts, mode, remark }, reasons: [] }
}

/** A table without a column of items, or of participants, leaves those of the line as they are. */
function mergedParts(
  known: readonly LinePart[],
  said: readonly LinePart[] | undefined,
  { items, others }: RowTexts,
): readonly LinePart[] {
  if (said === undefined || (items === undefined && others === undefined)) return known
  const before = new Map(known.map(({ authorityId, itemIds }) => [authorityId, itemIds]))
  const named = said.map(({ authorityId, itemIds }) => ({
    authorityId,
    itemIds: items === undefined ? (before.get(authorityId) ?? []) : itemIds,
  }))
  const silent = known.filter(({ authorityId }) => !said.some((part) => part.authorityId === authorityId))
  return others === undefined
    ? [...named, ...silent.map(({ authorityId }) => ({ authorityId, itemIds: [] }))]
    : named
}

/** A new line: what the table does not say is as the plan, the items and the law of the place have it. */
function newLine(said: SaidLine, texts: RowTexts, frame: TableFrame): Made {
  const { remarkText, amountNote, ...rest } = said
  const { plan, period, leastRatio, level } = frame
  const reasons: RowReason[] = []
  const items = (said.parts ?? []).flatMap(({ itemIds }) =>
    itemIds.flatMap((id) => frame.items.get(id) ?? []),
  )
  const taskName = said.taskName ?? nameOf(texts)
  if (taskName.length < 2) reasons.push({ code: 'name_missing' })
  const saysAmount = texts.amount !== undefined || texts.count !== undefined
  if (!saysAmount)
    reasons.push(
      leastRatio === null ? { code: 'amount_unreadable', params: { text: '' } } : { code: 'amount_by_law' },
    )
  if (texts.period === undefined) reasons.push({ code: 'period_whole' })
  if (said.leadAuthorityId === undefined) return { values: null, reasons }
  const drawType = said.drawType ?? 'UNTARGETED'
  const object = [...new Set(items.map((item) => item.object))].join('、').slice(0, 1000)
  const mode = said.mode ?? ((said.parts?.length ?? 0) > 1 ? modeFor(drawType, frame) : null)
  return {
    reasons,
    values: {
      code: null,
      taskName,
      tier: 'GENERAL',
      field: plan.field === 'nonMarket' ? 'nonMarket' : 'market',
      crossRegion: false,
      leadAuthorityId: said.leadAuthorityId,
      guidedBy: null,
      unit: null,
      object: object === '' ? taskName : object,
      scope: scopeOfItems(items, { divisionCode: plan.divisionCode, register: said.leadAuthorityId }),
      content: null,
      fullCoverage: false,
      ratio: saysAmount ? null : leastRatio,
      quantity: null,
      classRatios: null,
      batches: null,
      draws: 1,
      frequencyLeast: null,
      frequencyMost: null,
      methods: [],
      startsOn: period.startsOn,
      endsOn: period.endsOn,
      drawLevel: level,
      inspectLevel: level,
      requirement: null,
      unmatched: null,
      parts: [],
      ...rest,
      drawType,
      mode,
      remark: joinRemark(remarkText ?? null, amountNote ?? null),
    },
  }
}

/** The joint mode that goes with a draw type; the first of the place where none says. */
function modeFor(drawType: string, { modes }: TableFrame): string | null {
  const fitting =
    modes.find((mode) => mode.drawType === drawType) ?? modes.find((mode) => mode.drawType === null)
  return (fitting ?? modes[0])?.code ?? null
}

function nameOf({ taskName, items, content }: RowTexts): string {
  const text = taskName || items || content || ''
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200).trim()
}
