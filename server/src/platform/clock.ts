// The only clock of the server. Everything that needs the time takes one.

/** Gives the present instant. */
export interface Clock {
  now(): Date
}

/** The machine's clock. */
export const machineClock: Clock = { now: () => new Date() }

/** A clock that runs ahead of another by a settable number of milliseconds: that of a simulated database. */
export class AdvancedClock implements Clock {
  readonly #base: Clock
  #aheadMs = 0

  constructor(base: Clock) {
    this.#base = base
  }

  now(): Date {
    return new Date(this.#base.now().getTime() + this.#aheadMs)
  }

  /** From now on the clock is ahead of its base by so many milliseconds. */
  setAhead(ms: number): void {
    this.#aheadMs = ms
  }
}

/** The legal day of an instant, in the one time zone of the law, as `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  return DAY.format(instant)
}

// China has one time zone and no summer time (since 1992); a legal day begins at its midnight.
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
