// A code and its parameters become a sentence in the reader's language, from words/.

import en from '../../../../words/en/problems.json' with { type: 'json' }
import zh from '../../../../words/zh-CN/problems.json' with { type: 'json' }
import { timeText } from '../../../../words/index.ts'
import type { Params } from '../refusal.ts'

export type Language = 'zh-CN' | 'en'

const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { 'zh-CN': zh, en }

// Parameters carry times as the contract does; a sentence says them as people do.
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** The language that an Accept-Language header asks for first; Chinese unless it is English. */
export function languageOf(header: string | undefined): Language {
  return /^\s*en\b/i.test(header ?? '') ? 'en' : 'zh-CN'
}

/**
 * The sentence of a code; the code itself where it has none. A parameter that is a code is said in words where there are
 * any: `{section}` with `TIME` as `section.TIME`, and `{why}` as the sentence of that refusal. One whose words are the
 * law's own is given in both languages: `{lawful}` is `lawfulEn` in English. What a thing has words of its own for comes
 * before what is common: the `{state}` of `draw.…` with `closed` as `draw.state.closed`, else as `state.closed`.
 */
export function sentenceOf(code: string, params: Params, language: Language): string {
  const words = WORDS[language]
  const thing = code.split('.', 1)[0]!
  const said = (key: string, value: string | number): string => {
    const word =
      key === 'why' ? words[value] : (words[`${thing}.${key}.${value}`] ?? words[`${key}.${value}`])
    if (word !== undefined) return fill(word)
    return INSTANT.test(String(value)) ? timeText(language, Date.parse(String(value)) / 1000) : String(value)
  }
  const fill = (sentence: string): string =>
    sentence.replaceAll(/\{([A-Za-z]+)\}/g, (brace, key: string) => {
      const value = (language === 'en' ? params[`${key}En`] : undefined) ?? params[key]
      return value === undefined ? brace : said(key, value)
    })
  return fill(words[code] ?? code)
}

/** Whether a code has a sentence. */
export function hasSentence(code: string): boolean {
  return Object.hasOwn(zh, code)
}
