// 意见: every statement about what participants said of a task, and what the lead made of it.

import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'

/** The opinions on a task, in the order in which they were given. */
export function listOpinions(reader: Reader, taskId: string): Promise<readonly OpinionRow[]> {
  return all(reader).where('o.task_id', '=', taskId).orderBy('o.given_at').orderBy('o.id').execute()
}

/** An opinion, as far as its task is seen. */
export function findOpinion(reader: Reader, reach: Reach, id: string): Promise<OpinionRow | undefined> {
  return all(reader).where('o.id', '=', id).where(within(reach, PLACE)).executeTakeFirst()
}

/** The same, and nobody else answers it until the transaction ends. */
export function lockOpinion(writer: Writer, reach: Reach, id: string): Promise<OpinionRow | undefined> {
  return all(writer).where('o.id', '=', id).where(within(reach, PLACE)).forUpdate('o').executeTakeFirst()
}

export async function insertOpinion(
  writer: Writer,
  opinion: {
    readonly id: string
    readonly taskId: string
    readonly divisionCode: string
    readonly authorityId: string
    readonly round: number
    readonly section: string | undefined
    readonly text: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await writer
    .insertInto('tasks.opinion')
    .values({
      id: opinion.id,
      task_id: opinion.taskId,
      division_code: opinion.divisionCode,
      authority_id: opinion.authorityId,
      round: opinion.round,
      section: opinion.section ?? null,
      text: opinion.text.normalize('NFC'),
      given_by: opinion.by,
      given_at: opinion.at,
    })
    .execute()
}

/** What the lead made of it. */
export async function answerOpinion(
  writer: Writer,
  id: string,
  answer: {
    readonly adopted: boolean
    readonly reply: string | undefined
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await writer
    .updateTable('tasks.opinion')
    .set((eb) => ({
      version: eb('version', '+', 1),
      adopted: answer.adopted,
      reply: answer.reply?.normalize('NFC') ?? null,
      replied_by: answer.by,
      replied_at: answer.at,
    }))
    .where('id', '=', id)
    .execute()
}

export type OpinionRow = Awaited<ReturnType<ReturnType<typeof all>['execute']>>[number]

const PLACE = { authorities: 't.party_ids', division: 't.open_division_code' }

function all(reader: Reader) {
  return reader
    .selectFrom('tasks.opinion as o')
    .innerJoin('tasks.task as t', 't.id', 'o.task_id')
    .innerJoin('agencies.authority as a', 'a.id', 'o.authority_id')
    .innerJoin('agencies.person as g', 'g.id', 'o.given_by')
    .leftJoin('agencies.person as r', 'r.id', 'o.replied_by')
    .select(['o.id', 'o.version', 'o.round', 'o.section', 'o.text', 'o.adopted', 'o.reply'])
    .select(['o.task_id as taskId', 'o.authority_id as authorityId', 'a.name as authorityName'])
    .select(['o.given_at as givenAt', 'g.name as givenByName', 'r.name as repliedByName'])
    .select(['o.replied_at as repliedAt', 't.lead_authority_id as leadAuthorityId'])
}
