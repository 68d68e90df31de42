// plan.json: the plan entry, logged before any commitment (spec 3). It fixes strata, ratios and the number of draws.

import { AUTHORITY, HEX64, ID, STRATUM } from './grammar.ts'
import { ascending, int, object, type Of, oneOf, pos, text, variants } from './fields.ts'

const ratioLine = object({ stratum: text(STRATUM), num: pos, den: pos, min: int() })
const minLine = object({ stratum: text(STRATUM), min: int() })

/** How many are drawn: per stratum by ratio, a fixed total, by weight (pps), or everybody in batches. */
export const design = variants('kind', {
  ratio: object({ kind: oneOf('ratio'), ratios: ascending(ratioLine, (r) => r.stratum, 1) }),
  total: object({ kind: oneOf('total'), n: pos, mins: ascending(minLine, (m) => m.stratum, 1) }),
  pps: object({ kind: oneOf('pps'), n: pos }),
  coverage: object({ kind: oneOf('coverage'), batches: pos }),
})
export type Design = Of<typeof design>

/** Strata codes, ascending. */
export const strataCodes = ascending(text(STRATUM), (s) => s, 1)

export const plan = object(
  {
    v: oneOf('vdp1'),
    plan_ref: text(ID),
    authority: text(AUTHORITY),
    draws: pos,
    strata: strataCodes,
    filter: text(HEX64),
    design,
  },
  { note: text() },
)
export type Plan = Of<typeof plan>
