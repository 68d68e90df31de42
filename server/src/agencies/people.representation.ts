// A person as others see him: his number masked, and what may be done about him.

import { dayOf } from '../platform/clock.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Context } from '../platform/http/route.ts'
import { canOf, found } from '../platform/refusal.ts'
import type { AgenciesParts } from './parts.ts'
import { maskedMobile, whyNotChangePerson, whyNotLeave, whyNotReveal } from './people.rules.ts'
import type { Person } from './people.schema.ts'
import { findPersonRecord, type PersonRow } from './people.store.ts'
import { seenIn } from './seen.ts'

type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** Gives the representation of a person, as far as the viewer sees. Throws NotFound. */
export function openPerson(parts: AgenciesParts) {
  return async (reader: Reader, viewing: Viewing, id: string): Promise<Person> => {
    const seen = seenIn(viewing.access, 'person.show')
    const row = await findPersonRecord(reader, seen, dayOf(viewing.now), id)
    return represent(found(row, 'person'), viewing, parts)
  }
}

/** The representation of a person for a viewer. */
export function represent(row: PersonRow, { access, actor }: Viewing, { secrets }: AgenciesParts): Person {
  const { mobileCipher, unitPath } = row
  const viewer = actor.kind === 'person' ? actor.personId : undefined
  const place = placeOfPerson(row)
  return {
    ...row,
    unitName: unitPath === '' ? null : unitPath,
    mobile: mobileCipher === null ? null : maskedMobile(secrets.decrypt(mobileCipher, 'person.mobile')),
    can: {
      edit: canOf(access.whyNot('person.edit', place) ?? whyNotChangePerson(row)),
      transfer: canOf(access.whyNot('person.transfer', place) ?? whyNotLeave(row, viewer)),
      leave: canOf(access.whyNot('person.leave', place) ?? whyNotLeave(row, viewer)),
      revealMobile: canOf(access.whyNot('person.revealMobile', place) ?? whyNotReveal(row)),
      grant: canOf(access.whyNot('grant.propose', place) ?? whyNotChangePerson(row)),
    },
  }
}

/** Where a person is, for the access to him. */
export function placeOfPerson(row: Pick<PersonRow, 'id' | 'authorityId' | 'divisionCode'>) {
  return { authorityId: row.authorityId, divisionCode: row.divisionCode, personId: row.id }
}

/** A number as it is kept; undefined stays undefined (unchanged), null stays null (none). */
export function cipherOf(
  { secrets }: AgenciesParts,
  mobile: string | null | undefined,
): string | null | undefined {
  return mobile ? secrets.encrypt(mobile, 'person.mobile') : mobile === undefined ? undefined : null
}
