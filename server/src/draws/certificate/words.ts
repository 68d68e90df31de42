// The sentences of the public pages, from words/, in the language that the address asks for.

import en from '../../../../words/en/public-draws.json' with { type: 'json' }
import enLimits from '../../../../words/en/verifier-page.json' with { type: 'json' }
import zh from '../../../../words/zh-CN/public-draws.json' with { type: 'json' }
import zhLimits from '../../../../words/zh-CN/verifier-page.json' with { type: 'json' }
import { chanceText, fill, fillVerify, numberText, timeText, VERIFY } from '../../../../words/index.ts'
import type { Language } from '../../platform/http/sentences.ts'

type Params = Readonly<Record<string, string | number>>

/** Says things in one language. */
export interface Say {
  /** A sentence of `public-draws.json` by its path. Numbers are set with thousands, texts as they stand. */
  (path: string, params?: Params): string
  readonly language: Language
  /** A sentence of `verify.json`: times and probabilities in words. */
  readonly verify: (part: 'fates', key: string, params?: Params) => string
  /** A word where the path has one, else `otherwise`. */
  readonly word: (path: string, otherwise: string) => string
  readonly time: (at: Date | number) => string
  readonly number: (n: number) => string
  readonly chance: (fraction: { num: string; den: string }, kind?: 'pair') => string
  readonly limits: readonly string[]
}

/** Speaks a language. */
export function sayIn(language: Language): Say {
  const words: unknown = language === 'en' ? en : zh
  const filled = (template: string, params: Params): string =>
    fill(template, (name) => {
      const value = params[name]
      return typeof value === 'number' ? numberText(value) : value
    })
  const say = (path: string, params: Params = {}): string =>
    filled(found(words, path.split('.')) ?? path, params)
  return Object.assign(say, {
    language,
    verify: (part: 'fates', key: string, params: Params = {}) =>
      fillVerify(language, found(VERIFY[language], [part, key]) ?? key, params),
    word: (path: string, otherwise: string) => found(words, path.split('.')) ?? otherwise,
    time: (at: Date | number) =>
      timeText(language, typeof at === 'number' ? at : Math.floor(at.getTime() / 1000)),
    number: numberText,
    chance: (fraction: { num: string; den: string }, kind?: 'pair') => chanceText(language, fraction, kind),
    limits: (language === 'en' ? enLimits : zhLimits).limits,
  })
}

function found(tree: unknown, path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((at, key) => own(at, key), tree)
  return typeof value === 'string' ? value : undefined
}

function own(tree: unknown, key: string): unknown {
  if (typeof tree !== 'object' || tree === null || !Object.hasOwn(tree, key)) return undefined
  return (tree as Readonly<Record<string, unknown>>)[key]
}
