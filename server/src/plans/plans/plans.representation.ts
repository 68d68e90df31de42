// A plan as a viewer sees it, with what he may do with it.

import { seenIn } from '../../agencies/index.ts'
import { isRequired, type Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { named } from '../../platform/http/shapes.ts'
import { canOf, demand, found, type Refusal } from '../../platform/refusal.ts'
import { placeIn } from '../../registers/index.ts'
import { aroundOf } from '../filings/around.ts'
import { type Around as Sending, filingChoices, whyNotFiled, whyNotSubmit } from '../filings/filings.rules.ts'
import { linesOf, type PlanLine } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { libraryDue, whyNotClose, whyNotDecide, whyNotDiscard, whyNotProposed } from './plans.rules.ts'
import type { Plan } from './plans.schema.ts'
import { whyNotAnother } from '../amendments/amendments.rules.ts'
import { findPlan, isFiled, lockPlan, namesOf, openlyAmended, type PlanRow } from './plans.store.ts'
import { whyNotThroughGate } from './sound.ts'
import { whyNotPlanStep } from './steps.rules.ts'

type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** Where a plan is: with its authority alone, which keeps it and decides on it. */
export function placeOfPlan({ authorityId }: Pick<PlanRow, 'authorityId'>) {
  return { authorityId }
}

/** The law of a plan's place: at the beginning of its year, or today where that has begun. */
export function lawPlaceOf(law: Law, { divisionCode }: Pick<PlanRow, 'divisionCode'>, now: Date) {
  return placeIn(law, divisionCode, dayOf(now))
}

/** A plan that nobody else changes until the transaction ends. Throws where the actor may not do `action` with it. */
export async function lockedPlan(
  { writer, access }: { readonly writer: Writer; readonly access: Context['access'] },
  id: string,
  action: string,
): Promise<PlanRow> {
  const plan = found(await lockPlan(writer, seenIn(access, 'plan.show'), id), 'plan')
  demand(access.whyNot(action, placeOfPlan(plan)), 403)
  return plan
}

/** Gives the representation of a plan, as far as the viewer sees. Throws NotFound. */
export function openPlan({ book }: Pick<PlansParts, 'book'>) {
  return async (reader: Reader, viewing: Viewing, id: string): Promise<Plan> => {
    const row = found(await findPlan(reader, seenIn(viewing.access, 'plan.show'), id), 'plan')
    const [plan] = await representPlans(await book.read(reader), reader, viewing, [row], {
      isChecked: true,
    })
    return plan!
  }
}

/** Plans as a viewer sees them. */
export async function representPlans(
  law: Law,
  reader: Reader,
  viewing: Viewing,
  rows: readonly PlanRow[],
  // The checks count the register: for the one plan that somebody looks at, never for each of a list.
  { isChecked }: { readonly isChecked: boolean },
): Promise<Plan[]> {
  const names = await namesOf(
    reader,
    rows.flatMap(({ partyIds }) => partyIds),
  )
  const lines = await linesOf(
    reader,
    rows.filter(({ state }) => state === 'published').map(({ id }) => id),
  )
  const amended = await openlyAmended(
    reader,
    rows.map(({ id }) => id),
  )
  const sendable = rows.filter(({ state }) => state === 'approved' || state === 'published')
  const sending = await aroundOf(reader, law, sendable)
  const plans: Plan[] = []
  for (const row of rows) {
    const filed = row.state === 'draft' && (await isFiled(reader, row.id))
    const own = lines.filter(({ planId }) => planId === row.id)
    const parties = names.filter(({ id }) => row.partyIds.includes(id))
    const unsound = isChecked ? await unsoundness(law, reader, viewing, row) : undefined
    const around = {
      unsound,
      parties,
      lines: own,
      filed,
      isAmended: amended.has(row.id),
      sending: sending(row),
    }
    plans.push(represent(row, law, viewing, around))
  }
  return plans
}

interface Around {
  readonly parties: Plan['parties']
  readonly lines: readonly PlanLine[]
  readonly filed: boolean
  /** An amendment of it waits. */
  readonly isAmended: boolean
  /** What the checks say against going on; asked only where everything else is in order. */
  readonly unsound: Refusal | undefined
  /** Where it may be sent. */
  readonly sending: Sending
}

/** What the checks hold against the next step of a plan, for whom nothing else keeps from it. */
async function unsoundness(
  law: Law,
  reader: Reader,
  { access, actor, now }: Viewing,
  row: PlanRow,
): Promise<Refusal | undefined> {
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const why = (action: string) => access.whyNot(action, placeOfPlan(row))
  const isNext =
    row.state === 'draft'
      ? !(why('plan.propose') ?? whyNotProposed(row, row.lines))
      : row.state === 'inReview' && !(why('plan.approve') ?? whyNotDecide(row, 'approve', viewer))
  return isNext ? whyNotThroughGate(reader, law, row, { now }) : undefined
}

function represent(row: PlanRow, law: Law, viewing: Viewing, around: Around): Plan {
  const today = dayOf(viewing.now)
  const due = libraryDue(law, row)
  const dueOn = row.libraryDueOn ?? due?.on ?? null
  const {
    partyIds: _parties,
    drafterIds: _drafters,
    openDivisionCode: _open,
    authorityId,
    authorityName,
    lawVersion: _,
    ...shown
  } = row
  const { proposedById, proposedByName, decidedById, decidedByName, ...more } = shown
  const { publishedById, publishedByName, acknowledged, ...rest } = more
  return {
    ...rest,
    acknowledged: acknowledged.map((answer) => ({ ...answer, lineId: answer.lineId! })),
    authority: { id: authorityId, name: authorityName },
    parties: around.parties,
    proposedBy: named(proposedById, proposedByName),
    proposedAt: row.proposedAt?.toISOString() ?? null,
    decidedBy: named(decidedById, decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    publishedBy: named(publishedById, publishedByName),
    libraryDueOn: dueOn,
    libraryDueBy: due?.law ?? null,
    isLate: dueOn !== null && row.state !== 'discarded' && (row.publishedOn ?? today) > dueOn,
    placeNeeded: isRequired(law, 'publication.plan_published', lawPlaceOf(law, row, viewing.now)),
    filedWith: filingChoices(row, law, lawPlaceOf(law, row, viewing.now), around.sending).map(
      ({ body, why }) => ({
        body,
        can: { file: canOf(viewing.access.whyNot('filing.file', placeOfPlan(row)) ?? why) },
      }),
    ),
    can: canDo(row, viewing, { ...around, today, law }),
  } as Plan
}

function canDo(
  row: PlanRow,
  { access, actor }: Viewing,
  {
    lines,
    filed,
    isAmended,
    unsound,
    sending,
    today,
    law,
  }: Around & { readonly today: string; readonly law: Law },
): Plan['can'] {
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const why = (action: string) => access.whyNot(action, placeOfPlan(row))
  const place = placeIn(law, row.divisionCode, today)
  return {
    edit: canOf(why('plan.edit') ?? whyNotPlanStep(row, 'edit')),
    invite: canOf(why('plan.invite') ?? whyNotPlanStep(row, 'edit')),
    propose: canOf(why('plan.propose') ?? whyNotProposed(row, row.lines) ?? unsound),
    withdraw: canOf(why('plan.withdraw') ?? whyNotPlanStep(row, 'withdraw')),
    return: canOf(why('plan.return') ?? whyNotDecide(row, 'return', viewer)),
    approve: canOf(why('plan.approve') ?? whyNotDecide(row, 'approve', viewer) ?? unsound),
    publish: canOf(why('plan.publish') ?? whyNotPlanStep(row, 'publish')),
    close: canOf(why('plan.close') ?? whyNotClose(row, lines, today)),
    discard: canOf(why('plan.discard') ?? whyNotDiscard(row, filed)),
    addLine: canOf(why('planLine.create') ?? whyNotPlanStep(row, 'edit')),
    amend: canOf(why('amendment.create') ?? whyNotPlanStep(row, 'amend') ?? whyNotAnother(isAmended)),
    submit: canOf(why('filing.submit') ?? whyNotSubmit(row, law, place, sending)),
    file: canOf(why('filing.file') ?? whyNotFiled(row, law, place, sending)),
  }
}
