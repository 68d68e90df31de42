// Where an inspector stands: every statement about his own posts.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'

/** Where somebody stands now, in all draws whose lists may be seen, with who goes along. Asks for no reach: about himself. */
export async function postsOfPerson(reader: Reader, personId: string) {
  const rows = await reader
    .selectFrom('draws.post as p')
    .innerJoin('draws.drawn_from as f', (join) =>
      join.onRef('f.draw_id', '=', 'p.draw_id').onRef('f.alias', '=', 'p.alias'),
    )
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .innerJoin('draws.draw as d', 'd.id', 'p.draw_id')
    .innerJoin('tasks.task as t', 't.id', 'd.task_id')
    .leftJoin('draws.replacement as r', (join) =>
      join
        .onRef('r.draw_id', '=', 'p.draw_id')
        .onRef('r.alias', '=', 'p.alias')
        .on('r.state', 'in', ['requested', 'applied', 'reviewed', 'announced'])
        .on((eb) => eb.or([eb('d.mode', '=', 'teams'), eb('r.subject_code', '=', eb.ref('p.place'))])),
    )
    .select([
      'p.draw_id as drawId',
      'd.name as drawName',
      't.name as taskName',
      'd.mode',
      'p.place',
      'p.alias',
    ])
    .select(['d.division_code as divisionCode', 'r.id as openId', 'r.state as openState'])
    .select(
      sql<number>`(select count(*)::int from draws.selected c
        where c.draw_id = p.draw_id and c.left_n is null and (c.place = p.place or c.code = p.place))`.as(
        'subjects',
      ),
    )
    .select(
      sql<{ readonly name: string; readonly authority: string }[]>`(
        select coalesce(json_agg(json_build_object('name', mn.name, 'authority', ma.name) order by ma.name, mn.name), '[]'::json)
          from draws.post m
          join draws.drawn_from mf on mf.draw_id = m.draw_id and mf.alias = m.alias
          join registers.inspector mi on mi.id = mf.inspector_id
          join agencies.person mn on mn.id = mi.person_id
          join agencies.authority ma on ma.id = mf.authority_id
         where m.draw_id = p.draw_id and m.place = p.place and m.left_n is null and m.alias <> p.alias)`.as(
        'mates',
      ),
    )
    .where('i.person_id', '=', personId)
    .where('p.left_n', 'is', null)
    .where('d.state', '=', 'certified')
    .where((eb) => eb.or([eb('d.is_sealed', '=', false), eb('d.opened_at', 'is not', null)]))
    .orderBy('d.certified_at', 'desc')
    .orderBy('p.place')
    .limit(MOST)
    .execute()
  return rows
}

// In mode subjects somebody stands at every subject of his.
const MOST = 500
