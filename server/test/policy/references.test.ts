// What a request names beside what it is about (a superior, a deputy, where somebody is moved to) must not tell whether
// something out of reach exists: naming it and naming nothing are answered alike, and nothing is written.

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '../../src/platform/actor.ts'
import { type Answer, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { patch, post, type Reference } from './reference.ts'
import { REGISTER_REFERENCES } from './references-registers.ts'
import type { Ask } from './route-case.ts'
import { type Actor, buildWorld, missing, type Standpoint, type Target } from './world.ts'

const grant = { role: 'reader', validFrom: '2999-01-01', reason: '测试所需' }

const REFERENCES: readonly Reference[] = [
  {
    name: 'the superior of a new authority',
    role: 'systemAdministrator',
    ask: ({ authorityId: superiorId }, { divisionCode }) =>
      post('/authorities', { divisionCode, name: '新局', shortName: '新局', inspects: true, superiorId }),
  },
  {
    name: 'the superior of an authority',
    role: 'systemAdministrator',
    ask: ({ authorityId: superiorId }, own) => patch(`/authorities/${own.authorityId}`, { superiorId }),
  },
  {
    name: 'the unit above a new unit',
    role: 'systemAdministrator',
    ask: ({ unitId: parentId }, own) =>
      post(`/authorities/${own.authorityId}/units`, { name: '新队', parentId }),
  },
  {
    name: 'the unit above a unit',
    role: 'systemAdministrator',
    ask: ({ unitId: parentId }, own) => patch(`/units/${own.unitId}`, { parentId }),
  },
  {
    name: 'the unit of a new person',
    role: 'systemAdministrator',
    ask: ({ unitId }, { authorityId }) => post('/people', { authorityId, name: '新人', unitId }),
  },
  {
    name: 'the authority of a new person',
    role: 'systemAdministrator',
    ask: ({ authorityId }) => post('/people', { authorityId, name: '新人' }),
  },
  {
    name: 'the unit of a person',
    role: 'systemAdministrator',
    ask: ({ unitId }, own) => patch(`/people/${own.personId}`, { unitId }),
  },
  {
    name: 'where a person is moved to',
    role: 'systemAdministrator',
    ask: ({ authorityId }, own) => post(`/people/${own.personId}/transfer`, { authorityId }),
  },
  {
    name: 'whom a role is proposed for',
    role: 'securityAdministrator',
    ask: ({ personId }, { authorityId, divisionCode }) =>
      post('/grants', { ...grant, personId, authorityId, divisionCode }),
  },
  {
    name: 'the authority that a role is proposed for',
    role: 'securityAdministrator',
    ask: ({ authorityId }, { personId, divisionCode }) =>
      post('/grants', { ...grant, personId, authorityId, divisionCode }),
  },
  {
    name: 'whom an account is opened for',
    role: 'systemAdministrator',
    ask: ({ personId }) => post('/accounts', { personId, username: 'someone.new' }),
  },
  {
    name: 'the office of a conference',
    role: 'conferenceOffice',
    ask: ({ authorityId: officeAuthorityId }, own) =>
      patch(`/conferences/${own.conferenceId}`, { officeAuthorityId }),
  },
  {
    name: 'who oversees a conference',
    role: 'conferenceOffice',
    ask: ({ authorityId: oversightAuthorityId }, own) =>
      patch(`/conferences/${own.conferenceId}`, { oversightAuthorityId }),
  },
  {
    name: 'who sits in a leading group',
    role: 'conferenceOffice',
    ask: ({ personId }, own) =>
      patch(`/conferences/${own.conferenceId}`, { leadingGroup: [{ personId, post: 'head' }] }),
  },
  {
    name: 'a member of a conference',
    role: 'conferenceOffice',
    ask: ({ authorityId }, own) => ({
      method: 'PUT',
      path: `/conferences/${own.conferenceId}/members/${authorityId}`,
      body: { responsibleDeputyId: own.personId },
      headers: { 'if-match': '"1"' },
    }),
  },
  {
    name: 'the deputy of a member of a conference',
    role: 'conferenceOffice',
    ask: ({ personId: responsibleDeputyId }, own) => ({
      method: 'PUT',
      path: `/conferences/${own.conferenceId}/members/${own.authorityId}`,
      body: { responsibleDeputyId },
      headers: { 'if-match': '"1"' },
    }),
  },
  {
    name: 'who enters the register of inspectors',
    role: 'conferenceOffice',
    ask: ({ personId }) =>
      post('/inspectors', { personId, sex: 'male', level: 'county', category: 'ENFORCEMENT_QUALIFIED' }),
  },
  {
    name: 'whom a declaration is of',
    role: 'conferenceOffice',
    ask: ({ inspectorId }) => post('/declarations', { inspectorId, kind: 'other', subjectName: '示例商店' }),
  },
  {
    name: 'the authority of a new expert',
    role: 'conferenceOffice',
    ask: ({ authorityId }) => post('/technical-experts', { authorityId, kind: 'expert', name: '新专家' }),
  },
  ...(['authority', 'unit', 'person'] as const).map((what) => ({
    name: `the ${what} whose inspectors are listed`,
    role: 'clerk' as const,
    ask: (named: Target): Ask => {
      const id = { authority: named.authorityId, unit: named.unitId, person: named.personId }[what]
      return { method: 'GET', path: `/inspectors?${what}=${id}` }
    },
  })),
  ...(['authority', 'person', 'unit'] as const).map((what) => ({
    name: `the ${what} whose people or grants are listed`,
    role: 'clerk' as const,
    ask: (named: Target): Ask => ({
      method: 'GET',
      path:
        what === 'person'
          ? `/grants?person=${named.personId}`
          : `/people?${what}=${what === 'unit' ? named.unitId : named.authorityId}`,
    }),
  })),
  ...REGISTER_REFERENCES,
]

onEachEngine((kind) => {
  let app: TestApp
  let city: Standpoint
  beforeAll(async () => {
    app = await startApp(kind)
    ;[city] = (await buildWorld(app)) as [Standpoint]
  })
  afterAll(() => app.close())

  const actorOf = (role: Role): Actor =>
    city.actors.find(({ name, reauthenticated }) => name === role && reauthenticated)!
  const asked = async ({ client }: Actor, { method, path, body, headers }: Ask): Promise<object> =>
    comparable(await client.send(method, path, { body, headers }))
  const leaves = async (): Promise<unknown> =>
    (await app.migrated.superuser.query(`select count(*) from audit.change`)).rows

  it.each(REFERENCES)('$name', async ({ role, ask }) => {
    const { own, parent } = city.targets
    const before = await leaves()
    const elsewhere = await asked(actorOf(role), ask(parent!, own!))
    const nothing = await asked(actorOf(role), ask(missing(parent!), own!))
    expect(elsewhere).toEqual(nothing)
    expect(elsewhere).not.toMatchObject({ status: 403 })
    expect(await leaves()).toEqual(before)
  })
})

function comparable({ status, body }: Answer): object {
  const { requestId: _, ...rest } = body as Record<string, unknown>
  return { status, ...rest }
}
