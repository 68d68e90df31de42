// What the tests of the register of subjects say again and again.

import { creditCodeCheck } from '@sunlot/draw'
import type { Answer, Client, TestApp } from '../support/app.ts'
import { COUNTY, giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'

/** The county beside 青石县. */
export const NEIGHBOUR = '990102'

/** The usual people of a county: two clerks and a head of two authorities, the office, who oversees, who only reads. */
export interface SubjectCast {
  readonly market: string
  readonly health: string
  readonly clerk: GivenPerson
  readonly clerk2: GivenPerson
  readonly head: GivenPerson
  readonly healthClerk: GivenPerson
  readonly office: GivenPerson
  readonly oversight: GivenPerson
  readonly reader: GivenPerson
  readonly neighbour: GivenPerson
  /** Sees the whole prefecture. */
  readonly city: GivenPerson
  readonly administrator: GivenPerson
}

export async function subjectCastOf(app: TestApp): Promise<SubjectCast> {
  const market = await giveAuthority(app, { division: COUNTY })
  const health = await giveAuthority(app, { division: COUNTY, name: '青石县卫生健康局' })
  const away = await giveAuthority(app, { division: NEIGHBOUR, name: '邻县市场监督管理局' })
  const city = await giveAuthority(app, { division: '990100', name: '青石市市场监督管理局' })
  return {
    market,
    health,
    clerk: await givePerson(app, { authority: market, roles: ['clerk'] }),
    clerk2: await givePerson(app, { authority: market, roles: ['clerk'] }),
    head: await givePerson(app, { authority: market, roles: ['unitHead'] }),
    healthClerk: await givePerson(app, { authority: health, roles: ['clerk'] }),
    office: await givePerson(app, { authority: market, roles: ['conferenceOffice'] }),
    oversight: await givePerson(app, { authority: health, roles: ['oversight'] }),
    reader: await givePerson(app, { authority: health, roles: ['reader'] }),
    neighbour: await givePerson(app, { authority: away, roles: ['clerk', 'unitHead'] }),
    city: await givePerson(app, { authority: city, roles: ['conferenceOffice'] }),
    administrator: await givePerson(app, { authority: market, roles: ['systemAdministrator'] }),
  }
}

/** A credit code of the fictional county with its right check digit; the same for the same number. */
export function creditCode(n: number, prefix = '91'): string {
  const first17 = `${prefix}990101MB${String(n).padStart(7, '0')}`
  return first17 + creditCodeCheck(first17)!
}

let made = 0

/** A new code that no other subject of this process has. */
export function freshCode(): string {
  return creditCode(++made)
}

/** Enters a subject through the API; the answer whatever it is. */
export function enterSubject(by: Client, fields: Readonly<Record<string, unknown>>): Promise<Answer> {
  return by.post('/subjects', { divisionCode: COUNTY, ...fields })
}

/** A subject as its representation has it. */
export type Shown = Readonly<Record<string, never>> & {
  readonly id: string
  readonly code: string
  readonly version: number
  readonly name: string
}

/** A subject that has just been entered. */
export async function giveSubject(
  by: Client,
  fields: Readonly<Record<string, unknown>> & { readonly authorityId: string },
): Promise<Shown> {
  const answer = await enterSubject(by, { name: `青石县示例${++made}号店`, code: freshCode(), ...fields })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body as unknown as Shown
}

/** The open change of a subject. */
export async function openChangeOf(by: Client, id: string): Promise<string> {
  const { body } = await by.get(`/subjects/${id}`)
  return String((body as Readonly<Record<string, readonly unknown[]>>)['openChanges']?.[0])
}

/** Takes a subject out or puts it back, as two persons. */
export async function moved(
  { clerk, head }: Pick<SubjectCast, 'clerk' | 'head'>,
  id: string,
  what: 'removal' | 'return',
): Promise<void> {
  const asked = await clerk.client.post(`/subjects/${id}/${what}`, { reason: '测试所需' })
  if (asked.status !== 201) throw new Error(asked.text)
  const change = await openChangeOf(clerk.client, id)
  const answer = await head.client.post(`/subject-changes/${change}/approval`, {})
  if (answer.status !== 200) throw new Error(answer.text)
}
