// The page's language, and its own sentences beside those that every verifier speaks.

import enPage from '../../../words/en/verifier-page.json' with { type: 'json' }
import zhPage from '../../../words/zh-CN/verifier-page.json' with { type: 'json' }
import { fill, fillVerify, type Lang, VERIFY, type VerifyWords } from '../../../words/index.ts'

type PageWords = typeof zhPage
type Key = { [K in keyof PageWords]: PageWords[K] extends string ? K : never }[keyof PageWords]

/** One language: sentences of the page, and of the verification. */
export class Words {
  readonly lang: Lang
  readonly page: PageWords
  readonly verify: VerifyWords

  constructor(lang: Lang) {
    this.lang = lang
    this.page = lang === 'en' ? enPage : zhPage
    this.verify = VERIFY[lang]
  }

  /** A sentence of the page. */
  say(key: Key, params: Readonly<Record<string, string>> = {}): string {
    return fill(this.page[key], (name) => params[name])
  }

  /** A sentence of the verification, with its codes and times in words. */
  fill(template: string, params: Readonly<Record<string, string | number>> = {}): string {
    return fillVerify(this.lang, template, params)
  }
}
