// The sentences of phone and stage, in the language of the page.

import en from '../../../words/en/stage.json' with { type: 'json' }
import zh from '../../../words/zh-CN/stage.json' with { type: 'json' }
import { byId } from './dom.ts'

type Words = typeof zh
type Key = { [K in keyof Words]: Words[K] extends string ? K : never }[keyof Words]
type Params = Readonly<Record<string, string | number>>

const KEPT = 'sunlot-room-language'
let lang: 'zh-CN' | 'en' = localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN'
document.documentElement.lang = lang

/** A sentence, with its figures in it. */
export function say(key: Key, params: Params = {}): string {
  return words()[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** What a role of an observer is called. */
export function roleText(role: string): string {
  const { roles } = words()
  return (roles as Readonly<Record<string, string>>)[role] ?? roles.OTHER
}

/** The roles that somebody may say he has, the last one for everybody else. */
export function roleCodes(): readonly string[] {
  return Object.keys(zh.roles)
}

/** What a stratum is called: most have a code that says it, the two that every draw may have are words. */
export function stratumText(code: string): string {
  const names = words().strata as Readonly<Record<string, string>>
  return (
    names[code] ??
    code
      .split('/')
      .map((part) => names[part] ?? part)
      .join(' · ')
  )
}

/** Why the server does not take something. */
export function problemText(code: string): string {
  return (words().problems as Readonly<Record<string, string>>)[code] ?? say('went_wrong', { code })
}

/** How something ended without a certificate. */
export function endText(reason: string): string {
  return (words().ends as Readonly<Record<string, string>>)[reason] ?? reason
}

/** The button of the page for the other language. `onChange` draws the page anew. */
export function languageButton(onChange: () => void): void {
  const button = byId('language')
  button.textContent = say('other_language')
  button.addEventListener('click', () => {
    lang = lang === 'en' ? 'zh-CN' : 'en'
    localStorage.setItem(KEPT, lang)
    document.documentElement.lang = lang
    button.textContent = say('other_language')
    onChange()
  })
}

/** 14:05:09 in China, where the draw is. */
export function timeText(at: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(at))
}

/** 2026-11-22 14:05 in China. */
export function momentText(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(at))
}

/** 3012 → 3,012. */
export function numberText(value: number): string {
  return value.toLocaleString('en-US')
}

/** The first characters of a fingerprint, in groups that can be read aloud. */
export function shortHash(hash: string, length = 12): string {
  return (hash.slice(0, length).match(/.{1,4}/g) ?? []).join(' ')
}

function words(): Words {
  return lang === 'en' ? en : zh
}
