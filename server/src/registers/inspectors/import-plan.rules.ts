// What a table of inspectors would do to the register: row by row, before anything is done.

import type { Refusal } from '../../platform/refusal.ts'
import type { ReadInspector } from './import-row.rules.ts'

/** Somebody of the authority, and what the register knows of him. */
export interface KnownPerson {
  readonly personId: string
  readonly name: string
  readonly staffNumber: string | null
  /** His present row in the register. */
  readonly inspector: KnownInspector | null
}

/** A present row. Numbers as keyed fingerprints, in hex. */
export interface KnownInspector {
  readonly id: string
  readonly version: number
  readonly idCard: string | null
  readonly mobile: string | null
  readonly [field: string]: unknown
}

/** A row to compare: what was read, with its numbers as fingerprints. */
export interface PlannedRow {
  readonly read: ReadInspector
  readonly idCard: string | null
  readonly mobile: string | null
}

/** What there is to compare with. */
export interface KnownRegister {
  readonly people: readonly KnownPerson[]
  /** ID cards (as fingerprints) and warrants of rows in force in other authorities. */
  readonly elsewhere: ReadonlySet<string>
  readonly mayCreatePeople: boolean
}

/** What a row would do. */
export type Plan =
  | { readonly result: 'new'; readonly personId: string | undefined }
  | { readonly result: 'changed'; readonly known: KnownInspector; readonly changes: readonly string[] }
  | { readonly result: 'same'; readonly known: KnownInspector }
  | { readonly result: 'conflict'; readonly reason: Refusal }

/** The plan of every row, in their order. Nobody is taken up, or changed, by two rows. */
export function planOf(rows: readonly PlannedRow[], register: KnownRegister): readonly Plan[] {
  const takenBy = new Map<string, number>()
  return rows.map((row, at) => {
    const who = matched(row, register)
    if ('reason' in who) return { result: 'conflict', reason: who.reason }
    const keys = [who.person ? `p${who.person.personId}` : `n${row.read.name} ${row.read.staffNumber ?? ''}`]
    if (row.idCard !== null) keys.push(`c${row.idCard}`)
    if (row.read.warrantNumber !== null) keys.push(`w${row.read.warrantNumber}`)
    const twice = keys.map((key) => takenBy.get(key)).find((one) => one !== undefined)
    if (twice !== undefined)
      return {
        result: 'conflict',
        reason: { code: 'inspector_row.twice_in_file', params: { name: row.read.name } },
      }
    for (const key of keys) takenBy.set(key, at)
    return planFor(row, who.person)
  })
}

function planFor(row: PlannedRow, person: KnownPerson | undefined): Plan {
  const known = person?.inspector
  if (!known) return { result: 'new', personId: person?.personId }
  const changes = changedFields(row, known)
  return changes.length === 0 ? { result: 'same', known } : { result: 'changed', known, changes }
}

const COMPARED = [
  'sex',
  'warrantNumber',
  'warrantAuthority',
  'warrantFrom',
  'warrantUntil',
  'level',
  'category',
  'enforcementCategories',
  'qualifications',
  'specialisms',
] as const

/** Fields that a row says otherwise. An empty cell says nothing: it erases nothing. */
function changedFields({ read, idCard, mobile }: PlannedRow, known: KnownInspector): readonly string[] {
  const plain = COMPARED.filter((field) => read[field] !== null && !isSame(read[field], known[field]))
  return [
    ...plain,
    ...(idCard !== null && idCard !== known.idCard ? ['idCard'] : []),
    ...(mobile !== null && mobile !== known.mobile ? ['mobile'] : []),
  ]
}

function isSame(one: unknown, other: unknown): boolean {
  const even = (value: unknown) => (Array.isArray(value) ? (value as string[]).toSorted().join('\n') : value)
  return even(one) === even(other)
}

type Match = { readonly person: KnownPerson | undefined } | { readonly reason: Refusal }

/** Who is meant: by ID card, then by warrant, then by staff number, then by a name that only one has. */
function matched(row: PlannedRow, { people, elsewhere, mayCreatePeople }: KnownRegister): Match {
  const { name, staffNumber, warrantNumber } = row.read
  if (row.idCard !== null && elsewhere.has(row.idCard)) return refused('inspector.id_card_taken')
  if (warrantNumber !== null && elsewhere.has(warrantNumber)) return refused('inspector.warrant_taken')
  const sure =
    people.find(({ inspector }) => row.idCard !== null && inspector?.idCard === row.idCard) ??
    people.find(
      ({ inspector }) => warrantNumber !== null && inspector?.['warrantNumber'] === warrantNumber,
    ) ??
    people.find((one) => staffNumber !== null && one.staffNumber === staffNumber)
  if (sure)
    return sure.name === name ? { person: sure } : refused('inspector_row.other_name', { name: sure.name })
  const namesakes = people.filter(
    (one) => one.name === name && (staffNumber === null || one.staffNumber === null),
  )
  if (namesakes.length > 1) return refused('inspector_row.namesakes', { name })
  const [only] = namesakes
  if (only?.inspector && row.idCard !== null && ![null, row.idCard].includes(only.inspector.idCard))
    return refused('inspector_row.other_id_card', { name })
  if (only) return { person: only }
  return mayCreatePeople ? { person: undefined } : refused('inspector_row.person_missing', { name })
}

function refused(code: string, params?: Readonly<Record<string, string>>): Match {
  return { reason: params ? { code, params } : { code } }
}
