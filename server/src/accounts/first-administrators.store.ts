// 三员: the three administrators with whom a database begins, because nobody is there yet who could grant them anything.

import { sql } from 'kysely'
import { ADMINISTRATORS, SYSTEM } from '../platform/actor.ts'
import { dayOf } from '../platform/clock.ts'
import type { Writer } from '../platform/database/database.ts'
import { record, type Recording } from '../platform/record.ts'
import { Refused } from '../platform/refusal.ts'
import { insertAccount } from './accounts.store.ts'
import { hashPassword } from './password-hash.ts'
import { newSecretText } from './secret-text.ts'

type Administrator = (typeof ADMINISTRATORS)[number]

/** What is needed to begin. */
export interface Beginning {
  /** GB/T 2260 code of a division that was loaded before; the three are administrators there and below. */
  readonly divisionCode: string
  readonly authority: { readonly name: string; readonly shortName: string; readonly inspects: boolean }
  readonly people: Readonly<Record<Administrator, { readonly name: string; readonly username: string }>>
  readonly now: Date
}

/** One of the three, with a password that is good once and stands nowhere else. */
export interface Born {
  readonly role: Administrator
  readonly username: string
  readonly password: string
}

/**
 * Makes a fresh database's first authority and its three administrators, in one act. Throws Refused where there is an
 * account already, or no such division.
 */
export async function bearAdministrators(
  recording: Recording,
  beginning: Beginning,
): Promise<readonly Born[]> {
  const born = await Promise.all(
    ADMINISTRATORS.map(async (role) => {
      const password = newSecretText()
      const ids = { personId: recording.newId(), accountId: recording.newId(), grantId: recording.newId() }
      return { role, password, hash: await hashPassword(password), ...ids, ...beginning.people[role] }
    }),
  )
  const authorityId = recording.newId()
  const about = { type: 'authority', id: authorityId }
  await record(recording, SYSTEM, { action: 'account.bearAdministrators', about }, async (writer) => {
    await demandNobody(writer)
    await insertAuthority(writer, authorityId, beginning)
    for (const one of born) await insertAdministrator(writer, { ...one, authorityId }, beginning)
  })
  return born.map(({ role, username, password }) => ({ role, username, password }))
}

/** Also where two do it at the same moment. */
async function demandNobody(writer: Writer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('accounts.first', 0))`.execute(writer)
  const somebody = await writer.selectFrom('accounts.account').select('id').limit(1).executeTakeFirst()
  if (somebody) throw new Refused({ code: 'account.not_the_first' })
}

async function insertAuthority(
  writer: Writer,
  id: string,
  { divisionCode, authority }: Beginning,
): Promise<void> {
  const division = await writer
    .selectFrom('agencies.division')
    .select('code')
    .where('code', '=', divisionCode)
    .executeTakeFirst()
  if (!division) throw new Refused({ code: 'account.no_such_division', params: { code: divisionCode } })
  const { name, shortName: short_name, inspects } = authority
  await writer
    .insertInto('agencies.authority')
    .values({ id, division_code: divisionCode, name, short_name, inspects })
    .execute()
}

async function insertAdministrator(
  writer: Writer,
  one: {
    readonly personId: string
    readonly accountId: string
    readonly grantId: string
    readonly authorityId: string
    readonly role: Administrator
    readonly name: string
    readonly username: string
    readonly hash: string
  },
  { divisionCode, now }: Beginning,
): Promise<void> {
  const { personId, authorityId: authority_id, name, username, hash } = one
  await writer.insertInto('agencies.person').values({ id: personId, authority_id, name }).execute()
  await insertAccount(writer, { id: one.accountId, personId, username, hash, now })
  await writer
    .insertInto('agencies.role_grant')
    .values({
      id: one.grantId,
      person_id: personId,
      role: one.role,
      authority_id,
      division_code: divisionCode,
      valid_from: dayOf(now),
      state: 'effective',
      reason: '初始设立',
      proposed_at: now,
    })
    .execute()
}
