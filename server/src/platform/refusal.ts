// What the law, the state of a thing, or a rule of the house refuses: a code from a closed list, never a sentence.

/** Values for the sentence that `words/` makes of a code. */
export type Params = Readonly<Record<string, string | number>>

/**
 * Why not. `code` is `feature.reason`; `law` is the key of the legal parameter that forbids it, where one does. Plain
 * data: `rules.ts` returns it, the representation carries it under `can`, and `demand` throws it.
 */
export interface Refusal<Code extends string = string> {
  readonly code: Code
  readonly params?: Params
  readonly law?: string
}

/** A refusal on its way out of a transaction, which it rolls back. `status` is the HTTP status that it becomes. */
export class Refused extends Error {
  readonly refusal: Refusal
  readonly status: number
  /** Whether it is worth an event of its own: of a flood only the first. */
  readonly isNews: boolean = true

  constructor(refusal: Refusal, status = 409) {
    super(refusal.code)
    this.refusal = refusal
    this.status = status
  }
}

/** What was found out before a transaction does not hold in it any more: it is found out anew, and only then refused. */
export class Moved extends Refused {}

// Others are at it at the same time, but not for ever.
const MOST_ATTEMPTS = 5

/** Does something again where what it rested on had moved. Throws what the last attempt throws. */
export async function againWhereMoved<T>(attempt: () => Promise<T>): Promise<T> {
  for (let k = 1; ; k++)
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof Moved) || k === MOST_ATTEMPTS) throw error
    }
}

/** Throws where there is a refusal. */
export function demand(refusal: Refusal | undefined, status = 409): void {
  if (refusal) throw new Refused(refusal, status)
}

/** A record that is not there, or that is outside the reach of who asks: the two are told apart by nobody. */
export class NotFound extends Error {
  readonly what: string

  constructor(what: string) {
    super(`no ${what}`)
    this.what = what
  }
}

/** The record, or NotFound. `what` is its type, as in `authority`. */
export function found<T>(record: T | undefined | null, what: string): T {
  if (record === undefined || record === null) throw new NotFound(what)
  return record
}

/** A refusal as a representation carries it under `can`; null: allowed. */
export function canOf(
  refusal: Refusal | undefined,
): { code: string; params?: Params; law?: { key: string } } | null {
  if (!refusal) return null
  const { law, ...rest } = refusal
  return law === undefined ? rest : { ...rest, law: { key: law } }
}
