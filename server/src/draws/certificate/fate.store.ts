import type { Visit } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'

/** Where a subject stands in the result: its batch, by which change it came and went, who visits it. */
export interface Placed {
  readonly batch: number | null
  readonly enteredN: number
  readonly leftN: number | null
  readonly visit?: Visit
}

/** The row of a code in the result of a draw whose list is public. Asks for no reach. */
export async function placeOfSubject(
  reader: Reader,
  drawId: string,
  code: string,
): Promise<Placed | undefined> {
  const row = await reader
    .selectFrom('draws.selected as s')
    .innerJoin('registers.subject_identity as i', (join) =>
      join.onRef('i.code', '=', 's.code').onRef('i.division_code', '=', 's.division_code'),
    )
    .select(['s.batch', 's.place', 's.lacking', 's.entered_n as enteredN', 's.left_n as leftN'])
    .where('s.draw_id', '=', drawId)
    .where('i.code', '=', code)
    .executeTakeFirst()
  if (!row) return undefined
  const { place, lacking, ...rest } = row
  const aliases = row.leftN === null ? await aliasesAt(reader, drawId, place ?? code) : []
  const visit = { ...(place === null ? {} : { team: place }), aliases, lacking }
  return { ...rest, ...(aliases.length > 0 || lacking.length > 0 ? { visit } : {}) }
}

async function aliasesAt(reader: Reader, drawId: string, place: string): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('draws.post')
    .select('alias')
    .where('draw_id', '=', drawId)
    .where('place', '=', place)
    .where('left_n', 'is', null)
    .orderBy('alias')
    .execute()
  return rows.map(({ alias }) => alias)
}

/** The ticket of the last drawn of each stratum, from the rows of the result. */
export async function cutsOf(reader: Reader, drawId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await reader
    .selectFrom('draws.selected')
    .select('stratum')
    .select((eb) => eb.fn.max('ticket').as('cut'))
    .where('draw_id', '=', drawId)
    .where('entered_n', '=', 0)
    .groupBy('stratum')
    .execute()
  return new Map(rows.flatMap(({ stratum, cut }) => (cut === null ? [] : [[stratum, cut] as const])))
}
