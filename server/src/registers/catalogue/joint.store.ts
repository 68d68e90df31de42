// 部门联合抽查事项: every statement about joint items.

import { sql } from 'kysely'
import { containing } from '../../platform/database/like.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'

/** Which joint items are asked for; `after` is the name and id of the last of the page before. */
export interface JointFilter {
  readonly q?: string | undefined
  readonly authority?: string | undefined
  readonly state?: string | undefined
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** An authority that takes part, with its items. */
export interface WrittenPart {
  readonly authorityId: string
  readonly itemIds: readonly string[]
}

/** What is written of a joint item; what is left out stays as it is. */
export interface JointColumns {
  readonly name?: string | undefined
  readonly field?: string | undefined
  readonly mode?: string | undefined
  readonly object?: string | undefined
  readonly methods?: readonly string[] | undefined
  readonly implementingLevels?: readonly string[] | undefined
  readonly ratio?: number | null | undefined
  readonly quantity?: number | null | undefined
  readonly startMonth?: number | undefined
  readonly endMonth?: number | undefined
  readonly focus?: string | undefined
}

/** By name, one more than the limit. */
export function listJoint(reader: Reader, reach: Reach, filter: JointFilter) {
  const { q, authority, state, after, limit } = filter
  return shown(reader, reach)
    .$if(q !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb('j.name', 'like', containing(q!)), eb('j.object', 'like', containing(q!))]),
      ),
    )
    .$if(authority !== undefined, (query) =>
      query.where(sql<boolean>`j.authority_ids @> array[${authority}::uuid]`),
    )
    .$if(state !== undefined, (query) => query.where('j.state', '=', state!))
    .$if(state === undefined, (query) => query.where('j.state', '<>', 'discarded'))
    .$if(after !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('j.name', 'j.id'), '>', eb.tuple(after![0]!, after![1]!))),
    )
    .orderBy('j.name')
    .orderBy('j.id')
    .limit(limit + 1)
    .execute()
}

export type JointRow = Awaited<ReturnType<typeof listJoint>>[number]

/** A joint item. */
export function findJoint(reader: Reader, reach: Reach, id: string): Promise<JointRow | undefined> {
  return shown(reader, reach).where('j.id', '=', id).executeTakeFirst()
}

/** A joint item that nobody else changes until the transaction ends. */
export function lockJoint(writer: Writer, reach: Reach, id: string): Promise<JointRow | undefined> {
  return shown(writer, reach).where('j.id', '=', id).forUpdate('j').executeTakeFirst()
}

/** Who takes part in joint items, with the ids of the items, in order. */
export function partsOf(reader: Reader, jointIds: readonly string[]) {
  return reader
    .selectFrom('registers.joint_item_part as m')
    .innerJoin('registers.joint_item as j', (join) =>
      join.onRef('j.id', '=', 'm.joint_item_id').onRef('j.part_set', '=', 'm.set_number'),
    )
    .innerJoin('agencies.authority as a', 'a.id', 'm.authority_id')
    .leftJoin('registers.inspection_item as i', 'i.id', 'm.item_id')
    .select(['m.joint_item_id as jointId', 'm.authority_id as authorityId', 'a.name as authorityName'])
    .select(['m.item_id as itemId', 'i.code', 'i.name', 'i.state', 'i.sub_item as subItem'])
    .select([
      'i.authority_id as itemAuthorityId',
      'i.effective_from as effectiveFrom',
      'i.effective_until as effectiveUntil',
    ])
    .where('m.joint_item_id', 'in', jointIds.length === 0 ? [NOTHING] : [...jointIds])
    .orderBy('m.ordinal')
    .execute()
}

export type JointPartRow = Awaited<ReturnType<typeof partsOf>>[number]

export async function insertJoint(
  writer: Writer,
  joint: Required<{ readonly [K in keyof JointColumns]: Exclude<JointColumns[K], undefined> }> & {
    readonly id: string
    readonly divisionCode: string
    readonly leadAuthorityId: string
    readonly parts: readonly WrittenPart[]
  },
): Promise<void> {
  await writer
    .insertInto('registers.joint_item')
    .values({
      id: joint.id,
      division_code: joint.divisionCode,
      lead_authority_id: joint.leadAuthorityId,
      authority_ids: joint.parts.map(({ authorityId }) => authorityId),
      name: joint.name.normalize('NFC'),
      field: joint.field,
      mode: joint.mode,
      object: joint.object.normalize('NFC'),
      methods: [...joint.methods],
      implementing_levels: [...joint.implementingLevels],
      ratio: joint.ratio,
      quantity: joint.quantity,
      start_month: joint.startMonth,
      end_month: joint.endMonth,
      focus: joint.focus.normalize('NFC'),
      state: 'draft',
    })
    .execute()
  await insertParts(writer, joint.id, 1, joint.parts)
}

/** Changes a draft; `parts`, where given, take the place of those before. */
export async function updateJoint(
  writer: Writer,
  id: string,
  joint: JointColumns & { readonly parts?: readonly WrittenPart[] | undefined },
): Promise<void> {
  const { parts } = joint
  const { part_set: set } = await writer
    .updateTable('registers.joint_item')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...columnsOf(joint),
      ...(parts === undefined
        ? {}
        : {
            part_set: eb('part_set', '+', 1),
            authority_ids: parts.map(({ authorityId }) => authorityId),
          }),
    }))
    .where('id', '=', id)
    .returning('part_set')
    .executeTakeFirstOrThrow()
  if (parts !== undefined) await insertParts(writer, id, set, parts)
}

/** A step in the life of a joint item. */
export async function stepJoint(
  writer: Writer,
  id: string,
  step: {
    readonly state: string
    readonly proposedBy?: string
    readonly proposedAt?: Date
    readonly decidedBy?: string | null
    readonly decidedAt?: Date | null
    readonly decisionNote?: string | null
    readonly endedBy?: string
    readonly endReason?: string
  },
): Promise<void> {
  const { state, proposedBy, proposedAt, decidedBy, decidedAt, decisionNote, endedBy, endReason } = step
  await writer
    .updateTable('registers.joint_item')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state,
      ...(proposedBy === undefined ? {} : { proposed_by: proposedBy }),
      ...(proposedAt === undefined ? {} : { proposed_at: proposedAt }),
      ...(decidedBy === undefined ? {} : { decided_by: decidedBy }),
      ...(decidedAt === undefined ? {} : { decided_at: decidedAt }),
      ...(decisionNote === undefined ? {} : { decision_note: decisionNote }),
      ...(endedBy === undefined ? {} : { ended_by: endedBy }),
      ...(endReason === undefined ? {} : { end_reason: endReason }),
    }))
    .where('id', '=', id)
    .execute()
}

// `in ()` is not SQL.
const NOTHING = '00000000-0000-0000-0000-000000000000'

/** A row for each item; one without an item for an authority that has named none yet. */
async function insertParts(
  writer: Writer,
  jointId: string,
  set: number,
  parts: readonly WrittenPart[],
): Promise<void> {
  const rows = parts.flatMap(({ authorityId, itemIds }) =>
    (itemIds.length === 0 ? [null] : itemIds).map((itemId) => ({
      authority_id: authorityId,
      item_id: itemId,
    })),
  )
  await writer
    .insertInto('registers.joint_item_part')
    .values(rows.map((row, at) => ({ joint_item_id: jointId, set_number: set, ordinal: at + 1, ...row })))
    .execute()
}

function columnsOf(joint: JointColumns) {
  const { name, field, mode, object, methods, implementingLevels } = joint
  const { ratio, quantity, startMonth, endMonth, focus } = joint
  return {
    ...(name === undefined ? {} : { name: name.normalize('NFC') }),
    ...(field === undefined ? {} : { field }),
    ...(mode === undefined ? {} : { mode }),
    ...(object === undefined ? {} : { object: object.normalize('NFC') }),
    ...(methods === undefined ? {} : { methods: [...methods] }),
    ...(implementingLevels === undefined ? {} : { implementing_levels: [...implementingLevels] }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(startMonth === undefined ? {} : { start_month: startMonth }),
    ...(endMonth === undefined ? {} : { end_month: endMonth }),
    ...(focus === undefined ? {} : { focus: focus.normalize('NFC') }),
  }
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('registers.joint_item as j')
    .innerJoin('agencies.authority as a', 'a.id', 'j.lead_authority_id')
    .innerJoin('agencies.division as d', 'd.code', 'j.division_code')
    .leftJoin('agencies.person as p', 'p.id', 'j.proposed_by')
    .leftJoin('agencies.person as q', 'q.id', 'j.decided_by')
    .select([
      'j.id',
      'j.version',
      'j.name',
      'j.field',
      'j.mode',
      'j.object',
      'j.methods',
      'j.ratio',
      'j.quantity',
    ])
    .select(['j.focus', 'j.state', 'a.name as leadAuthorityName', 'd.name as divisionName'])
    .select([
      'j.division_code as divisionCode',
      'j.lead_authority_id as leadAuthorityId',
      'j.implementing_levels as implementingLevels',
      'j.start_month as startMonth',
      'j.end_month as endMonth',
      'j.proposed_by as proposedById',
      'p.name as proposedByName',
      'j.proposed_at as proposedAt',
      'j.decided_by as decidedById',
      'q.name as decidedByName',
      'j.decided_at as decidedAt',
      'j.decision_note as decisionNote',
      'j.end_reason as endReason',
    ])
    .where(within(reach, { authorities: 'j.authority_ids', division: 'j.division_code' }))
}
