// Everything that the law makes so: the nation, the five founding documents, the code lists.

import { UXIN_BANNER } from './cn-150626.ts'
import { NAIMAN_BANNER } from './cn-150525.ts'
import { NINGAN_CITY } from './cn-231084.ts'
import { PUYANG_COUNTY } from './cn-410928.ts'
import { BORTALA_PREFECTURE } from './cn-652700.ts'
import type { Behaviour } from './kit.ts'
import { LISTS } from './lists.ts'
import { NATION } from './nation.ts'

export const BEHAVIOURS: readonly Behaviour[] = [
  ...NATION,
  ...NAIMAN_BANNER,
  ...PUYANG_COUNTY,
  ...UXIN_BANNER,
  ...BORTALA_PREFECTURE,
  ...NINGAN_CITY,
  ...LISTS,
]
