// What waits for somebody, as each feature tells it and 待办 shows it.

import type { Person } from './actor.ts'
import type { Reader } from './database/database.ts'
import type { Reach } from './reach.ts'
import type { Params } from './refusal.ts'

/** One thing that waits. `code` and `params` become a sentence; `link` is the console's address of the thing. */
export interface Waiting {
  readonly code: string
  readonly params: Params
  readonly link: string
  readonly since: string
  /** The legal day by which it must be done, and the parameter that says so. */
  readonly due?: {
    readonly on: string
    readonly law: string
    /** The rule as it is cited: document, article, words. */
    readonly citation?: string
    /** How many working days are left; below 0, how many have passed since. */
    readonly workingDays?: number
  }
  /** For what I started: with whom it is stuck. */
  readonly withWhom?: string
}

/** Something that a search found. */
export interface Finding {
  /** `authority`, `person`, … : the type of the object. */
  readonly type: string
  readonly title: string
  readonly subtitle: string
  readonly link: string
}

/** Where somebody may do an action; nothing where nowhere. */
export type ReachOf = (action: string, person: Person) => Reach | undefined

/** What a feature contributes to the first page and to the search. */
export interface Contribution {
  readonly waitingFor?: (reader: Reader, person: Person, now: Date) => Promise<readonly Waiting[]>
  readonly startedBy?: (reader: Reader, person: Person, now: Date) => Promise<readonly Waiting[]>
  /** `reach`: of the search. What not everybody may see who may search, the feature keeps from the person itself. */
  readonly search?: (
    reader: Reader,
    reach: Reach,
    text: string,
    person: Person,
  ) => Promise<readonly Finding[]>
}
