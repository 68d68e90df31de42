// What a room tells every screen, as the contract has it: these pages ask for nothing else.

/** A source whose value nobody could know when the list was frozen. */
export interface Source {
  readonly id: string
  /** 0: the draw; otherwise the event of a substitute. */
  readonly eventN: number
  readonly kind: 'dice' | 'lottery' | 'drand'
  readonly notBefore: string
  readonly state: 'waiting' | 'typing' | 'typedOnce' | 'differed' | 'typed' | 'signing' | 'settled'
  readonly attempt: number
  readonly value: string | null
  readonly at: string | null
  readonly by: readonly string[]
  readonly signed: readonly string[]
  readonly recordHash: string | null
  readonly round: number | null
}

export interface Room {
  readonly revision: number
  /** The code by which it is watched was taken back. */
  readonly renewed: boolean
  readonly now: string
  readonly name: string
  readonly title: string
  readonly authority: string
  readonly oversight: string
  readonly state: string
  readonly step: 1 | 2 | 3 | 4 | 5 | 6 | 7
  readonly isSealed: boolean
  readonly openAt: string | null
  readonly frozen: {
    readonly population: number
    readonly excluded: number
    readonly strata: readonly { readonly code: string; readonly rows: number; readonly n: number }[]
    readonly at: string
  } | null
  readonly commit: {
    readonly hash: string
    readonly at: string
    readonly closeBy: string
    readonly witnesses: number
    readonly quorum: number
    readonly file: string
  } | null
  readonly observers: readonly {
    readonly number: number
    readonly role: string
    readonly name: string | null
    readonly contributed: string | null
  }[]
  readonly contributions: readonly {
    readonly id: string
    readonly value: string
    readonly note: string | null
  }[]
  readonly close: {
    readonly hash: string | null
    readonly at: string
    readonly signed: boolean
    readonly witnesses: number
  } | null
  /** Why nothing goes on: no quorum had seen the close in time. */
  readonly stale: { readonly code: string } | null
  readonly sources: readonly Source[]
  readonly presses: readonly {
    readonly authority: string
    readonly stage: 'objects' | 'inspectors'
    readonly done: boolean
    readonly instead: boolean
  }[]
  readonly progress: { readonly done: number; readonly total: number; readonly step: string } | null
  readonly seed: string | null
  readonly drawn: readonly {
    readonly stratum: string
    readonly rows: number
    readonly n: number
    readonly first: readonly { readonly code: string; readonly name: string }[]
  }[]
  /** Of each authority: how many of how many, and how many subjects one of them visits. */
  readonly inspectors: readonly {
    readonly authority: string
    readonly pool: number
    readonly drawn: number
    readonly least: number
    readonly most: number
  }[]
  readonly teams: readonly {
    readonly team: string
    readonly aliases: readonly string[]
    readonly load: number
  }[]
  /** Where each subject has people of its own: the first of them. */
  readonly visits: readonly {
    readonly code: string
    readonly name: string
    readonly aliases: readonly string[]
  }[]
  readonly certificate: {
    readonly hash: string
    readonly at: string
    readonly page: string
    readonly signedBy: number
    readonly weak: boolean
  } | null
  readonly ended: { readonly reason: string; readonly at: string } | null
  readonly retryAfter: number
}
