// A section of the law as text → its parameters and their dated values.

import { isDay } from './days.ts'
import { whyNotEntry, type LawFrame } from './entries.ts'
import { fault, type Fields, fieldsOf, isFields, type LawFault, type Spot, textOf } from './faults.ts'
import {
  type Kind,
  type Label,
  type LawDocument,
  type LawEntry,
  type Parameter,
  type Source,
  type Unit,
  UNITS,
  type Value,
} from './shapes.ts'

const DECLARED = ['label', 'unit', 'list', 'kind', 'values']
const VALUES = ['kind', 'values']
const VALUE = ['value', 'kind', 'until', 'starts_at', 'source']
const SOURCE = ['document', 'article', 'phrase', 'note', 'confirmed']
const PERCENT = /^(\d{1,3})(?:\.(\d{1,2}))? ?%$/

/** A section of one file: `publication` → its parameters by short name. */
export interface Section {
  readonly file: string
  readonly name: string
  readonly fields: Fields
  readonly division: string
  /** What `source:` names when it names no document: the one that an overlay transcribes. */
  readonly document?: string
}

/** What a national section declares; the values come from `parseEntries`, once all parameters are known. */
export function parseDeclared(section: Section, faults: LawFault[]): readonly Parameter[] {
  return Object.entries(section.fields).flatMap(([name, raw]) => {
    const spot = { file: section.file, key: `${section.name}.${name}`, faults }
    if (!/^[a-z][a-z_]*$/.test(name)) fault(spot, 'is no name', 'write small letters and _')
    const fields = fieldsOf(spot, raw, DECLARED)
    const label = parseLabel(spot, fields['label'])
    const unit = UNITS.find((one) => one === fields['unit'])
    if (!unit) fault(spot, `unknown unit ${String(fields['unit'])}`, `the units are ${UNITS.join(', ')}`)
    const list = textOf(spot, fields, 'list', unit === 'code' || unit === 'codes')
    if (!unit || !label) return []
    return [{ key: spot.key, label, unit, ...(list === undefined ? {} : { list }) }]
  })
}

/** The dated values of a section. In an overlay (`declares` false) a parameter has only `kind` and `values`. */
export function parseEntries(
  section: Section,
  frame: LawFrame & { readonly documents: ReadonlyMap<string, LawDocument> },
  faults: LawFault[],
  declares: boolean,
): readonly LawEntry[] {
  return Object.entries(section.fields).flatMap(([name, raw]) => {
    const spot = { file: section.file, key: `${section.name}.${name}`, faults }
    const parameter = frame.parameters.get(spot.key)
    if (!parameter) {
      if (!declares) fault(spot, 'is no parameter', 'declare it in law/cn, or mend its name')
      return []
    }
    const fields = declares ? (isFields(raw) ? raw : {}) : fieldsOf(spot, raw, VALUES)
    const values = fields['values'] ?? (declares ? {} : undefined)
    if (!isFields(values)) return fault(spot, 'has no values', 'write “values:” with a day of effect') ?? []
    const entries = Object.entries(values).flatMap(([from, value]) => {
      const at = { ...spot, key: `${spot.key} ${from}` }
      const entry = parseEntry(at, section, parameter, { from, raw: value, kind: fields['kind'] })
      return entry && stands(at, entry, frame) ? [entry] : []
    })
    return withoutOverlap(spot, entries)
  })
}

/** A name in both languages. */
export function parseLabel(spot: Spot, raw: unknown): Label | undefined {
  const fields = fieldsOf(spot, raw, ['zh-CN', 'en'])
  const zh = textOf(spot, fields, 'zh-CN')
  const en = textOf(spot, fields, 'en')
  return zh === undefined || en === undefined ? undefined : { 'zh-CN': zh, en }
}

/** Where something comes from; a source that does not say `confirmed` is confirmed and must quote its phrase. */
export function parseSource(spot: Spot, raw: unknown, document?: string): Source | undefined {
  if (raw === undefined) return fault(spot, 'has no source', 'write “source:” with document and phrase')
  const fields = fieldsOf(spot, raw, SOURCE)
  const cited = textOf(spot, fields, 'document', document === undefined) ?? document
  const confirmed = fields['confirmed'] ?? true
  if (typeof confirmed !== 'boolean') return fault(spot, 'confirmed is neither true nor false', 'write one')
  if (cited === undefined) return undefined
  const rest = Object.fromEntries(
    ['article', 'phrase', 'note'].flatMap((name) => {
      const text = textOf(spot, fields, name, false)
      return text === undefined ? [] : [[name, text]]
    }),
  )
  return { document: cited, confirmed, ...rest }
}

function parseEntry(
  spot: Spot,
  { division, document }: Section,
  { key, unit }: Parameter,
  { from, raw, kind }: { readonly from: string; readonly raw: unknown; readonly kind: unknown },
): LawEntry | undefined {
  const fields = fieldsOf(spot, raw, VALUE)
  const source = parseSource(spot, fields['source'], document)
  const value = parseValue(unit, fields['value'])
  if (value === undefined) fault(spot, 'has no value', 'write “value:”')
  const until = textOf(spot, fields, 'until', false)
  const startsAt = textOf(spot, fields, 'starts_at', false)
  if (value === undefined || !source) return undefined
  return {
    division,
    key,
    value,
    // What is no kind is refused with the list of kinds, where all entries are asked the same questions.
    kind: (fields['kind'] ?? kind ?? 'without a name') as Kind,
    from,
    ...(until === undefined ? {} : { until }),
    ...(startsAt === undefined ? {} : { startsAt }),
    source,
  }
}

function parseValue(unit: Unit, raw: unknown): Value | undefined {
  if (unit === 'ratio') return parsePercent(raw)
  if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean') return raw
  if (Array.isArray(raw) && raw.every((one) => typeof one === 'string')) return raw
  return undefined
}

/** `5 %` → 500 basis points; a number is no percentage, so that 5 and 500 are never taken for each other. */
function parsePercent(raw: unknown): Value | undefined {
  const match = typeof raw === 'string' ? PERCENT.exec(raw) : null
  if (!match) return typeof raw === 'string' || typeof raw === 'number' ? String(raw) : undefined
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

function stands(
  spot: Spot,
  entry: LawEntry,
  frame: LawFrame & { readonly documents: ReadonlyMap<string, LawDocument> },
): boolean {
  const why = whyNotEntry(frame, entry)
  if (why) fault(spot, why.what, why.mend)
  const cited = frame.documents.has(entry.source.document)
  if (!cited)
    fault(spot, `cites ${entry.source.document}, which no documents.yaml has`, 'enter the document there')
  return !why && cited
}

function withoutOverlap(spot: Spot, entries: readonly LawEntry[]): readonly LawEntry[] {
  const sorted = [...entries].sort((a, b) => (a.from < b.from ? -1 : 1))
  for (const [index, entry] of sorted.entries()) {
    const next = sorted[index + 1]
    if (next && isDay(next.from) && entry.until !== undefined && entry.until >= next.from)
      fault(
        spot,
        `the value of ${entry.from} runs until ${entry.until} and overlaps that of ${next.from}`,
        'end it before',
      )
  }
  return sorted
}
