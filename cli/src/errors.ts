// What stops a command: a code with parameters, made into a sentence by `words/`, and the exit code that goes with it.

import { FieldError } from '@sunlot/draw'

/** What a sentence is made of. */
export type Params = Readonly<Record<string, string | number>>

/** A code with its parameters: one sentence of `words/<lang>/command.json`. */
export interface Saying {
  readonly code: string
  readonly params: Params
}

/** The exit codes of the command. 0, 1 and 2 are those of the specification, section 10. */
export const EXIT = {
  ok: 0,
  contradicted: 1,
  indeterminate: 2,
  /** What was given cannot be used: the plan file, the register, a bundle, an argument. */
  refused: 3,
  /** The machine failed: disk full, no permission. */
  system: 4,
  /** The command line itself. */
  usage: 64,
  /** A bug of ours. */
  bug: 70,
  interrupted: 130,
} as const

/** Stops the command with a sentence, and further sentences below it. `code` is a key under `errors` of the words. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly code: string
  readonly params: Params
  readonly details: readonly Saying[]
  readonly exit: number

  constructor(
    code: string,
    params: Params = {},
    more: { readonly details?: readonly Saying[]; readonly exit?: number; readonly cause?: unknown } = {},
  ) {
    super(`${code} ${JSON.stringify(params)}`, { cause: more.cause })
    this.code = code
    this.params = params
    this.details = more.details ?? []
    this.exit = more.exit ?? EXIT.refused
  }
}

/** Ctrl-C, or whoever else asked us to stop. */
export function interrupted(): CommandError {
  return new CommandError('interrupted', {}, { exit: EXIT.interrupted })
}

/** Throws `interrupted` once the signal has fired. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted()
}

/** The CommandError for any failure whose cause a person can mend; nothing for a bug. */
export function asCommandError(error: unknown): CommandError | undefined {
  if (error instanceof CommandError) return error
  if (!(error instanceof Error)) return undefined
  if (error.name === 'AbortError') return interrupted()
  if (error instanceof FieldError)
    return new CommandError('field', { path: error.path, expected: error.expected }, { cause: error })
  const known = error as Error & { code?: unknown; params?: unknown; path?: unknown; row?: unknown }
  if (error.name === 'SheetError') return sheetError(known)
  if (typeof known.code !== 'string') return undefined
  const path = typeof known.path === 'string' ? known.path : ''
  const cause = { cause: error }
  if (SYSTEM_CODES.has(known.code))
    return new CommandError(`system.${known.code}`, { path }, { exit: EXIT.system, ...cause })
  if (isParams(known.params)) return new CommandError(`refused.${known.code}`, known.params, cause)
  return undefined
}

const SYSTEM_CODES = new Set([
  'ENOSPC',
  'EDQUOT',
  'EACCES',
  'EPERM',
  'EROFS',
  'EMFILE',
  'ENOENT',
  'EISDIR',
  'ENOTDIR',
  'EIO',
])

const SHEET_SYSTEM = new Set(['no-permission', 'io'])
const LONGEST = 400

function sheetError(
  error: Error & { code?: unknown; params?: unknown; path?: unknown; row?: unknown },
): CommandError {
  const params: Record<string, string | number> = {}
  for (const [key, value] of Object.entries((error.params ?? {}) as Record<string, unknown>))
    params[key] = Array.isArray(value)
      ? value.join('、').slice(0, LONGEST)
      : typeof value === 'number'
        ? value
        : String(value)
  const row = typeof error.row === 'number' ? error.row : 0
  const code =
    error.code === 'header-missing' ? `header-missing-${params['reason'] ?? 'blank'}` : String(error.code)
  const exit = SHEET_SYSTEM.has(code) ? EXIT.system : EXIT.refused
  return new CommandError(
    `sheets.${code}`,
    { ...params, path: String(error.path), place_row: row },
    { cause: error, exit },
  )
}

function isParams(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
