// What of this feature waits for somebody, what he started, and what a search finds.

import type { Person } from '../platform/actor.ts'
import { dayOf } from '../platform/clock.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Reach } from '../platform/reach.ts'
import type { Contribution, Finding, ReachOf, Waiting } from '../platform/waiting.ts'
import { listAuthorities } from './authorities.store.ts'
import { whyNotApprove } from './grants.rules.ts'
import { listGrants } from './grants.store.ts'
import { listImports } from './imports/imports.store.ts'
import { listPeople } from './people.store.ts'
import { searchUnits } from './units.store.ts'

/** How far a person reaches by an action. */
const MOST = 100
const MOST_FOUND = 8

/** What this feature puts on the first page and into the search. */
export function agencyContribution(reachOf: ReachOf): Contribution {
  return {
    waitingFor: (reader, person, now) => waitingFor(reader, person, { now, reachOf }),
    startedBy: (reader, person, now) => startedBy(reader, person, { now, reachOf }),
    search: searchAgencies,
  }
}

interface Looking {
  readonly now: Date
  readonly reachOf: ReachOf
}

/** Grants that await this person's decision, and charts of his that were checked but not applied. */
async function waitingFor(
  reader: Reader,
  person: Person,
  { now, reachOf }: Looking,
): Promise<readonly Waiting[]> {
  const today = dayOf(now)
  const decides = reachOf('grant.approve', person)
  const grants = decides ? await listGrants(reader, decides, today, { state: 'proposed', limit: MOST }) : []
  const open = grants.filter((grant) => {
    const code = whyNotApprove(grant, person, today)?.code
    return code === undefined || code === 'grant.over'
  })
  const uploads = await uploadsOf(reader, person, reachOf)
  return [
    ...open.map((grant) => ({
      code: 'grant.decide',
      params: { person: grant.personName, role: grant.role, authority: grant.authorityName },
      link: `/agencies/grants/${grant.id}`,
      since: grant.proposedAt.toISOString(),
    })),
    ...uploads.map((upload) => ({
      code: upload.counts.conflict > 0 ? 'organisationImport.mend' : 'organisationImport.apply',
      params: { file: upload.fileName, rows: upload.counts.rows, conflicts: upload.counts.conflict },
      link: `/agencies/imports/${upload.id}`,
      since: upload.uploadedAt.toISOString(),
    })),
  ]
}

/** This person's proposals that nobody has decided on yet, and who could. */
async function startedBy(
  reader: Reader,
  person: Person,
  { now, reachOf }: Looking,
): Promise<readonly Waiting[]> {
  const seen = reachOf('grant.list', person)
  if (!seen) return []
  const grants = await listGrants(reader, seen, dayOf(now), {
    state: 'proposed',
    proposedBy: person.personId,
    limit: MOST,
  })
  return grants.map((grant) => ({
    code: 'grant.proposed',
    params: { person: grant.personName, role: grant.role, authority: grant.authorityName },
    link: `/agencies/grants/${grant.id}`,
    since: grant.proposedAt.toISOString(),
    withWhom: grant.authorityName,
  }))
}

/** Authorities, people and units by name, people also by staff number. */
async function searchAgencies(reader: Reader, reach: Reach, text: string): Promise<readonly Finding[]> {
  const common = { q: text, after: undefined, limit: MOST_FOUND - 1 }
  const authorities = await listAuthorities(reader, reach, { ...common, closed: true })
  // Whether somebody is the last administrator is of no interest here; any day will do.
  const people = await listPeople(reader, reach, '2000-01-01', { ...common, left: false })
  const units = await searchUnits(reader, reach, text, MOST_FOUND)
  return [
    ...authorities.map(({ id, name, divisionName }) => ({
      type: 'authority',
      title: name,
      subtitle: divisionName,
      link: `/agencies/authorities/${id}`,
    })),
    ...people.map(({ id, name, authorityName, staffNumber, post }) => ({
      type: 'person',
      title: name,
      subtitle: [authorityName, post, staffNumber].filter((part) => part !== null).join(' · '),
      link: `/agencies/people/${id}`,
    })),
    ...units.map(({ name, authorityId, authorityName }) => ({
      type: 'unit',
      title: name,
      subtitle: authorityName,
      link: `/agencies/authorities/${authorityId}?tab=units`,
    })),
  ]
}

async function uploadsOf(reader: Reader, person: Person, reachOf: ReachOf) {
  const reach = reachOf('organisationImport.apply', person)
  const uploads = reach ? await listImports(reader, reach, { after: undefined, limit: MOST }) : []
  return uploads.filter((one) => one.state === 'checked' && one.uploadedById === person.personId)
}
