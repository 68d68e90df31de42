// A code and its parameters become a sentence in the reader's language, from words/.

import en from '../../../../words/en/problems.json' with { type: 'json' }
import zh from '../../../../words/zh-CN/problems.json' with { type: 'json' }
import type { Params } from '../refusal.ts'

export type Language = 'zh-CN' | 'en'

const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { 'zh-CN': zh, en }

/** The language that an Accept-Language header asks for first; Chinese unless it is English. */
export function languageOf(header: string | undefined): Language {
  return /^\s*en\b/i.test(header ?? '') ? 'en' : 'zh-CN'
}

/** The sentence of a code; the code itself where it has none. */
export function sentenceOf(code: string, params: Params, language: Language): string {
  const words = WORDS[language][code] ?? code
  return words.replaceAll(/\{([A-Za-z]+)\}/g, (brace, key: string) => String(params[key] ?? brace))
}

/** Whether a code has a sentence. */
export function hasSentence(code: string): boolean {
  return Object.hasOwn(zh, code)
}
