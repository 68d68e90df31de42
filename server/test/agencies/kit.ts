// What the tests of this feature say again and again.

import type { Answer, Client, TestApp } from '../support/app.ts'
import { COUNTY, giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'

/** The rows of a list. */
export function itemsOf({ body }: Pick<Answer, 'body'>): readonly Readonly<Record<string, unknown>>[] {
  return (body as Record<string, readonly Readonly<Record<string, unknown>>[]>)['items'] ?? []
}

/** The `can` of a representation. */
export function canIn(body: object): Readonly<Record<string, { readonly code: string } | null>> {
  return (body as { readonly can: Readonly<Record<string, { readonly code: string } | null>> }).can
}

/** An id in a body. */
export function idIn({ body }: Answer): string {
  return String((body as Record<string, unknown>)['id'])
}

/** The statuses of answers, the lowest first. */
export function statusesOf(answers: readonly Answer[]): readonly number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b)
}

/** A body without what differs from request to request. */
export function lasting({ status, body }: Answer): object {
  const { requestId: _, ...rest } = body as Record<string, unknown>
  return { status, ...rest }
}

/** The usual people of a county: three administrators, a second security administrator, a leader, a clerk. */
export interface Cast {
  readonly authority: string
  readonly system: GivenPerson
  readonly security: GivenPerson
  readonly security2: GivenPerson
  readonly leader: GivenPerson
  readonly clerk: GivenPerson
}

/** Gives the cast of an authority. */
export async function castOf(app: TestApp, division = COUNTY, name = '青石县市场监督管理局'): Promise<Cast> {
  const authority = await giveAuthority(app, { division, name })
  return {
    authority,
    system: await givePerson(app, { authority, roles: ['systemAdministrator'] }),
    security: await givePerson(app, { authority, roles: ['securityAdministrator'] }),
    security2: await givePerson(app, { authority, roles: ['securityAdministrator'] }),
    leader: await givePerson(app, { authority, roles: ['leaderInCharge'] }),
    clerk: await givePerson(app, { authority, roles: ['clerk'] }),
  }
}

/** Makes a person through the API; gives his id. */
export async function makePerson(by: Client, person: object): Promise<string> {
  const made = await by.post('/people', person)
  if (made.status !== 201) throw new Error(made.text)
  return idIn(made)
}

export const MISSING = '01900000-0000-7000-8000-000000000000'
