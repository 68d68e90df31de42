// All that a table of a plan is read against and written with, read once.

import { chainOf, codesNamed, codesOn, type Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import { basesOf, basisText, grouped, placeIn } from '../../registers/index.ts'
import { ruleAt } from '../checks/findings.rules.ts'
import { linesOf, type PlanLine } from '../lines/lines.store.ts'
import type { PlanRow } from '../plans/plans.store.ts'
import type { Level } from './cells.rules.ts'
import type { ExportNames } from './export.rules.ts'
import type { LineValues } from './line-values.rules.ts'
import type { KnownLine } from './matching.rules.ts'
import { authorityFinder, itemIndexOf, itemLabel } from './names.rules.ts'
import { frameOf } from './period-words.rules.ts'
import type { TableFrame } from './rows.rules.ts'
import { divisionNames, inspectingUnder, itemsForTables } from './tables.store.ts'

/** A plan, its lines, and the names on both sides. */
export interface TableContext {
  readonly frame: TableFrame
  readonly names: ExportNames
  readonly lines: readonly KnownLine[]
}

/** Reads what a table of the plan is held against. */
export async function tableContext(
  reader: Reader,
  law: Law,
  plan: PlanRow,
  now: Date,
): Promise<TableContext> {
  const period = frameOf(plan)
  const lines = await linesOf(reader, [plan.id])
  const { divisionCode } = plan
  const chain = law.divisions.has(divisionCode) ? chainOf(law.divisions, divisionCode) : [divisionCode]
  const authorities = await inspectingUnder(reader, divisionCode)
  const items = await itemsOf(reader, {
    authorityIds: authorities.map(({ id }) => id),
    on: dayOf(now) > period.startsOn ? period.startsOn : dayOf(now),
    named: lines.flatMap(({ parts }) => parts.flatMap(({ itemIds }) => itemIds)),
  })
  const own = authorities.filter((one) => one.divisionCode === divisionCode)
  const before = await divisionNames(reader, chain)
  const [findOwn, findAny] = [authorityFinder(own, before), authorityFinder(authorities, before)]
  const place = placeIn(law, divisionCode, period.startsOn)
  const least = ruleAt(law, 'plans.ratio_floor', place)?.value
  const modes = modesAt(law, place)
  return {
    frame: {
      plan,
      period,
      level: levelOf(divisionCode),
      leastRatio: typeof least === 'number' ? least : null,
      modes,
      findAuthority: (text) => findOwn(text) ?? findAny(text),
      items: new Map(items.map((item) => [item.id, item])),
      itemIndex: itemIndexOf(items),
    },
    names: {
      authorities: new Map([
        ...authorities.map(({ id, name }) => [id, name] as const),
        ...lines.flatMap(({ parts }) => parts.map((part) => [part.authorityId, part.authorityName] as const)),
      ]),
      items: new Map(items.map((item) => [item.id, { label: itemLabel(item), basis: item.basis }])),
      methods: labelsOf(law, 'inspection-methods', dayOf(now)),
      modes: labelsOf(law, 'joint-modes', dayOf(now)),
    },
    lines: lines.map((line) => ({ id: line.id, version: line.version, values: valuesOf(line) })),
  }
}

async function itemsOf(reader: Reader, asked: Parameters<typeof itemsForTables>[1]) {
  const items = await itemsForTables(reader, asked)
  const bases = grouped(
    await basesOf(
      reader,
      items.map(({ id }) => id),
    ),
    ({ itemId }) => itemId,
  )
  return items.map((item) => {
    const own = bases.get(item.id) ?? []
    return { ...item, bases: own.map(({ title }) => title), basis: own.map(basisText).join('；') }
  })
}

/** The joint modes of a place: those that its law names, all of the list where none does. */
function modesAt(law: Law, place: { readonly division: string; readonly on: string }): TableFrame['modes'] {
  const named = codesNamed(law, 'tasks.joint_modes', place)
  return codesOn(law, 'joint-modes', place.on)
    .filter(({ code }) => named.length === 0 || named.includes(code))
    .map(({ code, label, attributes }) => ({
      code,
      name: label['zh-CN'],
      drawType: typeof attributes['draw_type'] === 'string' ? attributes['draw_type'] : null,
    }))
}

function labelsOf(law: Law, list: string, on: string): ReadonlyMap<string, string> {
  return new Map(codesOn(law, list, on).map(({ code, label }) => [code, label['zh-CN']]))
}

function levelOf(divisionCode: string): Level {
  if (divisionCode.endsWith('0000')) return 'province'
  return divisionCode.endsWith('00') ? 'prefecture' : 'county'
}

/** A line as tables compare it. */
function valuesOf(line: PlanLine): LineValues {
  const { parts } = line
  return {
    code: line.code,
    taskName: line.taskName,
    drawType: line.drawType,
    tier: line.tier,
    field: line.field,
    mode: line.mode,
    crossRegion: line.crossRegion,
    leadAuthorityId: line.leadAuthorityId,
    guidedBy: line.guidedBy,
    unit: line.unit,
    object: line.object,
    scope: line.scope,
    content: line.content,
    fullCoverage: line.fullCoverage,
    ratio: line.ratio,
    quantity: line.quantity,
    classRatios: line.classRatios,
    batches: line.batches,
    draws: line.draws,
    frequencyLeast: line.frequencyLeast,
    frequencyMost: line.frequencyMost,
    methods: line.methods,
    startsOn: line.startsOn,
    endsOn: line.endsOn,
    // The database holds each to its list.
    drawLevel: line.drawLevel as Level,
    inspectLevel: line.inspectLevel as Level,
    requirement: line.requirement,
    remark: line.remark,
    unmatched: line.unmatched,
    parts: parts.map(({ authorityId, itemIds }) => ({ authorityId, itemIds })),
  }
}
