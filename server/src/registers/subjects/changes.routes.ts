import { personOf, read, reply, type Route, write } from '../../platform/http/route.ts'
import { pageOf } from '../../platform/http/pages.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { dayOf } from '../../platform/clock.ts'
import { fieldNames, representChanges, returnedAfter } from './changes.representation.ts'
import {
  ChangeApproval,
  PublicSubjectChangePage,
  PublicSubjectChangeQuery,
  SubjectChange,
  SubjectChangePage,
  SubjectChangeQuery,
  SubjectHistory,
} from './changes.schema.ts'
import {
  type ChangeRow,
  decideChange,
  findChange,
  historyOf,
  listChanges,
  listPublicChanges,
} from './changes.store.ts'
import { whyNotWithdraw } from './changes.rules.ts'
import { approveChange, decidedChange, lockedChange } from './changing.ts'
import type { SubjectParts } from './parts.ts'
import { WithReason } from './shapes.ts'
import { seenSubject, type Viewing } from './subjects.representation.ts'
import type { Reader } from '../../platform/database/database.ts'

/** As much of a subject's life as one page shows. */
const MOST_HISTORY = 500

/** 变动: what was changed, by whom, why; and what waits for a second person. */
export function changeRoutes({ churnDays }: SubjectParts): readonly Route[] {
  const shown = async (
    reader: Reader,
    viewing: Viewing & { readonly reach: Parameters<typeof findChange>[1] },
    id: string,
  ) => {
    const row = found(await findChange(reader, viewing.reach, id), 'subjectChange')
    const [change] = await representChanges(reader, [row], { ...viewing, churnDays })
    return change
  }
  return [
    read({
      method: 'GET',
      path: '/subject-changes',
      action: 'subjectChange.list',
      summary: '检查对象的变动，新的在前；待决定的也在其中',
      schema: { query: SubjectChangeQuery },
      replies: { 200: SubjectChangePage },
      async handler(context) {
        const { limit = 50, returned, ...rest } = context.query
        const filter = { ...rest, limit, returnedWithin: returned ? churnDays : undefined }
        const rows = await listChanges(context.reader, context.reach, filter)
        const page = pageOf(rows, limit, {
          key: ({ proposedKey, id }) => [proposedKey, id],
          show: (row) => row,
        })
        const items = await representChanges(context.reader, page.items, { ...context, churnDays })
        return { ...page, items }
      },
    }),
    read({
      method: 'GET',
      path: '/subject-changes/{id}',
      action: 'subjectChange.show',
      summary: '一项变动',
      schema: { params: ById },
      replies: { 200: SubjectChange },
      handler: (context) => shown(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/subject-changes/{id}/approval',
      action: 'subjectChange.approve',
      about: 'subjectChange',
      summary: '批准变动，立即生效；提出人不能批准自己提出的',
      schema: { params: ById, body: ChangeApproval },
      replies: { 200: SubjectChange },
      async handler(context) {
        const decided = await approveChange(context, context.params.id, context.body.note)
        const [change] = await representChanges(context.writer, [decided], { ...context, churnDays })
        return reply(200, change)
      },
    }),
    write({
      method: 'POST',
      path: '/subject-changes/{id}/rejection',
      action: 'subjectChange.reject',
      about: 'subjectChange',
      summary: '驳回变动；提出人不能驳回自己提出的',
      schema: { params: ById, body: WithReason },
      replies: { 200: SubjectChange },
      async handler(context) {
        const { writer, now, params, body } = context
        const { change, decider } = await decidedChange(context, params.id, 'subjectChange.reject')
        await decideChange(writer, change, { state: 'rejected', by: decider, at: now, note: body.reason })
        return reply(200, await shown(writer, context, params.id))
      },
    }),
    write({
      method: 'POST',
      path: '/subject-changes/{id}/withdrawal',
      action: 'subjectChange.withdraw',
      about: 'subjectChange',
      summary: '提出人撤回自己提出、还没有决定的变动',
      schema: { params: ById },
      replies: { 200: SubjectChange },
      async handler(context) {
        const { writer, now, params } = context
        const change = await lockedChange(context, params.id, 'subjectChange.withdraw')
        demand(whyNotWithdraw(change, personOf(context).personId))
        await decideChange(writer, change, { state: 'withdrawn', by: null, at: now })
        return reply(200, await shown(writer, context, params.id))
      },
    }),
    read({
      method: 'GET',
      path: '/subjects/{id}/history',
      action: 'subject.history',
      summary: '一个检查对象的全部经过，新的在前；迁移前的也在其中',
      schema: { params: ById },
      replies: { 200: SubjectHistory },
      async handler(context) {
        const { reader, reach, params } = context
        const subject = await seenSubject(reader, context, params.id)
        const rows = await historyOf(reader, reach, params.id, MOST_HISTORY)
        return {
          enteredOn: subject.entered_on,
          enteredBy: subject.import_id === null ? 'hand' : 'import',
          importId: subject.import_id,
          items: await representChanges(reader, rows.slice(0, MOST_HISTORY), { ...context, churnDays }),
          more: rows.length > MOST_HISTORY,
        }
      },
    }),
    read({
      method: 'GET',
      path: '/public/subject-changes',
      action: 'publicSubjectChange.list',
      summary: '向社会公布的检查对象变动清单，新的在前；自然人不列姓名',
      schema: { query: PublicSubjectChangeQuery },
      replies: { 200: PublicSubjectChangePage },
      async handler({ reader, query }) {
        const { limit = 50, ...rest } = query
        const rows = await listPublicChanges(reader, { ...rest, limit })
        const page = pageOf(rows, limit, {
          key: ({ decidedKey, id }) => [decidedKey ?? '', id],
          show: (row) => publicly(row, churnDays),
        })
        return reply(200, page, { 'cache-control': 'public, max-age=300' })
      },
    }),
  ]
}

/** A change without anybody's name: of a natural person neither name, code nor reason is told. */
function publicly(row: ChangeRow, churnDays: number) {
  const isPerson = row.subjectKind === 'NATURAL_PERSON'
  return {
    id: row.id,
    on: dayOf(row.decidedAt ?? row.proposedAt),
    divisionCode: row.divisionCode,
    kind: row.kind,
    code: isPerson ? null : row.subjectCode,
    name: isPerson ? null : row.subjectName,
    fields: fieldNames(row),
    reason: isPerson ? null : row.reason,
    returnedAfterDays: returnedAfter(row, churnDays),
  }
}
