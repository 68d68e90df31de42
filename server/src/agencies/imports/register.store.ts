// What a chart is compared with, and how it comes into the register.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import { updatePerson, type PersonColumns } from '../people.store.ts'

const PLACE = { authority: 'a.id', division: 'a.division_code' } as const

/** Open authorities of these names in a division, with their open units and all their people. */
export async function readRegister(
  reader: Reader,
  reach: Reach,
  { divisionCode, names }: { readonly divisionCode: string; readonly names: readonly string[] },
) {
  const authorities = await reader
    .selectFrom('agencies.authority as a')
    .select(['a.id', 'a.name'])
    .where('a.division_code', '=', divisionCode)
    .where('a.closed_on', 'is', null)
    .where(sql<boolean>`a.name = any(${[...names]}::text[])`)
    .where(within(reach, PLACE))
    .execute()
  const ids = authorities.map(({ id }) => id)
  const units = await reader
    .selectFrom('agencies.unit as u')
    .select(['u.id', 'u.name', 'u.authority_id as authorityId', 'u.parent_id as parentId'])
    .where(sql<boolean>`u.authority_id = any(${ids}::uuid[])`)
    .where('u.closed_on', 'is', null)
    .orderBy('u.id')
    .execute()
  const people = await reader
    .selectFrom('agencies.person as p')
    .select(['p.id', 'p.version', 'p.name', 'p.post', 'p.authority_id as authorityId', 'p.unit_id as unitId'])
    .select(['p.staff_number as staffNumber', 'p.mobile_cipher as mobileCipher', 'p.left_on as leftOn'])
    .where(sql<boolean>`p.authority_id = any(${ids}::uuid[])`)
    .orderBy('p.id')
    .execute()
  return { authorities, units, people }
}

/** Nobody else applies a chart until the transaction ends, and no authority or unit of the chart is closed. */
export async function holdRegister(writer: Writer, divisionCode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`agencies.organisation ${divisionCode}`}, 0))`.execute(
    writer,
  )
  await sql`select id from agencies.authority where division_code = ${divisionCode} and closed_on is null for share`.execute(
    writer,
  )
}

/** New authorities, units (each before its sections) and people; each kind in one statement, so one leaf of the log. */
export async function insertChart(
  writer: Writer,
  made: {
    readonly authorities: readonly { readonly id: string; readonly name: string }[]
    readonly units: readonly {
      readonly id: string
      readonly authorityId: string
      readonly parentId: string | null
      readonly name: string
    }[]
    readonly people: readonly (PersonColumns & {
      readonly id: string
      readonly authorityId: string
      readonly name: string
    })[]
  },
  divisionCode: string,
): Promise<void> {
  await insertAll(
    writer,
    sql`insert into agencies.authority (id, division_code, name, short_name)
        select id, ${divisionCode}, name, left(name, 40)`,
    sql`r (id uuid, name text)`,
    made.authorities,
  )
  await insertAll(
    writer,
    sql`insert into agencies.unit (id, authority_id, parent_id, name) select id, "authorityId", "parentId", name`,
    sql`r (id uuid, "authorityId" uuid, "parentId" uuid, name text)`,
    made.units,
  )
  await insertAll(
    writer,
    sql`insert into agencies.person (id, authority_id, unit_id, name, staff_number, post, mobile_cipher)
        select id, "authorityId", "unitId", name, "staffNumber", post, "mobileCipher"`,
    sql`r (id uuid, "authorityId" uuid, "unitId" uuid, name text, "staffNumber" text, post text, "mobileCipher" text)`,
    made.people,
  )
}

/** Changes a person who is still of the version that was compared. Gives whether he was. */
export async function updateCompared(
  writer: Writer,
  person: { readonly id: string; readonly version: number },
  columns: PersonColumns,
): Promise<boolean> {
  const still = await writer
    .selectFrom('agencies.person')
    .select('id')
    .where('id', '=', person.id)
    .where('version', '=', person.version)
    .forUpdate()
    .executeTakeFirst()
  if (still) await updatePerson(writer, person.id, columns)
  return still !== undefined
}

async function insertAll(
  writer: Writer,
  insert: ReturnType<typeof sql>,
  shape: ReturnType<typeof sql>,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`${insert} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${shape}`.execute(writer)
}
