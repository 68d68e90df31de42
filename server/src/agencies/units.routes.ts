import { dayOf } from '../platform/clock.ts'
import { read, reply, type Route, write, type WriteContext } from '../platform/http/route.ts'
import type { Access } from '../platform/reach.ts'
import { canOf, demand, found } from '../platform/refusal.ts'
import { placeOf } from './authorities.routes.ts'
import { whyNotChange, whyNotOn } from './authorities.rules.ts'
import { Closure } from './authorities.schema.ts'
import { findAuthority, holdAuthority } from './authorities.store.ts'
import { demandVersion } from '../platform/versions.ts'
import { seenIn } from './seen.ts'
import { ById } from '../platform/http/shapes.ts'
import { whyNotBecomeSection, whyNotChangeUnit, whyNotCloseUnit, whyNotUnder } from './units.rules.ts'
import { NewUnit, Unit, UnitEdit, UnitList } from './units.schema.ts'
import {
  findUnit,
  holdUnit,
  insertUnit,
  listUnits,
  lockUnit,
  type UnitRow,
  updateUnit,
} from './units.store.ts'

/** 所属单位 and 科室: enforcement is done by them, not by the bureau as such (REQ-ACT-13). */
export function unitRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/authorities/{id}/units',
      action: 'unit.list',
      summary: '一个部门的所属单位和科室',
      schema: { params: ById },
      replies: { 200: UnitList },
      async handler({ reader, reach, access, params: { id } }) {
        found(await findAuthority(reader, reach, id), 'authority')
        const rows = await listUnits(reader, reach, id)
        return { items: rows.map((row) => represent(row, access)) }
      },
    }),
    write({
      method: 'POST',
      path: '/authorities/{id}/units',
      action: 'unit.create',
      about: 'authority',
      summary: '新增所属单位或科室',
      schema: { params: ById, body: NewUnit },
      replies: { 201: Unit },
      async handler({ writer, access, params, body, newId }) {
        const seen = seenIn(access, 'unit.list')
        const authority = found(await holdAuthority(writer, seen, params.id), 'authority')
        demand(access.whyNot('unit.create', placeOf(authority)), 403)
        demand(whyNotChange(authority))
        const { parentId } = body
        if (parentId !== undefined)
          demand(whyNotUnder(await holdUnit(writer, seen, parentId), params.id, 'section'))
        const id = newId()
        await insertUnit(writer, { ...body, id, authorityId: params.id })
        return reply(201, represent(found(await findUnit(writer, seen, id), 'unit'), access))
      },
    }),
    write({
      method: 'PATCH',
      path: '/units/{id}',
      action: 'unit.edit',
      about: 'unit',
      summary: '修改所属单位或科室',
      schema: { params: ById, body: UnitEdit },
      replies: { 200: Unit },
      ifMatch: true,
      async handler(context) {
        const { writer, access, body, version, params } = context
        const unit = await lockedUnit(context, params.id, 'unit.edit')
        demandVersion(unit.version, version)
        demand(whyNotChangeUnit(unit))
        if (body.parentId)
          demand(
            whyNotBecomeSection(unit, await holdUnit(writer, seenIn(access, 'unit.list'), body.parentId)),
          )
        await updateUnit(writer, params.id, body)
        return shownAgain(context, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/units/{id}/closure',
      action: 'unit.close',
      about: 'unit',
      summary: '撤销所属单位或科室；尚有人员或科室的不能撤销',
      schema: { params: ById, body: Closure },
      replies: { 200: Unit },
      async handler(context) {
        const { writer, body, now, params } = context
        const unit = await lockedUnit(context, params.id, 'unit.close')
        demand(whyNotCloseUnit(unit) ?? whyNotOn(body.closedOn, dayOf(now)))
        await updateUnit(writer, params.id, body)
        return shownAgain(context, params.id)
      },
    }),
  ]
}

type Writing = Pick<WriteContext, 'writer' | 'access'>

async function lockedUnit({ writer, access }: Writing, id: string, action: string): Promise<UnitRow> {
  const seen = seenIn(access, 'unit.list')
  found(await lockUnit(writer, seen, id), 'unit')
  // Counted again: what was put into it while this waited for the lock.
  const unit = found(await findUnit(writer, seen, id), 'unit')
  demand(access.whyNot(action, placeOfUnit(unit)), 403)
  return unit
}

async function shownAgain({ writer, access }: Writing, id: string): Promise<Unit> {
  return represent(found(await findUnit(writer, seenIn(access, 'unit.list'), id), 'unit'), access)
}

function placeOfUnit({ authorityId, divisionCode }: UnitRow) {
  return { authorityId, divisionCode }
}

function represent(unit: UnitRow, access: Access): Unit {
  const place = placeOfUnit(unit)
  return {
    ...unit,
    can: {
      edit: canOf(access.whyNot('unit.edit', place) ?? whyNotChangeUnit(unit)),
      close: canOf(access.whyNot('unit.close', place) ?? whyNotCloseUnit(unit)),
    },
  }
}
