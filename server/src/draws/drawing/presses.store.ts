// Who pressed, and what a press has to know: every statement. Asks for no reach: of a draw that was found within one.

import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Press, Pressed, PressStage } from './press.rules.ts'

/** The presses of a draw, with who made them. */
export async function pressesMade(reader: Reader, drawId: string) {
  const rows = await reader
    .selectFrom('draws.press as p')
    .innerJoin('agencies.authority as a', 'a.id', 'p.authority_id')
    .innerJoin('agencies.person as n', 'n.id', 'p.pressed_by')
    .select(['p.stage', 'p.authority_id as authorityId', 'p.instead', 'p.pressed_at as at'])
    .select(['a.name as authorityName', 'n.name as personName'])
    .where('p.draw_id', '=', drawId)
    .orderBy('p.pressed_at')
    .execute()
  return rows.map(({ stage, ...row }) => ({ ...row, stage: stage as PressStage }))
}

/** Keeps a press. The same stage of the same authority a second time is refused by the database. */
export async function insertPress(
  writer: Writer,
  drawId: string,
  press: Press & Omit<Pressed, keyof Press> & { readonly by: string },
): Promise<void> {
  await writer
    .insertInto('draws.press')
    .values({
      draw_id: drawId,
      stage: press.stage,
      authority_id: press.authorityId,
      pressed_by: press.by,
      instead: press.instead,
      pressed_at: press.at,
    })
    .execute()
}

/** Whether a person could be drawn in a draw himself. */
export async function standsInPool(reader: Reader, drawId: string, personId: string): Promise<boolean> {
  const row = await reader
    .selectFrom('draws.drawn_from as f')
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .select('f.alias')
    .where('f.draw_id', '=', drawId)
    .where('i.person_id', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

/** The names of authorities, by id. */
export async function namesOfAuthorities(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader
    .selectFrom('agencies.authority')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** How far the job of a draw is; nothing where there is none. */
export async function jobOf(reader: Reader, jobId: string | null) {
  if (jobId === null) return undefined
  return reader
    .selectFrom('platform.job')
    .select(['id', 'state', 'done', 'total', 'step'])
    .where('id', '=', jobId)
    .executeTakeFirst()
}

/** Who was drawn to inspect: ids of people. */
export async function peopleDrawn(reader: Reader, drawId: string): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('draws.post as p')
    .innerJoin('draws.drawn_from as f', (join) =>
      join.onRef('f.draw_id', '=', 'p.draw_id').onRef('f.alias', '=', 'p.alias'),
    )
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .select('i.person_id as personId')
    .distinct()
    .where('p.draw_id', '=', drawId)
    .where('p.left_n', 'is', null)
    .execute()
  return rows.map(({ personId }) => personId)
}

/** Who is told of a result: those who hold one of the roles in one of the authorities on a day (YYYY-MM-DD). */
export async function holdersAt(
  reader: Reader,
  authorityIds: readonly string[],
  day: string,
): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('agencies.role_grant as g')
    .select('g.person_id as personId')
    .distinct()
    .where('g.authority_id', 'in', [...authorityIds])
    .where('g.role', 'in', ['clerk', 'unitHead', 'leaderInCharge', 'conferenceOffice', 'oversight'])
    .where('g.state', '=', 'effective')
    .where('g.valid_from', '<=', day)
    .where((eb) => eb.or([eb('g.valid_until', 'is', null), eb('g.valid_until', '>=', day)]))
    .execute()
  return rows.map(({ personId }) => personId)
}
