// What stands around plans that are sent: the conferences of the places whose documents say where to, and what is on its way.

import { type ConferenceOf, conferenceOf } from '../../agencies/index.ts'
import { chainOf, type Law } from '../../law/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Around } from './filings.rules.ts'
import { openFilingsOf } from './filings.store.ts'

/** A plan that may be sent. */
export interface Sendable {
  readonly id: string
  readonly divisionCode: string
}

/** Reads once what is around some plans; what the nation's own law names is found in the plan's division. */
export async function aroundOf(
  reader: Reader,
  law: Law,
  plans: readonly Sendable[],
): Promise<(plan: Sendable) => Around> {
  const conferences = await conferencesOver(
    reader,
    law,
    plans.map(({ divisionCode }) => divisionCode),
  )
  const open = await openFilingsOf(
    reader,
    plans.map(({ id }) => id),
  )
  return ({ id, divisionCode }) => ({
    conferenceIn: (division) => conferences.get(division === NATION ? divisionCode : division),
    open: open.get(id) ?? [],
  })
}

/** The conferences of divisions and of those above them, by division. */
export async function conferencesOver(
  reader: Reader,
  law: Law,
  divisions: readonly string[],
): Promise<ReadonlyMap<string, ConferenceOf>> {
  const codes = new Set(
    divisions.flatMap((code) => (law.divisions.has(code) ? chainOf(law.divisions, code) : [code])),
  )
  const conferences = new Map<string, ConferenceOf>()
  for (const code of codes) {
    const conference = code === NATION ? undefined : await conferenceOf(reader, code)
    if (conference) conferences.set(code, conference)
  }
  return conferences
}

const NATION = 'cn'
