// A change as others see it: names instead of ids, and of personal numbers only that they changed.

import type { Reader } from '../../platform/database/database.ts'
import { canOf } from '../../platform/refusal.ts'
import { daysBetween, whyNotDecide, whyNotWithdraw } from './changes.rules.ts'
import type { SubjectChange } from './changes.schema.ts'
import type { ChangeRow } from './changes.store.ts'
import { fieldsOf, placeOfChange } from './changing.ts'
import { placeOfColumn } from './columns.ts'
import { named } from '../../platform/http/shapes.ts'
import type { Viewing } from './subjects.representation.ts'
import { namesOf } from './subjects.store.ts'

// What follows from other fields, or is protected.
const UNSHOWN = new Set(['initials', 'telephone_cipher', 'id_card_cipher', 'id_card_print', 'division_basis'])
const CAMEL = /_([a-z])/g

/** Gives the representations of changes. */
export async function representChanges(
  reader: Reader,
  rows: readonly ChangeRow[],
  viewing: Viewing & { readonly churnDays: number },
): Promise<readonly SubjectChange[]> {
  const names = await namesOf(reader, {
    divisions: rows.flatMap((row) => textsIn(fieldsOf(row)['division_code'])),
    authorities: rows.flatMap((row) => textsIn(fieldsOf(row)['authority_ids'])),
  })
  return rows.map((row) => representChange(row, names, viewing))
}

function representChange(
  row: ChangeRow,
  names: ReadonlyMap<string, string>,
  { access, actor, churnDays }: Viewing & { readonly churnDays: number },
): SubjectChange {
  const decider = actor.kind === 'person' ? actor.personId : undefined
  const place = placeOfChange(row)
  const why = whyNotDecide(row, decider)
  return {
    id: row.id,
    version: row.version,
    subjectId: row.subjectId,
    subjectCode: row.subjectCode,
    subjectName: row.subjectName,
    divisionCode: row.divisionCode,
    divisionName: row.divisionName ?? row.divisionCode,
    kind: row.kind as SubjectChange['kind'],
    state: row.state as SubjectChange['state'],
    fields: shownFields(row, names),
    reason: row.reason,
    source: row.source as SubjectChange['source'],
    importId: row.importId,
    proposedBy: named(row.proposedById, row.proposedByName),
    proposedAt: row.proposedAt.toISOString(),
    decidedBy: named(row.decidedById, row.decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decisionNote: row.decisionNote,
    returnedAfterDays: returnedAfter(row, churnDays),
    can: {
      approve: canOf(access.whyNot('subjectChange.approve', place) ?? why),
      reject: canOf(access.whyNot('subjectChange.reject', place) ?? why),
      withdraw: canOf(access.whyNot('subjectChange.withdraw', place) ?? whyNotWithdraw(row, decider)),
    },
  }
}

/** After how many days a subject came back, where that is soon enough to be looked at. */
export function returnedAfter({ leftAt, returnedAt }: ChangeRow, churnDays: number): number | null {
  if (leftAt === null || returnedAt === null) return null
  const days = daysBetween(leftAt, returnedAt)
  return days < churnDays ? days : null
}

/** The names of a change's fields, without those that follow from others. */
export function fieldNames(row: ChangeRow): readonly string[] {
  const names = Object.keys(fieldsOf(row)).filter((column) => !UNSHOWN.has(column))
  return [...new Set(names.map(nameOf))]
}

function shownFields(row: ChangeRow, names: ReadonlyMap<string, string>): SubjectChange['fields'] {
  return Object.entries(fieldsOf(row))
    .filter(([column]) => !UNSHOWN.has(column))
    .toSorted(([one], [other]) => placeOfColumn(one) - placeOfColumn(other))
    .map(([column, [before, after]]) =>
      column === 'telephone_print'
        ? { field: 'telephone', before: before === null ? null : '***', after: after === null ? null : '***' }
        : { field: nameOf(column), before: textOf(before, names), after: textOf(after, names) },
    )
}

/** `telephone_print` and `telephone` are one field: which number it is, is not told. */
function nameOf(column: string): string {
  if (column === 'telephone_print') return 'telephone'
  return column.replaceAll(CAMEL, (_, letter: string) => letter.toUpperCase())
}

function textOf(value: unknown, names: ReadonlyMap<string, string>): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map((one) => textOf(one, names)).join('、')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return names.get(text) ?? text
}

function textsIn(values: readonly [unknown, unknown] | undefined): readonly string[] {
  return (values ?? []).flat().filter((value) => typeof value === 'string')
}
