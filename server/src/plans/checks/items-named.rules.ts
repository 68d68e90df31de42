// What is inspected: the items of a line, whose they are, their legal basis, by which level, drawn or not (REQ-ITEM-4).

import { isRequired } from '../../law/index.ts'
import { whyNotUse } from '../../registers/index.ts'
import {
  type CheckedLine,
  citing,
  type Finding,
  itemsOf,
  placeOf,
  type PlanChecked,
} from './findings.rules.ts'

const BASIS = 'plans.basis_required'
const LISTED = 'plans.only_listed_items'
// From the highest down: who draws is never below who inspects.
const LEVELS = ['province', 'prefecture', 'county', 'station']

/** What is wrong with the items of a line. */
export function itemFindings(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  return [
    ...unmatched(line),
    ...missing(line),
    ...ofOthers(checked, line),
    ...withoutBasis(checked, line),
    ...notRandom(checked, line),
    ...atLevel(checked, line),
  ]
}

function unmatched({ id, unmatched: text }: CheckedLine): readonly Finding[] {
  return text === null
    ? []
    : [
        {
          code: 'unmatched',
          severity: 'error',
          lineIds: [id],
          params: { text: text.split('\n').join('、') },
          law: null,
          mend: 'line',
        },
      ]
}

function missing({ id, parts }: CheckedLine): readonly Finding[] {
  return parts
    .filter(({ itemIds }) => itemIds.length === 0)
    .map(({ authorityName }) => ({
      code: 'item_missing',
      severity: 'error',
      lineIds: [id],
      params: { authority: authorityName },
      law: null,
      mend: 'line',
    }))
}

function ofOthers(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  return itemsOf(checked, line)
    .filter(({ item, authorityId }) => item.authorityId !== authorityId)
    .map(({ item }) => ({
      code: 'item_owner',
      severity: 'error',
      lineIds: [line.id],
      params: { item: item.name },
      law: null,
      mend: 'line',
    }))
}

/** An error where the law of the place wants a basis, or wants nothing but the list; elsewhere a warning. */
function withoutBasis(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  const { law, plan } = checked
  const place = placeOf(checked, line)
  const key = [BASIS, LISTED].find(
    (one) => law.divisions.has(plan.divisionCode) && isRequired(law, one, place),
  )
  return itemsOf(checked, line).flatMap(({ item }) => {
    const why = whyNotUse(item, item.bases, line.startsOn)
    if (!why) return []
    return [
      {
        code: 'item_basis' as const,
        severity: key === undefined ? ('warning' as const) : ('error' as const),
        lineIds: [line.id],
        params: { ...why.params, item: item.name, itemId: item.id, why: why.code },
        law: key === undefined ? null : citing(law, key, place),
        mend: 'item' as const,
      },
    ]
  })
}

function notRandom(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  if (line.fullCoverage) return []
  return itemsOf(checked, line)
    .filter(({ item }) => !item.isRandom)
    .map(({ item }) => ({
      code: 'not_random',
      severity: 'error',
      lineIds: [line.id],
      params: { item: item.name, reason: item.notRandomReason ?? '' },
      law: null,
      mend: 'line',
    }))
}

function atLevel(checked: PlanChecked, line: CheckedLine): readonly Finding[] {
  const { id, drawLevel, inspectLevel } = line
  const about = { code: 'level', severity: 'error', lineIds: [id], law: null, mend: 'line' } as const
  const isBelow = LEVELS.indexOf(drawLevel) > LEVELS.indexOf(inspectLevel)
  return [
    ...(isBelow ? [{ ...about, params: { draw: drawLevel, inspect: inspectLevel } }] : []),
    ...itemsOf(checked, line)
      .filter(
        ({ item: { implementingLevels: levels } }) => levels.length > 0 && !levels.includes(inspectLevel),
      )
      .map(({ item }) => ({ ...about, params: { inspect: inspectLevel, item: item.name } })),
  ]
}
