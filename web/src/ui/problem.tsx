// What the server refuses, as the web carries and says it. The code and its parameters are the contract; words/ has the
// sentences.

import { Typography } from 'antd'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { instantText } from './format.ts'

/** The rule that a refusal rests on. */
export interface Law {
  readonly key: string
  readonly citation?: string | null | undefined
}

/** Why something may not be done: from `can` of a representation, or from a problem document. */
export interface Refused {
  readonly code: string
  readonly params?: Readonly<Record<string, unknown>> | undefined
  /** The rule, or the key alone. */
  readonly law?: Law | string | null | undefined
}

/** One malformed part of a request: where (`/body/name`), and what is wrong there. */
export interface Fault {
  readonly at: string
  readonly code: string
  readonly sentence?: string
  /** A refusal of the whole that is about this field: its sentence needs no label before it. */
  readonly isWhole?: boolean
}

/** An RFC 9457 problem, thrown by `api`. `code` is `network_unreachable` where no answer came at all. */
export class ProblemError extends Error implements Refused {
  override readonly name = 'ProblemError'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly params: Readonly<Record<string, unknown>>
  readonly law: Law | undefined
  readonly requestId: string | undefined
  readonly faults: readonly Fault[]

  constructor(problem: ProblemFields) {
    super(problem.title ?? problem.code)
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title ?? ''
    this.params = problem.params ?? {}
    this.law = problem.law
    this.requestId = problem.requestId
    this.faults = problem.errors ?? []
  }
}

interface ProblemFields {
  readonly status: number
  readonly code: string
  readonly title?: string | undefined
  readonly params?: Readonly<Record<string, unknown>> | undefined
  readonly law?: Law | undefined
  readonly requestId?: string | undefined
  readonly errors?: readonly Fault[] | undefined
}

/** Times stand in parameters as the contract has them; a sentence says them as people do. */
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** Turns a refusal into its sentence; a code without one gives the server's own title, or at last the code. */
export function useSentence(): (refused: Refused) => string {
  const { t, i18n } = useTranslation()
  const lang = i18n.language === 'en' ? 'en' : 'zh-CN'
  const said = (params: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(inLanguage(params, lang)).map(([name, value]) => [
        name,
        typeof value === 'string' && INSTANT.test(value) ? instantText(lang, value) : value,
      ]),
    )
  return (refused) => {
    const sentences = i18n.getResourceBundle(i18n.language, 'problems') as
      | Readonly<Record<string, string>>
      | undefined
    const local = LOCAL.find((code) => code === refused.code)
    if (local) return t(`ui.local.${local}`)
    const title = refused instanceof ProblemError ? refused.title : ''
    const sentence = title || sentences?.[refused.code]
    return sentence
      ? fill(sentence, said(refused.params ?? {}), wordsOf(refused.code, sentences))
      : t('ui.unknown_refusal', { code: refused.code })
  }
}

/** What only the law has words for comes in both languages: `lawful`, and `lawfulEn` for whoever reads English. */
function inLanguage(params: Readonly<Record<string, unknown>>, language: string) {
  if (language !== 'en') return params
  const english = Object.entries(params).flatMap(([name, value]) =>
    name.endsWith('En') ? [[name.slice(0, -'En'.length), value] as const] : [],
  )
  return { ...params, ...Object.fromEntries(english) }
}

/** What a thing has words of its own for comes before what is common: `draw.state.closed`, else `state.closed`. */
function wordsOf(code: string, sentences: Readonly<Record<string, string>> | undefined): Words {
  const thing = code.split('.', 1)[0]!
  return (key) => sentences?.[`${thing}.${key}`] ?? sentences?.[key]
}

/** The sentence or the word of a key; undefined where it has none. */
type Words = (key: string) => string | undefined

/** What goes wrong on this side of the wire. */
const LOCAL = ['network_unreachable', 'unexpected', 'server_failed'] as const

/**
 * Puts parameters into a sentence; one that is not given stays as it is. One that is a code is said in words where there
 * are any, as the server does: `{section}` with `TIME` as `section.TIME`, and `{why}` as the sentence of that refusal.
 */
export function fill(
  sentence: string,
  params: Readonly<Record<string, unknown>>,
  words: Words = () => undefined,
): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (brace, name: string) => {
    const value = params[name]
    if (typeof value !== 'string' && typeof value !== 'number') return brace
    const word = name === 'why' ? words(String(value)) : words(`${name}.${value}`)
    return word === undefined ? String(value) : fill(word, params, words)
  })
}

/** A refusal in words, with the rule it rests on. */
export function Reason({ refused }: { readonly refused: Refused }) {
  const sentence = useSentence()
  return (
    <>
      <span>{sentence(refused)}</span>
      {refused.law ? <Citation law={refused.law} /> : null}
    </>
  )
}

/**
 * How a rule is cited where the person at the screen works; undefined where no document there has it. `ui/` knows no law:
 * the console gives the lookup.
 */
export const CitationLookup = createContext<(key: string) => string | undefined>(() => undefined)

/** 依据：…; nothing where a rule is named that no document of the place has. */
export function Citation({ law }: { readonly law: Law | string }) {
  const { t } = useTranslation()
  const lookUp = useContext(CitationLookup)
  const said = typeof law === 'string' ? law : (law.citation ?? law.key)
  const citation = KEY.test(said) ? lookUp(said) : said
  return citation === undefined ? null : (
    <Typography.Text type="secondary" className="citation">
      {t('ui.basis', { citation })}
    </Typography.Text>
  )
}

/** A legal parameter's name: `draws.team_size`. */
const KEY = /^[a-z_]+\.[a-z_]+$/
