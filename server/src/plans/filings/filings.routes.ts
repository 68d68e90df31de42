import { holdAuthority, seenIn } from '../../agencies/index.ts'
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
import type { Reader } from '../../platform/database/database.ts'
import type { Law } from '../../law/index.ts'
import { placeIn } from '../../registers/index.ts'
import { linesOf, type PlanLine } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { lawPlaceOf, lockedPlan } from '../plans/plans.representation.ts'
import { type PlanRow, settleParties } from '../plans/plans.store.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import { aroundOf, conferencesOver } from './around.ts'
import { insertFiledLines } from './filed-lines.store.ts'
import { representFiling, showFiling } from './filings.representation.ts'
import {
  addressed,
  addressOf,
  filingWay,
  isReviewed,
  progressWay,
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
        const can = { report: canOf(await whyNotReport(context, reader, law)) }
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
        const around = (await aroundOf(writer, law, [plan]))(plan)
        const way = submissionWay(law, plan, lawPlaceOf(law, plan, now))
        const to = demanded(addressOf('submission', way, around))
        const sent = { ...ofPlan(plan), ...to, kind: 'submission', isReviewed: false } as const
        return send(context as WriteContext, parts, sent, await linesOf(writer, [plan.id]))
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
        const around = (await aroundOf(writer, law, [plan]))(plan)
        const to = demanded(addressOf('filing', filingWay(law, plan, body.body, place), around))
        const lines = await linesOf(writer, [plan.id])
        const reviewed = isReviewed(law, place, body.body, lines)
        const sent = { ...ofPlan(plan), ...to, kind: 'filing', isReviewed: reviewed } as const
        return send(context as WriteContext, parts, sent, lines)
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
        const { divisionCode } = authority
        const to = demanded(await reportWay(writer, law, { authorityId, divisionCode }, today))
        const lines = await plannedLines(writer, authorityId, year)
        const figures = { lines, ...(await parts.taskFigures(writer, { authorityId, year })) }
        const of = { authorityId, divisionCode, year, planId: null, planVersion: null }
        return send(context as WriteContext, parts, {
          ...of,
          ...to,
          kind: 'progress',
          isReviewed: false,
          summary,
          figures,
        })
      },
    }),
  ]
}

/** Why the viewer, for the authority that he acts for, has no progress to report: no document asks for it, or all is done. */
async function whyNotReport(context: Pick<Context, 'access' | 'actor' | 'now'>, reader: Reader, law: Law) {
  const { access, actor, now } = context
  const acting = actor.kind === 'person' ? actor.acting : undefined
  if (!acting) return { code: 'not_allowed' }
  const refused = access.whyNot('filing.report', acting)
  if (refused) return refused
  const found = await reportWay(reader, law, acting, dayOf(now))
  return 'refusal' in found ? found.refusal : undefined
}

/** Where the next progress report of an authority goes, or why there is none. `today` as YYYY-MM-DD. */
async function reportWay(
  reader: Reader,
  law: Law,
  { authorityId, divisionCode }: { readonly authorityId: string; readonly divisionCode: string },
  today: string,
) {
  const { filings } = await ownOf(reader, authorityId, Number(today.slice(0, 4)))
  const done = filings
    .filter(({ kind, state }) => kind === 'progress' && state !== 'returned')
    .flatMap(({ dueOn }) => dueOn ?? [])
  const way = progressWay(law, placeIn(law, divisionCode, today), done)
  const conferences = await conferencesOver(reader, law, [divisionCode])
  return addressed(way, (division) => conferences.get(division === 'cn' ? divisionCode : division))
}

type Sent = Pick<
  WrittenFiling,
  'kind' | 'planId' | 'planVersion' | 'authorityId' | 'divisionCode' | 'year' | 'receiverId' | 'isReviewed'
> & { readonly way: Way; readonly summary?: string; readonly figures?: object }

function ofPlan(plan: PlanRow) {
  const { authorityId, divisionCode, year } = plan
  return { planId: plan.id, planVersion: plan.version, authorityId, divisionCode, year }
}

function demanded<T extends object>(found: T | { readonly refusal: Refusal }): T {
  if ('refusal' in found) throw new Refused(found.refusal as Refusal)
  return found
}

/** Sends to the authority that the body is, with the lines as they stand; from then on it may see the plan. */
async function send(
  context: WriteContext,
  { book }: PlansParts,
  sent: Sent,
  lines: readonly PlanLine[] = [],
) {
  const { writer, now, newId } = context
  const { way, ...filing } = sent
  const id = newId()
  await insertFiling(writer, {
    summary: null,
    figures: null,
    ...filing,
    id,
    body: way.body,
    law: way.law,
    dueOn: way.dueOn ?? null,
    submittedBy: personOf(context).personId,
    submittedAt: now,
    submittedOn: dayOf(now),
  })
  await insertFiledLines(writer, id, lines)
  if (sent.planId !== null) await settleParties(writer, sent.planId)
  return reply(201, await showFiling(book, writer, context, id))
}
