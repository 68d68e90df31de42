import { seenIn } from '../../agencies/index.ts'
import { codesNamed, codesOn, type Law } from '../../law/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, demand, found } from '../../platform/refusal.ts'
import { placeIn } from '../../registers/index.ts'
import { type FiledLine, filedLinesOf } from '../filings/filed-lines.store.ts'
import { Line } from '../lines/lines.schema.ts'
import { representLine, representLineWords } from '../lines/lines.representation.ts'
import {
  endLine,
  findLine,
  insertLines,
  linesAmong,
  linesOf,
  linesSeen,
  type PlanLine,
  type WrittenLine,
} from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import { lockedPlan, placeOfPlan } from '../plans/plans.representation.ts'
import { draftPlan, findPlan, type PlanRow } from '../plans/plans.store.ts'
import {
  isFinal,
  mergedLine,
  whyNotConsolidate,
  whyNotMerge,
  whyNotTaken,
  whyNotTwice,
} from './consolidation.rules.ts'
import {
  CandidateList,
  type CandidateView,
  Consolidation,
  ConsolidationDone,
  MergeBody,
} from './consolidation.schema.ts'
import { submittedTo } from './consolidation.store.ts'

/** 汇总: what was submitted is taken into the plan of all; what would visit twice becomes one joint visit. */
export function consolidationRoutes({ book }: PlansParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/plans/{id}/candidates',
      action: 'plan.candidates',
      summary: '收到的计划中尚未纳入汇总的联合任务',
      schema: { params: ById },
      replies: { 200: CandidateList },
      async handler({ reader, reach, access, params }) {
        const plan = found(await findPlan(reader, reach, params.id), 'plan')
        // What others submitted to its office is not for whom the office shows its draft.
        demand(access.whyNot('plan.candidates', placeOfPlan(plan)), 403)
        const { plans, lines, taken } = await candidatesOf(reader, plan)
        const why = (action: string) =>
          canOf(access.whyNot(action, placeOfPlan(plan)) ?? whyNotConsolidate(plan))
        return {
          items: lines.map((line) => candidate(line, plans.get(line.planId)!)),
          about: { plans: plans.size, taken },
          can: { consolidate: why('plan.consolidate'), merge: why('plan.merge') },
        }
      },
    }),
    write({
      method: 'POST',
      path: '/plans/{id}/consolidation',
      action: 'plan.consolidate',
      about: 'plan',
      summary: '把收到的联合任务纳入汇总计划',
      schema: { params: ById, body: Consolidation },
      replies: { 201: ConsolidationDone },
      async handler(context) {
        const { writer, params, body, newId } = context
        const plan = await lockedPlan(context, params.id, 'plan.consolidate')
        demand(whyNotConsolidate(plan))
        const { lines } = await candidatesOf(writer, plan)
        demand(whyNotTaken(body.lineIds, new Set(lines.map(({ id }) => id))))
        const wanted = lines.filter(({ id }) => body.lineIds.includes(id))
        await insertLines(
          writer,
          plan,
          wanted.map((line) => written({ ...line, id: newId(), sourceLineIds: [line.id] })),
        )
        await draftPlan(writer, plan.id, personOf(context as WriteContext).personId)
        return reply(201, { taken: wanted.length })
      },
    }),
    write({
      method: 'POST',
      path: '/plans/{id}/merges',
      action: 'plan.merge',
      about: 'plan',
      summary: '把对象重叠的几项任务合并为一次联合检查',
      schema: { params: ById, body: MergeBody },
      replies: { 201: Line },
      async handler(context) {
        const { writer, access, params, body, newId } = context
        const plan = await lockedPlan(context, params.id, 'plan.merge')
        demand(whyNotConsolidate(plan))
        const { lineIds, ...merge } = body
        const own = await linesAmong(writer, plan.id, lineIds)
        // Of other plans what is decided on there: it stays, and the line here goes back to it.
        const others = await linesSeen(writer, seenIn(access, 'planLine.show'), lineIds)
        const lines = [...own, ...others.filter((line) => line.planId !== plan.id && isFinal(line))]
        demand(whyNotMerge(lines, lineIds.length, merge))
        demand(whyNotTwice(await linesOf(writer, [plan.id]), lineIds))
        const modes = modesAt(await book.read(writer), plan, lines[0]!.startsOn)
        const id = newId()
        for (const line of own) await endLine(writer, line.id)
        await insertLines(writer, plan, [written({ ...mergedLine(lines, merge, modes), id })])
        await draftPlan(writer, plan.id, personOf(context as WriteContext).personId)
        const line = found(await findLine(writer, seenIn(access, 'planLine.show'), id), 'planLine')
        return reply(201, representLine(line, access))
      },
    }),
  ]
}

/** The joint modes that a place names, and after them those of the day. */
export function modesAt(
  law: Law,
  { divisionCode }: Pick<PlanRow, 'divisionCode'>,
  on: string,
): readonly string[] {
  const place = placeIn(law, divisionCode, on)
  return [
    ...codesNamed(law, 'tasks.joint_modes', place),
    ...codesOn(law, 'joint-modes', place.on).map(({ code }) => code),
  ]
}

/** A line that was submitted, with the plan that it stands in. */
function candidate(
  line: FiledLine,
  { title, authorityName, receipt }: Awaited<ReturnType<typeof submittedTo>>[number],
): CandidateView {
  const words = { ...representLineWords(line), planTitle: title, authorityName, receipt }
  return words as unknown as CandidateView
}

/** A line that stood in a plan before says what a body may say. */
function written(line: object): WrittenLine {
  return line as WrittenLine
}

/** Joint lines of what was received, those that the plan took before left out. */
async function candidatesOf(reader: Reader, plan: PlanRow) {
  const received = await submittedTo(reader, plan.authorityId, plan.year)
  const own = await linesOf(reader, [plan.id])
  const taken = new Set(own.flatMap(({ sourceLineIds }) => sourceLineIds))
  // As they were sent: what has become of them since is said, and taken in only when it is sent again.
  const filed = await filedLinesOf(
    reader,
    received.map(({ filingId }) => filingId),
  )
  const lines = received.flatMap(({ filingId }) => filed.get(filingId) ?? [])
  const isJoint = ({ mode, parts }: PlanLine): boolean => mode !== null || parts.length > 1
  return {
    plans: new Map(received.map((one) => [one.id, one])),
    lines: lines.filter((line) => isJoint(line) && !taken.has(line.id)),
    taken: taken.size,
  }
}
