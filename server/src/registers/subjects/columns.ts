// What a request says of a subject, in the columns of its table.

import type { Columns } from './changes.rules.ts'
import type { NewSubject, SubjectEdit } from './subjects.schema.ts'

const COLUMN = {
  name: 'name',
  registeredType: 'registered_type',
  legalRepresentative: 'legal_representative',
  registeredAddress: 'registered_address',
  businessScope: 'business_scope',
  establishedOn: 'established_on',
  registeredCapital: 'registered_capital',
  townshipCode: 'township_code',
  station: 'station',
  ofSubjectId: 'of_subject',
  industryCode: 'industry_code',
  creditClass: 'credit_class',
  riskGrade: 'risk_grade',
  registrationState: 'registration_state',
  tags: 'tags',
  pools: 'pools',
  kind: 'kind',
  entityType: 'entity_type',
  divisionCode: 'division_code',
} as const satisfies Partial<Record<keyof SubjectEdit | keyof NewSubject, string>>

/** The columns that a request speaks of; texts in their normal form. What it leaves out stays as it is. */
export function columnsOf(body: NewSubject | SubjectEdit): Columns {
  return Object.fromEntries(
    Object.entries(body).flatMap(([field, value]) => {
      const column = (COLUMN as Readonly<Record<string, string>>)[field]
      return column === undefined || value === undefined ? [] : [[column, normal(value)] as const]
    }),
  )
}

function normal(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC')
  return Array.isArray(value) ? value.map(normal) : value
}

const ORDER: readonly string[] = Object.values(COLUMN)

/** Where a column stands when the fields of a change are told; those of no request come last. */
export function placeOfColumn(column: string): number {
  const at = ORDER.indexOf(column)
  return at < 0 ? ORDER.length : at
}
