// What is computed over whole lists, in a thread of its own: the server answers meanwhile. One piece of work at a time:
// each holds a core and, of millions of subjects, some hundred MiB.

import type { Worker } from 'node:worker_threads'
import {
  type Alg,
  type Certificate,
  type Commitment,
  type CommitmentChoices,
  CommitmentRefused,
  type ListProof,
  type PreflightFault,
  type Report,
  type SourceValue,
} from '@sunlot/draw'
import { type Params, Refused } from '../../platform/refusal.ts'
import { startThread } from '../../platform/thread.ts'
import type { Infeasible } from '../shapes.ts'

/** A rule that an event breaks. */
interface EventFault {
  readonly n: number
  readonly code: string
}

/** The kinds of work. Folders hold lists in the clear; `out` is a folder, or the file that is written. */
export interface Work {
  /** The commitment that frozen lists give; its times are the caller's. */
  readonly prepare: {
    readonly input: {
      readonly folder: string
      readonly plan: string
      readonly choices: CommitmentChoices
      readonly secrets: { readonly people?: string; readonly sealed?: string }
    }
    readonly output: { readonly commitment: Commitment }
  }
  /** Writes short.tsv to `out`. */
  readonly preflight: {
    readonly input: {
      readonly folder: string
      readonly c: Pick<Commitment, 'demands' | 'matching'>
      readonly out: string
    }
    readonly output: { readonly faults: readonly PreflightFault[]; readonly short: number }
  }
  /** Writes the index of a list to `out`. */
  readonly index: {
    readonly input: { readonly path: string; readonly alg: Alg; readonly out: string }
    readonly output: void
  }
  /**
   * Writes the result lists to `out`, says so, and then works out what would help where people were lacking.
   * Refused: draw.frozen_differs, where a list that its salted root names is another.
   */
  readonly draw: {
    readonly input: {
      readonly folder: string
      readonly commit: string
      readonly close: string
      /** Of all sources but the server's. */
      readonly values: readonly SourceValue[]
      readonly secrets: readonly { readonly id: string; readonly value: string }[]
      /** What the lists without a hash are salted with. */
      readonly salts: { readonly people?: string; readonly sealed?: string }
      readonly log: Certificate['log']
      readonly at: number
      readonly out: string
    }
    readonly output: {
      readonly certificate: string
      readonly hash: string
      readonly lists: readonly string[]
      readonly left: readonly Infeasible[]
    }
  }
  /** Replays the events of an oversight bundle; `events` stand beside or in place of those in the folder. */
  readonly replay: {
    readonly input: {
      readonly folder: string
      readonly events: readonly (readonly [name: string, body: string])[]
    }
    readonly output: {
      readonly faults: readonly EventFault[]
      readonly entered: readonly (readonly [n: number, entered: string])[]
      /** Of a subject that entered. */
      readonly tickets: readonly (readonly [n: number, ticket: string])[]
      /** Which team visits a subject now. */
      readonly team: readonly (readonly [code: string, team: string])[]
    }
  }
  /** The proof of the line of `id` in a salted list; `of` is its name, `root` the certified one. Nothing where it has none. */
  readonly prove: {
    readonly input: {
      readonly path: string
      readonly alg: Alg
      readonly of: string
      readonly root: string
      readonly secret: string
      readonly id: string
    }
    readonly output: ListProof | undefined
  }
  readonly verify: {
    readonly input: { readonly folder: string; readonly policy?: string }
    readonly output: Report
  }
}

/** What the thread is told, and what it says. */
export interface Order<K extends keyof Work = keyof Work> {
  readonly id: number
  readonly kind: K
  readonly input: Work[K]['input']
}
/** The end of one order; before it, of a draw, that its lists are written: rows are made of them meanwhile. */
export type Answer = { readonly id: number } & (
  | { readonly written: true }
  | { readonly output: unknown }
  | { readonly error: ErrorInWords }
)
/** An error that crosses from thread to thread. */
export interface ErrorInWords {
  readonly kind: 'refused' | 'commitment' | 'error'
  readonly message: string
  readonly code?: string
  readonly params?: Params
  readonly status?: number
  readonly stack?: string
}

/**
 * Does a piece of work in the thread, after those that wait. `onWritten`: the lists of a draw lie in their folder, before the
 * rest is worked out. Throws what the work throws: Refused, CommitmentRefused, Error.
 */
export function runInWorker<K extends keyof Work>(
  kind: K,
  input: Work[K]['input'],
  onWritten?: () => void,
): Promise<Work[K]['output']> {
  const done = last.then(() => inThread({ id: ++orders, kind, input }, onWritten))
  last = done.catch(() => undefined)
  return done as Promise<Work[K]['output']>
}

// Of the thread's own heap; lists lie outside of it.
const MEMORY_MIB = 1536
const PROGRAM = { source: 'draws/work/draw.worker.ts', built: 'draw-worker.js' }
// A thread that has nothing to do gives its memory back.
const IDLE_MS = 5_000

let last: Promise<unknown> = Promise.resolve()
let orders = 0
let thread: Worker | undefined
let idle: NodeJS.Timeout | undefined

function inThread(order: Order, onWritten?: () => void): Promise<unknown> {
  clearTimeout(idle)
  const worker = (thread ??= startThread(PROGRAM, {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
  }))
  worker.ref()
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      worker.off('message', hear).off('error', fail).off('exit', gone)
      worker.unref()
      settle()
    }
    const fail = (error: Error): void => {
      if (thread === worker) thread = undefined
      end(() => reject(error))
    }
    const gone = (code: number): void => fail(new Error(`the thread ended with ${code}`))
    const hear = (answer: Answer): void => {
      if ('written' in answer) onWritten?.()
      else endWith(answer)
    }
    const endWith = (answer: Exclude<Answer, { readonly written: true }>): void =>
      end(() => {
        idle = setTimeout(() => rest(worker), IDLE_MS).unref()
        if ('error' in answer) reject(errorFrom(answer.error))
        else resolve(answer.output)
      })
    worker.on('message', hear).on('error', fail).on('exit', gone)
    worker.postMessage(order)
  })
}

function rest(worker: Worker): void {
  if (thread === worker) thread = undefined
  void worker.terminate()
}

function errorFrom({ kind, message, code = '', params, status, stack }: ErrorInWords): Error {
  const thrown =
    kind === 'refused'
      ? new Refused({ code, ...(params ? { params } : {}) }, status)
      : kind === 'commitment'
        ? new CommitmentRefused(code, params)
        : Object.assign(new Error(message), code === '' ? {} : { code })
  if (stack !== undefined) thrown.stack = stack
  return thrown
}
