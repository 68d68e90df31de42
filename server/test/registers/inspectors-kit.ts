// Inspectors of 青石县 for tests: numbers whose division (990101) is nobody's.

import { checkOf } from '../../src/registers/inspectors/id-card.rules.ts'
import type { Answer, Client, TestApp } from '../support/app.ts'
import { type Cast, castOf, idIn, makePerson } from '../agencies/kit.ts'
import { givePerson, type GivenPerson } from '../support/people.ts'

let people = 0

/** An ID-card number of nobody: valid but for its division. Odd sequences are of men. */
export function idCard(sequence: number, day = '19900101'): string {
  const body = `990101${day}${String(sequence).padStart(3, '0')}`
  return body + checkOf(body)
}

/** A person of the cast's authority and his row in the register, entered by the clerk. */
export async function giveInspector(
  cast: Pick<RegisterCast, 'system' | 'clerk' | 'authority'>,
  fields: object = {},
  person: object = {},
): Promise<{ readonly id: string; readonly personId: string; readonly answer: Answer }> {
  const asked = { authorityId: cast.authority, name: `吴示例${++people}`, ...person }
  const personId = await makePerson(cast.system.client, asked)
  const answer = await enter(cast.clerk.client, { personId, ...fields })
  if (answer.status !== 201) throw new Error(answer.text)
  return { id: idIn(answer), personId, answer }
}

/** Enters a person into the register. */
export function enter(by: Client, fields: object): Promise<Answer> {
  return by.post('/inspectors', {
    sex: 'male',
    level: 'county',
    category: 'ENFORCEMENT_QUALIFIED',
    ...fields,
  })
}

/** A warrant for the years around the tests. */
export function warrant(number: string, until = '2099-12-31'): object {
  return {
    warrantNumber: number,
    warrantAuthority: '青石县人民政府',
    warrantFrom: '2020-01-01',
    warrantUntil: until,
  }
}

/** The cast of an authority, with whoever else reads a register. */
export interface RegisterCast extends Cast {
  readonly head: GivenPerson
  readonly office: GivenPerson
  readonly overseer: GivenPerson
  readonly reader: GivenPerson
}

/** Gives it. */
export async function registerCastOf(app: TestApp): Promise<RegisterCast> {
  const cast = await castOf(app)
  const { authority } = cast
  return {
    ...cast,
    head: await givePerson(app, { authority, roles: ['unitHead'] }),
    office: await givePerson(app, { authority, roles: ['conferenceOffice'] }),
    overseer: await givePerson(app, { authority, roles: ['oversight'] }),
    reader: await givePerson(app, { authority, roles: ['reader'] }),
  }
}
