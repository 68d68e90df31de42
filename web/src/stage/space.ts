// How much of a list a screen shows: all where there is room, and a fair part where there is not.

/**
 * Divides a screen's lines among lists: nobody gets more than he has, and what one leaves over the others get.
 * Returns how many lines of each list are shown, in the same order.
 */
export function linesFor(lengths: readonly number[], room: number): readonly number[] {
  const lines = lengths.map(() => 0)
  let left = room
  for (;;) {
    const hungry = lengths.flatMap((length, at) => (length > (lines[at] ?? 0) ? [at] : []))
    if (hungry.length === 0 || left < hungry.length) return lines
    for (const at of hungry) lines[at] = (lines[at] ?? 0) + 1
    left -= hungry.length
  }
}

/** The page of a list that stands on the screen: pages turn by the clock, so that every screen shows the same one. */
export function pageAt<T>(
  items: readonly T[],
  { each, now, turnMs }: { readonly each: number; readonly now: number; readonly turnMs: number },
): { readonly items: readonly T[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / each))
  const at = Math.floor(now / turnMs) % pages
  return { items: items.slice(at * each, (at + 1) * each), page: at + 1, pages }
}
