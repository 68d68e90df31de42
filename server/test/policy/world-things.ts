// What a target of the world consists of: every row that a request can be about.

import { SYSTEM } from '../../src/platform/actor.ts'
import { dayOf } from '../../src/platform/clock.ts'
import type { Writer } from '../../src/platform/database/database.ts'
import { record } from '../../src/platform/record.ts'
import { LAW, type TestApp } from '../support/app.ts'
import type { GivenPerson } from '../support/people.ts'

export async function insertOwn(
  writer: Writer,
  own: {
    readonly jobId: string
    readonly notificationId: string
    readonly savedViewId: string
    readonly personId: string
    readonly authorityId: string | null
  },
): Promise<void> {
  await writer
    .insertInto('platform.job')
    .values({
      id: own.jobId,
      kind: 'test',
      state: 'done',
      requested_by: own.personId,
      authority_id: own.authorityId,
      ended_at: new Date(),
    })
    .execute()
  await writer
    .insertInto('platform.notification')
    .values({ id: own.notificationId, person_id: own.personId, code: 'grant.decided' })
    .execute()
  await writer
    .insertInto('platform.saved_view')
    .values({
      id: own.savedViewId,
      person_id: own.personId,
      page: '/agencies/people',
      name: own.savedViewId,
      search: 'q=x',
    })
    .execute()
}

interface Things {
  readonly authorityId: string
  readonly unitId: string
  readonly grantId: string
  readonly importId: string
  readonly entryId: string
  readonly idle: GivenPerson
  readonly keeper: GivenPerson
  readonly division: string
  readonly now: Date
}

export async function insertThings(writer: Writer, app: TestApp, things: Things): Promise<void> {
  const { authorityId, unitId, idle, keeper, division, now } = things
  await writer
    .insertInto('agencies.unit')
    .values({ id: unitId, authority_id: authorityId, name: '执法大队' })
    .execute()
  await writer
    .updateTable('agencies.person')
    .set({ mobile_cipher: app.secrets.encrypt('13800000001', 'person.mobile') })
    .where('id', '=', idle.personId)
    .execute()
  await writer
    .updateTable('accounts.account')
    .set({ state: 'suspended' })
    .where('id', '=', idle.accountId)
    .execute()
  const decided = { decided_by: keeper.personId, decided_at: now, state: 'rejected' }
  await writer
    .insertInto('agencies.role_grant')
    .values({
      id: things.grantId,
      person_id: idle.personId,
      role: 'reader',
      authority_id: authorityId,
      division_code: division,
      valid_from: dayOf(now),
      reason: '测试所需',
      proposed_at: now,
      ...decided,
    })
    .execute()
  await writer
    .insertInto('agencies.organisation_import')
    .values({
      id: things.importId,
      division_code: division,
      file_name: '机构.csv',
      file_hash: '00',
      state: 'discarded',
      report: JSON.stringify({ unused: [], counts: NOTHING, rows: [], outcomes: [] }),
      uploaded_by: keeper.personId,
      uploaded_at: now,
    })
    .execute()
  if (LAW.divisions.has(division)) await insertEntry(writer, things, decided)
}

async function insertEntry(
  writer: Writer,
  { entryId, idle, division, now }: Things,
  decided: { readonly decided_by: string; readonly decided_at: Date; readonly state: string },
): Promise<void> {
  await writer
    .insertInto('law.entry')
    .values({
      id: entryId,
      division_code: division,
      parameter: 'publication.result_deadline',
      value: '10',
      kind: 'default',
      valid_from: '2030-01-01',
      source_document: '示例文件',
      source_phrase: '示例原文',
      proposed_by: idle.personId,
      proposed_at: now,
      ...decided,
    })
    .execute()
}

const NOTHING = { rows: 0, new: 0, changed: 0, same: 0, conflict: 0 }

export async function insertConference(
  writer: Writer,
  {
    id,
    division,
    authorityId,
  }: { readonly id: string; readonly division: string; readonly authorityId: string },
): Promise<void> {
  const values = { id, division_code: division, name: '联席会议', office_authority_id: authorityId }
  await writer.insertInto('agencies.conference').values(values).execute()
}

export async function sessionOf(app: TestApp, accountId: string): Promise<string> {
  const { id } = await app.database.read((reader) =>
    reader
      .selectFrom('accounts.session')
      .select('id')
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow(),
  )
  return id
}

/** An event of somebody of the place: an attempt that was refused. */
export async function eventOf(app: TestApp, { client, personId }: GivenPerson): Promise<string> {
  await client.post('/conferences', { divisionCode: '990000', name: '不准', officeAuthorityId: app.newId() })
  const { id } = await app.database.read((reader) =>
    reader.selectFrom('audit.event').select('id').where('actor_id', '=', personId).executeTakeFirstOrThrow(),
  )
  return id
}

/** Writes as the program itself. */
export function work<T>(app: TestApp, does: (writer: Writer) => Promise<T>): Promise<T> {
  return record({ database: app.database, newId: app.newId }, SYSTEM, { action: 'test.prepare' }, does)
}
