// The events of a draw and what waits for a second person, as those see them who may see the draw.

import { eventName } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import { named } from '../../platform/http/shapes.ts'
import type { PublishedLog } from '../../platform/log/index.ts'
import { canOf, type Refusal } from '../../platform/refusal.ts'
import type { DrawRow } from '../draws/draws.store.ts'
import { commitmentIn, manifestsOf } from '../draws/manifests.store.ts'
import { whyNotEnterRequest } from './asking.ts'
import { staleEvents } from '../draws/places.ts'
import { eventsOf } from './events.store.ts'
import { askingOf, type Viewing, whyNotProposeNow } from './requesting.ts'
import { whyNotDecide, whyNotTakeBack } from './requests.rules.ts'
import type { DrawEvents, DrawRequest } from './requests.schema.ts'
import { type RequestRow, requestsOf } from './requests.store.ts'

export type RequestVerb = 'approve' | 'reject' | 'withdraw'

/** Why the viewer cannot decide on a request, or take it back. */
export function whyNotDecideNow(verb: RequestVerb, row: RequestRow, viewing: Viewing): Refusal | undefined {
  const by = askingOf(row, viewing)
  const places = [{ authorityId: row.leadAuthorityId }, { authorityId: row.oversightAuthorityId }]
  const refused = places.map((place) => viewing.access.whyNot(`drawRequest.${verb}`, place))
  if (refused.every((each) => each !== undefined)) return refused[0]
  return verb === 'withdraw' ? whyNotTakeBack(row, by.personId) : whyNotDecide(row, by)
}

/** All of it. What somebody wrote as a reason is for the lead and the oversight. */
export async function representEvents(
  reader: Reader,
  log: PublishedLog,
  draw: DrawRow,
  viewing: Viewing,
): Promise<DrawEvents> {
  const manifests = await manifestsOf(reader, draw.id)
  const isParty = [draw.leadAuthorityId, draw.oversightAuthorityId].some(
    (authorityId) => viewing.access.whyNot('drawRequest.readEvidence', { authorityId }) === undefined,
  )
  const rows = await eventsOf(reader, draw.id)
  const stale = await staleEvents(reader, log, { manifests, rows, now: viewing.now })
  const requests = isParty ? await requestsOf(reader, draw.id) : []
  return {
    events: rows.map(
      ({ n, type, reason, code, alias, entered, source, at, settledAt, byName, approvedByName }) => ({
        n,
        reason,
        code,
        alias,
        entered,
        type: type as DrawEvents['events'][number]['type'],
        source: source?.kind ?? null,
        by: byName,
        approvedBy: approvedByName,
        at: at.toISOString(),
        settledAt: settledAt?.toISOString() ?? null,
        stale: canOf(stale.get(n)),
        hash: manifests.get(eventName(n))?.hash ?? '',
      }),
    ),
    requests: requests.map((row) => representRequest(row, viewing)),
    maxSkips: commitmentIn(manifests)?.max_skips ?? null,
    can: {
      skip: canOf(whyNotProposeNow('skip', draw, viewing)),
      void: canOf(whyNotProposeNow('void', draw, viewing)),
      request: canOf(whyNotEnterRequest(draw, viewing)),
    },
  }
}

function representRequest(row: RequestRow, viewing: Viewing): DrawRequest {
  const can = (verb: RequestVerb) => canOf(whyNotDecideNow(verb, row, viewing))
  const { id, version, kind, code, statement, state, eventN } = row
  return {
    id,
    version,
    kind,
    code,
    statement,
    state,
    eventN,
    reason: row.reason as DrawRequest['reason'],
    proposedBy: { id: row.proposedById, name: row.proposedByName },
    proposedAt: row.proposedAt.toISOString(),
    decidedBy: named(row.decidedById, row.decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    can: { approve: can('approve'), reject: can('reject'), withdraw: can('withdraw'), readEvidence: null },
  }
}
