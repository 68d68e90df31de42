// A replacement as those see it who have to do with it, with what each may do next.

import type { Law, Place } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Context } from '../../platform/http/route.ts'
import { named } from '../../platform/http/shapes.ts'
import { canOf, type Refusal } from '../../platform/refusal.ts'
import {
  type Deciding,
  isRecusalRequired,
  whyNotAccede,
  whyNotApprove,
  whyNotReject,
  whyNotReview,
  whyNotWithdraw,
} from './replacements.rules.ts'
import type { Replacement } from './replacements.schema.ts'
import type { ReplacementRow } from './replacements.store.ts'

export type Viewing = Pick<Context, 'access' | 'actor' | 'now'>
export type ReplacementVerb = 'accede' | 'review' | 'approve' | 'reject' | 'withdraw' | 'readEvidence'

/** Where it is: a person's, of his authority. */
export function placeOfReplacement({ authorityId, personId }: ReplacementRow) {
  return { authorityId, personId }
}

/** As which office somebody decides on it. */
export function decidingOn(row: ReplacementRow, { actor, now }: Viewing, law: Law): Deciding {
  const grants = actor.kind === 'person' ? actor.grants : []
  const holds = (role: string) => grants.some((g) => g.role === role && g.authorityId === row.authorityId)
  return {
    personId: actor.kind === 'person' ? actor.personId : '',
    isLeader: holds('leaderInCharge'),
    recusalRequired: isRecusalRequired(law, placeOfLaw(row, now)),
  }
}

/** The law of the place on the day. */
export function placeOfLaw({ divisionCode }: Pick<ReplacementRow, 'divisionCode'>, now: Date): Place {
  return { division: divisionCode, on: dayOf(now) }
}

/** Why the viewer cannot do something about it now. */
export function whyNotDo(
  verb: ReplacementVerb,
  row: ReplacementRow,
  viewing: Viewing,
  law: Law,
): Refusal | undefined {
  const by = decidingOn(row, viewing, law)
  const refused = viewing.access.whyNot(ACTIONS[verb], placeOfReplacement(row))
  return refused ?? RULES[verb](row, by)
}

const ACTIONS: Readonly<Record<ReplacementVerb, string>> = {
  accede: 'replacement.accede',
  review: 'replacement.review',
  approve: 'replacement.approve',
  reject: 'replacement.reject',
  withdraw: 'replacement.withdraw',
  readEvidence: 'replacement.readEvidence',
}
const RULES: Readonly<Record<ReplacementVerb, (row: ReplacementRow, by: Deciding) => Refusal | undefined>> = {
  accede: (row, { personId }) => whyNotAccede(row, personId),
  review: whyNotReview,
  approve: whyNotApprove,
  reject: whyNotReject,
  withdraw: (row, { personId }) => whyNotWithdraw(row, personId),
  readEvidence: () => undefined,
}

/** What the viewer is shown. Why somebody asked is for himself and those who decide. */
export function representReplacement(row: ReplacementRow, viewing: Viewing, law: Law): Replacement {
  const can = (verb: ReplacementVerb) => canOf(whyNotDo(verb, row, viewing, law))
  const readEvidence = can('readEvidence')
  const { id, version, alias, subject, reasonCode, state } = row
  return {
    id,
    version,
    alias,
    subject,
    subjectName: row.subjectName,
    reasonCode,
    state,
    origin: row.origin,
    draw: { id: row.drawId, name: row.drawName },
    task: row.taskName,
    authority: { id: row.authorityId, name: row.authorityName },
    person: { id: row.personId, name: row.personName },
    statement: readEvidence === null ? row.statement : null,
    steps: [...row.steps],
    requested: done(row.requestedAt, row.requestedById, row.requestedByName),
    applied: done(row.appliedAt, row.personId, row.personName),
    reviewed: done(row.reviewedAt, row.reviewedById, row.reviewedByName),
    approved: done(row.approvedAt, row.approvedById, row.approvedByName),
    ended: done(row.endedAt, row.endedById, row.endedByName),
    note: readEvidence === null ? row.decisionNote : null,
    event: eventOf(row),
    can: {
      accede: can('accede'),
      review: can('review'),
      approve: can('approve'),
      reject: can('reject'),
      withdraw: can('withdraw'),
      readEvidence,
    },
  }
}

function done(at: Date | null, id: string | null, name: string | null) {
  return at === null ? null : { by: named(id, name), at: at.toISOString() }
}

function eventOf({ eventN, source, entered, settledAt }: ReplacementRow): Replacement['event'] {
  if (eventN === null) return null
  const { kind } = source as unknown as { readonly kind: 'drand' | 'dice' | 'lottery' }
  return { n: eventN, source: kind, entered, settledAt: settledAt?.toISOString() ?? null }
}
