// What an operator reads: in a terminal, in the log, on the page about trust. Codes and parameters become sentences here.

import en from '../../../words/en/operations.json' with { type: 'json' }
import zh from '../../../words/zh-CN/operations.json' with { type: 'json' }
import { LawRefused } from '../law/index.ts'
import { DatabaseRefused, DirectoryInUse } from '../platform/database/engine.ts'
import { MigrationRefused } from '../platform/database/migrate.ts'
import type { Params } from '../platform/refusal.ts'
import { SettingsRefused } from '../platform/settings.ts'

export type Language = 'zh-CN' | 'en'

const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { 'zh-CN': zh, en }

/** Why an operation is not done. `code` is a key below `refused.` of `words/…/operations.json`. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused'
  readonly code: string
  readonly params: Params

  constructor(code: string, params: Params = {}, options?: { readonly cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options)
    this.code = code
    this.params = params
  }
}

/** The sentence of a code; the code with its parameters where it has none. */
export function sentence(code: string, params: Params = {}, language: Language = 'zh-CN'): string {
  const words = WORDS[language][code]
  if (words === undefined) return `${code} ${JSON.stringify(params)}`
  return words.replaceAll(/\{([A-Za-z]+)\}/g, (brace, key: string) => String(params[key] ?? brace))
}

/** The language of an operator, from `SUNLOT_LANG`: Chinese unless it is English. */
export function languageOf(stated: string | undefined): Language {
  return stated?.startsWith('en') ? 'en' : 'zh-CN'
}

/** What a person can mend, as code and parameters; nothing for a bug. */
export function refusalOf(error: unknown): { readonly code: string; readonly params: Params } | undefined {
  if (
    error instanceof OperationRefused ||
    error instanceof DatabaseRefused ||
    error instanceof SettingsRefused
  )
    return { code: error.code, params: error.params }
  if (error instanceof DirectoryInUse)
    return { code: 'directory_in_use', params: { pid: error.pid, directory: error.directory } }
  if (error instanceof LawRefused) return { code: 'law_refused', params: { reason: error.message } }
  if (error instanceof MigrationRefused) return { code: 'other_version', params: { reason: error.message } }
  const { code = '', path = '' } = error as NodeJS.ErrnoException
  return SYSTEM_CODES.has(code) ? { code: `system_${code}`, params: { path } } : undefined
}

/** The sentence for what a person can mend; nothing for a bug. */
export function refusalSentence(error: unknown, language: Language): string | undefined {
  const refusal = refusalOf(error)
  return refusal && sentence(`refused.${refusal.code}`, refusal.params, language)
}

const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EACCES',
  'EROFS',
  'EPERM',
  'ENOENT',
  'ENOTDIR',
  'EEXIST',
  'EIO',
])
