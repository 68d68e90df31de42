// Entering a subject by hand: its code, its kind, its county, its authority, all looked at before anything is written.

import { type AuthorityRow, holdAuthority, seenIn } from '../../agencies/index.ts'
import type { Divisions, Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { personOf, type WriteContext } from '../../platform/http/route.ts'
import { demand, found, NotFound, Refused } from '../../platform/refusal.ts'
import { divisionPrefix } from '../../platform/reach.ts'
import { initialsOf } from '../pinyin.ts'
import { insertChange } from './changes.store.ts'
import { columnsOf } from './columns.ts'
import { entityTypeOf, type SubjectType } from './entity-type.rules.ts'
import type { SubjectParts } from './parts.ts'
import { type CountyFinder, countyFinder } from './place.rules.ts'
import { insertPremises } from './premises.store.ts'
import { closedPersonal } from './secrets.ts'
import { codeOfNew, issuedCode, whyNotIn, whyNotIndustry, whyNotTexts } from './subjects.rules.ts'
import type { NewSubject } from './subjects.schema.ts'
import { findCounty, findSubject, holderOf, insertSubject, takeCode } from './subjects.store.ts'

type Writing = Pick<WriteContext, 'writer' | 'access' | 'actor' | 'now' | 'id' | 'newId'>

/** Enters a new subject. Throws Refused: a code that is none, or is taken; no county; an authority out of reach. */
export async function enterSubject(context: Writing, body: NewSubject, parts: SubjectParts): Promise<void> {
  const { writer, id, now, newId } = context
  demand(whyNotTexts(body), 422)
  const law = await parts.book.read(writer)
  const type = typeOfNew(body)
  const { sound, refusal } = codeOfNew({ ...body, kind: type.kind })
  demand(refusal, 422)
  demand(whyNotIndustry(body.industryCode, law.industries), 422)
  await demandOwner(context, body.ofSubjectId)
  const place = await placeOfNew(context, body, law)
  const code = sound?.code ?? issuedCode(place.divisionCode, id)
  const at = { id, divisionCode: place.divisionCode }
  if (!(await takeCode(writer, { code, ...at }))) await refuseTakenCode(context, code)
  await insertSubject(writer, {
    id,
    division_code: place.divisionCode,
    code,
    code_kind: sound?.kind ?? 'issued',
    initials: initialsOf(body.name),
    ...columnsOf(body),
    ...closedPersonal(parts.secrets, body),
    kind: type.kind,
    entity_type: type.entityType,
    division_basis: place.basis,
    flags: [...(sound?.flags ?? []), ...place.flags],
    authority_ids: [body.authorityId],
    entered_on: dayOf(now),
  })
  if (body.premises !== undefined)
    await insertPremises(writer, {
      id: newId(),
      subjectId: id,
      divisionCode: place.divisionCode,
      address: body.premises,
    })
  const change = {
    id: newId(),
    divisionCode: place.divisionCode,
    subjectId: id,
    at: now,
    by: personOf(context).personId,
  }
  await insertChange(writer, {
    ...change,
    kind: 'entered',
    state: 'effective',
    fields: {},
    reason: body.noCodeReason,
  })
}

function typeOfNew({
  kind,
  entityType,
  registeredType = '',
  code = '',
  name,
  idCard,
}: NewSubject): SubjectType {
  if (idCard !== undefined && kind === undefined) return { kind: 'NATURAL_PERSON', entityType: 'other' }
  const guessed = entityTypeOf(registeredType, code, name)
  return {
    kind: kind ?? guessed.kind,
    entityType: entityType ?? (kind === undefined ? guessed.entityType : typeWith(kind, guessed)),
  }
}

/** Where only the kind is said, the type is guessed as long as the guess agrees with it. */
function typeWith(kind: SubjectType['kind'], guessed: SubjectType): SubjectType['entityType'] {
  return guessed.kind === kind ? guessed.entityType : 'other'
}

async function placeOfNew(context: Writing, body: NewSubject, law: Law) {
  const { writer, access } = context
  const { authorityId } = body
  const seen = seenIn(access, 'authority.show')
  const authority = found(await holdAuthority(writer, seen, authorityId), 'authority')
  const { divisionCode } = authority
  demand(access.whyNot('subject.create', { authorityId, divisionCode }), 403)
  demand(whyNotOf(authority))
  const place = body.divisionCode === undefined ? foundPlace(body, law) : stated(body.divisionCode)
  const county = await findCounty(writer, place.divisionCode)
  demand(whyNotIn(place.divisionCode, county, divisionPrefix(divisionCode)), 422)
  return place
}

function whyNotOf({ closedOn }: AuthorityRow) {
  return closedOn === null ? undefined : { code: 'authority.closed', params: { on: closedOn } }
}

function stated(divisionCode: string) {
  return { divisionCode, basis: 'stated', flags: [] }
}

const FINDERS = new WeakMap<Divisions, CountyFinder>()

function foundPlace({ premises, registeredAddress, code }: NewSubject, { divisions }: Law) {
  const find = FINDERS.get(divisions) ?? countyFinder(divisions)
  FINDERS.set(divisions, find)
  const place = find({ address: premises ?? registeredAddress, code })
  if (!place || place.flags.includes('countyUnknown'))
    throw new Refused({ code: 'subject.county_unknown' }, 422)
  const isOfPremises = place.basis === 'address' && premises !== undefined
  return isOfPremises ? { ...place, basis: 'premises' } : place
}

/** Says whose a code is, and how to mend: to put that subject back, or to change it. */
async function refuseTakenCode({ writer }: Writing, code: string): Promise<never> {
  const holder = await holderOf(writer, code)
  if (!holder) throw new Error(`the code ${code} is taken by nobody`)
  const { id, name, leftOn, divisionCode, divisionName } = holder
  const params = { code, subject: id, name, division: divisionName ?? divisionCode }
  throw new Refused(
    leftOn === null
      ? { code: 'subject.code_taken', params }
      : { code: 'subject.code_left', params: { ...params, on: leftOn } },
  )
}

/** Whose product, project or activity something is. Throws NotFound where that is out of reach. */
export async function demandOwner(
  { writer, access }: Writing,
  ofSubject: string | null | undefined,
): Promise<void> {
  if (!ofSubject) return
  if (!(await findSubject(writer, seenIn(access, 'subject.show'), ofSubject))) throw new NotFound('subject')
}
