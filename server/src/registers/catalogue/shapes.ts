// What the parts of the catalogue share in the contract.

import { Type } from 'typebox'

/** A text of several lines, with no blank at either end. */
export const Words = (maxLength: number, description: string, minLength = 1) =>
  Type.String({
    minLength,
    maxLength,
    pattern: String.raw`^(?!\s)(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\n)+(?<!\s)$`,
    description,
  })

export const FIELDS = ['market', 'nonMarket'] as const
export const Field = Type.Enum([...FIELDS], {
  description: '领域：market 市场监管领域、nonMarket 市场监管领域外；决定监督机关、备案去向和统计附件',
})

export const LEVELS = ['province', 'prefecture', 'county', 'station'] as const
export const ImplementingLevels = Type.Array(Type.Enum([...LEVELS]), {
  uniqueItems: true,
  maxItems: LEVELS.length,
  description: '实施层级：省、市、县、基层站所',
})

export const Methods = Type.Array(Type.String({ pattern: '^[A-Z_]{2,40}$' }), {
  uniqueItems: true,
  maxItems: 20,
  description: '检查方式；代码见 inspection-methods',
})

export const STATES = ['draft', 'proposed', 'effective', 'ended', 'discarded'] as const
export const State = Type.Enum([...STATES], {
  description: '草稿、待审定、有效（已公布）、已终止、已作废',
})
