// Exact division of the integers that decide; `/` alone would round.

/** ⌊a / b⌋ for safe integers a ≥ 0, b ≥ 1. */
export function floorDiv(a: number, b: number): number {
  return (a - (a % b)) / b
}

/** ⌈a / b⌉ for safe integers a ≥ 0, b ≥ 1. */
export function ceilDiv(a: number, b: number): number {
  return floorDiv(a, b) + (a % b === 0 ? 0 : 1)
}

/** The common load that ASSIGN starts from: ⌈T / nI⌉, 0 without inspectors. */
export function startLoad(total: number, inspectors: number): number {
  return inspectors === 0 ? 0 : ceilDiv(total, inspectors)
}
