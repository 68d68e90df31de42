// A province, a city and two counties, with one thing of every kind in each authority, and somebody in every role.

import { insertSession } from '../../src/accounts/index.ts'
import { type Role, ROLES } from '../../src/platform/actor.ts'
import { Client, LAW, type TestApp } from '../support/app.ts'
import { giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'
import { catalogueIds, type CatalogueTarget, insertCatalogue } from './registers-catalogue.things.ts'
import { insertExpert, insertInspector } from './world-inspectors.ts'
import { insertDiscardedImport } from './world-imports.ts'
import { eventOf, insertConference, insertOwn, insertThings, sessionOf, work } from './world-things.ts'
import { insertSubjects, missingSubjects, type SubjectTarget } from './world-subjects.ts'
import { insertPlanThings, missingPlans, type PlanTarget } from './world-plans.ts'
import { insertTaskThings, missingTasks, type TaskTarget } from './world-tasks.ts'
import { type DrawTarget, insertDrawThings, missingDraws } from './world-draws.ts'

/** What a request can be about. What is not there at a place is left out. */
export interface Target
  extends
    Partial<CatalogueTarget>,
    Partial<SubjectTarget>,
    Partial<TaskTarget>,
    Partial<PlanTarget>,
    Partial<DrawTarget> {
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
    ...missingTasks(id),
    ...missingDraws(id),
    ...missingPlans(id),
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
    const subjects = await insertSubjects(writer, { ...spot, personId: at.idle.personId })
    const { subjectId } = subjects
    const ofTasks = { subjectId, deciderId: at.keeper.personId }
    const idle = { ...spot, personId: at.idle.personId }
    const tasks = await insertTaskThings(writer, idle, ofTasks)
    return {
      ...(await insertInspector(writer, idle)),
      suspendedInspectorId: inspectorId,
      technicalExpertId: await insertExpert(writer, idle),
      ...subjects,
      ...tasks,
      ...(await insertDrawThings(writer, idle, { taskId: tasks.taskId, inspectorId })),
      ...(await insertPlanThings(writer, idle)),
      registerImportId: await insertDiscardedImport(writer, idle),
    }
  })
}

function spotOf({ newId, secrets, clock }: TestApp) {
  return { newId, secrets, now: clock.now() }
}
