// How many wrong guesses there may be: token buckets, each with room for a few at once and a slow refill.

/** How much a bucket holds, and how fast it fills up again. */
export interface Figures {
  readonly capacity: number
  readonly perHour: number
}

/** A bucket that an attempt takes a token from. `key` is what its row is called; it holds no name in plain text. */
export interface Bucket extends Figures {
  readonly key: string
}

/**
 * The figures of all buckets. `name`: sign-ins under one username from browsers that never signed in to it, so that even
 * 100,000 guesses in an hour are at most 10 that are looked at (O15). `device`: those from a browser that did, which has
 * a bucket of its own: a stranger cannot keep it empty. `address`: a whole office may stand behind one. `everybody`: what
 * the server looks at in all. `proof`: password or code of somebody who is signed in. `oidc`: ways out to the provider.
 */
export const FIGURES = {
  name: { capacity: 5, perHour: 5 },
  device: { capacity: 10, perHour: 10 },
  address: { capacity: 60, perHour: 240 },
  everybody: { capacity: 1000, perHour: 6000 },
  proof: { capacity: 5, perHour: 10 },
  oidc: { capacity: 60, perHour: 600 },
} as const satisfies Readonly<Record<string, Figures>>

/** Milliseconds until a bucket in which there were `tokens` some time ago holds a whole one. */
export function msUntilToken(
  figures: Figures,
  { tokens, elapsedMs }: { readonly tokens: number; readonly elapsedMs: number },
): number {
  const perMs = figures.perHour / 3_600_000
  const now = Math.min(figures.capacity, tokens + perMs * Math.max(0, elapsedMs))
  return now >= 1 ? 0 : (1 - now) / perMs
}
