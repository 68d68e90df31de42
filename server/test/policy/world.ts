// A province, a city and two counties, with one thing of every kind in each authority, and somebody in every role.

import { insertSession } from '../../src/accounts/index.ts'
import { type Role, ROLES, SYSTEM } from '../../src/platform/actor.ts'
import { dayOf } from '../../src/platform/clock.ts'
import type { Writer } from '../../src/platform/database/database.ts'
import { record } from '../../src/platform/record.ts'
import { Client, LAW, type TestApp } from '../support/app.ts'
import { giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'
import { catalogueIds, type CatalogueTarget, insertCatalogue } from './registers-catalogue.things.ts'
import { insertExpert, insertInspector } from './world-inspectors.ts'
import { insertDiscardedImport } from './world-imports.ts'
import { insertSubjects, missingSubjects, type SubjectTarget } from './world-subjects.ts'

/** What a request can be about. What is not there at a place is left out. */
export interface Target extends Partial<CatalogueTarget>, Partial<SubjectTarget> {
  readonly divisionCode: string
  readonly authorityId: string
  readonly unitId?: string
  /** Works there, has a mobile number. */
  readonly personId: string
  /** Of that person; suspended. */
  readonly suspendedId?: string
  /** Of an administrator there; active. */
  readonly accountId?: string
  /** That administrator. */
  readonly keeperId?: string
  readonly sessionId?: string
  readonly notificationId?: string
  readonly savedViewId?: string
  /** Rejected; one's own is in force. */
  readonly grantId?: string
  /** Only where the authority is the office of its division's conference. */
  readonly conferenceId?: string
  /** Discarded. */
  readonly importId?: string
  /** Of a register; discarded. */
  readonly registerImportId?: string
  /** Done. */
  readonly jobId?: string
  /** Rejected; only where the law knows the division. */
  readonly entryId?: string
  readonly eventId?: string
  /** Of the person; active, with a mobile number. */
  readonly inspectorId?: string
  /** Of that administrator; suspended. */
  readonly suspendedInspectorId?: string
  /** Long over. */
  readonly leaveId?: string
  /** Withdrawn. */
  readonly declarationId?: string
  readonly technicalExpertId?: string
}

/** Where a target is, seen from an actor. */
export type Relation = 'own' | 'sibling' | 'parent' | 'child' | 'elsewhere' | 'mine'

/** Somebody who asks. */
export interface Actor {
  readonly name: string
  readonly kind: 'anonymous' | 'enrolling' | 'person'
  readonly roles: readonly Role[]
  /** A long time ago, where not recently. */
  readonly reauthenticated: boolean
  readonly client: Client
  /** What is his own. */
  readonly mine?: Target
  /** The same person at another device, for acts that end a session. */
  again(): Promise<Client>
}

/** From where the world is looked at: who asks, and what stands in which relation to him. */
export interface Standpoint {
  readonly name: string
  readonly actors: readonly Actor[]
  readonly targets: Readonly<Partial<Record<Relation, Target>>>
}

// Sees by the one what he may not decide by the other.
const TWO_ROLES: readonly Role[] = ['leaderInCharge', 'oversight']
const NAME = '巡查局'
const NEIGHBOUR = '990102'

/** Builds it: seen from a city authority, and from a county authority. */
export async function buildWorld(app: TestApp): Promise<readonly Standpoint[]> {
  const spot = (division: string, name: string, isOffice = true): Promise<Target> =>
    giveSpot(app, { division, name: `${name}${NAME}`, isOffice })
  const province = await spot('990000', '示例省')
  const city = await spot('990100', '青石市第一')
  const city2 = await spot('990100', '青石市第二', false)
  const county = await spot('990101', '青石县第一', false)
  const county2 = await spot('990101', '青石县第二')
  const neighbour = await spot(NEIGHBOUR, '白石县')
  return [
    {
      name: 'a city',
      actors: await giveActors(app, city),
      targets: { own: city, sibling: city2, parent: province, child: county2 },
    },
    {
      name: 'a county',
      actors: await giveActors(app, county),
      targets: { own: county, sibling: county2, parent: city, elsewhere: neighbour },
    },
  ]
}

/** A target of which nothing is there. Its division is that of another, because divisions are known to everybody. */
export function missing({ divisionCode }: Target): Target {
  const id = (): string => crypto.randomUUID()
  return {
    ...catalogueIds(id),
    ...missingSubjects(id),
    divisionCode,
    authorityId: id(),
    unitId: id(),
    personId: id(),
    suspendedId: id(),
    accountId: id(),
    keeperId: id(),
    sessionId: id(),
    notificationId: id(),
    savedViewId: id(),
    grantId: id(),
    conferenceId: id(),
    importId: id(),
    registerImportId: id(),
    jobId: id(),
    entryId: id(),
    eventId: id(),
    inspectorId: id(),
    suspendedInspectorId: id(),
    leaveId: id(),
    declarationId: id(),
    technicalExpertId: id(),
  }
}

async function giveActors(app: TestApp, { authorityId, divisionCode }: Target): Promise<readonly Actor[]> {
  const actors: Actor[] = [anonymous(app)]
  for (const roles of [...ROLES.map((role) => [role]), TWO_ROLES, []]) {
    const person = await givePerson(app, { authority: authorityId, roles })
    const common = { name: roles.join(' and ') || 'nobody in particular', kind: 'person', roles } as const
    const mine = await giveMine(app, person, divisionCode)
    actors.push({
      ...common,
      reauthenticated: true,
      client: person.client,
      mine,
      again: () => app.as(person.accountId),
    })
    const late = (): Promise<Client> => openSession(app, person, { stage: 'full', reauthenticated: false })
    if (roles.length > 0)
      actors.push({ ...common, reauthenticated: false, client: await late(), again: late })
  }
  const person = await givePerson(app, {
    authority: authorityId,
    roles: ['securityAdministrator'],
    fresh: true,
  })
  const enrolling = (): Promise<Client> => openSession(app, person, { stage: 'enrol', reauthenticated: true })
  return [
    ...actors,
    {
      name: 'somebody enrolling',
      kind: 'enrolling',
      roles: ['securityAdministrator'],
      reauthenticated: true,
      client: await enrolling(),
      again: enrolling,
    },
  ]
}

function anonymous(app: TestApp): Actor {
  const { anonymous: client } = app
  const again = (): Promise<Client> => Promise.resolve(client)
  return { name: 'nobody', kind: 'anonymous', roles: [], reauthenticated: false, client, again }
}

async function openSession(
  app: TestApp,
  { accountId, authorityId }: GivenPerson,
  how: { readonly stage: 'enrol' | 'full'; readonly reauthenticated: boolean },
): Promise<Client> {
  const now = app.clock.now()
  const token = await work(app, (writer) =>
    insertSession(writer, {
      id: app.newId(),
      accountId,
      actingAuthorityId: authorityId,
      stage: how.stage,
      method: 'password',
      secondFactor: how.stage === 'full',
      reauthenticatedAt: how.reauthenticated ? now : null,
      device: 'test',
      address: '127.0.0.1',
      now,
    }),
  )
  return new Client(app, token)
}

/** What belongs to a person himself. */
async function giveMine(app: TestApp, person: GivenPerson, divisionCode: string): Promise<Target> {
  const { personId, authorityId, accountId } = person
  const ids = { jobId: app.newId(), notificationId: app.newId(), savedViewId: app.newId() }
  const spot = { ...spotOf(app), personId, authorityId, division: divisionCode }
  const inspector = await work(app, async (writer) => {
    await insertOwn(writer, { ...ids, personId, authorityId: null })
    return insertInspector(writer, spot)
  })
  const { grant } = await app.database.read(async (reader) => ({
    grant: await reader
      .selectFrom('agencies.role_grant')
      .select('id')
      .where('person_id', '=', personId)
      .executeTakeFirst(),
  }))
  return {
    ...ids,
    ...inspector,
    divisionCode,
    authorityId,
    personId,
    accountId,
    sessionId: await sessionOf(app, accountId),
    ...(grant ? { grantId: grant.id } : {}),
  }
}

async function giveSpot(
  app: TestApp,
  {
    division,
    name,
    isOffice,
  }: { readonly division: string; readonly name: string; readonly isOffice: boolean },
): Promise<Target> {
  const authorityId = await giveAuthority(app, { division, name })
  const keeper = await givePerson(app, { authority: authorityId, roles: ['auditAdministrator'] })
  const idle = await givePerson(app, { authority: authorityId })
  const [unitId, grantId, importId, jobId, entryId, conferenceId, notificationId, savedViewId] = Array.from(
    { length: 8 },
    () => app.newId(),
  ) as [string, string, string, string, string, string, string, string]
  const ids = { authorityId, unitId, grantId, importId, jobId, entryId, notificationId, savedViewId }
  const catalogue = catalogueIds(app.newId)
  await work(app, async (writer) => {
    await insertOwn(writer, { ...ids, personId: idle.personId })
    const people = { by: idle.personId, decider: keeper.personId }
    await insertCatalogue(writer, app, { ids: catalogue, authorityId, division, ...people })
    const both = { idle, keeper, division, now: app.clock.now() }
    await insertThings(writer, app, { ...ids, ...both })
    if (isOffice) await insertConference(writer, { id: conferenceId, division, authorityId })
  })
  const register = await giveRegister(app, { authorityId, division, keeper, idle })
  const { entryId: _, ...others } = ids
  return {
    ...(LAW.divisions.has(division) ? ids : others),
    ...catalogue,
    ...register,
    divisionCode: division,
    personId: idle.personId,
    suspendedId: idle.accountId,
    accountId: keeper.accountId,
    keeperId: keeper.personId,
    sessionId: await sessionOf(app, keeper.accountId),
    eventId: await eventOf(app, keeper),
    ...(isOffice ? { conferenceId } : {}),
  }
}

/** Inspectors, an expert and subjects of an authority. */
function giveRegister(
  app: TestApp,
  at: {
    readonly authorityId: string
    readonly division: string
    readonly keeper: GivenPerson
    readonly idle: GivenPerson
  },
) {
  const spot = { ...spotOf(app), authorityId: at.authorityId, division: at.division }
  return work(app, async (writer) => {
    const { inspectorId } = await insertInspector(
      writer,
      { ...spot, personId: at.keeper.personId },
      'suspended',
    )
    return {
      ...(await insertInspector(writer, { ...spot, personId: at.idle.personId })),
      suspendedInspectorId: inspectorId,
      technicalExpertId: await insertExpert(writer, { ...spot, personId: at.idle.personId }),
      ...(await insertSubjects(writer, { ...spot, personId: at.idle.personId })),
      registerImportId: await insertDiscardedImport(writer, { ...spot, personId: at.idle.personId }),
    }
  })
}

function spotOf({ newId, secrets, clock }: TestApp) {
  return { newId, secrets, now: clock.now() }
}

async function insertOwn(
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

async function insertThings(writer: Writer, app: TestApp, things: Things): Promise<void> {
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

async function insertConference(
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

async function sessionOf(app: TestApp, accountId: string): Promise<string> {
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
async function eventOf(app: TestApp, { client, personId }: GivenPerson): Promise<string> {
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
