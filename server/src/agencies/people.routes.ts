import { dayOf } from '../platform/clock.ts'
import { keyOf, pageOf } from '../platform/http/pages.ts'
import { personOf, read, reply, type Route, write, type WriteContext } from '../platform/http/route.ts'
import { demand, found } from '../platform/refusal.ts'
import { lockAdministrators } from './administrators.store.ts'
import { placeOf } from './authorities.routes.ts'
import { whyNotChange, whyNotOn } from './authorities.rules.ts'
import { holdAuthority } from './authorities.store.ts'
import { demandRevealsLeft } from '../platform/reveals.ts'
import { demandVersion } from '../platform/versions.ts'
import type { AgenciesParts } from './parts.ts'
import { cipherOf, openPerson, placeOfPerson, represent } from './people.representation.ts'
import { whyNotChangePerson, whyNotLeave, whyNotReveal, whyNotTransferTo } from './people.rules.ts'
import {
  Departure,
  MobileReveal,
  NewPerson,
  Person,
  PersonEdit,
  PersonPage,
  PersonQuery,
  RevealedMobile,
  Transfer,
} from './people.schema.ts'
import {
  endWhatHeHeld,
  findPersonRecord,
  insertPerson,
  listPeople,
  lockPerson,
  type PersonRow,
  updatePerson,
} from './people.store.ts'
import { seenIn } from './seen.ts'
import { ById } from '../platform/http/shapes.ts'
import { whyNotUnder } from './units.rules.ts'
import { holdUnit } from './units.store.ts'

/** 人员: who works for an authority. */
export function personRoutes(parts: AgenciesParts): readonly Route[] {
  const show = openPerson(parts)
  return [
    read({
      method: 'GET',
      path: '/people',
      action: 'person.list',
      summary: '人员；手机号只显示遮盖后的',
      schema: { query: PersonQuery },
      replies: { 200: PersonPage },
      async handler(context) {
        const { reader, reach, now, query } = context
        const { limit = 50, left = false, after, ...rest } = query
        const filter = { ...rest, left, limit, after: keyOf(after, ['text', 'id']) }
        const rows = await listPeople(reader, reach, dayOf(now), filter)
        return pageOf(rows, limit, {
          key: ({ name, id }) => [name, id],
          show: (row) => represent(row, context, parts),
        })
      },
    }),
    read({
      method: 'GET',
      path: '/people/{id}',
      action: 'person.show',
      summary: '一名人员',
      schema: { params: ById },
      replies: { 200: Person },
      handler: (context) => show(context.reader, context, context.params.id),
    }),
    write({
      method: 'POST',
      path: '/people',
      action: 'person.create',
      about: 'person',
      summary: '新增人员',
      schema: { body: NewPerson },
      replies: { 201: Person },
      async handler(context) {
        const { writer, body, id } = context
        const { mobile, ...person } = body
        await demandRoom(context, person)
        await insertPerson(writer, id, { ...person, mobileCipher: cipherOf(parts, mobile) })
        return reply(201, await show(writer, context, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/people/{id}',
      action: 'person.edit',
      about: 'person',
      summary: '修改人员',
      schema: { params: ById, body: PersonEdit },
      replies: { 200: Person },
      ifMatch: true,
      async handler(context) {
        const { writer, access, params, version } = context
        const { mobile, ...edit } = context.body
        const person = await lockedPerson(context, params.id, 'person.edit')
        demandVersion(person.version, version)
        demand(whyNotChangePerson(person))
        if (edit.unitId) {
          const unit = await holdUnit(writer, seenIn(access, 'unit.list'), edit.unitId)
          demand(whyNotUnder(unit, person.authorityId, 'person'))
        }
        await updatePerson(writer, params.id, { ...edit, mobileCipher: cipherOf(parts, mobile) })
        if (edit.name !== undefined) await parts.whenPersonIsRenamed(writer, params.id, edit.name)
        return show(writer, context, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/people/{id}/transfer',
      action: 'person.transfer',
      about: 'person',
      summary: '调到另一部门：原有授权随之撤回，会话随之结束',
      schema: { params: ById, body: Transfer },
      replies: { 200: Person },
      async handler(context) {
        const { writer, params, body } = context
        const person = await goingPerson(context, params.id, 'person.transfer')
        demand(whyNotTransferTo(person, body.authorityId))
        await demandRoom(context, body)
        await endAll(context, person, parts)
        await updatePerson(writer, params.id, { authorityId: body.authorityId, unitId: body.unitId ?? null })
        return show(writer, context, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/people/{id}/departure',
      action: 'person.leave',
      about: 'person',
      summary: '离开：授权随之撤回，会话随之结束',
      schema: { params: ById, body: Departure },
      replies: { 200: Person },
      async handler(context) {
        const { writer, params, body, now } = context
        const person = await goingPerson(context, params.id, 'person.leave')
        demand(whyNotOn(body.leftOn, dayOf(now)))
        await endAll(context, person, parts)
        await updatePerson(writer, params.id, { leftOn: body.leftOn })
        return show(writer, context, params.id)
      },
    }),
    read({
      method: 'POST',
      path: '/people/{id}/mobile-reveals',
      action: 'person.revealMobile',
      about: 'person',
      summary: '显示一个手机号；须说明用途，并留下记录',
      schema: { params: ById, body: MobileReveal },
      replies: { 200: RevealedMobile },
      recorded: true,
      async handler({ reader, access, actor, now, params, body }) {
        const seen = seenIn(access, 'person.show')
        const person = found(await findPersonRecord(reader, seen, dayOf(now), params.id), 'person')
        demand(access.whyNot('person.revealMobile', placeOfPerson(person)), 403)
        demand(whyNotReveal(person, { given: body.purpose }), 403)
        await demandRevealsLeft(reader, actor, now)
        return { mobile: parts.secrets.decrypt(person.mobileCipher ?? '', 'person.mobile') }
      },
    }),
  ]
}

type Writing = Pick<WriteContext, 'writer' | 'access' | 'actor' | 'now'>

/** A person who may be seen, locked; the act on him must be allowed where he is. */
async function lockedPerson(
  { writer, access, now }: Writing,
  id: string,
  action: string,
): Promise<PersonRow> {
  await lockPerson(writer, id)
  const seen = seenIn(access, 'person.show')
  const person = found(await findPersonRecord(writer, seen, dayOf(now), id), 'person')
  demand(access.whyNot(action, placeOfPerson(person)), 403)
  return person
}

async function goingPerson(context: Writing, id: string, action: string): Promise<PersonRow> {
  await lockAdministrators(context.writer)
  const person = await lockedPerson(context, id, action)
  demand(whyNotLeave(person, context.actor.kind === 'person' ? context.actor.personId : undefined))
  return person
}

/** An authority, and a unit of it where one is named, that take in a person: open, and within reach of the act. */
async function demandRoom(
  { writer, access }: Writing,
  { authorityId, unitId }: { readonly authorityId: string; readonly unitId?: string | undefined },
): Promise<void> {
  const authority = found(
    await holdAuthority(writer, seenIn(access, 'authority.show'), authorityId),
    'authority',
  )
  demand(access.whyNot('person.create', placeOf(authority)), 403)
  demand(whyNotChange(authority))
  if (unitId === undefined) return
  const unit = await holdUnit(writer, seenIn(access, 'unit.list'), unitId)
  demand(whyNotUnder(unit, authorityId, 'person'))
}

async function endAll(
  context: Writing & Pick<WriteContext, 'params'>,
  { id }: PersonRow,
  parts: AgenciesParts,
): Promise<void> {
  const { writer, now } = context
  const by = personOf(context as WriteContext).personId
  await endWhatHeHeld(writer, id, { by, now, today: dayOf(now) })
  await parts.whenPersonGoes(writer, id, now)
}
