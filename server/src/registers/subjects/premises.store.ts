// 经营场所: every statement about premises.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'

const COLUMNS = [
  'p.id',
  'p.version',
  'p.name',
  'p.address',
  'p.township_code as townshipCode',
  'p.opened_on as openedOn',
  'p.closed_on as closedOn',
] as const

/** Where a subject can be visited, and where it could; the open ones first. */
export function premisesOf(
  reader: Reader,
  { id, division_code }: { readonly id: string; readonly division_code: string },
) {
  return reader
    .selectFrom('registers.premises as p')
    .select(COLUMNS)
    .where('p.subject_id', '=', id)
    .where('p.division_code', '=', division_code)
    .orderBy(sql`p.closed_on is not null`)
    .orderBy('p.address')
    .orderBy('p.id')
    .execute()
}

/** Premises where their subject stands now, locked. */
export function lockPremises(writer: Writer, reach: Reach, id: string) {
  return writer
    .selectFrom('registers.premises as p')
    .innerJoin('registers.subject as s', (join) =>
      join.onRef('s.id', '=', 'p.subject_id').onRef('s.division_code', '=', 'p.division_code'),
    )
    .innerJoin('registers.subject_identity as i', (join) =>
      join.onRef('i.code', '=', 's.code').onRef('i.division_code', '=', 's.division_code'),
    )
    .select(COLUMNS)
    .select(['p.subject_id as subjectId', 'p.division_code as divisionCode'])
    .where('p.id', '=', id)
    .where(within(reach, { division: 's.division_code', authorities: 's.authority_ids' }))
    .forUpdate('p')
    .executeTakeFirst()
}

export type PremisesRecord = NonNullable<Awaited<ReturnType<typeof lockPremises>>>

/** What is written of premises; what is left out stays as it is. */
export interface PremisesColumns {
  readonly name?: string | null | undefined
  readonly address?: string | undefined
  readonly townshipCode?: string | null | undefined
  readonly openedOn?: string | null | undefined
  readonly closedOn?: string | undefined
}

export async function insertPremises(
  writer: Writer,
  made: PremisesColumns & {
    readonly id: string
    readonly subjectId: string
    readonly divisionCode: string
    readonly address: string
  },
): Promise<void> {
  await writer
    .insertInto('registers.premises')
    .values({
      id: made.id,
      subject_id: made.subjectId,
      division_code: made.divisionCode,
      address: made.address,
      ...columnsOf(made),
    })
    .execute()
}

export async function updatePremises(
  writer: Writer,
  { id, divisionCode }: Pick<PremisesRecord, 'id' | 'divisionCode'>,
  edit: PremisesColumns,
): Promise<void> {
  await writer
    .updateTable('registers.premises')
    .set((eb) => ({ version: eb('version', '+', 1), ...columnsOf(edit) }))
    .where('id', '=', id)
    .where('division_code', '=', divisionCode)
    .execute()
}

function columnsOf({ name, address, townshipCode, openedOn, closedOn }: PremisesColumns) {
  return {
    ...(name === undefined ? {} : { name: name?.normalize('NFC') ?? null }),
    ...(address === undefined ? {} : { address: address.normalize('NFC') }),
    ...(townshipCode === undefined ? {} : { township_code: townshipCode }),
    ...(openedOn === undefined ? {} : { opened_on: openedOn }),
    ...(closedOn === undefined ? {} : { closed_on: closedOn }),
  }
}
