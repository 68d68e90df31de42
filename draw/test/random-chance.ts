// Chance that a number decides: the same number, the same random draw, on every machine.

import { Stream } from '../src/stream.ts'
import { made } from './county.ts'

/** Choices that follow from a seed. */
export class Chance {
  readonly #stream: Stream

  constructor(seed: number) {
    this.#stream = new Stream('sha256', made(`random county ${seed}`))
  }

  below(n: number): number {
    return this.#stream.below(n)
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  oneIn(n: number): boolean {
    return this.below(n) === 0
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T
  }

  /** A subset in the order of `from`, everything where it would have fewer than `least` members. */
  some<T>(from: readonly T[], least = 0): T[] {
    const kept = from.filter(() => this.oneIn(2))
    return kept.length >= least ? kept : [...from]
  }

  /** `count` numbers of low…high in the order in which they fell; different ones unless `repeat`. */
  numbers(count: number, [low, high]: readonly [number, number], repeat: boolean): number[] {
    const found: number[] = []
    while (found.length < count) {
      const n = this.between(low, high)
      if (repeat || !found.includes(n)) found.push(n)
    }
    return found
  }
}
