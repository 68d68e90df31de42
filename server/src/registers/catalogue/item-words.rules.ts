// The words of offices for ratios, methods and levels.

/** What a text says of a ratio, in basis points; `note` is the text where numbers alone do not say it. */
export interface ReadRatio {
  readonly floor: number | null
  readonly cap: number | null
  readonly note: string | null
}

const AMOUNT = String.raw`(\d+(?:\.\d+)?)\s*([%％‰])`
const LEAST = new RegExp(`(?:不少于|不低于|至少|≥)\\s*${AMOUNT}`)
const MOST = new RegExp(`(?:不超过|不高于|不多于|至多|≤)\\s*(?:总数的)?\\s*${AMOUNT}`)
const ONLY = new RegExp(`^${AMOUNT}(?:/年)?$`)
const SIMPLE = new RegExp(
  `^(?:抽查比例)?(?:一般)?(?:(?:不少于|不低于|至少|≥|不超过|不高于|不多于|至多|≤)\\s*(?:总数的)?\\s*${AMOUNT}(?:/年)?[，,、。\\s]*){1,2}$`,
)

/**
 * `5%`, `不超过10%/年`, `不低于3%，不超过5%`, `2‰`. A bare number is the cap of a general item and the floor of a priority
 * one, which has no cap. Other words stay as they are.
 */
export function readRatio(text: string, tier: 'PRIORITY' | 'GENERAL'): ReadRatio {
  if (text === '') return NOTHING
  const only = ONLY.exec(text)
  const bare = only ? amountOf(only) : null
  if (bare !== null) return tier === 'GENERAL' ? { ...NOTHING, cap: bare } : { ...NOTHING, floor: bare }
  const note = text.slice(0, 500)
  const amounts = text.match(new RegExp(AMOUNT, 'g'))?.length ?? 0
  const floor = amountOf(LEAST.exec(text))
  const cap = amountOf(MOST.exec(text))
  const isPlain = amounts > 0 && amounts === [floor, cap].filter((part) => part !== null).length
  if (!isPlain || (floor !== null && cap !== null && floor > cap)) return { ...NOTHING, note }
  return { floor, cap, note: SIMPLE.test(text) ? null : note }
}

const METHODS: readonly (readonly [code: string, words: RegExp])[] = [
  ['ON_SITE', /现场|实地|飞行检查/],
  ['DOCUMENTARY', /书面|书式|查阅|档案/],
  ['ONLINE_MONITORING', /网络|在线|线上/],
  ['TESTING', /抽样|检验|检测|监督抽查|样品/],
  ['AUTHORITY_OPINION', /专业意见|行政部门检查结果/],
  ['COMMISSIONED_BODY', /委托|专业机构/],
]

/** Codes of `inspection-methods` in a text; `rest` is the text where it says more than them. */
export function readMethods(text: string): {
  readonly codes: readonly string[]
  readonly rest: string | null
} {
  const codes = METHODS.filter(([, words]) => words.test(text)).map(([code]) => code)
  const isShort =
    /^(?:(?:现场|实地|书面)(?:检查|核查)?|网络监测|检验检测|委托专业机构|[、，,或和与\s])*$/.test(text)
  return { codes, rest: isShort || text === '' ? null : text.slice(0, 1000) }
}

/** 省级, 市级, 县级, 基层站所 in a text such as `市、县级市场监督管理部门`; `县级以上` is all from the county up. */
export function readLevels(text: string): readonly ('province' | 'prefecture' | 'county' | 'station')[] {
  const bare = text.replaceAll(/市场监督管理|市场监管/g, '')
  const isAbove = /县级(?:及)?以上/.test(bare)
  return [
    ...(isAbove || /省/.test(bare) ? (['province'] as const) : []),
    ...(isAbove || /市/.test(bare) ? (['prefecture'] as const) : []),
    ...(/县|区/.test(bare) ? (['county'] as const) : []),
    ...(/基层|站所|监管所|乡镇|街道/.test(bare) ? (['station'] as const) : []),
  ]
}

const NOTHING: ReadRatio = { floor: null, cap: null, note: null }

function amountOf(match: RegExpExecArray | null): number | null {
  if (!match) return null
  const points = Math.round(Number(match[1]) * (match[2] === '‰' ? 10 : 100))
  return points >= 1 && points <= 10_000 ? points : null
}
