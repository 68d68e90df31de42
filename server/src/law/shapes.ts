// What the law is made of: parameters, the dated values that places gave them, code lists, documents.

import type { Calendars } from './calendars.ts'
import type { Day } from './days.ts'
import type { Divisions } from './divisions.ts'
import type { Industries } from './industries.ts'

/** What a value is to the levels below it. */
export const KINDS = ['default', 'floor', 'cap', 'binding'] as const
export type Kind = (typeof KINDS)[number]

/**
 * How a value is measured. `ratio` is an integer in basis points (500 = 5 %); `month_day` is `MM-DD`; `working_day` is a
 * number, or a code of the list `soft-deadlines` where the document has no number (及时).
 */
export const UNITS = [
  'working_day',
  'year',
  'person',
  'authority',
  'time',
  'ratio',
  'boolean',
  'code',
  'codes',
  'text',
  'month_day',
  'month_days',
] as const
export type Unit = (typeof UNITS)[number]

export type Value = number | boolean | string | readonly string[]

/** A name in both languages. */
export interface Label {
  readonly 'zh-CN': string
  readonly en: string
}

/** Where a value comes from. `confirmed` false: quoted from memory or at second hand; `note` says what is to be confirmed. */
export interface Source {
  readonly document: string
  readonly article?: string
  readonly phrase?: string
  readonly note?: string
  readonly confirmed: boolean
}

/** A legal parameter: its name, how it is measured, and the code list that its value comes from. */
export interface Parameter {
  readonly key: string
  readonly label: Label
  readonly unit: Unit
  readonly list?: string
}

/**
 * One dated value of one parameter in one place. `division` is a GB/T 2260 code, or `cn` for the nation. In force from
 * `from` through `until`; without `until`, until the next value of the same place. `startsAt`: a code of `start-events`.
 */
export interface LawEntry {
  readonly division: string
  readonly key: string
  readonly value: Value
  readonly kind: Kind
  readonly from: Day
  readonly until?: Day
  readonly startsAt?: string
  readonly source: Source
}

/** A document that sources may cite. */
export interface LawDocument {
  readonly id: string
  readonly title: string
  readonly issuer: string
  readonly issued: Day
}

/** One code of a list, in force from `from` through `until`. */
export interface Code {
  readonly code: string
  readonly label: Label
  readonly from: Day
  readonly until?: Day
  readonly source: Source
  readonly attributes: Readonly<Record<string, string | number | boolean>>
}

export interface CodeList {
  readonly id: string
  readonly label: Label
  readonly codes: readonly Code[]
}

/** The whole law, immutable. `version` is a hash of everything that decides; a task keeps the version that it began under. */
export interface Law {
  readonly parameters: ReadonlyMap<string, Parameter>
  /** By key; within a place by `from`, and among equal days in order of approval. */
  readonly entries: ReadonlyMap<string, readonly LawEntry[]>
  readonly documents: ReadonlyMap<string, LawDocument>
  readonly codeLists: ReadonlyMap<string, CodeList>
  readonly divisions: Divisions
  readonly industries: Industries
  readonly calendars: Calendars
  readonly version: string
}

/** Where and when: a division's code and the day on which the law is asked. */
export interface Place {
  readonly division: string
  readonly on: Day
}
