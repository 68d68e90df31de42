// An item catalogue of the fictional county, made over HTTP.

import type { Role } from '../../src/platform/actor.ts'
import type { Answer, Client, TestApp } from '../support/app.ts'
import { giveAuthority, givePerson, type GivenPerson, COUNTY } from '../support/people.ts'

/** The people of one authority who keep, decide, receive and read. */
export interface CatalogueCast {
  readonly authority: string
  readonly clerk: GivenPerson
  readonly clerk2: GivenPerson
  readonly head: GivenPerson
  readonly leader: GivenPerson
  readonly office: GivenPerson
  readonly oversight: GivenPerson
  readonly reader: GivenPerson
}

export async function catalogueCast(
  app: TestApp,
  { division = COUNTY, name = '青石县市场监督管理局' } = {},
): Promise<CatalogueCast> {
  const authority = await giveAuthority(app, { division, name })
  const one = (roles: readonly Role[]) => givePerson(app, { authority, roles })
  return {
    authority,
    clerk: await one(['clerk']),
    clerk2: await one(['clerk']),
    head: await one(['unitHead']),
    leader: await one(['leaderInCharge']),
    office: await one(['conferenceOffice']),
    oversight: await one(['oversight']),
    reader: await one(['reader']),
  }
}

let count = 0

export const idOf = ({ body }: Answer): string => String((body as Record<string, unknown>)['id'])
export const fieldOf = ({ body }: Answer, name: string): never =>
  (body as Record<string, never>)[name] as never

/** A citation in force; its id. */
export async function giveCitation(client: Client, authorityId: string, more: object = {}): Promise<string> {
  const answer = await client.post('/citations', {
    authorityId,
    title: `示例监督管理办法之${++count}`,
    level: 'departmentalRule',
    inForceFrom: '2020-01-01',
    ...more,
  })
  if (answer.status !== 201) throw new Error(answer.text)
  return idOf(answer)
}

/** What a good item says. */
export function itemBody(authorityId: string, citationId: string, more: object = {}) {
  return {
    authorityId,
    code: `SX-${++count}`,
    name: '示例经营场所检查',
    object: '示例经营单位',
    scope: '许可证件、制度和台账',
    field: 'market',
    isRandom: true,
    tier: 'GENERAL',
    ratioCap: 500,
    frequency: '每年一次',
    methods: ['ON_SITE'],
    implementingLevels: ['county'],
    bases: [{ citationId, article: '第十条' }],
    ...more,
  }
}

/** An item in force: drafted and proposed by the clerk, approved by the head; its id. */
export async function giveItem(cast: CatalogueCast, more: object = {}): Promise<string> {
  const citation = await giveCitation(cast.clerk.client, cast.authority)
  const created = await cast.clerk.client.post('/items', itemBody(cast.authority, citation, more))
  if (created.status !== 201) throw new Error(created.text)
  const id = idOf(created)
  for (const [who, step] of [
    [cast.clerk, 'proposal'],
    [cast.head, 'approval'],
  ] as const) {
    const answer = await who.client.post(`/items/${id}/${step}`, step === 'approval' ? {} : undefined)
    if (answer.status !== 200) throw new Error(answer.text)
  }
  return id
}

/** The joint conference of a division. */
export async function giveConference(
  app: TestApp,
  given: { readonly division: string; readonly office: string; readonly oversight: string },
): Promise<void> {
  const system = await givePerson(app, { authority: given.office, roles: ['systemAdministrator'] })
  const answer = await system.client.post('/conferences', {
    divisionCode: given.division,
    name: '示例联席会议',
    officeAuthorityId: given.office,
    oversightAuthorityId: given.oversight,
  })
  if (answer.status !== 201) throw new Error(answer.text)
}
