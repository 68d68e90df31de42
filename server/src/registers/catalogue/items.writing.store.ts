// 抽查事项: every statement that writes an item, its legal basis, or a step in its life.

import type { Writer } from '../../platform/database/database.ts'
import type { AppliesTo } from './items.schema.ts'

/** One legal basis of an item. */
export interface WrittenBasis {
  readonly citationId: string
  readonly article?: string | null | undefined
  readonly phrase?: string | null | undefined
}

/** What is written of an item; what is left out stays as it is. */
export interface ItemColumns {
  readonly code?: string | undefined
  readonly name?: string | undefined
  readonly subItem?: string | null | undefined
  readonly object?: string | undefined
  readonly scope?: string | null | undefined
  readonly field?: string | undefined
  readonly isRandom?: boolean | undefined
  readonly notRandomReason?: string | null | undefined
  readonly tier?: string | undefined
  readonly ratioFloor?: number | null | undefined
  readonly ratioCap?: number | null | undefined
  readonly ratioNote?: string | null | undefined
  readonly byBatches?: boolean | undefined
  readonly frequency?: string | null | undefined
  readonly methods?: readonly string[] | undefined
  readonly methodRequirement?: string | null | undefined
  readonly implementingLevels?: readonly string[] | undefined
  readonly inspectorCategories?: readonly string[] | undefined
  readonly inspectorQualifications?: readonly string[] | undefined
  readonly appliesTo?: AppliesTo | undefined
  readonly note?: string | null | undefined
  readonly effectiveFrom?: string | null | undefined
  readonly effectiveUntil?: string | null | undefined
}

/** What a new item must have. */
export type NewItemColumns = ItemColumns & {
  readonly id: string
  readonly authorityId: string
  readonly divisionCode: string
  readonly code: string
  readonly name: string
  readonly object: string
  readonly field: string
  readonly isRandom: boolean
  readonly tier: string
  readonly revises?: string | undefined
  readonly enteredBy: string | null
  readonly bases: readonly WrittenBasis[]
}

export async function insertItem(writer: Writer, item: NewItemColumns): Promise<void> {
  const { id, authorityId, divisionCode, code, name, object, field, isRandom, tier } = item
  await writer
    .insertInto('registers.inspection_item')
    .values({
      id,
      authority_id: authorityId,
      division_code: divisionCode,
      code,
      name,
      object,
      field,
      is_random: isRandom,
      tier,
      ...columnsOf(item),
      revises: item.revises ?? null,
      entered_by: item.enteredBy,
      state: 'draft',
    })
    .execute()
  await insertBases(writer, id, 1, item.bases)
}

/** Changes a draft; `bases`, where given, take the place of those before. */
export async function updateItem(
  writer: Writer,
  id: string,
  item: ItemColumns & { readonly bases?: readonly WrittenBasis[] | undefined },
): Promise<void> {
  const { bases } = item
  const { basis_set: set } = await writer
    .updateTable('registers.inspection_item')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...columnsOf(item),
      ...(bases === undefined ? {} : { basis_set: eb('basis_set', '+', 1) }),
    }))
    .where('id', '=', id)
    .returning('basis_set')
    .executeTakeFirstOrThrow()
  if (bases !== undefined) await insertBases(writer, id, set, bases)
}

/** A step in the life of an item: who took it, when, and what it says. */
export interface ItemStep {
  readonly state: 'draft' | 'proposed' | 'effective' | 'ended' | 'discarded'
  readonly proposedBy?: string
  readonly proposedAt?: Date
  /** Null: what an earlier decision said is done with. */
  readonly decidedBy?: string | null
  readonly decidedAt?: Date | null
  readonly decisionNote?: string | null
  readonly effectiveFrom?: string
  readonly effectiveUntil?: string
  readonly endedBy?: string
  readonly endReason?: string
}

export async function stepItem(writer: Writer, id: string, step: ItemStep): Promise<void> {
  await writer
    .updateTable('registers.inspection_item')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state: step.state,
      ...(step.proposedBy === undefined ? {} : { proposed_by: step.proposedBy }),
      ...(step.proposedAt === undefined ? {} : { proposed_at: step.proposedAt }),
      ...(step.decidedBy === undefined ? {} : { decided_by: step.decidedBy }),
      ...(step.decidedAt === undefined ? {} : { decided_at: step.decidedAt }),
      ...(step.decisionNote === undefined ? {} : { decision_note: step.decisionNote }),
      ...(step.effectiveFrom === undefined ? {} : { effective_from: step.effectiveFrom }),
      ...(step.effectiveUntil === undefined ? {} : { effective_until: step.effectiveUntil }),
      ...(step.endedBy === undefined ? {} : { ended_by: step.endedBy }),
      ...(step.endReason === undefined ? {} : { end_reason: step.endReason }),
    }))
    .where('id', '=', id)
    .execute()
}

async function insertBases(
  writer: Writer,
  itemId: string,
  set: number,
  bases: readonly WrittenBasis[],
): Promise<void> {
  if (bases.length === 0) return
  await writer
    .insertInto('registers.item_basis')
    .values(
      bases.map(({ citationId, article, phrase }, at) => ({
        item_id: itemId,
        set_number: set,
        ordinal: at + 1,
        citation_id: citationId,
        article: article?.normalize('NFC') ?? null,
        phrase: phrase?.normalize('NFC') ?? null,
      })),
    )
    .execute()
}

function columnsOf(item: ItemColumns) {
  const text = (value: string): string => value.normalize('NFC')
  return {
    ...(item.code === undefined ? {} : { code: text(item.code) }),
    ...(item.name === undefined ? {} : { name: text(item.name) }),
    ...(item.subItem === undefined ? {} : { sub_item: item.subItem && text(item.subItem) }),
    ...(item.object === undefined ? {} : { object: text(item.object) }),
    ...(item.scope === undefined ? {} : { scope: item.scope && text(item.scope) }),
    ...(item.field === undefined ? {} : { field: item.field }),
    ...(item.isRandom === undefined ? {} : { is_random: item.isRandom }),
    ...(item.notRandomReason === undefined
      ? {}
      : { not_random_reason: item.notRandomReason && text(item.notRandomReason) }),
    ...(item.tier === undefined ? {} : { tier: item.tier }),
    ...(item.ratioFloor === undefined ? {} : { ratio_floor: item.ratioFloor }),
    ...(item.ratioCap === undefined ? {} : { ratio_cap: item.ratioCap }),
    ...(item.ratioNote === undefined ? {} : { ratio_note: item.ratioNote && text(item.ratioNote) }),
    ...(item.byBatches === undefined ? {} : { by_batches: item.byBatches }),
    ...(item.frequency === undefined ? {} : { frequency: item.frequency && text(item.frequency) }),
    ...(item.methods === undefined ? {} : { methods: [...item.methods] }),
    ...(item.methodRequirement === undefined
      ? {}
      : { method_requirement: item.methodRequirement && text(item.methodRequirement) }),
    ...(item.implementingLevels === undefined ? {} : { implementing_levels: [...item.implementingLevels] }),
    ...(item.inspectorCategories === undefined
      ? {}
      : { inspector_categories: [...item.inspectorCategories] }),
    ...(item.inspectorQualifications === undefined
      ? {}
      : { inspector_qualifications: item.inspectorQualifications.map(text) }),
    ...(item.appliesTo === undefined ? {} : { applies_to: JSON.stringify(item.appliesTo) }),
    ...(item.note === undefined ? {} : { note: item.note && text(item.note) }),
    ...(item.effectiveFrom === undefined ? {} : { effective_from: item.effectiveFrom }),
    ...(item.effectiveUntil === undefined ? {} : { effective_until: item.effectiveUntil }),
  }
}
