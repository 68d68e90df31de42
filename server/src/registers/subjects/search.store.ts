// Searching and listing the register of subjects, fast at ten million.

import type { Reader } from '../../platform/database/database.ts'
import type { Reach } from '../../platform/reach.ts'

/** The order of every list of subjects: county, then code. Unique. */
export type SubjectKey = readonly [divisionCode: string, code: string]

/** What lists are filtered by. `'-'` for industry, class or grade: those that have none. */
export interface SubjectFilter {
  /** A code or its beginning, initials in pinyin, or characters of the name; words between blanks must all be there. */
  readonly q?: string | undefined
  /** Where `q` is sought: in the name and code, or in the registered address of one county. */
  readonly field?: 'name' | 'address' | undefined
  /** A province, prefecture or county. */
  readonly division?: string | undefined
  /** `F`, `F51`, `F512`, `F5123`, or '-'. */
  readonly industry?: string | undefined
  readonly class?: string | undefined
  readonly grade?: string | undefined
  readonly kind?: string | undefined
  readonly entityType?: string | undefined
  readonly state?: string | undefined
  readonly tag?: string | undefined
  readonly pool?: string | undefined
  readonly flag?: string | undefined
  /** Whose register: the id of an authority. Implies its division. */
  readonly authority?: string | undefined
  /** Those who left, instead of those who are in the register. */
  readonly left?: boolean | undefined
}

/** Which page: what follows `after`, at most `limit`. */
export interface SubjectPage {
  readonly after?: SubjectKey | undefined
  readonly limit: number
}

/** What a list shows of a subject; no personal numbers. */
export interface SubjectRow {
  readonly id: string
  readonly divisionCode: string
  readonly code: string
  readonly codeKind: string
  readonly name: string
  readonly kind: string
  readonly entityType: string
  readonly registeredType: string | null
  readonly legalRepresentative: string | null
  readonly registeredAddress: string | null
  readonly registrationState: string
  readonly divisionBasis: string
  readonly townshipCode: string | null
  readonly industryCode: string | null
  readonly creditClass: string | null
  readonly riskGrade: string | null
  readonly tags: readonly string[]
  readonly pools: readonly string[]
  readonly flags: readonly string[]
  readonly authorityIds: readonly string[]
  readonly station: string | null
  readonly establishedOn: string | null
  readonly enteredOn: string
  readonly leftOn: string | null
  readonly version: number
}

/** A page. `next` is absent at the end, and present also after a page that is not full: so far it was searched. */
export interface FoundSubjects {
  readonly rows: readonly SubjectRow[]
  readonly next?: SubjectKey
}

/** How many there are; an estimate where counting would be slow. */
export interface SubjectCount {
  readonly count: number
  readonly exact: boolean
}

/** A page of the subjects that a filter leaves, in the order of SubjectKey. Throws Refused `subject.address_needs_county`. */
export function searchSubjects(
  _reader: Reader,
  _reach: Reach,
  _filter: SubjectFilter,
  _page: SubjectPage,
): Promise<FoundSubjects> {
  return Promise.resolve({ rows: [] })
}

/** How many subjects a filter leaves. */
export function aboutSubjects(_reader: Reader, _reach: Reach, _filter: SubjectFilter): Promise<SubjectCount> {
  return Promise.resolve({ count: 0, exact: true })
}
