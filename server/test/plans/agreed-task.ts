// A task that was agreed on, resting on a line of a plan as `lineBody` has it.

import type { CatalogueCast } from '../registers/catalogue-kit.ts'
import { work } from '../policy/world-things.ts'
import type { TestApp } from '../support/app.ts'
import { COUNTY } from '../support/people.ts'
import { scopeOf } from './plans-kit.ts'

/** The number of the task. Its people and inspectors are another matter; what its line fixes is there. */
export async function giveAgreedTask(
  app: TestApp,
  { cast, lineId, year }: { readonly cast: CatalogueCast; readonly lineId: string; readonly year: number },
): Promise<string> {
  const id = app.newId()
  const number = `示例〔${year}〕1号`
  const now = app.clock.now()
  await work(app, async (writer) => {
    await writer
      .insertInto('tasks.task')
      .values({
        id,
        division_code: COUNTY,
        lead_authority_id: cast.authority,
        year,
        serial: 1,
        number,
        name: '示例抽查',
        field: 'market',
        tier: 'GENERAL',
        plan_line_id: lineId,
        plan_line_version: 1,
        draw_no: 1,
        draw_type: 'UNTARGETED',
        draw_level: 'county',
        inspect_level: 'county',
        scope: JSON.stringify(scopeOf(COUNTY)),
        strata_by: 'whole',
        design: JSON.stringify({ kind: 'ratio', ratio: 500 }),
        methods: ['ON_SITE'],
        starts_on: `${year}-06-01`,
        ends_on: `${year}-06-30`,
        matching: 'subjects',
        load_cap: 10,
        drawn_list_published: false,
        party_ids: [cast.authority],
        state: 'agreed',
        law_version: '0'.repeat(64),
        drafted_by: cast.clerk.personId,
        drafter_ids: [cast.clerk.personId],
        dispatched_by: cast.leader.personId,
        dispatched_at: now,
        agreed_at: now,
      })
      .execute()
    await writer
      .insertInto('tasks.participation')
      .values({
        id: app.newId(),
        task_id: id,
        division_code: COUNTY,
        authority_id: cast.authority,
        is_lead: true,
        state: 'accepted',
        prepared_by: cast.clerk.personId,
        drafter_ids: [cast.clerk.personId],
        answered_by: cast.leader.personId,
        answered_at: now,
        conflicts_confirmed_by: cast.clerk.personId,
        conflicts_confirmed_at: now,
      })
      .execute()
  })
  return number
}
