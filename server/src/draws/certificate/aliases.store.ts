// Which alias is whose: read by himself alone.

import type { Alg } from '@sunlot/draw'
import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'

/** The aliases under which a person stood in the pools of committed draws, the newest first. */
export function aliasesOf(reader: Reader, personId: string) {
  return reader
    .selectFrom('draws.drawn_from as f')
    .innerJoin('draws.draw as d', 'd.id', 'f.draw_id')
    .innerJoin('tasks.task as t', 't.id', 'd.task_id')
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .innerJoin('agencies.person as p', 'p.id', 'i.person_id')
    .innerJoin('draws.manifest as m', (join) =>
      join.onRef('m.draw_id', '=', 'd.id').on('m.name', '=', 'commit.json'),
    )
    .select(sql<Alg>`m.body::jsonb ->> 'alg'`.as('alg'))
    .select(['d.name as draw', 't.name as taskName', 'f.alias', 'f.salt_cipher as saltCipher'])
    .select(['i.id as inspectorId', 'p.staff_number as staffNumber'])
    .where('i.person_id', '=', personId)
    .where('d.commit_hash', 'is not', null)
    .orderBy('d.id', 'desc')
    .limit(MOST)
    .execute()
}

/** As many as somebody proves in a working life. */
const MOST = 1000

/** Whether an alias stands in the pool of a draw, and whether it was ever on a post of its result. Asks for no reach. */
export async function standingOf(
  reader: Reader,
  drawId: string,
  alias: string,
): Promise<{ readonly isInPool: boolean; readonly isDrawn: boolean }> {
  const pool = await reader
    .selectFrom('draws.drawn_from')
    .select('alias')
    .where('draw_id', '=', drawId)
    .where('alias', '=', alias)
    .executeTakeFirst()
  const post = await reader
    .selectFrom('draws.post')
    .select('alias')
    .where('draw_id', '=', drawId)
    .where('alias', '=', alias)
    .limit(1)
    .executeTakeFirst()
  return { isInPool: pool !== undefined, isDrawn: post !== undefined }
}
