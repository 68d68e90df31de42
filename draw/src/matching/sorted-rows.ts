// Many short ascending lists of integers, changed one entry at a time.

/** `count` rows, each ascending and without repeats. */
export class SortedRows {
  readonly #rows: Int32Array[]
  readonly #sizes: Int32Array

  constructor(count: number) {
    this.#rows = Array.from({ length: count }, () => new Int32Array(8))
    this.#sizes = new Int32Array(count)
  }

  size(row: number): number {
    return this.#sizes[row]!
  }

  /** The k-th smallest entry, from 0; 0 ≤ k < size(row). */
  at(row: number, k: number): number {
    return this.#rows[row]![k]!
  }

  /** Adds `value`, which is not in the row. */
  insert(row: number, value: number): void {
    const size = this.#sizes[row]!
    let entries = this.#rows[row]!
    if (size === entries.length) {
      const grown = new Int32Array(2 * size)
      grown.set(entries)
      this.#rows[row] = entries = grown
    }
    let k = size
    for (; k > 0 && entries[k - 1]! > value; k--) entries[k] = entries[k - 1]!
    entries[k] = value
    this.#sizes[row] = size + 1
  }

  /** Takes out `value`, which is in the row. */
  remove(row: number, value: number): void {
    const entries = this.#rows[row]!
    const size = this.#sizes[row]!
    for (let k = lowerBound(entries, 0, size, value) + 1; k < size; k++) entries[k - 1] = entries[k]!
    this.#sizes[row] = size - 1
  }

  /** Takes out `old`, which is in the row, and adds `value`, which is not. */
  replace(row: number, old: number, value: number): void {
    const entries = this.#rows[row]!
    const size = this.#sizes[row]!
    let k = lowerBound(entries, 0, size, old)
    for (; k + 1 < size && entries[k + 1]! < value; k++) entries[k] = entries[k + 1]!
    for (; k > 0 && entries[k - 1]! > value; k--) entries[k] = entries[k - 1]!
    entries[k] = value
  }
}

/** The first index in [from, to) whose entry is ≥ value, or `to`; the entries there ascend. */
export function lowerBound(entries: Int32Array, from: number, to: number, value: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (entries[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
