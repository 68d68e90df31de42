// The first three administrators of a new platform: before them there is nobody who could appoint anybody.

import { bearAdministrators, type Born } from '../accounts/index.ts'
import { loadDivisions } from '../agencies/index.ts'
import { loadLaw } from '../law/index.ts'
import { ADMINISTRATORS } from '../platform/actor.ts'
import { AdvancedClock, machineClock } from '../platform/clock.ts'
import { Database } from '../platform/database/database.ts'
import { idsOf } from '../platform/ids.ts'
import { Refused } from '../platform/refusal.ts'
import { projectPath } from '../platform/root.ts'
import type { Settings } from '../platform/settings.ts'
import { readBirth } from './birth.store.ts'
import { openDatabase } from './engine.ts'
import { OperationRefused } from './words.ts'

type Administrator = (typeof ADMINISTRATORS)[number]

/** Who begins, and where. Each person as `姓名:用户名`. */
export interface Appointment {
  readonly division: string
  readonly authority: string
  readonly people: Readonly<Record<Administrator, string>>
}

const PERSON = /^([^:：]{1,60})[:：]([a-z0-9][a-z0-9._-]{2,39})$/

/** Appoints them, and gives their one-time passwords. Throws OperationRefused; a database with an account has its own. */
export async function appoint(settings: Settings, appointment: Appointment): Promise<readonly Born[]> {
  const people = peopleOf(appointment)
  const { engine } = await openDatabase(settings, () => undefined)
  try {
    const clock = new AdvancedClock(machineClock)
    clock.setAhead((await readBirth(engine.pool)).aheadMs)
    const recording = { database: new Database(engine.pool), newId: idsOf(clock) }
    await loadDivisions(recording, loadLaw(projectPath('law')).divisions.values())
    const { division, authority } = appointment
    return await bearAdministrators(recording, {
      divisionCode: division,
      authority: { name: authority, shortName: authority.slice(-40), inspects: true },
      people,
      now: clock.now(),
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new OperationRefused(`appoint_${error.refusal.code}`, error.refusal.params ?? {}, { cause: error })
  } finally {
    await engine.close()
  }
}

/** Throws OperationRefused for what is not `姓名:用户名`, and for one person who would be two. */
function peopleOf({
  people,
}: Appointment): Record<Administrator, { readonly name: string; readonly username: string }> {
  const entries = ADMINISTRATORS.map((role) => {
    const [, name, username] = PERSON.exec(people[role]) ?? []
    if (name === undefined || username === undefined)
      throw new OperationRefused('appoint_person', { role, given: people[role] })
    return [role, { name: name.trim(), username }] as const
  })
  const usernames = new Set(entries.map(([, { username }]) => username))
  if (usernames.size < ADMINISTRATORS.length) throw new OperationRefused('appoint_same')
  return Object.fromEntries(entries) as ReturnType<typeof peopleOf>
}
