// Documents, code lists and calendars as text → what the law holds.

import { parseDays, type YearCalendar } from './calendars.ts'
import { isDay } from './days.ts'
import { fault, type Fields, fieldsOf, isFields, type LawFault, type Spot, textOf } from './faults.ts'
import { parseLabel, parseSource } from './parse-parameters.ts'
import type { Code, CodeList, LawDocument } from './shapes.ts'

const RESERVED = ['zh-CN', 'en', 'from', 'until', 'document']

/** The citation register of a folder: number → title, issuer, day of issue. */
export function parseDocuments(file: string, raw: unknown, faults: LawFault[]): readonly LawDocument[] {
  if (!isFields(raw)) return []
  return Object.entries(raw).flatMap(([id, value]) => {
    const document = parseDocument({ file, key: id, faults }, id, value)
    return document ? [document] : []
  })
}

/** One document of the register. */
export function parseDocument(spot: Spot, id: string, raw: unknown): LawDocument | undefined {
  const fields = fieldsOf(spot, raw, ['title', 'issuer', 'issued'])
  const title = textOf(spot, fields, 'title')
  const issuer = textOf(spot, fields, 'issuer')
  const issued = textOf(spot, fields, 'issued')
  if (issued !== undefined && !isDay(issued))
    return fault(spot, `issued ${issued} is no day`, 'write YYYY-MM-DD')
  return title && issuer && issued ? { id, title, issuer, issued } : undefined
}

/** A code list: each code with its names, its days in force and what else its list says of it. */
export function parseCodeList(
  file: string,
  raw: unknown,
  faults: LawFault[],
  documents: ReadonlyMap<string, LawDocument>,
): CodeList | undefined {
  const id = file.replace(/^.*\/|\.yaml$/g, '')
  const spot = { file, key: id, faults }
  const fields = fieldsOf(spot, raw, ['label', 'from', 'source', 'codes'])
  const label = parseLabel(spot, fields['label'])
  const source = parseSource(spot, fields['source'])
  const from = textOf(spot, fields, 'from')
  if (!isFields(fields['codes'])) return fault(spot, 'has no codes', 'write “codes:”')
  if (!label || !source || from === undefined) return undefined
  const codes = Object.entries(fields['codes']).flatMap(([code, value]) => {
    const at = { file, key: `${id} ${code}`, faults }
    if (!isFields(value)) return fault(at, 'is no mapping', 'write {zh-CN: …, en: …}') ?? []
    const document = textOf(at, value, 'document', false)
    const parsed = parseCode(at, code, value, {
      from,
      source: document === undefined ? source : { ...source, document },
    })
    if (parsed && !documents.has(parsed.source.document))
      fault(at, `cites ${parsed.source.document}, which no documents.yaml has`, 'enter the document there')
    return parsed ? [parsed] : []
  })
  return { id, label, codes }
}

/** A year's calendar: `holidays` by name with days or ranges, `workdays`, and the notices. */
export function parseCalendar(file: string, raw: unknown, faults: LawFault[]): YearCalendar | undefined {
  const spot = { file, key: 'calendar', faults }
  const fields = fieldsOf(spot, raw, ['year', 'notices', 'holidays', 'workdays'])
  const year = fields['year']
  if (typeof year !== 'number' || !file.endsWith(`/${year}.yaml`))
    return fault(spot, `is not the calendar of ${String(year)}`, 'name the file by its year')
  const notices = textsOf(fields['notices'])
  if (notices.length === 0) return fault(spot, 'has no source', 'name the notices of the State Council')
  try {
    const holidays = Object.values(isFields(fields['holidays']) ? fields['holidays'] : {}).flatMap(textsOf)
    const days = (ranges: readonly string[]) => ranges.flatMap(parseDays)
    return { year, notices, holidays: days(holidays), workdays: days(textsOf(fields['workdays'])) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return fault(spot, error.message, 'write YYYY-MM-DD, or first/last')
  }
}

function parseCode(
  spot: Spot,
  code: string,
  fields: Fields,
  list: Pick<Code, 'from' | 'source'>,
): Code | undefined {
  const label = parseLabel(spot, { 'zh-CN': fields['zh-CN'], en: fields['en'] })
  const from = textOf(spot, fields, 'from', false) ?? list.from
  const until = textOf(spot, fields, 'until', false)
  if (!isDay(from) || (until !== undefined && (!isDay(until) || until < from)))
    return fault(spot, 'has no days in force', 'write from and until as YYYY-MM-DD')
  const attributes = Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (RESERVED.includes(name)) return []
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return [[name, value]]
      return fault(spot, `${name} is neither text, number nor yes or no`, 'write one of them') ?? []
    }),
  )
  return (
    label && { code, label, from, ...(until === undefined ? {} : { until }), source: list.source, attributes }
  )
}

function textsOf(raw: unknown): readonly string[] {
  return Array.isArray(raw) ? raw.filter((one) => typeof one === 'string') : []
}
