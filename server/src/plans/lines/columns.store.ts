// How what is said of a line stands in its columns.

import type { LineEdit } from './lines.schema.ts'

/** What is written of a line; what is left out stays as it is. */
export type LineColumns = Omit<LineEdit, 'parts'>

const NAMES = {
  code: 'code',
  taskName: 'task_name',
  drawType: 'draw_type',
  tier: 'tier',
  field: 'field',
  mode: 'mode',
  crossRegion: 'cross_region',
  leadAuthorityId: 'lead_authority_id',
  guidedBy: 'guided_by',
  unit: 'unit',
  object: 'object',
  scope: 'scope',
  content: 'content',
  fullCoverage: 'full_coverage',
  ratio: 'ratio',
  quantity: 'quantity',
  classRatios: 'class_ratios',
  batches: 'batches',
  draws: 'draws',
  frequencyLeast: 'frequency_least',
  frequencyMost: 'frequency_most',
  methods: 'methods',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  drawLevel: 'draw_level',
  inspectLevel: 'inspect_level',
  requirement: 'requirement',
  remark: 'remark',
  unmatched: 'unmatched',
  jointItemId: 'joint_item_id',
} as const satisfies Record<keyof LineColumns, string>

const AS_JSON: readonly string[] = ['scope', 'classRatios']

/** The columns of what is said of a line. Texts in their normal form. */
export function columnsOf(line: LineColumns): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(NAMES).flatMap(([name, column]) => {
      const value = line[name as keyof LineColumns]
      return value === undefined ? [] : [[column, written(name, value)]]
    }),
  )
}

function written(name: string, value: unknown): unknown {
  if (value === null) return null
  if (AS_JSON.includes(name)) return JSON.stringify(value)
  if (Array.isArray(value)) return [...(value as readonly unknown[])]
  return typeof value === 'string' ? value.normalize('NFC') : value
}
