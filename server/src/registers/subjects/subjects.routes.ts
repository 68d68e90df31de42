import { holdAuthority, seenIn } from '../../agencies/index.ts'
import { keyOf } from '../../platform/http/pages.ts'
import { read, reply, type Route, write } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found, type Refusal } from '../../platform/refusal.ts'
import { demandRevealsLeft } from '../../platform/reveals.ts'
import { editSubject, lockedSubject, setSupervisors, writeDown } from './changing.ts'
import { enterSubject } from './entering.ts'
import { filterOf } from './filter.ts'
import { isLicensedBy } from './licences.store.ts'
import type { SubjectParts } from './parts.ts'
import { aboutSubjects, searchSubjects, type SubjectKey } from './search.store.ts'
import { openTelephone } from './secrets.ts'
import { WithReason } from './shapes.ts'
import {
  factsOf,
  listedSubjects,
  openSubject,
  placeOfSubject,
  seenSubject,
} from './subjects.representation.ts'
import {
  type SubjectFacts,
  whyNotChange,
  whyNotPropose,
  whyNotReturn,
  whyNotReveal,
  whyNotTakeOff,
} from './subjects.rules.ts'
import {
  AddedAuthority,
  EditedSubject,
  NewSubject,
  RemovedAuthority,
  RevealedTelephone,
  Subject,
  SubjectEdit,
  SubjectPage,
  SubjectQuery,
  TelephoneReveal,
} from './subjects.schema.ts'

/** 检查对象名录库: who can be drawn. */
export function subjectRoutes(parts: SubjectParts): readonly Route[] {
  const show = openSubject(parts)
  return [
    read({
      method: 'GET',
      path: '/subjects',
      action: 'subject.list',
      summary: '检查对象名录：按区划和代码排列；可按行业、分类、标签、专项库、部门等筛选',
      schema: { query: SubjectQuery },
      replies: { 200: SubjectPage },
      async handler({ reader, reach, access, query }) {
        const { limit = 50, after, ...rest } = query
        const filter = await filterOf(reader, access, rest)
        const { industries } = await parts.book.read(reader)
        const page = { limit, after: keyOf(after, ['text', 'text']) as SubjectKey | undefined }
        const { rows, next } = await searchSubjects(reader, reach, filter, page)
        const { count, exact } = await aboutSubjects(reader, reach, filter)
        return {
          items: await listedSubjects(reader, rows, industries),
          ...(next === undefined ? {} : { next: Buffer.from(JSON.stringify(next)).toString('base64url') }),
          about: count,
          exact,
          can: {
            create: access.reachOf('subject.create') ? null : { code: 'not_allowed' },
            export: access.reachOf('subject.export') ? null : { code: 'not_allowed' },
          },
        }
      },
    }),
    read({
      method: 'GET',
      path: '/subjects/{id}',
      action: 'subject.show',
      summary: '一个检查对象，及其经营场所和许可',
      schema: { params: ById },
      replies: { 200: Subject },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/subjects',
      action: 'subject.create',
      about: 'subject',
      summary: '新增检查对象；代码已在库中的，告知在何处、如何办理',
      schema: { body: NewSubject },
      replies: { 201: Subject },
      async handler(context) {
        await enterSubject(context, context.body, parts)
        return reply(201, await show(context.writer, context, context.id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/subjects/{id}',
      action: 'subject.edit',
      about: 'subject',
      summary: '修改检查对象；种类、分类、标签、专项库、状态、区划的变更说明理由，经第二人批准后生效',
      schema: { params: ById, body: SubjectEdit },
      replies: { 200: EditedSubject },
      ifMatch: true,
      async handler(context) {
        const { writer, params, body } = context
        const proposed = await editSubject(context, params.id, body, parts)
        return { ...(await show(writer, context, params.id)), proposed }
      },
    }),
    going(show, {
      path: '/subjects/{id}/removal',
      action: 'subject.remove',
      summary: '提出出库；经第二人批准后生效，并列入变动清单公布',
      kind: 'left',
      whyNot: whyNotPropose,
    }),
    going(show, {
      path: '/subjects/{id}/return',
      action: 'subject.return',
      summary: '提出恢复入库；经第二人批准后生效，并列入变动清单公布',
      kind: 'returned',
      whyNot: whyNotReturn,
    }),
    write({
      method: 'POST',
      path: '/subjects/{id}/authorities',
      action: 'subject.addAuthority',
      about: 'subject',
      summary: '增加主管部门（谁主管、谁监管）；因许可而监管的，登记许可证即可',
      schema: { params: ById, body: AddedAuthority },
      replies: { 201: Subject },
      async handler(context) {
        const { writer, access, params, body } = context
        const subject = await lockedSubject(context, params.id, 'subject.addAuthority')
        demand(whyNotChange(factsOf(subject)))
        const { authorityId, reason } = body
        found(await holdAuthority(writer, seenIn(access, 'authority.show'), authorityId), 'authority')
        if (subject.authority_ids.includes(authorityId)) demand({ code: 'subject.supervised_already' })
        await setSupervisors(context, subject, { after: [...subject.authority_ids, authorityId], reason })
        return reply(201, await show(writer, context, params.id))
      },
    }),
    write({
      method: 'POST',
      path: '/subjects/{id}/authority-removals',
      action: 'subject.removeAuthority',
      about: 'subject',
      summary: '提出取消一个主管部门；经第二人批准后生效。因许可而监管的，终止许可证即可；最后一个不能取消',
      schema: { params: ById, body: RemovedAuthority },
      replies: { 201: Subject },
      async handler(context) {
        const { writer, params, body } = context
        const { authorityId, reason } = body
        const subject = await lockedSubject(context, params.id, 'subject.removeAuthority')
        const hasLicence = await isLicensedBy(writer, subject, authorityId)
        const { authority_ids: before } = subject
        demand(whyNotTakeOff({ ...factsOf(subject), authorityIds: before, hasLicence }, authorityId))
        const fields = { authority_ids: [before, before.filter((one) => one !== authorityId)] } as const
        await writeDown(context, subject, { kind: 'changed', fields, reason, state: 'proposed' })
        return reply(201, await show(writer, context, params.id))
      },
    }),
    read({
      method: 'POST',
      path: '/subjects/{id}/telephone-reveals',
      action: 'subject.revealTelephone',
      about: 'subject',
      summary: '显示一个联系电话；须说明用途，留下记录，每人每日有限额',
      schema: { params: ById, body: TelephoneReveal },
      replies: { 200: RevealedTelephone },
      recorded: true,
      async handler(context) {
        const { reader, access, actor, now, params, body } = context
        const subject = await seenSubject(reader, context, params.id)
        demand(access.whyNot('subject.revealTelephone', placeOfSubject(subject)), 403)
        const cipher = subject.telephone_cipher
        demand(whyNotReveal(cipher, { given: body.purpose }), 403)
        await demandRevealsLeft(reader, actor, now)
        return { telephone: openTelephone(parts.secrets, cipher ?? '') }
      },
    }),
  ]
}

/** Leaving the register and coming back: proposed with a reason, never done by one person (I4). */
function going(
  show: ReturnType<typeof openSubject>,
  {
    kind,
    whyNot,
    ...route
  }: {
    readonly path: string
    readonly action: string
    readonly summary: string
    readonly kind: 'left' | 'returned'
    readonly whyNot: (subject: SubjectFacts) => Refusal | undefined
  },
): Route {
  return write({
    ...route,
    method: 'POST',
    about: 'subject',
    schema: { params: ById, body: WithReason },
    replies: { 201: Subject },
    async handler(context) {
      const { writer, params, body } = context
      const subject = await lockedSubject(context, params.id, route.action)
      demand(whyNot(factsOf(subject)))
      await writeDown(context, subject, { kind, fields: {}, reason: body.reason, state: 'proposed' })
      return reply(201, await show(writer, context, params.id))
    },
  })
}
