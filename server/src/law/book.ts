// The law as this server knows it: the files of this version, and what was approved or loaded since.

import type { Reader } from '../platform/database/database.ts'
import { withCalendars, withEntries } from './load.ts'
import type { Law } from './shapes.ts'
import { approvedEntries, lawStamp, loadedCalendars } from './book.store.ts'

/** Gives the law in force for a transaction. */
export class LawBook {
  readonly #files: Law
  #current: { readonly stamp: string; readonly law: Law } | undefined

  constructor(files: Law) {
    this.#files = files
  }

  /** The law of the files alone. */
  get files(): Law {
    return this.#files
  }

  /**
   * The law as the transaction sees it: also what another server of the same database has just approved. The stamp names
   * the contents, so that what a transaction saw that was then rolled back is known by nobody else.
   */
  async read(reader: Reader): Promise<Law> {
    const stamp = await lawStamp(reader)
    if (this.#current?.stamp !== stamp) {
      const law = withEntries(this.#files, await approvedEntries(reader))
      this.#current = { stamp, law: withCalendars(law, await loadedCalendars(reader)) }
    }
    return this.#current.law
  }
}
