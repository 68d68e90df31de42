// Sentences: codes with parameters become text in the language of the reader. Chinese unless he asks otherwise.

import en from '../../words/en/command.json' with { type: 'json' }
import zh from '../../words/zh-CN/command.json' with { type: 'json' }
import type { Params } from './errors.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Words nested by topic; a code is a path of keys joined by ".". */
export interface WordTree {
  readonly [key: string]: string | WordTree
}

/** Makes a sentence; a code without words gives the code itself with its parameters. */
export type Translate = (code: string, params?: Params) => string

const COMMAND: Readonly<Record<Language, WordTree>> = { 'zh-CN': zh, en }

/** The sentences of the command, and of any further trees given (they come first). */
export function translator(lang: Language, ...more: readonly WordTree[]): Translate {
  const trees = [...more, COMMAND[lang]]
  return (code, params = {}) => {
    for (const tree of trees) {
      const found = findWords(tree, code)
      if (found !== undefined) return fill(found, params)
    }
    const given = Object.entries(params).map(([key, value]) => `${key}=${value}`)
    return given.length > 0 ? `${code} (${given.join(', ')})` : code
  }
}

/** The text at a path of keys. Keys may hold dots themselves: the longest that fits is taken. */
export function findWords(tree: WordTree, code: string): string | undefined {
  const whole = Object.hasOwn(tree, code) ? tree[code] : undefined
  if (typeof whole === 'string') return whole
  for (let at = code.lastIndexOf('.'); at > 0; at = code.lastIndexOf('.', at - 1)) {
    const head = code.slice(0, at)
    const branch = Object.hasOwn(tree, head) ? tree[head] : undefined
    if (branch === undefined || typeof branch === 'string') continue
    const found = findWords(branch, code.slice(at + 1))
    if (found !== undefined) return found
  }
  return undefined
}

/** Puts the parameters where the braces are; a brace without its parameter stays. */
export function fill(sentence: string, params: Params): string {
  return sentence.replaceAll(/\{([a-z_A-Z0-9]+)\}/g, (brace, key: string) =>
    Object.hasOwn(params, key) ? String(params[key]) : brace,
  )
}

/** The language named by `--lang` or the environment variable SUNLOT_LANG; Chinese otherwise. */
export function languageOf(stated: string | undefined): Language {
  return LANGUAGES.find((lang) => lang === stated) ?? (stated?.startsWith('en') ? 'en' : 'zh-CN')
}
