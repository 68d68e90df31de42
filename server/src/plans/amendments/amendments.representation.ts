// An amendment as a viewer sees it: the difference, with the names of what it speaks of.

import { seenIn } from '../../agencies/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { named } from '../../platform/http/shapes.ts'
import { canOf, found, type Refusal } from '../../platform/refusal.ts'
import { findPlan } from '../plans/plans.store.ts'
import { placeOfPlan } from '../plans/plans.representation.ts'
import { type AmendmentParts, whyNotAmendable } from './drafting.ts'
import { whyNotAmendmentStep, whyNotDecideAmendment } from './amendments.rules.ts'
import type { Amendment } from './amendments.schema.ts'
import {
  type AmendmentRow,
  type ChangeRow,
  changesOf,
  findAmendment,
  namesAmong,
} from './amendments.store.ts'

type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** Gives the representation of an amendment, as far as the viewer sees. Throws NotFound. */
export async function showAmendment(
  parts: AmendmentParts,
  reader: Reader,
  viewing: Viewing,
  id: string,
): Promise<Amendment> {
  const row = await findAmendment(reader, seenIn(viewing.access, 'amendment.show'), id)
  const [amendment] = await representAmendments(parts, reader, viewing, [found(row, 'amendment')])
  return amendment!
}

/** Amendments as a viewer sees them. */
export async function representAmendments(
  parts: AmendmentParts,
  reader: Reader,
  viewing: Viewing,
  rows: readonly AmendmentRow[],
): Promise<Amendment[]> {
  const differences = await differencesOf(
    reader,
    rows.map(({ id }) => id),
  )
  const shown: Amendment[] = []
  for (const row of rows) {
    const why = await whyNotOn(parts, reader, viewing, row)
    shown.push({ ...represent(row, viewing, why), ...differences(row.id) } as unknown as Amendment)
  }
  return shown
}

/** What is held against the next step of an amendment, for whom nothing else keeps from it. */
async function whyNotOn(
  parts: AmendmentParts,
  reader: Reader,
  { access, actor, now }: Viewing,
  row: AmendmentRow,
): Promise<Refusal | undefined> {
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const may = (verb: string) => access.whyNot(`amendment.${verb}`, placeOfPlan(row)) === undefined
  const isNext =
    row.state === 'draft'
      ? may('propose')
      : may('approve') && whyNotDecideAmendment(row, 'approve', viewer) === undefined
  const plan = isNext ? await findPlan(reader, seenIn(access, 'plan.show'), row.planId) : undefined
  if (!plan) return undefined
  const changes = (await changesOf(reader, [row.id])).get(row.id) ?? []
  return whyNotAmendable(reader, now, parts, plan, changes)
}

/** The differences of amendments, and what is named in them. */
export async function differencesOf(reader: Reader, ids: readonly string[]) {
  const changes = await changesOf(reader, ids)
  const names = await namesAmong(reader, [...new Set([...changes.values()].flat().flatMap(idsIn))])
  return (id: string) => {
    const own = changes.get(id) ?? []
    return {
      changes: own.map((change) => ({
        ...change,
        taskName: change.taskName ?? change.after?.taskName ?? '',
      })),
      names: Object.fromEntries(
        own.flatMap(idsIn).flatMap((each) => (names[each] ? [[each, names[each]]] : [])),
      ),
    }
  }
}

function idsIn({ before, after }: ChangeRow): readonly string[] {
  const said = [before, after].flatMap((words) => (words ? [words as Readonly<Record<string, unknown>>] : []))
  return said.flatMap(({ leadAuthorityId, parts }) => [
    ...(typeof leadAuthorityId === 'string' ? [leadAuthorityId] : []),
    ...((parts ?? []) as readonly { authorityId: string; itemIds: readonly string[] }[]).flatMap(
      ({ authorityId, itemIds }) => [authorityId, ...itemIds],
    ),
  ])
}

function represent(row: AmendmentRow, { access, actor }: Viewing, whyNotOn: Refusal | undefined) {
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const why = (verb: string) => access.whyNot(`amendment.${verb}`, placeOfPlan(row))
  const { madeById, madeByName, proposedById, proposedByName, decidedById, decidedByName, ...words } = row
  const { drafterIds: _, ...rest } = words
  return {
    ...rest,
    madeBy: named(madeById, madeByName),
    proposedBy: named(proposedById, proposedByName),
    proposedAt: row.proposedAt?.toISOString() ?? null,
    decidedBy: named(decidedById, decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    can: {
      edit: canOf(why('edit') ?? whyNotAmendmentStep(row, 'edit')),
      propose: canOf(why('propose') ?? whyNotAmendmentStep(row, 'propose') ?? whyNotOn),
      withdraw: canOf(why('withdraw') ?? whyNotAmendmentStep(row, 'withdraw')),
      reject: canOf(why('reject') ?? whyNotDecideAmendment(row, 'reject', viewer)),
      approve: canOf(why('approve') ?? whyNotDecideAmendment(row, 'approve', viewer) ?? whyNotOn),
    },
  }
}
