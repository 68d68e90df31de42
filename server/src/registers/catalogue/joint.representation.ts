// A joint item as officials see it, and the law that it is held against.

import { seenIn } from '../../agencies/index.ts'
import type { Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { named } from '../../platform/http/shapes.ts'
import { canOf, found } from '../../platform/refusal.ts'
import { grouped } from './grouped.ts'
import { placeIn } from './items.representation.ts'
import { whyNotUse } from './items.rules.ts'
import { basesOf } from './items.store.ts'
import { type PartFacts, whyNotTogether } from './joint.rules.ts'
import type { JointItem } from './joint.schema.ts'
import { findJoint, type JointPartRow, type JointRow, partsOf } from './joint.store.ts'
import { whyNotDecide, whyNotDraft, whyNotEffective } from './lifecycle.rules.ts'
import type { CatalogueParts } from './parts.ts'

type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** A part with what is shown of its items beside what decides. */
interface ShownPart extends PartFacts {
  readonly items: readonly (PartFacts['items'][number] & {
    readonly id: string
    readonly name: string
    readonly subItem: string | null
  })[]
}

/** Gives the representation of a joint item, as far as the viewer sees. Throws NotFound. */
export function openJoint(parts: CatalogueParts) {
  return async (reader: Reader, viewing: Viewing, id: string): Promise<JointItem> => {
    const row = await findJoint(reader, seenIn(viewing.access, 'jointItem.show'), id)
    const [joint] = await representJoint(parts, reader, viewing, [found(row, 'jointItem')])
    return joint!
  }
}

/** Joint items as a viewer sees them. */
export async function representJoint(
  { book }: CatalogueParts,
  reader: Reader,
  viewing: Viewing,
  rows: readonly JointRow[],
): Promise<JointItem[]> {
  const law = await book.read(reader)
  const parts = await partFactsOf(
    reader,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => represent(row, parts.get(row.id) ?? [], law, viewing))
}

/** Where a joint item is: with its lead, in its division. */
export function placeOfJoint({
  leadAuthorityId,
  divisionCode,
}: Pick<JointRow, 'leadAuthorityId' | 'divisionCode'>) {
  return { authorityId: leadAuthorityId, divisionCode }
}

/** Who takes part in joint items, with their items and the legal basis of these. */
export async function partFactsOf(
  reader: Reader,
  jointIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ShownPart[]>> {
  const rows = await partsOf(reader, jointIds)
  const itemIds = rows.flatMap(({ itemId }) => itemId ?? [])
  const bases = grouped(await basesOf(reader, itemIds), ({ itemId }) => itemId)
  const itemOf = (row: JointPartRow): ShownPart['items'] =>
    row.itemId === null
      ? []
      : [
          {
            id: row.itemId,
            code: row.code ?? '',
            name: row.name ?? '',
            subItem: row.subItem,
            authorityId: row.itemAuthorityId ?? '',
            state: row.state ?? '',
            effectiveFrom: row.effectiveFrom,
            effectiveUntil: row.effectiveUntil,
            bases: bases.get(row.itemId) ?? [],
          },
        ]
  const byJoint = grouped(rows, ({ jointId }) => jointId)
  return new Map(
    [...byJoint].map(([jointId, own]) => {
      const byAuthority = grouped(own, ({ authorityId }) => authorityId)
      const parts = [...byAuthority].map(([authorityId, few]) => ({
        authorityId,
        authorityName: few[0]?.authorityName ?? '',
        items: few.flatMap(itemOf),
      }))
      return [jointId, parts]
    }),
  )
}

function represent(row: JointRow, parts: readonly ShownPart[], law: Law, viewing: Viewing): JointItem {
  const { access, actor, now } = viewing
  const today = dayOf(now)
  const place = placeOfJoint(row)
  const viewer = actor.kind === 'person' ? actor.personId : ''
  const why = (verb: string) => access.whyNot(`jointItem.${verb}`, place)
  const incomplete = whyNotTogether(row, parts, law, placeIn(law, row.divisionCode, today))
  return {
    ...row,
    field: row.field as JointItem['field'],
    state: row.state as JointItem['state'],
    parts: parts.map(({ authorityId, authorityName, items }) => ({
      authorityId,
      authorityName,
      isLead: authorityId === row.leadAuthorityId,
      items: items.map((item) => ({
        id: item.id,
        code: item.code,
        name: item.name,
        subItem: item.subItem,
        usable: whyNotUse(item, item.bases, today) === undefined,
      })),
    })),
    proposedBy: named(row.proposedById, row.proposedByName),
    proposedAt: row.proposedAt?.toISOString() ?? null,
    decidedBy: named(row.decidedById, row.decidedByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    can: {
      edit: canOf(why('edit') ?? whyNotDraft(row)),
      propose: canOf(why('propose') ?? whyNotDraft(row) ?? incomplete),
      approve: canOf(why('approve') ?? whyNotDecide(row, viewer) ?? incomplete),
      reject: canOf(why('reject') ?? whyNotDecide(row, viewer)),
      end: canOf(why('end') ?? whyNotEffective(row)),
      discard: canOf(why('discard') ?? whyNotDraft(row)),
    },
  }
}
