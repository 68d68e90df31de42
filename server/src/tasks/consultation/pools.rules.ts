// 备选库: which inspectors an authority may name for the draw of a task, and how many it must (D-10, D-11).

import type { Refusal } from '../../platform/refusal.ts'
import { whyNotDraw } from '../../registers/index.ts'
import type { LawHere } from './participations.rules.ts'
import type { ParticipationFacts, PoolMember } from './shapes.ts'

/**
 * Why an inspector is not of the pool of an authority: he is another's, or may not be drawn on the first day of the task.
 * Without a valid warrant nobody is, in every place alike (D-11).
 */
export function whyNotPooled(
  member: PoolMember,
  part: Pick<ParticipationFacts, 'authorityId'>,
  { law, place }: LawHere,
): Refusal | undefined {
  const params = { inspector: member.name }
  if (member.authorityId !== part.authorityId) return { code: 'participation.inspector_of_another', params }
  const why = whyNotDraw(member, place.on, law)
  if (!why) return undefined
  const refusal = {
    code: 'participation.inspector_not_drawable',
    params: { ...why.params, ...params, why: why.code },
  }
  return why.law === undefined ? refusal : { ...refusal, law: why.law }
}

/**
 * The least pool: one more than go to a subject. With fewer chance would decide nothing, and a recusal would leave nobody to
 * draw a substitute from. A measure of the house, no law: how many more are wise, the simulation shows.
 */
export function leastPool(members: number): number {
  return members + 1
}

/** Why the inspectors that an authority names do not do: too few, one who may not be drawn, or more drawn than named. */
export function whyNotPool(part: ParticipationFacts, here: LawHere): Refusal | undefined {
  const { pool, members, drawn, authorityName: authority } = part
  for (const member of pool) {
    const refusal = whyNotPooled(member, part, here)
    if (refusal) return refusal
  }
  const least = leastPool(members)
  if (pool.length < least)
    return { code: 'participation.pool_too_small', params: { authority, least, named: pool.length } }
  if (drawn === null || drawn < members || drawn > pool.length)
    return {
      code: 'participation.drawn_not_in_pool',
      params: { authority, least: members, most: pool.length },
    }
  const lacking = part.classes.find((each) => !pool.some(({ classes }) => classes.includes(each)))
  return lacking === undefined
    ? undefined
    : { code: 'participation.class_lacking', params: { authority, class: lacking } }
}
