// Sentences: codes with parameters become text in the language of the reader. Chinese unless he asks otherwise.

import en from '../../words/en/command.json' with { type: 'json' }
import enSteps from '../../words/en/steps.json' with { type: 'json' }
import zh from '../../words/zh-CN/command.json' with { type: 'json' }
import zhSteps from '../../words/zh-CN/steps.json' with { type: 'json' }
import type { Params } from './errors.ts'

const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Words nested by topic; a code is a path of keys joined by ".". */
interface WordTree {
  readonly [key: string]: string | WordTree
}

/** Makes a sentence; a code without words gives the code itself with its parameters. */
export type Translate = (code: string, params?: Params) => string

const TREES: Readonly<Record<Language, WordTree>> = {
  'zh-CN': { ...zh, steps: zhSteps },
  en: { ...en, steps: enSteps },
}

/** The sentences of a language. */
export function translator(lang: Language): Translate {
  const tree: WordTree = TREES[lang]
  return (code, params = {}) => {
    const found = findWords(tree, code)
    if (found !== undefined) return fill(found, params)
    const given = Object.entries(params).map(([key, value]) => `${key}=${value}`)
    return given.length > 0 ? `${code} (${given.join(', ')})` : code
  }
}

/** The text at a path of keys. Keys may hold dots themselves: the longest that fits is taken. */
function findWords(tree: WordTree, code: string): string | undefined {
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
function fill(sentence: string, params: Params): string {
  return sentence.replaceAll(/\{([a-z_A-Z0-9]+)\}/g, (brace, key: string) =>
    Object.hasOwn(params, key) ? String(params[key]) : brace,
  )
}

/** The language in which a step speaks. */
export function langOf(io: { readonly lang?: Language | undefined }): Language {
  return io.lang ?? 'zh-CN'
}

/** The language named by `--lang` or the environment variable SUNLOT_LANG; Chinese otherwise. */
export function languageOf(stated: string | undefined): Language {
  return LANGUAGES.find((lang) => lang === stated) ?? (stated?.startsWith('en') ? 'en' : 'zh-CN')
}
