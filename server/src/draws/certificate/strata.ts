// Strata as people say them: `F/A` is 批发和零售业 A 类. The code stands beside, for it is what the hashed bytes hold.

import type { Industries } from '../../law/index.ts'
import { code, html, type Html } from './html.ts'
import type { Say } from './words.ts'

/** What the first part of a stratum is called: an industry's section, a division; undefined where nobody knows. */
export type NameOfPart = (part: string) => string | undefined

/** Names from the classification of industries and of the divisions that a draw names. */
export function nameOfPart(industries: Industries, divisions: ReadonlyMap<string, string>): NameOfPart {
  return (part) => industries.get(part)?.name ?? divisions.get(part)
}

/** The first parts of some strata: of `F/A` and `990101/B`, F and 990101. */
export function firstPartsOf(strata: readonly string[]): readonly string[] {
  return [
    ...new Set(strata.filter((stratum) => stratum.includes('/')).map((stratum) => stratum.split('/')[0]!)),
  ]
}

/** The words of a stratum; nothing where it has none. */
export function stratumWords(stratum: string, nameOf: NameOfPart, say: Say): string | undefined {
  const whole = say.word(`strata.names.${stratum}`, '')
  if (whole !== '') return whole
  const [first = '', letter] = stratum.split('/')
  if (letter === undefined) return classWord(first, say)
  const place = first === '0' ? say('strata.unknown_industry') : nameOf(first)
  const level = classWord(letter, say)
  return place === undefined || level === undefined ? undefined : `${place} ${level}`
}

/** The words, and the code behind them; where the name is not known, the code alone. */
export function stratumText(stratum: string, nameOf: NameOfPart, say: Say): Html {
  const words = stratumWords(stratum, nameOf, say)
  return words === undefined ? code(stratum) : html`${words} ${code(stratum)}`
}

function classWord(letter: string, say: Say): string | undefined {
  return say.word(`strata.classes.${letter}`, '') || undefined
}
