// Whether a dated value can stand in the law; the same questions for a file and for what a legal officer enters.

import { isDay, isMonthDay } from './days.ts'
import { NATION } from './divisions.ts'
import {
  type CodeList,
  KINDS,
  type Law,
  type LawEntry,
  type Parameter,
  type Unit,
  type Value,
} from './shapes.ts'

/** What an entry is checked against. */
export type LawFrame = Pick<Law, 'parameters' | 'codeLists' | 'divisions'>

/** What is wrong with an entry, and how to mend it. */
export interface EntryFault {
  readonly what: string
  readonly mend: string
}

const NUMBERS: readonly Unit[] = ['working_day', 'year', 'person', 'authority', 'time', 'ratio']
const CLOCKS: readonly Unit[] = ['working_day', 'year']
const WHOLE = 10_000

/** Why an entry cannot stand; undefined when it can. */
export function whyNotEntry(law: LawFrame, entry: LawEntry): EntryFault | undefined {
  const parameter = law.parameters.get(entry.key)
  if (!parameter)
    return { what: `${entry.key} is no parameter`, mend: 'declare it in law/cn, or mend its name' }
  if (entry.division !== NATION && !law.divisions.has(entry.division))
    return { what: `${entry.division} is no division`, mend: 'write a GB/T 2260 code, or cn' }
  return (
    whyNotKind(parameter, entry) ??
    whyNotValue(law, parameter, entry.value) ??
    whyNotDates(entry) ??
    whyNotStart(law, parameter, entry) ??
    whyNotSource(entry)
  )
}

function whyNotKind({ unit }: Parameter, { kind }: LawEntry): EntryFault | undefined {
  if (!KINDS.includes(kind))
    return { what: `unknown kind ${kind}`, mend: `the kinds are ${KINDS.join(', ')}` }
  const bounds = kind === 'floor' || kind === 'cap'
  return bounds && !NUMBERS.includes(unit)
    ? { what: `a ${unit} cannot be a ${kind}`, mend: 'write default or binding' }
    : undefined
}

function whyNotValue(law: LawFrame, { unit, list }: Parameter, value: Value): EntryFault | undefined {
  if (unit === 'code' || unit === 'codes') return whyNotCodes(law, unit, list, value)
  if (fits(unit, value)) return undefined
  if (unit === 'working_day' && typeof value === 'string')
    return whyNotCodes(law, 'code', 'soft-deadlines', value)
  return { what: `${JSON.stringify(value)} is no value of unit ${unit}`, mend: `write ${FORMS[unit]}` }
}

const FORMS: Readonly<Record<Unit, string>> = {
  working_day: 'a number of working days, or a code of soft-deadlines',
  year: 'a number of years',
  person: 'a number of people',
  authority: 'a number of authorities',
  time: 'a number of times',
  ratio: 'a percentage such as “5 %”',
  boolean: 'true or false',
  code: 'a code of its list',
  codes: 'a list of codes of its list',
  text: 'a text',
  month_day: 'a day such as 01-15',
  month_days: 'a list of days such as [01-15, 06-15]',
}

function fits(unit: Unit, value: Value): boolean {
  if (unit === 'boolean') return typeof value === 'boolean'
  if (unit === 'text') return typeof value === 'string' && value.trim() !== ''
  if (unit === 'month_day') return typeof value === 'string' && isMonthDay(value)
  if (unit === 'month_days')
    return Array.isArray(value) && value.length > 0 && value.every(isMonthDay) && isOnce(value)
  return (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= 0 &&
    (unit !== 'ratio' || value <= WHOLE)
  )
}

function whyNotCodes(
  law: LawFrame,
  unit: 'code' | 'codes',
  list: string | undefined,
  value: Value,
): EntryFault | undefined {
  const codes: readonly unknown[] = Array.isArray(value) ? value : [value]
  if ((unit === 'codes') !== Array.isArray(value) || codes.length === 0 || !isOnce(codes))
    return {
      what: `${JSON.stringify(value)} is no value of unit ${unit}`,
      mend: `write ${FORMS[unit]}, each once`,
    }
  const known: CodeList | undefined = law.codeLists.get(list ?? '')
  const strange = codes.find((code) => !known?.codes.some((one) => one.code === code))
  return strange === undefined
    ? undefined
    : { what: `${JSON.stringify(strange)} is no code of ${list}`, mend: `see cn/codes/${list}.yaml` }
}

function whyNotDates({ from, until }: LawEntry): EntryFault | undefined {
  if (!isDay(from)) return { what: `${from} is no day`, mend: 'write YYYY-MM-DD' }
  if (until !== undefined && (!isDay(until) || until < from))
    return { what: `until ${until} is no day, or before ${from}`, mend: 'write the last day in force' }
  return undefined
}

function whyNotStart(law: LawFrame, { unit }: Parameter, { startsAt }: LawEntry): EntryFault | undefined {
  if (startsAt === undefined) return undefined
  if (!CLOCKS.includes(unit)) return { what: `a ${unit} has no start event`, mend: 'leave starts_at out' }
  return whyNotCodes(law, 'code', 'start-events', startsAt)
}

function whyNotSource({ source }: LawEntry): EntryFault | undefined {
  if (source.document.trim() === '') return { what: 'has no source', mend: 'name the document' }
  if (source.confirmed && !source.phrase?.trim())
    return {
      what: 'has a confirmed source without its phrase',
      mend: 'quote the words, or write confirmed: false',
    }
  return source.confirmed || source.note?.trim()
    ? undefined
    : { what: 'has an unconfirmed source without a note', mend: 'say in “note:” what is to be confirmed' }
}

function isOnce(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length
}
