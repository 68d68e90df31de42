// What the checks of a plan read. Other authorities' plans enter here as numbers alone, and so without a reach: overlaps name
// the other line only to whom it is shown (`overlaps.store.ts`).

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { divisionPrefix } from '../../platform/reach.ts'
import {
  type AppliesTo,
  completed,
  MOST_PROFILES,
  profileColumns,
  profileKeys,
  type ProfileNeeds,
  type Scope,
} from '../../registers/index.ts'
import type { ClassRatios } from '../shapes.ts'
import type { RegisteredProfile } from './population.rules.ts'

/** Items by id, whoever's they are: what a plan names is part of it. `today` as YYYY-MM-DD. */
export async function itemsNamed(reader: Reader, ids: readonly string[], today: string) {
  return reader
    .selectFrom('registers.inspection_item as i')
    .select(['i.id', 'i.code', 'i.name', 'i.tier', 'i.scope', 'i.frequency', 'i.methods', 'i.object'])
    .select([
      'i.authority_id as authorityId',
      'i.sub_item as subItem',
      'i.is_random as isRandom',
      'i.not_random_reason as notRandomReason',
      'i.ratio_floor as ratioFloor',
      'i.ratio_cap as ratioCap',
      'i.ratio_note as ratioNote',
      'i.by_batches as byBatches',
      'i.implementing_levels as implementingLevels',
      'i.effective_from as effectiveFrom',
      'i.effective_until as effectiveUntil',
    ])
    .select([
      sql<string>`case when i.state = 'effective' and i.effective_until < ${today}::date then 'ended' else i.state end`.as(
        'state',
      ),
      sql<AppliesTo>`i.applies_to`.as('appliesTo'),
    ])
    .where(sql<boolean>`i.id = any(${[...ids]}::uuid[])`)
    .execute()
}

/** Those of the authorities that inspect and are not closed, with their names. */
export function inspectingAmong(reader: Reader, ids: readonly string[]) {
  return reader
    .selectFrom('agencies.authority')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .where('inspects', '=', true)
    .where('closed_on', 'is', null)
    .orderBy('name')
    .execute()
}

/**
 * Joint lines that the authorities lead in other plans of a year, by what each goes back to: of the plan's own authority in
 * any plan, of others once it is approved.
 */
export async function jointLinesLed(
  reader: Reader,
  {
    planId,
    authorityId,
    year,
    leads,
  }: {
    readonly planId: string
    readonly authorityId: string
    readonly year: number
    readonly leads: readonly string[]
  },
): Promise<readonly { readonly authorityId: string; readonly sources: readonly string[] }[]> {
  const { rows } = await sql<{ authorityId: string; sources: string[] }>`
    select l.lead_authority_id as "authorityId", (l.source_line_ids || l.id)::text[] as sources
      from plans.plan_line l join plans.plan p on p.id = l.plan_id
     where p.id <> ${planId} and p.year = ${year} and l.state = 'planned'
       and (p.state in ('approved', 'published', 'closed') or (p.authority_id = ${authorityId} and p.state <> 'discarded'))
       and l.mode is not null and l.lead_authority_id = any(${[...leads]}::uuid[])`.execute(reader)
  return rows
}

/** A line of another plan of the year, as far as it may meet lines of this one. */
export interface LineBeside {
  readonly id: string
  readonly planId: string
  readonly number: number
  readonly taskName: string
  readonly leadAuthorityId: string
  readonly scope: Scope
  readonly fullCoverage: boolean
  readonly ratio: number | null
  readonly quantity: number | null
  readonly classRatios: ClassRatios | null
  readonly frequencyLeast: number | null
  readonly frequencyMost: number | null
  readonly startsOn: string
  readonly endsOn: string
  readonly authorityIds: readonly string[]
  readonly sourceLineIds: readonly string[]
}

/** What lines are asked beside a plan. */
export interface Beside {
  readonly planId: string
  readonly year: number
  readonly divisionCode: string
  /** The division and those above it. */
  readonly chain: readonly string[]
}

// Plans of a county and its province are some hundreds of lines; a limit all the same.
const MOST_LINES = 3000

/** The lines of other plans of the year that are published or were received, in the division, below it and above it. */
export async function linesBeside(
  reader: Reader,
  { planId, year, divisionCode, chain }: Beside,
): Promise<readonly LineBeside[]> {
  const { rows } = await sql<LineBeside>`
    select l.id, l.plan_id as "planId", l.number, l.task_name as "taskName",
           l.lead_authority_id as "leadAuthorityId", l.scope, l.full_coverage as "fullCoverage", l.ratio, l.quantity,
           l.class_ratios as "classRatios", l.frequency_least as "frequencyLeast", l.frequency_most as "frequencyMost",
           l.starts_on::text as "startsOn", l.ends_on::text as "endsOn", l.source_line_ids::text[] as "sourceLineIds",
           array(select distinct m.authority_id::text from plans.plan_line_part m
                  where m.line_id = l.id and m.set_number = l.part_set) as "authorityIds"
      from plans.plan p join plans.plan_line l on l.plan_id = p.id and l.state = 'planned'
     where p.id <> ${planId} and p.year = ${year}
       and (p.division_code like ${`${divisionPrefix(divisionCode)}%`} or p.division_code = any(${[...chain]}::text[]))
       and (p.state = 'published' or (p.state = 'approved' and exists (
             select from plans.filing f where f.plan_id = p.id and f.state in ('submitted', 'received'))))
     order by l.id limit ${MOST_LINES}`.execute(reader)
  return rows
}

/** Whether a plan is filed: sent, and neither returned nor taken back. */
export async function isOnFile(reader: Reader, planId: string): Promise<boolean> {
  const row = await reader
    .selectFrom('plans.filing')
    .select('id')
    .where('plan_id', '=', planId)
    .where('kind', '=', 'filing')
    .where('state', 'in', ['submitted', 'received'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The active subjects of divisions in groups, with the registers that they stand in; one read for all lines of a plan. */
export async function registeredProfiles(
  reader: Reader,
  divisions: readonly string[],
  needs: ProfileNeeds,
): Promise<readonly RegisteredProfile[]> {
  const prefixes = [...new Set(divisions.map((code) => `${divisionPrefix(code)}%`))]
  const { rows } = await sql<Pick<RegisteredProfile, 'registers'>>`
    select ${profileColumns(needs)}, s.authority_ids::text[] as registers, count(*)::int as subjects
      from registers.subject s
     where s.left_on is null and s.registration_state = 'active' and s.division_code like any (${prefixes}::text[])
     group by ${profileKeys(needs)}, s.authority_ids limit ${MOST_PROFILES + 1}`.execute(reader)
  return completed(rows)
}
