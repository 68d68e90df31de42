// A lottery issue's numbers in the form of RFC 3797: every number followed by ".", every group ended by "/".

import type { LotteryGroup } from '../manifest/source.ts'

/** Writes the published numbers of each group; those of an unordered group ascending. */
export function lotteryValue(
  groups: readonly LotteryGroup[],
  numbers: readonly (readonly number[])[],
): string {
  return groups
    .map((group, g) => {
      const drawn = numbers[g] ?? []
      const ordered = group.ordered ? drawn : drawn.toSorted((a, b) => a - b)
      return `${ordered.map((n) => `${n}.`).join('')}/`
    })
    .join('')
}

/** Whether a text is one that these groups can give. */
export function isLotteryValue(groups: readonly LotteryGroup[], value: string): boolean {
  const parts = value.split('/')
  if (parts.pop() !== '' || parts.length !== groups.length) return false
  return groups.every((group, g) => isGroupValue(group, parts[g] as string))
}

function isGroupValue(group: LotteryGroup, text: string): boolean {
  if (!/^((0|[1-9][0-9]{0,15})\.)+$/.test(text)) return false
  const numbers = text.slice(0, -1).split('.').map(Number)
  if (numbers.length !== group.count) return false
  if (numbers.some((n) => n < group.low || n > group.high)) return false
  if (!group.repeat && new Set(numbers).size !== numbers.length) return false
  return group.ordered || numbers.every((n, i) => i === 0 || (numbers[i - 1] as number) < n)
}
