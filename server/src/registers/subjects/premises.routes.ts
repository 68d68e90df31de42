import { seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found, type Refusal } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { lockedSubject, type Writing, writeDown } from './changing.ts'
import type { SubjectParts } from './parts.ts'
import { NewPremises, PremisesClosure, PremisesEdit } from './premises.schema.ts'
import { insertPremises, lockPremises, type PremisesRecord, updatePremises } from './premises.store.ts'
import { factsOf, openSubject } from './subjects.representation.ts'
import { whyNotChange } from './subjects.rules.ts'
import { Subject } from './subjects.schema.ts'
import type { SubjectRecord } from './subjects.store.ts'

/** 经营场所: where a subject can be visited. Each act answers with the subject. */
export function premisesRoutes(parts: SubjectParts): readonly Route[] {
  const show = openSubject(parts)
  return [
    write({
      method: 'POST',
      path: '/subjects/{id}/premises',
      action: 'premises.create',
      about: 'subject',
      summary: '增加经营场所',
      schema: { params: ById, body: NewPremises },
      replies: { 201: Subject },
      async handler(context) {
        const { writer, id, params, body } = context
        const subject = await lockedSubject(context, params.id, 'premises.create')
        demand(whyNotChange(factsOf(subject)))
        await insertPremises(writer, {
          ...body,
          id,
          subjectId: subject.id,
          divisionCode: subject.division_code,
        })
        await writeDown(context, subject, { kind: 'changed', fields: { premises: [null, body.address] } })
        return reply(201, await show(writer, context, subject.id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/premises/{id}',
      action: 'premises.edit',
      about: 'premises',
      summary: '修改经营场所',
      schema: { params: ById, body: PremisesEdit },
      replies: { 200: Subject },
      ifMatch: true,
      async handler(context) {
        const { writer, body, version } = context
        const { premises, subject } = await lockedPremises(context, 'premises.edit')
        demandVersion(premises.version, version)
        await updatePremises(writer, premises, body)
        const after = body.address ?? premises.address
        await writeDown(context, subject, {
          kind: 'changed',
          fields: { premises: [premises.address, after] },
        })
        return show(writer, context, subject.id)
      },
    }),
    write({
      method: 'POST',
      path: '/premises/{id}/closure',
      action: 'premises.close',
      about: 'premises',
      summary: '经营场所不再使用',
      schema: { params: ById, body: PremisesClosure },
      replies: { 200: Subject },
      async handler(context) {
        const { writer, now, body } = context
        const { premises, subject } = await lockedPremises(context, 'premises.close')
        demand(whyNotCloseOn(premises, body.closedOn, dayOf(now)))
        await updatePremises(writer, premises, body)
        await writeDown(context, subject, { kind: 'changed', fields: { premises: [premises.address, null] } })
        return show(writer, context, subject.id)
      },
    }),
  ]
}

/** Open premises of a subject that may be seen, locked with it; the act must be allowed where it is. */
async function lockedPremises(
  context: Writing & Pick<WriteContext<{ params: typeof ById }>, 'params'>,
  action: string,
): Promise<{ readonly premises: PremisesRecord; readonly subject: SubjectRecord }> {
  const { writer, access, params } = context
  const seen = seenIn(access, 'subject.show')
  const premises = found(await lockPremises(writer, seen, params.id), 'premises')
  const subject = await lockedSubject(context, premises.subjectId, action)
  demand(whyNotChange(factsOf(subject)))
  if (premises.closedOn !== null) demand({ code: 'premises.closed', params: { on: premises.closedOn } })
  return { premises, subject }
}

function whyNotCloseOn({ openedOn }: PremisesRecord, on: string, today: string): Refusal | undefined {
  if (on > today) return { code: 'day_in_future', params: { day: on } }
  return openedOn !== null && on < openedOn ? { code: 'premises.closed_before_opened' } : undefined
}
