// 执法检查人员: every statement about inspectors.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { beginning, containing } from '../../platform/database/like.ts'
import { divisionPrefix, type Reach, within } from '../../platform/reach.ts'
import { inState, withWarrant, withWords } from './filters.store.ts'
import type { InspectorQuery, NewInspector } from './inspectors.schema.ts'
import type { Candidate, Days, Period } from './inspectors.rules.ts'

/** Which inspectors are asked for; `after` is the initials and id of the last of the page before. */
export interface InspectorFilter extends InspectorQuery {
  readonly after?: readonly string[] | undefined
  readonly limit: number
}

/** What is written of an inspector; what is left out stays as it is. */
export interface InspectorColumns {
  readonly sex?: NewInspector['sex'] | undefined
  readonly idCardCipher?: string | null | undefined
  readonly idCardFingerprint?: Buffer | null | undefined
  readonly mobileCipher?: string | null | undefined
  readonly warrantNumber?: string | null | undefined
  readonly warrantAuthority?: string | null | undefined
  readonly warrantFrom?: string | null | undefined
  readonly warrantUntil?: string | null | undefined
  readonly level?: NewInspector['level'] | undefined
  readonly category?: string | undefined
  readonly enforcementCategories?: readonly string[] | undefined
  readonly qualifications?: readonly string[] | undefined
  readonly specialisms?: readonly string[] | undefined
  readonly state?: 'active' | 'suspended' | 'left' | undefined
  readonly stateReason?: string | null | undefined
  readonly endedOn?: string | undefined
}

/** One more than the limit, by initials. */
export function listInspectors(reader: Reader, reach: Reach, days: Days, filter: InspectorFilter) {
  const { authority, person, division, category, level, unit, q, after } = filter
  return shown(reader, reach, days)
    .where(inState(filter.state, days))
    .where(withWarrant(filter.warrant, days))
    .where(withWords(filter))
    .$if(division !== undefined, (query) =>
      query.where('i.division_code', 'like', `${divisionPrefix(division!)}%`),
    )
    .$if(authority !== undefined, (query) => query.where('i.authority_id', '=', authority!))
    .$if(person !== undefined, (query) => query.where('i.person_id', '=', person!))
    .$if(category !== undefined, (query) => query.where('i.category', '=', category!))
    .$if(level !== undefined, (query) => query.where('i.level', '=', level!))
    .$if(unit !== undefined, (query) =>
      query.where((eb) => eb.or([eb('u.id', '=', unit!), eb('u.parent_id', '=', unit!)])),
    )
    .$if(q !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb('p.name', 'like', containing(q!)),
          eb('p.staff_number', '=', q!),
          eb('i.warrant_number', 'like', beginning(q!)),
          eb('i.initials', 'like', beginning(q!.toLowerCase())),
        ]),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('i.initials', 'i.id'), '>', eb.tuple(after![0]!, after![1]!))),
    )
    .orderBy('i.initials')
    .orderBy('i.id')
    .limit(filter.limit + 1)
    .execute()
}

export type InspectorRow = Awaited<ReturnType<typeof listInspectors>>[number]

/** An inspector, also one who has left the register. */
export function findInspector(
  reader: Reader,
  reach: Reach,
  days: Days,
  id: string,
): Promise<InspectorRow | undefined> {
  return shown(reader, reach, days).where('i.id', '=', id).executeTakeFirst()
}

/** Nobody else changes the inspector until the transaction ends. */
export async function lockInspector(writer: Writer, id: string): Promise<void> {
  await writer.selectFrom('registers.inspector').select('id').where('id', '=', id).forUpdate().execute()
}

/** A person who might enter the register, and who does not leave until the transaction ends. */
export async function holdCandidate(
  writer: Writer,
  reach: Reach,
  personId: string,
): Promise<(Candidate & CandidatePlace) | undefined> {
  return writer
    .selectFrom('agencies.person as p')
    .innerJoin('agencies.authority as a', 'a.id', 'p.authority_id')
    .select(['p.id', 'p.name', 'p.left_on as leftOn', 'a.id as authorityId'])
    .select(['a.division_code as divisionCode', 'a.closed_on as authorityClosedOn'])
    .select('a.inspects as authorityInspects')
    .select(
      sql<string | null>`(select i.id from registers.inspector i
        where i.person_id = p.id and i.state <> 'left')`.as('inspectorId'),
    )
    .where('p.id', '=', personId)
    .where(within(reach, { authority: 'a.id', division: 'a.division_code', person: 'p.id' }))
    .forShare('p')
    .forShare('a')
    .executeTakeFirst()
}

interface CandidatePlace {
  readonly id: string
  readonly name: string
  readonly authorityId: string
  readonly divisionCode: string
}

/** A new row of the register. */
export interface NewRow extends InspectorColumns {
  readonly id: string
  readonly personId: string
  readonly authorityId: string
  readonly divisionCode: string
  readonly initials: string
  readonly sex: NewInspector['sex']
  readonly level: NewInspector['level']
  readonly category: string
  readonly enteredOn: string
  readonly importId?: string | undefined
}

/** Takes inspectors up, all in one statement. */
export async function insertInspectors(writer: Writer, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map((row) => ({
    id: row.id,
    person_id: row.personId,
    authority_id: row.authorityId,
    division_code: row.divisionCode,
    initials: row.initials,
    sex: row.sex,
    level: row.level,
    category: row.category,
    entered_on: row.enteredOn,
    import_id: row.importId ?? null,
    ...columnsOf({ ...EMPTY, ...row }),
  }))
  await writer.insertInto('registers.inspector').values(values).execute()
}

// Every row of one statement names the same columns.
const EMPTY = {
  idCardCipher: null,
  idCardFingerprint: null,
  mobileCipher: null,
  warrantNumber: null,
  warrantAuthority: null,
  warrantFrom: null,
  warrantUntil: null,
  enforcementCategories: [],
  qualifications: [],
  specialisms: [],
} as const

export async function updateInspector(writer: Writer, id: string, columns: InspectorColumns): Promise<void> {
  await writer
    .updateTable('registers.inspector')
    .set((eb) => ({ version: eb('version', '+', 1), ...columnsOf(columns) }))
    .where('id', '=', id)
    .execute()
}

/** Ends the spell of a person in the register, where there is one: he left his authority, or was moved. */
export async function endSpellOf(
  writer: Writer,
  { personId, on }: { readonly personId: string; readonly on: string },
): Promise<void> {
  await writer
    .updateTable('registers.inspector')
    .set((eb) => ({ version: eb('version', '+', 1), state: 'left', state_reason: null, ended_on: on }))
    .where('person_id', '=', personId)
    .where('state', '<>', 'left')
    .execute()
}

/** A person has another name: his initials follow. */
export async function updateInitials(writer: Writer, personId: string, initials: string): Promise<void> {
  await writer
    .updateTable('registers.inspector')
    .set((eb) => ({ version: eb('version', '+', 1), initials }))
    .where('person_id', '=', personId)
    .where('initials', '<>', initials)
    .execute()
}

/** Inspectors of one authority whose warrant ends by a day or is over already, the most urgent first. */
export function listEndingWarrants(
  reader: Reader,
  reach: Reach,
  days: Days,
  { authority, limit }: { readonly authority: string; readonly limit: number },
) {
  return shown(reader, reach, days)
    .where('i.authority_id', '=', authority)
    .where('i.state', '<>', 'left')
    .where('i.warrant_until', '<=', days.soon)
    .orderBy('i.warrant_until')
    .orderBy('i.id')
    .limit(limit)
    .execute()
}

const PLACE = { authority: 'i.authority_id', division: 'i.division_code', person: 'i.person_id' }

const text = (one: string | null): string | null => one?.normalize('NFC') ?? null
const texts = (words: readonly string[]): string[] => [...new Set(words.map((word) => word.normalize('NFC')))]

function columnsOf(given: InspectorColumns) {
  const { warrantNumber, warrantAuthority, warrantFrom, warrantUntil } = given
  const { enforcementCategories, qualifications, specialisms, state, stateReason, endedOn } = given
  return {
    ...(given.sex === undefined ? {} : { sex: given.sex }),
    ...(given.idCardCipher === undefined ? {} : { id_card_cipher: given.idCardCipher }),
    ...(given.idCardFingerprint === undefined ? {} : { id_card_fingerprint: given.idCardFingerprint }),
    ...(given.mobileCipher === undefined ? {} : { mobile_cipher: given.mobileCipher }),
    ...(warrantNumber === undefined ? {} : { warrant_number: text(warrantNumber) }),
    ...(warrantAuthority === undefined ? {} : { warrant_authority: text(warrantAuthority) }),
    ...(warrantFrom === undefined ? {} : { warrant_from: warrantFrom }),
    ...(warrantUntil === undefined ? {} : { warrant_until: warrantUntil }),
    ...(given.level === undefined ? {} : { level: given.level }),
    ...(given.category === undefined ? {} : { category: given.category }),
    ...(enforcementCategories === undefined ? {} : { enforcement_categories: texts(enforcementCategories) }),
    ...(qualifications === undefined ? {} : { qualifications: texts(qualifications) }),
    ...(specialisms === undefined ? {} : { specialisms: texts(specialisms) }),
    ...(state === undefined ? {} : { state }),
    ...(stateReason === undefined ? {} : { state_reason: text(stateReason) }),
    ...(endedOn === undefined ? {} : { ended_on: endedOn }),
  }
}

function shown(reader: Reader, reach: Reach, { today }: Days) {
  return reader
    .selectFrom('registers.inspector as i')
    .innerJoin('agencies.person as p', 'p.id', 'i.person_id')
    .innerJoin('agencies.authority as a', 'a.id', 'i.authority_id')
    .leftJoin('agencies.unit as u', (join) =>
      join.onRef('u.id', '=', 'p.unit_id').onRef('u.authority_id', '=', 'i.authority_id'),
    )
    .leftJoin('agencies.unit as o', 'o.id', 'u.parent_id')
    .select(['i.id', 'i.version', 'i.person_id as personId', 'p.name', 'p.staff_number as staffNumber'])
    .select(['p.post', 'i.authority_id as authorityId', 'a.name as authorityName', 'u.id as unitId'])
    .select(['i.division_code as divisionCode', 'i.initials', 'i.sex', 'i.level', 'i.category', 'i.state'])
    .select(['i.id_card_cipher as idCardCipher', 'i.warrant_number as warrantNumber'])
    .select(['i.warrant_authority as warrantAuthority', 'i.warrant_from as warrantFrom'])
    .select(['i.warrant_until as warrantUntil', 'i.enforcement_categories as enforcementCategories'])
    .select(['i.qualifications', 'i.specialisms', 'i.state_reason as stateReason'])
    .select(['i.entered_on as enteredOn', 'i.ended_on as endedOn'])
    .select(['i.mobile_cipher as mobileCipher', 'p.mobile_cipher as personMobileCipher'])
    .select([
      sql<string | null>`nullif(concat_ws('/', o.name, u.name), '')`.as('unitName'),
      sql<
        readonly Period[]
      >`(select coalesce(jsonb_agg(jsonb_build_object('from', l.from_on, 'until', l.until_on)
        order by l.from_on), '[]') from registers.inspector_leave l
        where l.inspector_id = i.id and l.withdrawn_at is null and l.until_on >= ${today}::date)`.as(
        'leaves',
      ),
    ])
    .where(within(reach, PLACE))
}
