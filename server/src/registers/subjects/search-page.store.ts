// One page of a search whose text has one meaning. It is read by walking the order, where many subjects fit, or division by
// division from the index, where few do: whichever touches fewer rows. What the statistics say only decides where it
// begins; what it finds on its way decides how it goes on, and the result is the same.

import type { Reader } from '../../platform/database/database.ts'
import { byCode, divisionsWithCode } from './search-codes.store.ts'
import type { Sought, Stretch } from './search-conditions.store.ts'
import {
  candidates,
  candidatesByDivision,
  type DivisionCandidates,
  keyAfter,
  sharesOf,
  type SubjectRow,
  walk,
} from './search-steps.store.ts'
import { type Expectation, expectationOf, termsToKnow } from './expectation.rules.ts'
import {
  AT_ONCE,
  type Bounds,
  BOUNDS,
  COUNTY,
  ENTRIES,
  ENTRIES_OF_A_ROW,
  WALKABLE,
  wayOf,
} from './search-way.rules.ts'
import { divisionTerms, type SubjectKey, termsOf } from './terms.rules.ts'

/** A page. `next` is absent at the end, and present also after a page that is not full: so far it was searched. */
export interface FoundSubjects {
  readonly rows: readonly SubjectRow[]
  readonly next?: SubjectKey
}

/** Which page: what follows `after`, at most `limit`. */
export interface SubjectPage {
  readonly after?: SubjectKey | undefined
  readonly limit: number
  /** A test reads a small register as a great one is read. */
  readonly bounds?: Bounds
}

/** What a statement costs, in rows. */
const STATEMENT = 100

/** Past every code of a division and of those below it. */
export function endOf(prefix: string): string {
  return `${prefix}:`
}

/** What a search is expected to leave in a division. */
export async function expect(reader: Reader, sought: Sought, prefix: string): Promise<Expectation> {
  const terms = termsToKnow(sought.filter, sought.meaning, prefix)
  return expectationOf(await sharesOf(reader, terms), sought, prefix)
}

/** Reads a page of what is sought in divisions that begin with `prefixes`, which are ascending and apart. */
export async function readPage(
  reader: Reader,
  sought: Sought,
  prefixes: readonly string[],
  page: SubjectPage,
): Promise<FoundSubjects> {
  const reading = new Reading(reader, sought, page)
  for (const prefix of prefixes) if (!(await reading.readDivision(prefix))) break
  return reading.found()
}

class Reading {
  readonly #reader: Reader
  readonly #sought: Sought
  /** By which the index is asked. */
  #terms: readonly string[]
  readonly #limit: number
  readonly #bounds: Bounds
  readonly #rows: SubjectRow[] = []
  #left: number
  #position: SubjectKey
  #isOver = true

  constructor(reader: Reader, sought: Sought, { after, limit, bounds = BOUNDS }: SubjectPage) {
    this.#reader = reader
    this.#sought = sought
    this.#terms = [...termsOf(sought.filter), ...sought.meaning.words.flat()]
    this.#limit = limit
    this.#position = after ?? ['', '']
    this.#bounds = bounds
    this.#left = sought.meaning.addresses.length > 0 ? bounds.addressBudget : bounds.budget
  }

  found(): FoundSubjects {
    const rows = this.#rows.slice(0, this.#limit)
    const last = rows.at(-1)
    if (this.#rows.length > this.#limit && last) return { rows, next: [last.divisionCode, last.code] }
    return this.#isOver ? { rows } : { rows, next: this.#position }
  }

  /** Whether the next division is to be read: this one is, to its end, and the page is not full. */
  async readDivision(prefix: string): Promise<boolean> {
    const begin: SubjectKey = [prefix, '']
    if (this.#position[0] < prefix) this.#position = begin
    const below = endOf(prefix)
    if (this.#position[0] >= below) return true
    const isRead = await (this.#sought.meaning.code === undefined
      ? this.#readByShare(prefix, below)
      : this.#readByCode(prefix, below))
    this.#isOver = isRead
    return isRead
  }

  get #missing(): number {
    return this.#limit + 1 - this.#rows.length
  }

  get #goesOn(): boolean {
    return this.#missing > 0 && this.#left > 0
  }

  async #readByShare(prefix: string, below: string): Promise<boolean> {
    if (this.#terms.length === 0) return this.#walkTo(below, 1)
    const way = wayOf(await expect(this.#reader, this.#sought, prefix), prefix, this.#bounds)
    const { levels, crowded } = way
    const last = levels.length - 1
    let { at, walking } = way
    this.#terms = way.terms
    if (way.isWhole && (await this.#takeAll(prefix))) return this.#missing > 0
    while (this.#goesOn) {
      if (walking) {
        if (await this.#walkTo(below, way.share, WALKABLE)) return true
        ;[walking, at] = [false, last]
        continue
      }
      const level = levels[at]!
      const bounds = { level, crowded, entries: way.entriesAt(level) }
      const { end, stoppedAt, found } = await this.#takeDivisions(below, bounds)
      if (stoppedAt !== undefined && at === last) {
        // Many have the terms: the county is walked to its end, however few of them fit.
        if (await this.#walkTo(endOf(stoppedAt), WALKABLE)) continue
      } else if (stoppedAt !== undefined) at++
      else if (end) return this.#missing > 0
      else if (
        found < this.#bounds.candidates / 2 &&
        at > 1 &&
        !crowded.has(this.#position[0].slice(0, levels[at - 1]))
      )
        at--
    }
    return false
  }

  /** Takes what a division has, to its end; not where that is more than is worth taking. */
  async #takeAll(division: string): Promise<boolean> {
    const terms = [...this.#terms, ...divisionTerms(division)]
    const stretch = { after: this.#position, below: endOf(division) }
    const bounds = { cap: this.#bounds.candidates, limit: this.#missing }
    const { count, rows } = await candidates(this.#reader, { ...this.#sought, terms }, stretch, bounds)
    return this.#take({ division, count, rows })
  }

  #take({ division, count, rows }: DivisionCandidates): boolean {
    this.#left -= Math.min(count, this.#bounds.candidates)
    if (count >= this.#bounds.candidates) return false
    this.#rows.push(...rows)
    if (this.#missing > 0) this.#position = [endOf(division), '']
    return true
  }

  /**
   * Takes what one division after the other has. Whether that was the last, which division is crowded where it stopped at
   * one, and how many candidates there were.
   */
  async #takeDivisions(
    below: string,
    {
      level,
      crowded,
      entries,
    }: { readonly level: number; readonly crowded: Set<string>; readonly entries: number },
  ): Promise<{ readonly end: boolean; readonly stoppedAt?: string; readonly found: number }> {
    const stretch = { after: this.#position, below }
    const most = Math.max(1, Math.min(AT_ONCE, Math.floor(ENTRIES / Math.max(entries, 1))))
    const bounds = { level, crowded, cap: this.#bounds.candidates, limit: this.#missing, most }
    const sought = { ...this.#sought, terms: this.#terms }
    const divisions = await candidatesByDivision(this.#reader, sought, stretch, bounds)
    this.#left -= STATEMENT + (divisions.length * entries) / ENTRIES_OF_A_ROW
    let found = 0
    for (const one of divisions) {
      if (!this.#take(one)) {
        crowded.add(one.division)
        return { end: false, stoppedAt: one.division, found }
      }
      if (this.#missing <= 0) return { end: false, found }
      found += one.count
    }
    return { end: divisions.length < most, found }
  }

  /** Walks to `below`, or until so few fit that the share is under `least`. Whether it came to the end. */
  async #walkTo(below: string, expectedShare: number, least = 0): Promise<boolean> {
    let share = expectedShare
    while (this.#goesOn) {
      const wanted = Math.ceil((1.3 * this.#missing) / Math.max(share, 0.001))
      const size = Math.min(this.#bounds.largestWalk, Math.max(this.#bounds.smallestWalk, wanted))
      const stretch: Stretch = { after: this.#position, below }
      const rows = await walk(this.#reader, this.#sought, stretch, { size, limit: this.#missing })
      this.#rows.push(...rows)
      this.#left -= STATEMENT + size
      if (this.#missing === 0) return false
      const end = await keyAfter(this.#reader, this.#sought, stretch, size)
      if (!end) {
        this.#position = [below, '']
        return true
      }
      this.#position = end
      share = rows.length / size
      if (share < least) return false
    }
    return false
  }

  async #readByCode(prefix: string, below: string): Promise<boolean> {
    if (prefix.length === COUNTY) return this.#readCodesOf(prefix)
    // Where a subject moved away, its code stands for its new county alone.
    if (this.#sought.filter.left !== true && (await this.#takeNamed(below))) return this.#missing > 0
    const begins = this.#sought.meaning.code!
    for (let some = 3; this.#goesOn; some = 60) {
      const divisions = await divisionsWithCode(this.#reader, begins, { after: this.#position, below }, some)
      if (divisions.length === 0) return true
      for (const division of divisions) {
        if (this.#position[0] < division) this.#position = [division, '']
        if (!(await this.#readCodesOf(division))) return false
      }
    }
    return false
  }

  /** Takes the few that have a code of such a beginning; not where they are many. */
  async #takeNamed(below: string): Promise<boolean> {
    const bounds = { cap: this.#bounds.candidates / 4, limit: this.#missing }
    const named = await byCode(this.#reader, this.#sought, { after: this.#position, below }, bounds)
    this.#left -= STATEMENT + named.count
    if (named.count >= bounds.cap) return false
    this.#rows.push(...named.rows)
    return true
  }

  /** Codes of such a beginning are together in a county; few others may fit the filter. */
  async #readCodesOf(county: string): Promise<boolean> {
    if (this.#terms.length === 0) return this.#walkTo(endOf(county), 1)
    const { share, terms } = await expect(this.#reader, this.#sought, county)
    this.#terms = terms
    if (share < WALKABLE && (await this.#takeAll(county))) return this.#missing > 0
    return this.#walkTo(endOf(county), share)
  }
}
