// An item as officials see it: what its field decides, what its legal basis is worth, and what may be done about it.

import { codesNamed, type Law, type Place, resolve } from '../../law/index.ts'
import { seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { named } from '../../platform/http/shapes.ts'
import { canOf, found } from '../../platform/refusal.ts'
import { grouped } from './grouped.ts'
import { standingOf } from './citations.rules.ts'
import { whyNotComplete, whyNotUse } from './items.rules.ts'
import type { AppliesTo, Item, PublicItem } from './items.schema.ts'
import { type BasisRow, basesOf, findItem, type ItemRow } from './items.store.ts'
import { whyNotDecide, whyNotDraft, whyNotEffective, whyNotWithdraw } from './lifecycle.rules.ts'
import type { CatalogueParts } from './parts.ts'

type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** Gives the representation of an item, as far as the viewer sees. Throws NotFound. */
export function openItem(parts: CatalogueParts) {
  return async (reader: Reader, viewing: Viewing, id: string): Promise<Item> => {
    const row = await findItem(reader, seenIn(viewing.access, 'item.show'), dayOf(viewing.now), id)
    const [item] = await representItems(parts, reader, viewing, [found(row, 'item')])
    return item!
  }
}

/** Items as a viewer sees them. */
export async function representItems(
  { book }: CatalogueParts,
  reader: Reader,
  viewing: Viewing,
  rows: readonly ItemRow[],
): Promise<Item[]> {
  const law = await book.read(reader)
  const bases = grouped(
    await basesOf(
      reader,
      rows.map(({ id }) => id),
    ),
    ({ itemId }) => itemId,
  )
  return rows.map((row) => represent(row, bases.get(row.id) ?? [], law, viewing))
}

/** Where an item is: with its authority. */
export function placeOfItem({ authorityId, divisionCode }: Pick<ItemRow, 'authorityId' | 'divisionCode'>) {
  return { authorityId, divisionCode }
}

/** The law of a division on a day; an unknown division is under the nation's alone. */
export function placeIn(law: Law, division: string, on: string): Place {
  return { division: law.divisions.has(division) ? division : 'cn', on }
}

/** An item as anybody may read it. */
export function representPublic(row: ItemRow, bases: readonly BasisRow[]): PublicItem {
  return {
    ...pickPublic(row),
    field: row.field as Item['field'],
    tier: row.tier as Item['tier'],
    bases: bases.map(({ title, documentNumber, article }) => ({ title, documentNumber, article })),
  }
}

function pickPublic(row: ItemRow) {
  const { id, authorityName, divisionCode, code, name, subItem, object, scope } = row
  const { isRandom, notRandomReason, ratioFloor, ratioCap, ratioNote, byBatches, frequency } = row
  const { methods, methodRequirement, implementingLevels, effectiveFrom, effectiveUntil } = row
  return {
    id,
    authorityName,
    divisionCode,
    code,
    name,
    subItem,
    object,
    scope,
    isRandom,
    notRandomReason,
    ratioFloor,
    ratioCap,
    ratioNote,
    byBatches,
    frequency,
    methods,
    methodRequirement,
    implementingLevels,
    effectiveFrom,
    effectiveUntil,
  }
}

const NO_RESTRICTION: AppliesTo = {
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
}

function represent(row: ItemRow, bases: readonly BasisRow[], law: Law, viewing: Viewing): Item {
  const today = dayOf(viewing.now)
  return {
    ...row,
    field: row.field as Item['field'],
    tier: row.tier as Item['tier'],
    state: row.state as Item['state'],
    appliesTo: { ...NO_RESTRICTION, ...row.appliesTo },
    fieldDuties: dutiesOf(law, placeIn(law, row.divisionCode, today), row.field),
    bases: bases.map((basis) => ({
      citationId: basis.citationId,
      title: basis.title,
      documentNumber: basis.documentNumber,
      article: basis.article,
      phrase: basis.phrase,
      standing: standingOf(basis, today),
    })),
    proposedBy: named(row.proposedById, row.proposedByName),
    proposedAt: row.proposedAt?.toISOString() ?? null,
    decidedBy: named(row.decidedById, row.decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    can: canDo(row, bases, law, viewing),
  }
}

function canDo(row: ItemRow, bases: readonly BasisRow[], law: Law, viewing: Viewing): Item['can'] {
  const { access, actor, now } = viewing
  const today = dayOf(now)
  const place = placeOfItem(row)
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const why = (verb: string) => access.whyNot(`item.${verb}`, place)
  const incomplete = whyNotComplete(row, bases, { law, place: placeIn(law, row.divisionCode, today) })
  return {
    edit: canOf(why('edit') ?? whyNotDraft(row)),
    propose: canOf(why('propose') ?? whyNotDraft(row) ?? incomplete),
    approve: canOf(why('approve') ?? whyNotDecide(row, viewer) ?? incomplete),
    reject: canOf(why('reject') ?? whyNotDecide(row, viewer)),
    withdraw: canOf(why('withdraw') ?? whyNotWithdraw(row, viewer)),
    end: canOf(why('end') ?? whyNotEffective(row)),
    discard: canOf(why('discard') ?? whyNotDraft(row)),
    revise: canOf(why('revise') ?? whyNotEffective(row)),
    writeChecklist: canOf(access.whyNot('checklist.create', place) ?? whyNotOver(row)),
    use: canOf(whyNotUse(row, bases, today)),
  }
}

/** Why a checklist may not be written: the item is over. */
export function whyNotOver({ state, effectiveUntil }: Pick<ItemRow, 'state' | 'effectiveUntil'>) {
  return state === 'ended' || state === 'discarded'
    ? { code: 'item.ended', params: { until: effectiveUntil ?? '' } }
    : undefined
}

/** What the field of an item decides (REQ-GEN-5, REQ-ACT-3). */
function dutiesOf(law: Law, place: Place, field: string): Item['fieldDuties'] {
  const isMarket = field === 'market'
  const keyOfFiling = isMarket && resolve(law, 'plans.market_field_filed_with', place)
  const keys = [
    ['ledBy', isMarket ? 'supervision.market_field_led_by' : 'supervision.other_fields_led_by'],
    ['supervisedBy', 'supervision.supervising_bodies'],
    ['filedWith', keyOfFiling ? 'plans.market_field_filed_with' : 'plans.filed_with'],
  ] as const
  const byLaw = keys.map(([what, key]) => {
    const bodies = [...codesNamed(law, key, place)]
    return { what, bodies, law: bodies.length === 0 ? null : key }
  })
  return [...byLaw, { what: 'countedIn', bodies: [field], law: null }]
}
