// Checks a chart against the register, and carries out what was checked: all of it, or nothing.

import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Reach } from '../../platform/reach.ts'
import { demand } from '../../platform/refusal.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { PersonColumns } from '../people.store.ts'
import { type ChartRow, indexed, type Outcome, outcomesOf, type Register, unitKey } from './chart.rules.ts'
import { whyNotAsChecked } from './imports.rules.ts'
import type { KeptRow, Report } from './imports.store.ts'
import { holdRegister, insertChart, readRegister, updateCompared } from './register.store.ts'

/** Where a chart goes, and how far whoever brings it reaches. */
export interface Target {
  readonly divisionCode: string
  readonly reach: Reach
  readonly secrets: Secrets
}

/** What each row would do now. */
export async function check(
  reader: Reader,
  target: Target,
  rows: readonly ChartRow[],
): Promise<readonly Outcome[]> {
  return outcomesOf(rows, await registerOf(reader, target, rows))
}

/** Carries out a checked chart. Throws Refused where the register changed so that a row would now do something else. */
export async function apply(
  writer: Writer,
  target: Target & { readonly newId: () => string },
  report: Report,
): Promise<void> {
  const rows = report.rows.map((row) => openRow(row, target.secrets))
  await holdRegister(writer, target.divisionCode)
  const register = await registerOf(writer, target, rows)
  demand(whyNotAsChecked(report.outcomes, withoutNumbers(outcomesOf(rows, register), target.secrets)))
  const ids = { ...indexed(register), newId: target.newId }
  const made = structureOf(rows, ids)
  const people = rows.flatMap((row, at) => ({ row, outcome: report.outcomes[at]! }))
  const fresh = people.filter(({ row, outcome }) => outcome.result === 'new' && row.name !== '')
  await insertChart(
    writer,
    { ...made.inserts, people: fresh.map(({ row }) => newPerson(row, made, target)) },
    target.divisionCode,
  )
  const versions = new Map(register.people.map((person) => [person.id, person]))
  for (const { row, outcome } of people) {
    const person = versions.get(outcome.personId ?? '')
    if (outcome.result !== 'changed' || !person) continue
    const isStill = await updateCompared(writer, person, changedColumns(row, outcome, made, target))
    demand(isStill ? undefined : { code: 'organisation.register_changed', params: { row: row.row } })
  }
}

/** Outcomes as they are kept: mobile numbers in them masked. */
export function withoutNumbers(outcomes: readonly Outcome[], secrets: Secrets): readonly Outcome[] {
  // A fingerprint, so that a number that changes after the check is still found out.
  const kept = (number: string | null): string | null =>
    number === null ? null : `${number.slice(0, 3)}****${number.slice(-4)} ${mark(number, secrets)}`
  return outcomes.map((outcome) => ({
    ...outcome,
    changes: outcome.changes.map((change) =>
      change.what === 'mobile'
        ? { ...change, before: kept(change.before), after: kept(change.after) ?? '' }
        : change,
    ),
  }))
}

/** A row as it is kept. */
export function closeRow({ mobile, ...row }: ChartRow, secrets: Secrets): KeptRow {
  return { ...row, mobileCipher: mobile === '' ? null : secrets.encrypt(mobile, 'person.mobile') }
}

/** A kept row as it was read. */
export function openRow({ mobileCipher, ...row }: KeptRow, secrets: Secrets): ChartRow {
  return { ...row, mobile: mobileCipher === null ? '' : secrets.decrypt(mobileCipher, 'person.mobile') }
}

function mark(number: string, secrets: Secrets): string {
  return secrets.fingerprint(number, 'person.mobile').toString('base64url').slice(0, 12)
}

async function registerOf(
  reader: Reader,
  { divisionCode, reach, secrets }: Target,
  rows: readonly ChartRow[],
): Promise<Register> {
  const names = [...new Set(rows.map(({ authority }) => authority))]
  const { authorities, units, people } = await readRegister(reader, reach, { divisionCode, names })
  return {
    authorities,
    units,
    people: people.map(({ mobileCipher, leftOn, ...person }) => ({
      ...person,
      mobile: mobileCipher === null ? null : secrets.decrypt(mobileCipher, 'person.mobile'),
      hasLeft: leftOn !== null,
    })),
  }
}

interface Made {
  readonly authorityIds: ReadonlyMap<string, string>
  readonly unitIds: ReadonlyMap<string, string>
  readonly inserts: Omit<Parameters<typeof insertChart>[1], 'people'>
}

/** Ids for every authority, unit and section that the rows name; those that are not there yet are to be inserted. */
function structureOf(
  rows: readonly ChartRow[],
  ids: ReturnType<typeof indexed> & { readonly newId: () => string },
): Made {
  const authorityIds = new Map(ids.authorityIds)
  const unitIds = new Map(ids.unitIds)
  const inserts = {
    authorities: [] as { id: string; name: string }[],
    units: [] as Made['inserts']['units'][number][],
  }
  const unit = (authority: string, name: string, key: string, parentId: string | null): void => {
    if (name === '' || unitIds.has(key)) return
    const made = { id: ids.newId(), authorityId: authorityIds.get(authority)!, parentId, name }
    unitIds.set(key, made.id)
    inserts.units.push(made)
  }
  for (const { authority, unit: name, section } of rows) {
    if (!authorityIds.has(authority)) {
      const made = { id: ids.newId(), name: authority }
      authorityIds.set(authority, made.id)
      inserts.authorities.push(made)
    }
    const above = unitKey(authority, name, '')
    unit(authority, name, above, null)
    unit(authority, section, unitKey(authority, name, section), name === '' ? null : unitIds.get(above)!)
  }
  return { authorityIds, unitIds, inserts }
}

function unitIdOf({ authority, unit, section }: ChartRow, { unitIds }: Made): string | null {
  return unit === '' && section === '' ? null : (unitIds.get(unitKey(authority, unit, section)) ?? null)
}

function newPerson(row: ChartRow, made: Made, { newId, secrets }: Target & { readonly newId: () => string }) {
  return {
    id: newId(),
    authorityId: made.authorityIds.get(row.authority)!,
    unitId: unitIdOf(row, made),
    name: row.name,
    staffNumber: row.staffNumber || null,
    post: row.post || null,
    mobileCipher: closeRow(row, secrets).mobileCipher,
  }
}

function changedColumns(row: ChartRow, { changes }: Outcome, made: Made, { secrets }: Target): PersonColumns {
  const isChanged = (what: string): boolean => changes.some((change) => change.what === what)
  return {
    ...(isChanged('place') ? { unitId: unitIdOf(row, made) } : {}),
    ...(isChanged('staffNumber') ? { staffNumber: row.staffNumber } : {}),
    ...(isChanged('post') ? { post: row.post } : {}),
    ...(isChanged('mobile') ? { mobileCipher: closeRow(row, secrets).mobileCipher } : {}),
  }
}
