// What an engine is, and why one is not opened. The openers and the door (engine.ts) stand on this.

import type pg from 'pg'

/** What a commit that was answered survives: nothing, a power cut here, or the loss of this machine. */
export type DurabilityLevel = 'none' | 'local-fsync' | 'replicated'

/** How far an answered commit can be trusted, and whether it still can. */
export interface Durability {
  readonly level: DurabilityLevel
  /** How often the embedded engine has had a file put on disk since it was opened. */
  fsyncs(): number
  /** The failure after which the engine refuses everything. The process must stop serving. */
  failure(): Error | undefined
}

/** What only the embedded engine can do. */
export interface Embedded {
  /** The whole database as a tar, for a `template`. Waits for the connection. */
  dump(): Promise<Uint8Array>
  readonly directory: string | undefined
}

/** A database that answers, through an ordinary pool of the driver `pg`. */
export interface Engine {
  readonly kind: 'postgres' | 'pglite'
  readonly pool: pg.Pool
  readonly durability: Durability
  readonly embedded?: Embedded
  /** Ends every connection; what waits for one is refused. */
  readonly close: () => Promise<void>
}

/** Why a database is not opened. */
export type DatabaseRefusal =
  | 'unreachable'
  | 'login_refused'
  | 'database_missing'
  | 'server_too_old'
  | 'unsafe_settings'
  | 'superuser_login'
  | 'disk_full'
  | 'cannot_open'
  | 'not_durable'

/** What a refusal is about: names of settings, hosts, versions, folders; never a password. */
export type RefusalParameters = Readonly<Record<string, string | number>>

/** A database that must not be served from, and why. `code` and `params` are the contract, the message is for the log. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused'
  readonly code: DatabaseRefusal
  readonly params: RefusalParameters

  constructor(
    code: DatabaseRefusal,
    params: RefusalParameters,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options)
    this.code = code
    this.params = params
  }
}
