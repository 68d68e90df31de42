// A plan with all that its checks ask, read once.

import { conferenceOf } from '../../agencies/index.ts'
import { chainOf, type Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import { Refused } from '../../platform/refusal.ts'
import { basesOf, grainOf, grouped, MOST_PROFILES, placeIn, type Scope } from '../../registers/index.ts'
import { linesOf, type PlanLine } from '../lines/lines.store.ts'
import type { PlanRow } from '../plans/plans.store.ts'
import { checksOf } from './checks.rules.ts'
import {
  inspectingAmong,
  isOnFile,
  itemsNamed,
  jointLinesLed,
  type LineBeside,
  linesBeside,
  registeredProfiles,
} from './checks.store.ts'
import type { CheckedItem, Finding, PlanChecked } from './findings.rules.ts'
import type { Meeting, MeetingLine } from './overlaps.rules.ts'
import { countsOf, membershipOf } from './population.rules.ts'

/** What is looked at. `lines`: to be held against instead of those that stand, for amendments. */
export interface Looking {
  readonly now: Date
  readonly lines?: readonly PlanLine[]
}

/** What the checks find in a plan. */
export async function findingsOf(
  reader: Reader,
  law: Law,
  plan: PlanRow,
  looking: Looking,
): Promise<readonly Finding[]> {
  const { checked, meeting } = await readChecked(reader, law, plan, looking)
  return checksOf(checked, meeting)
}

/** A plan and the lines that may meet its own. Throws Refused where the scopes are too varied to count. */
export async function readChecked(
  reader: Reader,
  law: Law,
  plan: PlanRow,
  { now, lines: given }: Looking,
): Promise<{ readonly checked: PlanChecked; readonly meeting: Meeting }> {
  const today = dayOf(now)
  const lines = given ?? (await linesOf(reader, [plan.id]))
  const items = await itemsOfLines(reader, lines, today)
  const conference = await conferenceOf(reader, plan.divisionCode)
  const members = await inspectingAmong(reader, conference?.memberIds ?? [])
  const meeting = await meetingOf(reader, law, plan, lines)
  const checked: PlanChecked = {
    law,
    today,
    plan: {
      ...plan,
      divisionCode: placeIn(law, plan.divisionCode, today).division,
      isFiled: await isOnFile(reader, plan.id),
    },
    lines,
    items,
    members: new Map(members.map(({ id, name }) => [id, name])),
    ledElsewhere: await jointLinesLed(reader, {
      planId: plan.id,
      authorityId: plan.authorityId,
      year: plan.year,
      leads: members.map(({ id }) => id),
    }),
    counts: new Map(lines.map(({ id }, at) => [id, meeting.counts[at]!])),
  }
  return { checked, meeting }
}

async function itemsOfLines(
  reader: Reader,
  lines: readonly PlanLine[],
  today: string,
): Promise<ReadonlyMap<string, CheckedItem>> {
  const ids = [...new Set(lines.flatMap(({ parts }) => parts.flatMap(({ itemIds }) => itemIds)))]
  const bases = grouped(await basesOf(reader, ids), ({ itemId }) => itemId)
  const items = await itemsNamed(reader, ids, today)
  return new Map(items.map((item) => [item.id, { ...item, bases: bases.get(item.id) ?? [] }]))
}

async function meetingOf(
  reader: Reader,
  law: Law,
  plan: PlanRow,
  lines: readonly PlanLine[],
): Promise<Meeting> {
  const beside = await othersOf(reader, law, plan, lines)
  const all = [
    ...lines.map((line) => ({
      ...line,
      authorityIds: line.parts.map(({ authorityId }) => authorityId),
      isOwn: true,
    })),
    ...beside.map((line) => ({ ...line, isOwn: false })),
  ]
  return peopled(
    reader,
    all,
    lines.flatMap(({ scope }) => scope.divisions),
  )
}

/** The lines of several plans together, as they meet; each as one's own. Throws Refused as `readChecked`. */
export function meetingAmong(reader: Reader, lines: readonly PlanLine[]): Promise<Meeting> {
  const taken = new Set(lines.flatMap(({ sourceLineIds }) => sourceLineIds))
  const standing = lines.filter(({ id }) => !taken.has(id))
  const all = standing.map((line) => ({
    ...line,
    authorityIds: line.parts.map(({ authorityId }) => authorityId),
    isOwn: true,
  }))
  return peopled(
    reader,
    all,
    standing.flatMap(({ scope }) => scope.divisions),
  )
}

/** Whom lines are about, of the subjects of some divisions. */
async function peopled(
  reader: Reader,
  lines: readonly (MeetingLine & { readonly scope: Scope })[],
  divisions: readonly string[],
): Promise<Meeting> {
  const scopes = lines.map(({ scope }) => scope)
  const profiles = await registeredProfiles(reader, divisions, grainOf(scopes))
  if (profiles.length > MOST_PROFILES) throw new Refused({ code: 'plan.scope_too_varied' })
  const membership = membershipOf(profiles, scopes)
  return { lines, profiles, membership, counts: countsOf(profiles, membership, lines.length) }
}

/** Lines of other plans; not those that lines here were taken from or went into, and none twice. */
async function othersOf(
  reader: Reader,
  law: Law,
  { id, year, divisionCode }: PlanRow,
  lines: readonly PlanLine[],
): Promise<readonly LineBeside[]> {
  const chain = law.divisions.has(divisionCode) ? chainOf(law.divisions, divisionCode) : [divisionCode]
  const beside = await linesBeside(reader, { planId: id, year, divisionCode, chain })
  const taken = new Set([...lines, ...beside].flatMap(({ sourceLineIds }) => sourceLineIds))
  const own = new Set(lines.map((line) => line.id))
  return beside.filter((line) => !taken.has(line.id) && !line.sourceLineIds.some((source) => own.has(source)))
}
