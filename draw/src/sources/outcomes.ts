// How many outcomes a source has, so that the room knows that nobody can try them all (spec 4). No logarithms.

import type { FreshSource, LotteryGroup, Source } from '../manifest/source.ts'

/** What a draw needs from outside the operator; below the second figure it is said to be weak. */
export const ENOUGH = 1n << 64n
export const STRONG = 1n << 128n
/** What a substitute's fresh source needs. */
export const ENOUGH_FOR_SUBSTITUTE = 1n << 32n

/** The number of equally likely values of one source; 1 for close and server, which are not from outside. */
export function outcomesOf(source: Source | FreshSource): bigint {
  switch (source.kind) {
    case 'dice':
      return BigInt(source.faces) ** BigInt(source.count)
    case 'lottery':
      return source.groups.reduce((product, group) => product * groupOutcomes(group), 1n)
    case 'drand':
      return STRONG
    case 'close':
    case 'server':
      return 1n
  }
}

/** The outcomes of all sources together. */
export function outcomesOfAll(sources: readonly Source[]): bigint {
  return sources.reduce((product, source) => product * outcomesOf(source), 1n)
}

/** Whether a group of lottery numbers can be drawn at all, and each outcome equally likely. */
export function groupIsSound(group: LotteryGroup): boolean {
  const numbers = group.high - group.low + 1
  if (numbers < 1) return false
  return group.repeat ? group.ordered : group.count <= numbers
}

function groupOutcomes(group: LotteryGroup): bigint {
  if (!groupIsSound(group)) return 1n
  const numbers = BigInt(group.high - group.low + 1)
  if (group.repeat) return numbers ** BigInt(group.count)
  let falling = 1n
  let arrangements = 1n
  for (let i = 0n; i < BigInt(group.count); i++) {
    falling *= numbers - i
    arrangements *= i + 1n
  }
  return group.ordered ? falling : falling / arrangements
}
