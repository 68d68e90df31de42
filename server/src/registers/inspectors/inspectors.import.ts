// Inspectors by the hundred, from an office's table: compared, then written; what was written can be taken back.

import { insertPerson } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { initialsOf } from '../pinyin.ts'
import { whyNotOfSex } from './id-card.rules.ts'
import { whyNotCategory, whyNotWarrantStands } from './inspectors.rules.ts'
import type { Law } from '../../law/index.ts'
import { type KnownPerson, type Plan, planOf, type PlannedRow } from './import-plan.rules.ts'
import { type PersonRow, readElsewhere, readPeople, readUnits } from './import.store.ts'
import type { ReadInspector } from './import-row.rules.ts'
import type { NewInspector } from './inspectors.schema.ts'
import { insertInspectors, type InspectorColumns, type NewRow, updateInspector } from './inspectors.store.ts'
import { closed, idCardFingerprint, openMobile } from './secrets.ts'

export { type ReadInspector, readInspectorRow, type RowDefect } from './import-row.rules.ts'

/** Where rows go, and on whose behalf. */
export interface InspectorImport {
  readonly authorityId: string
  readonly divisionCode: string
  readonly secrets: Secrets
  readonly law: Law
  readonly now: Date
  readonly newId: () => string
  /** Whether whoever imports may enter people into the directory (`person.create`). */
  readonly mayCreatePeople: boolean
  readonly importId?: string | undefined
}

/** What became of a row. `before`: what a change replaced, for taking it back; numbers in it are encrypted. */
export type InspectorOutcome =
  | { readonly result: 'new'; readonly inspectorId: string; readonly personId: string }
  | {
      readonly result: 'changed'
      readonly inspectorId: string
      readonly changes: readonly string[]
      readonly version: number
      readonly before: InspectorColumns
    }
  | { readonly result: 'same'; readonly inspectorId: string }
  | { readonly result: 'conflict'; readonly reason: Refusal }

/** Writes the rows into the register of one authority; a row in conflict is left out. Outcomes are in their order. */
export async function upsertInspectors(
  writer: Writer,
  to: InspectorImport,
  given: readonly ReadInspector[],
): Promise<readonly InspectorOutcome[]> {
  const rows = given.map((read) => ({ ...read, category: categoryIn(read, to.law) }))
  const people = await readPeople(writer, to.authorityId)
  const plans = planOf(
    rows.map((read) => fingerprinted(read, to.secrets)),
    {
      people: people.map((row) => knownPerson(row, to.secrets)),
      elsewhere: await elsewhereOf(writer, to, rows),
      mayCreatePeople: to.mayCreatePeople,
    },
  )
  const unitOf = unitFinder(await readUnits(writer, to.authorityId))
  const inserts: NewRow[] = []
  const outcomes: InspectorOutcome[] = []
  for (const [at, plan] of plans.entries()) {
    const read = rows[at]!
    const reason = plan.result === 'conflict' ? plan.reason : whyNotRow(read, plan, to)
    if (plan.result === 'conflict' || reason) {
      outcomes.push({ result: 'conflict', reason: reason! })
    } else if (plan.result === 'new') {
      const personId = plan.personId ?? (await newPerson(writer, to, read, unitOf(read)))
      const row = newRow(to, read, personId)
      inserts.push(row)
      outcomes.push({ result: 'new', inspectorId: row.id, personId })
    } else {
      outcomes.push(await changed(writer, to, { read, plan, people }))
    }
  }
  await insertInspectors(writer, inserts)
  return outcomes
}

/** Takes back what an import wrote: who entered by it leaves the register, what it changed is as it was before. */
export async function revertInspectors(
  writer: Writer,
  outcomes: readonly InspectorOutcome[],
  { now, reason }: { readonly now: Date; readonly reason: string },
): Promise<void> {
  for (const outcome of outcomes) {
    if (outcome.result === 'new')
      await updateInspector(writer, outcome.inspectorId, {
        state: 'left',
        endedOn: dayOf(now),
        stateReason: reason,
      })
    if (outcome.result === 'changed') await updateInspector(writer, outcome.inspectorId, outcome.before)
  }
}

function fingerprinted(read: ReadInspector, secrets: Secrets): PlannedRow {
  const mark = (text: string | null) =>
    text === null ? null : idCardFingerprint(secrets, text).toString('hex')
  return { read, idCard: mark(read.idCard), mobile: mark(read.mobile) }
}

function knownPerson(row: PersonRow, secrets: Secrets): KnownPerson {
  const { personId, name, staffNumber, id, version, idCardFingerprint: card, ...fields } = row
  if (id === null || version === null) return { personId, name, staffNumber, inspector: null }
  const number = openMobile(secrets, fields)
  const mobile = number === null ? null : idCardFingerprint(secrets, number).toString('hex')
  const inspector = { ...fields, id, version, idCard: card?.toString('hex') ?? null, mobile }
  return { personId, name, staffNumber, inspector }
}

async function elsewhereOf(
  reader: Reader,
  { authorityId, secrets }: InspectorImport,
  rows: readonly ReadInspector[],
): Promise<ReadonlySet<string>> {
  const fingerprints = rows.flatMap(({ idCard }) =>
    idCard === null ? [] : [idCardFingerprint(secrets, idCard)],
  )
  const warrants = rows.flatMap(({ warrantNumber }) => warrantNumber ?? [])
  const found = await readElsewhere(reader, { authorityId, fingerprints, warrants })
  return new Set(
    found.flatMap((row) => [row.idCardFingerprint?.toString('hex') ?? '', row.warrantNumber ?? '']),
  )
}

/** Why a row may not stand, with what is there already where it is about somebody in the register. */
function whyNotRow(
  read: ReadInspector,
  plan: Exclude<Plan, { result: 'conflict' }>,
  { law, divisionCode, now }: InspectorImport,
): Refusal | undefined {
  const known = plan.result === 'new' ? {} : (plan.known as Partial<ReadInspector>)
  const sex = read.sex ?? known.sex ?? null
  if (sex === null) return { code: 'inspector_row.sex_missing' }
  const wrong =
    whyNotWarrantStands({
      warrantNumber: read.warrantNumber ?? known.warrantNumber ?? null,
      warrantAuthority: read.warrantAuthority ?? known.warrantAuthority ?? null,
      warrantFrom: read.warrantFrom ?? known.warrantFrom ?? null,
      warrantUntil: read.warrantUntil ?? known.warrantUntil ?? null,
    }) ?? (read.idCard === null ? undefined : whyNotOfSex(read.idCard, sex))
  const place = { division: divisionCode, on: dayOf(now) }
  return (
    wrong ??
    (read.category === null && plan.result !== 'new'
      ? undefined
      : whyNotCategory(categoryOf(read), place, law))
  )
}

/** The code of a category that may be given by its label. */
function categoryIn({ category }: ReadInspector, law: Law): string | null {
  const codes = law.codeLists.get('inspector-categories')?.codes ?? []
  return codes.find(({ label }) => label['zh-CN'] === category)?.code ?? category
}

/** Where a table says none: whoever has a warrant is qualified, whoever has none supervises. */
function categoryOf({ category, warrantNumber }: ReadInspector): string {
  return category ?? (warrantNumber === null ? 'DAILY_SUPERVISION' : 'ENFORCEMENT_QUALIFIED')
}

/** The level of the authority's own division, where a table says none. */
function levelOf({ level }: ReadInspector, divisionCode: string): NewInspector['level'] {
  if (level !== null) return level
  if (divisionCode.endsWith('0000')) return 'province'
  return divisionCode.endsWith('00') ? 'prefecture' : 'county'
}

function newRow(to: InspectorImport, read: ReadInspector, personId: string): NewRow {
  return {
    id: to.newId(),
    personId,
    authorityId: to.authorityId,
    divisionCode: to.divisionCode,
    initials: initialsOf(read.name),
    sex: read.sex ?? 'male',
    level: levelOf(read, to.divisionCode),
    category: categoryOf(read),
    enteredOn: dayOf(to.now),
    importId: to.importId,
    warrantNumber: read.warrantNumber,
    warrantAuthority: read.warrantAuthority,
    warrantFrom: read.warrantFrom,
    warrantUntil: read.warrantUntil,
    enforcementCategories: read.enforcementCategories ?? [],
    qualifications: read.qualifications ?? [],
    specialisms: read.specialisms ?? [],
    ...closed(to.secrets, read),
  }
}

async function changed(
  writer: Writer,
  to: InspectorImport,
  {
    read,
    plan,
    people,
  }: {
    readonly read: ReadInspector
    readonly plan: Extract<Plan, { result: 'changed' | 'same' }>
    readonly people: readonly PersonRow[]
  },
): Promise<InspectorOutcome> {
  const inspectorId = plan.known.id
  if (plan.result === 'same') return { result: 'same', inspectorId }
  const row = people.find(({ id }) => id === inspectorId)!
  const next: InspectorColumns = { ...newRow(to, read, row.personId), state: undefined }
  const columns = plan.changes.flatMap((change) => COLUMNS_OF[change] ?? [change as keyof InspectorColumns])
  const picked = (from: InspectorColumns) => Object.fromEntries(columns.map((name) => [name, from[name]]))
  await updateInspector(writer, inspectorId, picked(next))
  const { changes, known } = plan
  const before = picked(row as InspectorColumns)
  return { result: 'changed', inspectorId, changes, version: known.version + 1, before }
}

// A number is kept in columns of other names.
const COLUMNS_OF: Readonly<Record<string, readonly (keyof InspectorColumns)[]>> = {
  idCard: ['idCardCipher', 'idCardFingerprint'],
  mobile: ['mobileCipher'],
}

async function newPerson(
  writer: Writer,
  { authorityId, newId }: InspectorImport,
  { name, staffNumber, post }: ReadInspector,
  unitId: string | null,
): Promise<string> {
  const id = newId()
  await insertPerson(writer, id, { authorityId, name, staffNumber, post, unitId })
  return id
}

function unitFinder(units: Awaited<ReturnType<typeof readUnits>>) {
  return ({ unit, section }: ReadInspector): string | null => {
    const inUnit = units.find(({ name, above }) => name === section && (unit === null || above === unit))
    return (inUnit ?? units.find(({ name }) => name === (unit ?? section)))?.id ?? null
  }
}
