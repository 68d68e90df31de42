// 部门联合抽查事项: what a joint item must say, who takes part, and with which items (REQ-ITEM-2, -8, REQ-ACT-5).

import { codesNamed, codesOn, type Law, type Place, resolve } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { whyNotUse } from './items.rules.ts'

/** One authority of a joint item, with what it inspects. */
export interface PartFacts {
  readonly authorityId: string
  readonly authorityName: string
  readonly items: readonly PartItem[]
}

/** An item that an authority brings in, with its legal basis. */
export interface PartItem {
  readonly code: string
  readonly authorityId: string
  readonly state: string
  readonly effectiveFrom: string | null
  readonly effectiveUntil: string | null
  readonly bases: Parameters<typeof whyNotUse>[1]
}

/** A joint item, as far as decisions about it go. Ratio in basis points, quantity in subjects, months from 1 to 12. */
export interface JointFacts {
  readonly leadAuthorityId: string
  readonly mode: string
  readonly methods: readonly string[]
  readonly ratio: number | null
  readonly quantity: number | null
  readonly startMonth: number
  readonly endMonth: number
}

/** Why a joint item cannot be written down as it is. */
export function whyNotJoint(
  joint: JointFacts,
  parts: readonly Pick<PartFacts, 'authorityId' | 'authorityName' | 'items'>[],
): Refusal | undefined {
  if ((joint.ratio === null) === (joint.quantity === null)) return { code: 'jointItem.ratio_or_quantity' }
  if (joint.endMonth < joint.startMonth) return { code: 'jointItem.months_reversed' }
  const ids = parts.map(({ authorityId }) => authorityId)
  if (new Set(ids).size < ids.length) return { code: 'jointItem.authority_twice' }
  if (!ids.includes(joint.leadAuthorityId)) return { code: 'jointItem.lead_missing' }
  const wrong = parts
    .flatMap(({ authorityId, items }) => items.map((item) => ({ authorityId, item })))
    .find(({ authorityId, item }) => item.authorityId !== authorityId)
  return wrong ? { code: 'jointItem.item_of_another', params: { item: wrong.item.code } } : undefined
}

/** Why the codes of a joint item cannot be: the mode or a method is not one that the law of the day has. */
export function whyNotCoded(
  { mode, methods }: Pick<JointFacts, 'mode' | 'methods'>,
  law: Law,
  on: string,
): Refusal | undefined {
  const codes = (list: string) => codesOn(law, list, on).map(({ code }) => code)
  const unknown = codes('joint-modes').includes(mode)
    ? methods.find((method) => !codes('inspection-methods').includes(method))
    : mode
  return unknown === undefined ? undefined : { code: 'item.code_unknown', params: { code: unknown } }
}

/**
 * Why a joint item may not be proposed or take effect: too few take part, an authority brings no item, or one of the items
 * may not be used on the day of `place`.
 */
export function whyNotTogether(
  joint: JointFacts,
  parts: readonly PartFacts[],
  law: Law,
  place: Place,
): Refusal | undefined {
  const modes = codesNamed(law, 'tasks.joint_modes', place)
  if (modes.length > 0 && !modes.includes(joint.mode))
    return { code: 'jointItem.mode_not_here', law: 'tasks.joint_modes' }
  if (joint.methods.length === 0) return { code: 'item.method_needed' }
  return whyNotEnough(joint, parts, law, place) ?? whyNotItems(parts, place.on)
}

/** A joint inspection has at least one authority besides the lead; the law of a place may want more (REQ-ACT-5). */
function whyNotEnough(
  { leadAuthorityId }: JointFacts,
  parts: readonly PartFacts[],
  law: Law,
  place: Place,
): Refusal | undefined {
  const others = parts.filter(({ authorityId }) => authorityId !== leadAuthorityId).length
  const rule = resolve(law, 'tasks.participants', place)
  const least = Math.max(typeof rule?.value === 'number' ? rule.value : 0, 1)
  if (others >= least) return undefined
  const refusal = { code: 'jointItem.participants_needed', params: { least } }
  return rule ? { ...refusal, law: 'tasks.participants' } : refusal
}

function whyNotItems(parts: readonly PartFacts[], on: string): Refusal | undefined {
  const idle = parts.find(({ items }) => items.length === 0)
  if (idle) return { code: 'jointItem.items_needed', params: { authority: idle.authorityName } }
  for (const item of parts.flatMap(({ items }) => items))
    if (whyNotUse(item, item.bases, on))
      return { code: 'jointItem.item_not_usable', params: { item: item.code } }
  return undefined
}
