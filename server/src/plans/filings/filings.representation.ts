// A filing as a viewer sees it: when, to whom, how late, and with which receipt.

import { seenIn } from '../../agencies/index.ts'
import { citationText, type Law, type LawBook, resolve, workingDaysUntil } from '../../law/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { named } from '../../platform/http/shapes.ts'
import { canOf, found } from '../../platform/refusal.ts'
import { placeIn } from '../../registers/index.ts'
import { whyNotDecideFiling, whyNotFilingStep } from './filings.rules.ts'
import type { Figures, Filing } from './filings.schema.ts'
import { type FilingRow, findFiling } from './filings.store.ts'

type Viewing = Pick<Context, 'access' | 'actor'>

/** Gives the representation of a filing, as far as the viewer sees. Throws NotFound. */
export async function showFiling(
  book: LawBook,
  reader: Reader,
  viewing: Viewing,
  id: string,
): Promise<Filing> {
  const row = found(await findFiling(reader, seenIn(viewing.access, 'filing.show'), id), 'filing')
  return representFiling(await book.read(reader), viewing, row)
}

/** A filing as a viewer sees it. */
export function representFiling(law: Law, { access, actor }: Viewing, row: FilingRow): Filing {
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const why = (verb: string, authorityId: string) => access.whyNot(`filing.${verb}`, { authorityId })
  const filing = { ...row, submittedById: row.submittedById }
  const { dueOn, submittedOn, divisionCode } = row
  const isLate = dueOn !== null && submittedOn > dueOn
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    plan: named(row.planId, row.planTitle),
    planVersion: row.planVersion,
    authority: { id: row.authorityId, name: row.authorityName },
    year: row.year,
    receiver: { id: row.receiverId, name: row.receiverName },
    body: row.body,
    isReviewed: row.isReviewed,
    summary: row.summary,
    figures: row.figures as Figures | null,
    law: row.law,
    citation: row.law === null ? null : citationOf(law, row.law, divisionCode, dueOn ?? submittedOn),
    dueOn,
    submittedBy: { id: row.submittedById, name: row.submittedByName },
    submittedAt: row.submittedAt.toISOString(),
    submittedOn,
    isLate,
    lateDays: isLate ? lateDays(law, divisionCode, submittedOn, dueOn) : null,
    state: row.state,
    receipt: row.receipt,
    decidedBy: named(row.decidedById, row.decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    returnReason: row.returnReason,
    can: {
      receive: canOf(why('receive', row.receiverId) ?? whyNotDecideFiling(filing, 'receive', viewer)),
      return: canOf(why('return', row.receiverId) ?? whyNotDecideFiling(filing, 'return', viewer)),
      withdraw: canOf(why('withdraw', row.authorityId) ?? whyNotFilingStep(filing, 'withdraw')),
    },
  }
}

/** How a rule is cited in a division on a day; null where none is in force. */
export function citationOf(law: Law, key: string, division: string, on: string): string | null {
  const rule = resolve(law, key, placeIn(law, division, on))
  return rule ? citationText(rule.source) : null
}

function lateDays(law: Law, division: string, on: string, dueOn: string): number | null {
  const days = workingDaysUntil(law, placeIn(law, division, on), dueOn)
  return days === undefined ? null : Math.abs(days)
}
