import { holdAuthority, seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import { reply, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { type Changes, LICENCE_RETURNED } from './changes.rules.ts'
import { cameByLicence } from './changes.store.ts'
import { lockedSubject, setSupervisors, type Writing } from './changing.ts'
import { supervisorsWithout, whyNotChangeLicence, whyNotDays, whyNotRevokeOn } from './licences.rules.ts'
import { LicenceEdit, LicenceRevocation, NewLicence } from './licences.schema.ts'
import {
  endedSince,
  hasOtherLicence,
  insertLicence,
  type LicenceRecord,
  lockLicence,
  updateLicence,
} from './licences.store.ts'
import type { SubjectParts } from './parts.ts'
import { factsOf, openSubject } from './subjects.representation.ts'
import { whyNotChange } from './subjects.rules.ts'
import { Subject } from './subjects.schema.ts'
import type { SubjectRecord } from './subjects.store.ts'

/** 许可: whose licence a subject has supervises it (谁审批、谁监管). Each act answers with the subject. */
export function licenceRoutes(parts: SubjectParts): readonly Route[] {
  const show = openSubject(parts)
  return [
    write({
      method: 'POST',
      path: '/subjects/{id}/licences',
      action: 'licence.create',
      about: 'subject',
      summary: '登记许可证；发证部门随之成为监管部门',
      schema: { params: ById, body: NewLicence },
      replies: { 201: Subject },
      async handler(context) {
        const { writer, access, id, now, params, body } = context
        const subject = await lockedSubject(context, params.id, 'licence.create')
        demand(whyNotChange(factsOf(subject)) ?? whyNotDays(body))
        const seen = seenIn(access, 'authority.show')
        found(await holdAuthority(writer, seen, body.authorityId), 'authority')
        const made = { ...body, id, subjectId: subject.id, divisionCode: subject.division_code }
        const flag = (await endedSince(writer, made, daysBefore(now, parts.churnDays)))
          ? LICENCE_RETURNED
          : undefined
        await insertLicence(writer, made)
        const after = [...new Set([...subject.authority_ids, body.authorityId])]
        await setSupervisors(context, subject, { after, flag, more: licenceField(null, body) })
        return reply(201, await show(writer, context, subject.id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/licences/{id}',
      action: 'licence.edit',
      about: 'licence',
      summary: '修改许可证的范围和有效期',
      schema: { params: ById, body: LicenceEdit },
      replies: { 200: Subject },
      ifMatch: true,
      async handler(context) {
        const { writer, body, version } = context
        const { licence, subject } = await lockedLicence(context, 'licence.edit')
        demandVersion(licence.version, version)
        const after = { ...licence, ...body }
        demand(whyNotDays(after))
        await updateLicence(writer, licence, body)
        const more = { licence: [daysOf(licence), daysOf(after)] } as const
        await setSupervisors(context, subject, { after: subject.authority_ids, more })
        return show(writer, context, subject.id)
      },
    }),
    write({
      method: 'POST',
      path: '/licences/{id}/revocation',
      action: 'licence.revoke',
      about: 'licence',
      summary: '许可证终止；因它而监管的部门随之不再监管，但不会使对象无人监管',
      schema: { params: ById, body: LicenceRevocation },
      replies: { 200: Subject },
      async handler(context) {
        const { writer, now, body } = context
        const { licence, subject } = await lockedLicence(context, 'licence.revoke')
        demand(whyNotRevokeOn(body.revokedOn, dayOf(now)))
        const { authorityId } = licence
        const after = supervisorsWithout({
          authorityIds: subject.authority_ids,
          authorityId,
          hasOther: await hasOtherLicence(writer, licence),
          byLicence: await cameByLicence(writer, { subjectId: subject.id, authorityId }),
        })
        await updateLicence(writer, licence, { revokedOn: body.revokedOn })
        await setSupervisors(context, subject, {
          after,
          more: licenceField(licence, null),
          reason: body.reason,
        })
        return show(writer, context, subject.id)
      },
    }),
  ]
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000)
}

type Titled = { readonly kind: string; readonly number: string } | null

function licenceField(before: Titled, after: Titled): Changes {
  const title = (licence: Titled): string | null => licence && `${licence.kind} ${licence.number}`
  return { licence: [title(before), title(after)] }
}

function daysOf({ kind, number, validFrom, validUntil }: LicenceRecord): string {
  return `${kind} ${number} ${validFrom ?? ''}–${validUntil ?? ''}`
}

/** A licence in force of a subject that may be seen, locked with it; the act must be allowed where it is. */
async function lockedLicence(
  context: Writing & Pick<WriteContext<{ params: typeof ById }>, 'params'>,
  action: string,
): Promise<{ readonly licence: LicenceRecord; readonly subject: SubjectRecord }> {
  const { writer, access, params } = context
  const licence = found(await lockLicence(writer, seenIn(access, 'subject.show'), params.id), 'licence')
  const subject = await lockedSubject(context, licence.subjectId, action)
  demand(whyNotChange(factsOf(subject)) ?? whyNotChangeLicence(licence))
  return { licence, subject }
}
