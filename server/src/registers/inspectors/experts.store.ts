// 专家和辅助人员: every statement about those who assist and never count towards a team.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { containing, beginning } from '../../platform/database/like.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { TechnicalExpert } from './experts.schema.ts'

/** Which experts are asked for; `after` is the initials and id of the last of the page before. */
interface ExpertFilter {
  readonly authority?: string | undefined
  readonly kind?: TechnicalExpert['kind'] | undefined
  readonly field?: string | undefined
  readonly ended: boolean
  readonly q?: string | undefined
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** What is written of an expert; what is left out stays as it is. */
interface ExpertColumns {
  readonly kind?: TechnicalExpert['kind'] | undefined
  readonly name?: string | undefined
  readonly initials?: string | undefined
  readonly organisation?: string | null | undefined
  readonly fields?: readonly string[] | undefined
  readonly qualification?: string | null | undefined
  readonly contactCipher?: string | null | undefined
  readonly endedOn?: string | undefined
}

/** One more than the limit, by initials. */
export function listExperts(reader: Reader, reach: Reach, filter: ExpertFilter) {
  const { authority, kind, field, ended, q, after, limit } = filter
  return shown(reader, reach)
    .$if(!ended, (query) => query.where('e.ended_on', 'is', null))
    .$if(authority !== undefined, (query) => query.where('e.authority_id', '=', authority!))
    .$if(kind !== undefined, (query) => query.where('e.kind', '=', kind!))
    .$if(field !== undefined, (query) =>
      query.where(sql<boolean>`e.fields @> array[${field!.normalize('NFC')}]::text[]`),
    )
    .$if(q !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('e.name', 'like', containing(q!)),
          eb('e.organisation', 'like', containing(q!)),
          eb('e.initials', 'like', beginning(q!.toLowerCase())),
        ]),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('e.initials', 'e.id'), '>', eb.tuple(after![0]!, after![1]!))),
    )
    .orderBy('e.initials')
    .orderBy('e.id')
    .limit(limit + 1)
    .execute()
}

export type ExpertRow = Awaited<ReturnType<typeof listExperts>>[number]

/** An expert. */
export function findExpert(reader: Reader, reach: Reach, id: string): Promise<ExpertRow | undefined> {
  return shown(reader, reach).where('e.id', '=', id).executeTakeFirst()
}

/** An expert whom nobody else changes until the transaction ends. */
export function lockExpert(writer: Writer, reach: Reach, id: string): Promise<ExpertRow | undefined> {
  return shown(writer, reach).where('e.id', '=', id).forUpdate('e').executeTakeFirst()
}

export async function insertExpert(
  writer: Writer,
  expert: ExpertColumns & {
    readonly id: string
    readonly authorityId: string
    readonly divisionCode: string
    readonly kind: TechnicalExpert['kind']
    readonly name: string
    readonly initials: string
  },
): Promise<void> {
  const { id, authorityId, divisionCode, kind, name, initials } = expert
  await writer
    .insertInto('registers.technical_expert')
    .values({
      id,
      authority_id: authorityId,
      division_code: divisionCode,
      kind,
      name,
      initials,
      ...columnsOf(expert),
    })
    .execute()
}

export async function updateExpert(writer: Writer, id: string, columns: ExpertColumns): Promise<void> {
  await writer
    .updateTable('registers.technical_expert')
    .set((eb) => ({ version: eb('version', '+', 1), ...columnsOf(columns) }))
    .where('id', '=', id)
    .execute()
}

function columnsOf({ kind, name, initials, organisation, fields, qualification, ...rest }: ExpertColumns) {
  const { contactCipher, endedOn } = rest
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name: name.normalize('NFC') }),
    ...(initials === undefined ? {} : { initials }),
    ...(organisation === undefined ? {} : { organisation: organisation?.normalize('NFC') ?? null }),
    ...(fields === undefined ? {} : { fields: [...new Set(fields.map((field) => field.normalize('NFC')))] }),
    ...(qualification === undefined ? {} : { qualification: qualification?.normalize('NFC') ?? null }),
    ...(contactCipher === undefined ? {} : { contact_cipher: contactCipher }),
    ...(endedOn === undefined ? {} : { ended_on: endedOn }),
  }
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('registers.technical_expert as e')
    .innerJoin('agencies.authority as a', 'a.id', 'e.authority_id')
    .select(['e.id', 'e.version', 'e.kind', 'e.name', 'e.initials', 'e.organisation', 'e.fields'])
    .select(['e.qualification', 'e.contact_cipher as contactCipher', 'e.ended_on as endedOn'])
    .select(['e.authority_id as authorityId', 'a.name as authorityName', 'e.division_code as divisionCode'])
    .where(within(reach, { authority: 'e.authority_id', division: 'e.division_code' }))
}
