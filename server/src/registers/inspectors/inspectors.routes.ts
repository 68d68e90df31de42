import { dayOf } from '../../platform/clock.ts'
import { seenIn } from '../../agencies/index.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import { read, reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { initialsOf } from '../pinyin.ts'
import { listTags } from './filters.store.ts'
import { whyNotIdCard, whyNotOfSex } from './id-card.rules.ts'
import {
  daysOf,
  openInspector,
  placeOfInspector,
  represent,
  seenInspector,
} from './inspectors.representation.ts'
import {
  whyNotCategory,
  whyNotChangeInspector,
  whyNotEnd,
  whyNotEnter,
  whyNotResume,
  whyNotSuspend,
  whyNotWarrantStands,
} from './inspectors.rules.ts'
import {
  Ending,
  Inspector,
  InspectorEdit,
  InspectorPage,
  InspectorQuery,
  NewInspector,
  StateChange,
  TagList,
  TagQuery,
} from './inspectors.schema.ts'
import {
  holdCandidate,
  insertInspectors,
  type InspectorRow,
  listInspectors,
  lockInspector,
  updateInspector,
} from './inspectors.store.ts'
import type { InspectorParts } from './parts.ts'
import { closed, openIdCard } from './secrets.ts'

const MOST_TAGS = 30

/** 执法检查人员: the register, and who keeps it. */
export function inspectorRoutes(parts: InspectorParts): readonly Route[] {
  const show = openInspector(parts)
  return [
    read({
      method: 'GET',
      path: '/inspectors',
      action: 'inspector.list',
      summary: '执法检查人员名录库；身份证号和手机号只显示遮盖后的',
      schema: { query: InspectorQuery },
      replies: { 200: InspectorPage },
      async handler(context) {
        const { reader, reach, access, now, query } = context
        const { limit = 50, after, ...rest } = query
        const filter = { ...rest, limit, after: keyOf(after, ['text', 'id']) }
        const rows = await listInspectors(reader, reach, daysOf(now), filter)
        const given = { ...parts, law: await parts.book.read(reader) }
        const can = (action: string) => (access.reachOf(action) ? null : { code: 'not_allowed' })
        return {
          ...pageOf(rows, limit, {
            key: ({ initials, id }) => [initials, id],
            show: (row) => represent(row, context, given),
          }),
          can: { create: can('inspector.create'), export: can('inspector.export') },
        }
      },
    }),
    read({
      method: 'GET',
      path: '/inspectors/{id}',
      action: 'inspector.show',
      summary: '一名执法检查人员',
      schema: { params: ById },
      replies: { 200: Inspector },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    read({
      method: 'GET',
      path: '/inspector-tags',
      action: 'inspector.tags',
      summary: '已在使用的执法类别、资质、特长，供录入时选用',
      schema: { query: TagQuery },
      replies: { 200: TagList },
      handler: async ({ reader, reach, query: { kind, q } }) => ({
        items: await listTags(reader, reach, { kind, q, limit: MOST_TAGS }),
      }),
    }),
    write({
      method: 'POST',
      path: '/inspectors',
      action: 'inspector.create',
      about: 'inspector',
      summary: '一名在册人员入库',
      schema: { body: NewInspector },
      replies: { 201: Inspector },
      async handler(context) {
        const { writer, id, now } = context
        const { personId, idCard, mobile, ...fields } = context.body
        const candidate = await heldCandidate(context, personId)
        await demandFields(context, parts, {
          ...NOTHING,
          ...context.body,
          divisionCode: candidate.divisionCode,
        })
        const place = { authorityId: candidate.authorityId, divisionCode: candidate.divisionCode }
        const derived = { initials: initialsOf(candidate.name), enteredOn: dayOf(now) }
        const numbers = closed(parts.secrets, { idCard, mobile })
        await insertInspectors(writer, [{ id, personId, ...fields, ...place, ...derived, ...numbers }])
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/inspectors/{id}',
      action: 'inspector.edit',
      about: 'inspector',
      summary: '修改执法检查人员',
      schema: { params: ById, body: InspectorEdit },
      replies: { 200: Inspector },
      ifMatch: true,
      async handler(context) {
        const { writer, params, version, body } = context
        const row = await lockedInspector(context, params.id, 'inspector.edit')
        demandVersion(row.version, version)
        demand(whyNotChangeInspector(row))
        const { category } = body
        await demandFields(context, parts, {
          ...row,
          idCard: openIdCard(parts.secrets, row),
          ...body,
          category,
        })
        const { idCard, mobile, ...fields } = body
        await updateInspector(writer, params.id, { ...fields, ...closed(parts.secrets, { idCard, mobile }) })
        return show(writer, context, params.id)
      },
    }),
    ...stateRoutes(parts),
  ]
}

function stateRoutes(parts: InspectorParts): readonly Route[] {
  const show = openInspector(parts)
  return [
    write({
      method: 'POST',
      path: '/inspectors/{id}/suspension',
      action: 'inspector.suspend',
      about: 'inspector',
      summary: '暂停：暂停期间不参加抽取',
      schema: { params: ById, body: StateChange },
      replies: { 200: Inspector },
      async handler(context) {
        const { writer, params, body } = context
        demand(whyNotSuspend(await lockedInspector(context, params.id, 'inspector.suspend')))
        await updateInspector(writer, params.id, { state: 'suspended', stateReason: body.reason })
        return show(writer, context, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/inspectors/{id}/resumption',
      action: 'inspector.resume',
      about: 'inspector',
      summary: '恢复',
      schema: { params: ById, body: StateChange },
      replies: { 200: Inspector },
      async handler(context) {
        const { writer, params, body } = context
        demand(whyNotResume(await lockedInspector(context, params.id, 'inspector.resume')))
        await updateInspector(writer, params.id, { state: 'active', stateReason: body.reason })
        return show(writer, context, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/inspectors/{id}/ending',
      action: 'inspector.end',
      about: 'inspector',
      summary: '离库；离开部门或调动的人员随之离库，无须另行办理',
      schema: { params: ById, body: Ending },
      replies: { 200: Inspector },
      async handler(context) {
        const { writer, params, body, now } = context
        const { endedOn, reason: stateReason } = body
        const row = await lockedInspector(context, params.id, 'inspector.end')
        demand(whyNotEnd(row, { on: endedOn, today: dayOf(now) }))
        await updateInspector(writer, params.id, { state: 'left', endedOn, stateReason })
        return show(writer, context, params.id)
      },
    }),
  ]
}

type Writing = Pick<WriteContext, 'writer' | 'access' | 'now'>

/** An inspector who may be seen, locked; the act on him must be allowed where he is. */
export async function lockedInspector(context: Writing, id: string, action: string): Promise<InspectorRow> {
  await lockInspector(context.writer, id)
  const row = await seenInspector(context.writer, context, id)
  demand(context.access.whyNot(action, placeOfInspector(row)), 403)
  return row
}

async function heldCandidate({ writer, access }: Writing, personId: string) {
  const candidate = found(await holdCandidate(writer, seenIn(access, 'person.show'), personId), 'person')
  demand(access.whyNot('inspector.create', candidate), 403)
  demand(whyNotEnter(candidate))
  return candidate
}

interface Fields {
  readonly sex: string
  readonly idCard: string | null | undefined
  /** Undefined: it stays as it is, whatever the law says by now. */
  readonly category: string | undefined
  readonly divisionCode: string
  readonly warrantNumber: string | null
  readonly warrantAuthority: string | null
  readonly warrantFrom: string | null
  readonly warrantUntil: string | null
}

const NOTHING = {
  idCard: null,
  warrantNumber: null,
  warrantAuthority: null,
  warrantFrom: null,
  warrantUntil: null,
} as const

/** What no shape can say: the check character, the sex in it, the category that the place admits, the days of the warrant. */
async function demandFields(
  { writer, now }: Writing,
  { book }: InspectorParts,
  fields: Fields,
): Promise<void> {
  const { idCard, sex, category, divisionCode } = fields
  if (idCard) {
    const number = idCard.toUpperCase()
    demand(whyNotIdCard(number) ?? whyNotOfSex(number, sex as Inspector['sex']), 422)
  }
  demand(whyNotWarrantStands(fields), 422)
  if (category === undefined) return
  const place = { division: divisionCode, on: dayOf(now) }
  demand(whyNotCategory(category, place, await book.read(writer)))
}
