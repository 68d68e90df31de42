import { Type } from 'typebox'
import { holdAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById, Reason } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { placeIn } from './items.representation.ts'
import { whyNotOwner } from './items.rules.ts'
import { DecisionNote } from './items.schema.ts'
import { findItems } from './items.store.ts'
import { openJoint, partFactsOf, placeOfJoint, representJoint } from './joint.representation.ts'
import { type JointFacts, type PartFacts, whyNotCoded, whyNotJoint, whyNotTogether } from './joint.rules.ts'
import { JointItem, JointItemEdit, JointItemPage, JointItemQuery, NewJointItem } from './joint.schema.ts'
import {
  insertJoint,
  type JointRow,
  listJoint,
  lockJoint,
  stepJoint,
  updateJoint,
  type WrittenPart,
} from './joint.store.ts'
import { whyNotDecide, whyNotDraft, whyNotEffective } from './lifecycle.rules.ts'
import type { CatalogueParts } from './parts.ts'

const WithReason = Type.Object({ reason: Reason('理由') }, { additionalProperties: false })

/** 部门联合抽查事项清单: kept by the joint conference's office or the lead's clerk, approved by a second person. */
export function jointItemRoutes(parts: CatalogueParts): readonly Route[] {
  const show = openJoint(parts)
  const act = { method: 'POST', about: 'jointItem' } as const
  return [
    read({
      method: 'GET',
      path: '/joint-items',
      action: 'jointItem.list',
      summary: '部门联合抽查事项清单',
      schema: { query: JointItemQuery },
      replies: { 200: JointItemPage },
      async handler(context) {
        const { reader, reach, access, query } = context
        const { limit = 50, after, ...rest } = query
        const rows = await listJoint(reader, reach, { ...rest, limit, after: keyOf(after, ['text', 'id']) })
        const key = ({ name, id }: JointRow) => [name, id]
        const page = pageOf(rows, limit, { key, show: (row) => row })
        return {
          ...page,
          items: await representJoint(parts, reader, context, page.items),
          can: { create: access.reachOf('jointItem.create') ? null : { code: 'not_allowed' } },
        }
      },
    }),
    read({
      method: 'GET',
      path: '/joint-items/{id}',
      action: 'jointItem.show',
      summary: '一项部门联合抽查事项',
      schema: { params: ById },
      replies: { 200: JointItem },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      ...act,
      path: '/joint-items',
      action: 'jointItem.create',
      summary: '新增部门联合抽查事项（草稿）',
      schema: { body: NewJointItem },
      replies: { 201: JointItem },
      async handler(context) {
        const { writer, access, body, id } = context
        const { leadAuthorityId } = body
        const lead = found(
          await holdAuthority(writer, seenIn(access, 'authority.show'), leadAuthorityId),
          'authority',
        )
        demand(access.whyNot('jointItem.create', placeOfJoint({ ...lead, leadAuthorityId })), 403)
        const joint = { ratio: null, quantity: null, ...body }
        await demandWritable(context, parts, joint)
        await insertJoint(writer, { ...joint, id, divisionCode: lead.divisionCode })
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/joint-items/{id}',
      action: 'jointItem.edit',
      about: 'jointItem',
      summary: '修改部门联合抽查事项的草稿',
      schema: { params: ById, body: JointItemEdit },
      replies: { 200: JointItem },
      ifMatch: true,
      async handler(context) {
        const { writer, params, body, version } = context
        const joint = await locked(context, 'jointItem.edit')
        demandVersion(joint.version, version)
        demand(whyNotDraft(joint))
        const own = (await partFactsOf(writer, [params.id])).get(params.id) ?? []
        const before = own.map(({ authorityId, items }) => ({
          authorityId,
          itemIds: items.map(({ id }) => id),
        }))
        await demandWritable(context, parts, { ...joint, parts: before, ...body })
        await updateJoint(writer, params.id, body)
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/joint-items/{id}/proposal',
      action: 'jointItem.propose',
      summary: '提交审定',
      schema: { params: ById },
      replies: { 200: JointItem },
      async handler(context) {
        const { writer, params, now } = context
        const joint = await locked(context, 'jointItem.propose')
        demand(whyNotDraft(joint))
        await demandTogether(context, parts, joint)
        const proposedBy = personOf(context as WriteContext).personId
        const undecided = { decidedBy: null, decidedAt: null, decisionNote: null }
        await stepJoint(writer, params.id, { state: 'proposed', proposedBy, proposedAt: now, ...undecided })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/joint-items/{id}/approval',
      action: 'jointItem.approve',
      summary: '批准；提出人不能批准自己提出的',
      schema: { params: ById, body: DecisionNote },
      replies: { 200: JointItem },
      async handler(context) {
        const { writer, params, body, now } = context
        const joint = await locked(context, 'jointItem.approve')
        const decidedBy = personOf(context as WriteContext).personId
        demand(whyNotDecide(joint, decidedBy))
        await demandTogether(context, parts, joint)
        const decision = { decidedBy, decidedAt: now, decisionNote: body.note ?? null }
        await stepJoint(writer, params.id, { state: 'effective', ...decision })
        return show(writer, context, params.id)
      },
    }),
    write({
      ...act,
      path: '/joint-items/{id}/rejection',
      action: 'jointItem.reject',
      summary: '退回修改',
      schema: { params: ById, body: WithReason },
      replies: { 200: JointItem },
      async handler(context) {
        const { writer, params, body, now } = context
        const joint = await locked(context, 'jointItem.reject')
        const decidedBy = personOf(context as WriteContext).personId
        demand(whyNotDecide(joint, decidedBy))
        const decision = { decidedBy, decidedAt: now, decisionNote: body.reason }
        await stepJoint(writer, params.id, { state: 'draft', ...decision })
        return show(writer, context, params.id)
      },
    }),
    ...(['end', 'discard'] as const).map((verb) =>
      write({
        ...act,
        path: `/joint-items/{id}/${verb === 'end' ? 'ending' : 'discarding'}`,
        action: `jointItem.${verb}`,
        summary: verb === 'end' ? '终止有效的部门联合抽查事项' : '作废草稿',
        schema: { params: ById, body: WithReason },
        replies: { 200: JointItem },
        async handler(context) {
          const { writer, params, body } = context
          const joint = await locked(context, `jointItem.${verb}`)
          demand(verb === 'end' ? whyNotEffective(joint) : whyNotDraft(joint))
          const endedBy = personOf(context as WriteContext).personId
          const state = verb === 'end' ? 'ended' : 'discarded'
          await stepJoint(writer, params.id, { state, endedBy, endReason: body.reason })
          return show(writer, context, params.id)
        },
      }),
    ),
  ]
}

type Writing = Pick<WriteContext, 'writer' | 'access' | 'now'>

async function locked(
  { writer, access, params }: Writing & { readonly params: { readonly id: string } },
  action: string,
): Promise<JointRow> {
  const seen = seenIn(access, 'jointItem.show')
  const joint = found(await lockJoint(writer, seen, params.id), 'jointItem')
  demand(access.whyNot(action, placeOfJoint(joint)), 403)
  return joint
}

/** Authorities that are there and inspect, each with items of its own; amounts, months and codes that make sense. */
async function demandWritable(
  context: Writing,
  { book }: CatalogueParts,
  joint: JointFacts & { readonly parts: readonly WrittenPart[] },
): Promise<void> {
  const { writer, access, now } = context
  const named: PartFacts[] = []
  for (const { authorityId, itemIds } of joint.parts) {
    const authority = await holdAuthority(writer, seenIn(access, 'authority.show'), authorityId)
    if (!authority) {
      demand({ code: 'jointItem.authority_unknown' })
      return
    }
    demand(whyNotOwner(authority))
    const items = await findItems(writer, seenIn(access, 'item.show'), dayOf(now), itemIds)
    if (items.length < itemIds.length) demand({ code: 'jointItem.item_unknown' })
    const bare = items.map((item) => ({ ...item, bases: [] }))
    named.push({ authorityId, authorityName: authority.name, items: bare })
  }
  demand(whyNotJoint(joint, named))
  demand(whyNotCoded(joint, await book.read(writer), dayOf(now)))
}

async function demandTogether(
  { writer, now }: Writing,
  { book }: CatalogueParts,
  joint: JointRow,
): Promise<void> {
  const law = await book.read(writer)
  const own = (await partFactsOf(writer, [joint.id])).get(joint.id) ?? []
  demand(whyNotTogether(joint, own, law, placeIn(law, joint.divisionCode, dayOf(now))))
}
