// 抽查比例(数量) as offices write it: `10%(20户)`, `1户`, `A类1%、B类5%`, `全覆盖`.

import type { ClassRatios } from '../shapes.ts'

/** How much is inspected. Ratios in basis points; `note`: the words, where the numbers do not say all of them. */
export interface ReadAmount {
  readonly ratio: number | null
  readonly quantity: number | null
  readonly classRatios: ClassRatios | null
  readonly fullCoverage: boolean
  readonly note: string | null
}

const PERCENT = /(\d+(?:\.\d+)?)([%‰])/
const COUNT = /(\d+)(?:户次|批次|户|家|个|件|人|所|座|处|辆|台|名|次)/
const CLASS = /([ABCDN])类?(?:企业|主体|风险|市场主体)*(?:按|为|:|-)?(?:不低于|不少于)?(\d+(?:\.\d+)?)%/g
const FULL = /全覆盖|全部检查|^(?:全部|全数|全检)$|100%/
const SAID =
  /^(?:抽查)?(?:比例)?(?:不低于|不少于|至少|≥|>=)?\d+(?:\.\d+)?[%‰]$|^(?:至少|不少于)?\d+(?:户|家|个)?$|^(?:全覆盖(?:\(\d+户\))?|100%)$|^(?:[ABCDN]类\d+(?:\.\d+)?%[、,]?)+$/

/** What a cell says; undefined where it says no amount. */
export function readAmount(cell: string): ReadAmount | undefined {
  const text = plain(cell)
  const classes = classRatiosIn(text)
  const note = SAID.test(text) ? null : cell.trim()
  const bare = Number(/^(?:\d+(?:\.\d+)?)$/.exec(text)?.[0])
  // A spreadsheet keeps 5 % as 0.05.
  if (bare > 0 && bare < 1) return { ...NOTHING, ratio: Math.round(bare * 10_000) }
  const count = COUNT.exec(text)?.[1] ?? (Number.isInteger(bare) ? String(bare) : undefined)
  const quantity = count === undefined || Number(count) < 1 ? null : Number(count)
  if (FULL.test(text) && classes === null) return { ...NOTHING, quantity, fullCoverage: true, note }
  const whole = PERCENT.exec(text.replaceAll(CLASS, ''))
  const ratio = whole ? pointsOf(whole[1]!, whole[2]!) : lowest(classes)
  if (ratio !== null) return { ...NOTHING, ratio, classRatios: classes, note }
  return quantity === null ? undefined : { ...NOTHING, quantity, note }
}

/** `A类1%、B类5%`; null where classes are not told apart. */
export function classRatiosIn(text: string): ClassRatios | null {
  const found = [...plain(text).matchAll(CLASS)].flatMap(([, letter, number]) => {
    const points = pointsOf(number!, '%')
    return points === null ? [] : [[letter, points] as const]
  })
  return found.length === 0 ? null : (Object.fromEntries(found) as ClassRatios)
}

/** How much is inspected, as a line keeps it. */
export type AmountFacts = Omit<ReadAmount, 'note'>

/** The cell of an amount; `note` is used as long as the numbers are still those that it says. */
export function amountText(amount: AmountFacts, note: string | null): string {
  const said = note === null ? undefined : readAmount(note)
  if (note !== null && said !== undefined && isSameAmount(said, amount)) return note
  const { ratio, quantity, classRatios, fullCoverage } = amount
  if (fullCoverage) return quantity === null ? '全覆盖' : `全覆盖(${quantity}户)`
  if (classRatios !== null) return classText(classRatios)
  if (ratio !== null) return percentText(ratio)
  return quantity === null ? '' : `${quantity}户`
}

/** `A类1%、B类5%`. */
export function classText(classRatios: ClassRatios): string {
  return (['A', 'B', 'C', 'D', 'N'] as const)
    .flatMap((letter) =>
      classRatios[letter] === undefined ? [] : [`${letter}类${percentText(classRatios[letter])}`],
    )
    .join('、')
}

/** Whether two amounts are one. */
export function isSameAmount(a: AmountFacts, b: AmountFacts): boolean {
  return (
    a.ratio === b.ratio &&
    a.quantity === b.quantity &&
    a.fullCoverage === b.fullCoverage &&
    classText(a.classRatios ?? {}) === classText(b.classRatios ?? {})
  )
}

/** One width, no blanks, without the apostrophe that keeps a spreadsheet from running a cell. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replace(/^'(?=[=+\-@])/, '')
}

const NOTHING: ReadAmount = {
  ratio: null,
  quantity: null,
  classRatios: null,
  fullCoverage: false,
  note: null,
}

/** Basis points as a cell has them: 550 → `5.5%`. */
export function percentText(basisPoints: number): string {
  return `${basisPoints / 100}%`
}

function lowest(classes: ClassRatios | null): number | null {
  return classes === null ? null : Math.min(...Object.values(classes))
}

function pointsOf(number: string, sign: string): number | null {
  const points = Math.round(Number(number) * (sign === '‰' ? 10 : 100))
  return points >= 1 && points <= 10_000 ? points : null
}
