// A subject as others see it: its telephone masked, its id-card number never, and what may be done about it.

import { seenIn } from '../../agencies/index.ts'
import type { Industries } from '../../law/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { canOf, found, type Refusal } from '../../platform/refusal.ts'
import { daysBetween } from './changes.rules.ts'
import { industryChain } from './industry.rules.ts'
import { type LicenceRow, licencesOf } from './licences.store.ts'
import type { SubjectParts } from './parts.ts'
import { premisesOf } from './premises.store.ts'
import type { SubjectRow } from './search.store.ts'
import { maskedTelephone, openTelephone } from './secrets.ts'
import {
  type SubjectFacts,
  whyNotChange,
  whyNotFewer,
  whyNotPropose,
  whyNotReturn,
  whyNotReveal,
} from './subjects.rules.ts'
import type { ListedSubject, Subject } from './subjects.schema.ts'
import { findSubject, lastReturn, namesOf, type SubjectRecord } from './subjects.store.ts'

export type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** A subject that the viewer may see. Throws NotFound. */
export async function seenSubject(reader: Reader, { access }: Viewing, id: string): Promise<SubjectRecord> {
  return found(await findSubject(reader, seenIn(access, 'subject.show'), id), 'subject')
}

/** Where a subject is, for the access to it. */
export function placeOfSubject(row: {
  readonly division_code: string
  readonly authority_ids: readonly string[]
}) {
  return { divisionCode: row.division_code, authorityIds: row.authority_ids }
}

/** A subject, as far as decisions about it go. */
export function factsOf(row: SubjectRecord): SubjectFacts {
  return { leftOn: row.left_on, movedTo: row.moved_to, openChanges: row.open_changes ?? [] }
}

/** Gives the representation of a subject, with its premises and licences. Throws NotFound. */
export function openSubject(parts: SubjectParts) {
  return async (reader: Reader, viewing: Viewing, id: string): Promise<Subject> => {
    const row = await seenSubject(reader, viewing, id)
    const { industries } = await parts.book.read(reader)
    return {
      ...plainOf(row, industries),
      ...peopleOf(row, parts),
      returned: await returnedOf(reader, row, { ...parts, now: viewing.now }),
      premises: await premisesOf(reader, row),
      licences: (await licencesOf(reader, row)).map(representLicence),
      can: cansOf(row, viewing),
    }
  }
}

function plainOf(row: SubjectRecord, industries: Industries) {
  const chain = row.industry_code === null ? [] : industryChain(row.industry_code, industries)
  return {
    ...columnsOf(row),
    divisionName: row.division_name ?? row.division_code,
    industryName: chain.at(-1)?.name ?? null,
    industryChain: [...chain],
    authorities: row.authorities ?? [],
    ofSubject: row.of_subject === null ? null : { id: row.of_subject, name: row.of_name ?? '' },
    businessScope: row.business_scope,
    registeredCapital: row.registered_capital,
    importId: row.import_id,
    movedTo: row.moved_to,
    openChanges: row.open_changes ?? [],
  }
}

function columnsOf(row: SubjectRecord) {
  return {
    id: row.id,
    version: row.version,
    code: row.code,
    codeKind: row.code_kind as Subject['codeKind'],
    name: row.name,
    kind: row.kind as Subject['kind'],
    entityType: row.entity_type as Subject['entityType'],
    registeredType: row.registered_type,
    legalRepresentative: row.legal_representative,
    registeredAddress: row.registered_address,
    registrationState: row.registration_state as Subject['registrationState'],
    divisionCode: row.division_code,
    divisionBasis: row.division_basis as Subject['divisionBasis'],
    townshipCode: row.township_code,
    industryCode: row.industry_code,
    creditClass: row.credit_class as Subject['creditClass'],
    riskGrade: row.risk_grade,
    tags: row.tags,
    pools: row.pools,
    flags: row.flags,
    station: row.station,
    establishedOn: row.established_on,
    enteredOn: row.entered_on,
    leftOn: row.left_on,
  }
}

function peopleOf(row: SubjectRecord, { secrets }: SubjectParts) {
  const { telephone_cipher: cipher } = row
  return {
    telephone: cipher === null ? null : maskedTelephone(openTelephone(secrets, cipher)),
    hasIdCard: row.id_card_cipher !== null,
  }
}

async function returnedOf(
  reader: Reader,
  row: SubjectRecord,
  { churnDays, now }: { readonly churnDays: number; readonly now: Date },
): Promise<Subject['returned']> {
  const last = await lastReturn(reader, row)
  if (!last) return null
  const days = daysBetween(last.leftAt, last.returnedAt)
  if (days >= churnDays || daysBetween(last.returnedAt, now) >= churnDays) return null
  return { leftAt: last.leftAt.toISOString(), returnedAt: last.returnedAt.toISOString(), days }
}

function cansOf(row: SubjectRecord, { access }: Viewing): Subject['can'] {
  const place = placeOfSubject(row)
  const facts = factsOf(row)
  const can = (action: string, refusal: Refusal | undefined) => canOf(access.whyNot(action, place) ?? refusal)
  const change = whyNotChange(facts)
  return {
    edit: can('subject.edit', change),
    move: can('subject.edit', whyNotPropose(facts)),
    remove: can('subject.remove', whyNotPropose(facts)),
    return: can('subject.return', whyNotReturn(facts)),
    revealTelephone: can('subject.revealTelephone', whyNotReveal(row.telephone_cipher)),
    addPremises: can('premises.create', change),
    addLicence: can('licence.create', change),
    addAuthority: can('subject.addAuthority', change),
    removeAuthority: can('subject.removeAuthority', whyNotPropose(facts) ?? whyNotFewer(row.authority_ids)),
  }
}

/** A licence, without what may be done about it: whoever may edit the subject may edit its licences. */
export function representLicence({ authorityId, authorityName, ...licence }: LicenceRow) {
  return { ...licence, authority: { id: authorityId, name: authorityName } }
}

/** Rows of a list, with the names of what they point at. */
export async function listedSubjects(
  reader: Reader,
  rows: readonly SubjectRow[],
  industries: Industries,
): Promise<readonly ListedSubject[]> {
  const names = await namesOf(reader, {
    divisions: rows.map(({ divisionCode }) => divisionCode),
    authorities: rows.flatMap(({ authorityIds }) => authorityIds),
  })
  return rows.map(({ authorityIds, ...row }) => ({
    ...(row as Omit<ListedSubject, 'divisionName' | 'industryName' | 'authorities'>),
    divisionName: names.get(row.divisionCode) ?? row.divisionCode,
    industryName: row.industryCode === null ? null : (industries.get(row.industryCode)?.name ?? null),
    authorities: authorityIds.map((id) => ({ id, name: names.get(id) ?? '' })),
  }))
}
