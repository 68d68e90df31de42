// Runs the sequencer for as long as the server lives, and says how it stands.

import { LogHalted, LogRolledBack, type FaultParams } from './faults.ts'
import type { Pass, Sequencer } from './sequencer.ts'

/**
 * running: checkpoints follow. standby: another process sequences. halted: something must not be signed, tried again at each
 * turn. failing: the database or the disk does not answer. readOnly: the log was rolled back; nothing may be written.
 */
export type SequencerState = 'running' | 'standby' | 'halted' | 'failing' | 'readOnly'

/** How the sequencer stands, for `/metrics`, `/readyz` and the page foot. */
export interface SequencerStatus {
  readonly state: SequencerState
  readonly size: number
  /** Leaves without a place after the last pass. */
  readonly waiting: number
  /** For how long leaves have been waiting without a break. */
  readonly waitingSeconds: number
  readonly lastPassAt: Date | undefined
  readonly fault: { readonly code: string; readonly params: FaultParams } | undefined
}

/** What the loop is given beside its sequencer. */
export interface LoopOptions {
  readonly now: () => Date
  readonly intervalMs?: number
  /** Told each time that the state changes. */
  readonly onState?: (status: SequencerStatus) => void
}

const INTERVAL_MS = 200
const INTERVAL_AFTER_FAULT_MS = 2000

/** The loop around one sequencer. `stop` waits for the pass that is under way. */
export class SequencerLoop {
  readonly #sequencer: Pick<Sequencer, 'pass'>
  readonly #options: LoopOptions
  #status: SequencerStatus
  #waitingSince: Date | undefined
  #stopped = false
  #running: Promise<void> | undefined
  #wake: () => void = () => undefined

  constructor(sequencer: Pick<Sequencer, 'pass'>, options: LoopOptions) {
    this.#sequencer = sequencer
    this.#options = options
    this.#status = {
      state: 'standby',
      size: 0,
      waiting: 0,
      waitingSeconds: 0,
      lastPassAt: undefined,
      fault: undefined,
    }
  }

  get status(): SequencerStatus {
    const since = this.#waitingSince
    const waitingSeconds = since ? (this.#options.now().getTime() - since.getTime()) / 1000 : 0
    return { ...this.#status, waitingSeconds }
  }

  /** Begins, and returns when the first pass is over: a log that was rolled back has said so by then. Never throws. */
  async start(): Promise<void> {
    const first = this.#turn()
    this.#running = first.then((pause) => this.#run(pause))
    await first
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake()
    await this.#running
  }

  /** Begins the next pass now: somebody waits for a receipt. */
  hurry(): void {
    this.#wake()
  }

  async #run(firstPause: number): Promise<void> {
    let pause = firstPause
    while (!this.#stopped && this.#status.state !== 'readOnly') {
      // A pause of nothing still lets requests in between two full batches.
      await this.#sleep(pause)
      if (!this.#stopped) pause = await this.#turn()
    }
  }

  async #turn(): Promise<number> {
    const { intervalMs = INTERVAL_MS, now } = this.#options
    try {
      const pass = await this.#sequencer.pass()
      this.#note(pass, now())
      return pass.more ? 0 : intervalMs
    } catch (error) {
      this.#fail(error)
      return INTERVAL_AFTER_FAULT_MS
    }
  }

  #note(pass: Pass, at: Date): void {
    const { busy, size, waiting } = pass
    if (waiting === 0) this.#waitingSince = undefined
    else this.#waitingSince ??= at
    const seen = busy ? {} : { size, waiting }
    this.#become({
      ...this.#status,
      ...seen,
      state: busy ? 'standby' : 'running',
      lastPassAt: at,
      fault: undefined,
    })
  }

  #fail(error: unknown): void {
    const known = error instanceof LogRolledBack || error instanceof LogHalted
    const fault = known
      ? { code: error.code, params: error.params }
      : { code: 'unavailable', params: { message: String(error) } }
    const state = error instanceof LogRolledBack ? 'readOnly' : known ? 'halted' : 'failing'
    this.#become({ ...this.#status, state, fault })
  }

  #become(status: SequencerStatus): void {
    const changed = status.state !== this.#status.state
    this.#status = status
    if (changed) this.#options.onState?.(this.status)
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
