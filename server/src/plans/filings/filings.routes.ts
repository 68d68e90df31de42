import { conferenceOf, holdAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import {
  type Context,
  personOf,
  read,
  reply,
  type Route,
  write,
  type WriteContext,
} from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found, type Refusal, Refused } from '../../platform/refusal.ts'
import type { Law } from '../../law/index.ts'
import { placeIn } from '../../registers/index.ts'
import { linesOf } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { lawPlaceOf, lockedPlan } from '../plans/plans.representation.ts'
import { addParties, type PlanRow } from '../plans/plans.store.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import { representFiling, showFiling } from './filings.representation.ts'
import {
  filingWay,
  isReviewed,
  progressWay,
  receiverIn,
  submissionWay,
  type Way,
  whyNotFile,
} from './filings.rules.ts'
import { Filing, FilingPage, FilingQuery, NewFiling, NewReport } from './filings.schema.ts'
import {
  type FilingRow,
  insertFiling,
  listFilings,
  ownOf,
  plannedLines,
  type WrittenFiling,
} from './filings.store.ts'
import { receivingRoutes } from './receiving.routes.ts'

/** 报送、备案、推进情况总结: sent to whom the law names, received with a receipt, late where it is late. */
export function filingRoutes(parts: PlansParts): readonly Route[] {
  return [...seeingRoutes(parts), ...sendingRoutes(parts), ...receivingRoutes(parts)]
}

function seeingRoutes({ book }: PlansParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/filings',
      action: 'filing.list',
      summary: '报送、备案和推进情况总结：我报送的、报给我的',
      schema: { query: FilingQuery },
      replies: { 200: FilingPage },
      async handler(context) {
        const { reader, reach, query } = context
        const { limit = 50, after, ...rest } = query
        const rows = await listFilings(reader, reach, { ...rest, limit, after: keyOf(after, ['id']) })
        const law = await book.read(reader)
        const show = (row: FilingRow) => representFiling(law, context, row)
        const can = { report: canOf(whyNotReport(context, law)) }
        return { ...pageOf(rows, limit, { key: ({ id }) => [id], show }), can }
      },
    }),
    read({
      method: 'GET',
      path: '/filings/{id}',
      action: 'filing.show',
      summary: '一次报送',
      schema: { params: ById },
      replies: { 200: Filing },
      handler: (context) => showFiling(book, context.reader, context, context.params.id),
    }),
  ]
}

function sendingRoutes(parts: PlansParts): readonly Route[] {
  const { book } = parts
  return [
    write({
      method: 'POST',
      path: '/plans/{id}/submission',
      action: 'filing.submit',
      about: 'plan',
      summary: '向联席会议办公室报送计划；报给谁由规定决定',
      schema: { params: ById },
      replies: { 201: Filing },
      async handler(context) {
        const { writer, params, now } = context
        const plan = await lockedPlan(context, params.id, 'filing.submit')
        demand(whyNotPlanStep(plan, 'submit'))
        const law = await book.read(writer)
        const way = wayOf(submissionWay(law, plan, lawPlaceOf(law, plan, now)))
        return send(context as WriteContext, parts, {
          ...ofPlan(plan),
          kind: 'submission',
          way,
          isReviewed: false,
        })
      },
    }),
    write({
      method: 'POST',
      path: '/plans/{id}/filings',
      action: 'filing.file',
      about: 'plan',
      summary: '向规定的机关备案',
      schema: { params: ById, body: NewFiling },
      replies: { 201: Filing },
      async handler(context) {
        const { writer, params, body, now } = context
        const plan = await lockedPlan(context, params.id, 'filing.file')
        const law = await book.read(writer)
        const place = lawPlaceOf(law, plan, now)
        demand(whyNotFile(plan, law, place))
        const way = wayOf(filingWay(law, plan, body.body, place))
        const reviewed = isReviewed(law, place, body.body, await linesOf(writer, [plan.id]))
        return send(context as WriteContext, parts, {
          ...ofPlan(plan),
          kind: 'filing',
          way,
          isReviewed: reviewed,
        })
      },
    }),
    write({
      method: 'POST',
      path: '/progress-reports',
      action: 'filing.report',
      about: 'filing',
      summary: '报送工作推进情况总结；数字由平台统计',
      schema: { body: NewReport },
      replies: { 201: Filing },
      async handler(context) {
        const { writer, access, body, now } = context
        const { authorityId, summary } = body
        const seen = seenIn(access, 'authority.show')
        const authority = found(await holdAuthority(writer, seen, authorityId), 'authority')
        demand(access.whyNot('filing.report', { authorityId }), 403)
        const law = await book.read(writer)
        const today = dayOf(now)
        const year = Number(today.slice(0, 4))
        const { filings } = await ownOf(writer, authorityId, year)
        const done = filings.filter(({ kind, state }) => kind === 'progress' && state !== 'returned')
        const place = placeIn(law, authority.divisionCode, today)
        const way = wayOf(
          progressWay(
            law,
            place,
            done.flatMap(({ dueOn }) => dueOn ?? []),
          ),
        )
        const lines = await plannedLines(writer, authorityId, year)
        const figures = { lines, ...(await parts.taskFigures(writer, { authorityId, year })) }
        const sent = {
          authorityId,
          divisionCode: authority.divisionCode,
          year,
          planId: null,
          planVersion: null,
        }
        return send(context as WriteContext, parts, {
          ...sent,
          kind: 'progress',
          way,
          isReviewed: false,
          summary,
          figures,
        })
      },
    }),
  ]
}

/** Why the viewer, for the authority that he acts for, has no progress to report: no document asks for it. */
function whyNotReport({ access, actor, now }: Pick<Context, 'access' | 'actor' | 'now'>, law: Law) {
  const acting = actor.kind === 'person' ? actor.acting : undefined
  if (!acting || !access.reachOf('filing.report')) return { code: 'not_allowed' }
  const found = progressWay(law, placeIn(law, acting.divisionCode, dayOf(now)), [])
  return 'refusal' in found ? found.refusal : undefined
}

type Sent = Pick<
  WrittenFiling,
  'kind' | 'planId' | 'planVersion' | 'authorityId' | 'divisionCode' | 'year' | 'isReviewed'
> & { readonly way: Way; readonly summary?: string; readonly figures?: object }

function ofPlan(plan: PlanRow) {
  const { authorityId, divisionCode, year } = plan
  return { planId: plan.id, planVersion: plan.version, authorityId, divisionCode, year }
}

function wayOf(found: { readonly way: Way } | { readonly refusal: Refusal }): Way {
  if ('refusal' in found) throw new Refused(found.refusal)
  return found.way
}

/** Sends to the authority that the body is; from then on it may see the plan. */
async function send(context: WriteContext, { book }: PlansParts, { way, ...sent }: Sent) {
  const { writer, now, newId } = context
  const conference = await conferenceOf(writer, way.division === 'cn' ? sent.divisionCode : way.division)
  const found = receiverIn(conference, way.body)
  if ('refusal' in found) throw new Refused(found.refusal)
  const id = newId()
  await insertFiling(writer, {
    summary: null,
    figures: null,
    ...sent,
    id,
    receiverId: found.receiverId,
    body: way.body,
    law: way.law,
    dueOn: way.dueOn ?? null,
    submittedBy: personOf(context).personId,
    submittedAt: now,
    submittedOn: dayOf(now),
  })
  if (sent.planId !== null) await addParties(writer, sent.planId, [found.receiverId])
  return reply(201, await showFiling(book, writer, context, id))
}
