// The draw of inspectors from each authority's pool, by ticket order of their aliases (spec 6).

import { rankIds } from '../choose/rank.ts'
import type { InspectorLine } from '../manifest/certificate.ts'
import type { Commitment } from '../manifest/commitment.ts'

/** The drawn aliases of each authority in ticket order, and the certificate's lines about them. */
export interface InspectorDraw {
  readonly drawn: ReadonlyMap<string, readonly string[]>
  readonly lines: readonly InspectorLine[]
}

/** Draws as many of each pool as the commitment says. */
export function drawInspectors(
  c: Commitment,
  seed: string,
  people: readonly { readonly alias: string; readonly authority: string }[],
): InspectorDraw {
  const drawn = new Map<string, readonly string[]>()
  const lines = c.pools.map(({ authority, rows, draw }): InspectorLine => {
    const pool = people.filter((p) => p.authority === authority).map((p) => p.alias)
    const ranked = rankIds(c.alg, seed, `inspectors/${authority}`, pool)
    drawn.set(
      authority,
      ranked.slice(0, draw).map((r) => r.id),
    )
    const cut = { cut: ranked[draw - 1]?.ticket as string }
    return {
      authority,
      rows,
      n: draw,
      ...cut,
      ...(draw < rows ? { next: ranked[draw]?.ticket as string } : {}),
    }
  })
  return { drawn, lines }
}
