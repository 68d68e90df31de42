// What a kind of work is, and a job of it.

import type { Writer } from '../database/database.ts'
import type { Json } from '../database/rows.gen.ts'

/** A kind of work. Its run may be repeated after a crash, so what it does must come out the same twice. */
export interface JobKind {
  readonly name: string
  /** How often it is tried again after an error that is not a cancellation. */
  readonly retries: number
  run(job: RunningJob): Promise<Json>
  /** Puts back what waited for a job that was cancelled while no server did it. May be repeated. */
  dropped?(job: Pick<RunningJob, 'id' | 'input'>): Promise<void>
}

/** A job while it runs. */
export interface RunningJob {
  readonly id: string
  readonly input: Json
  /** Aborted where somebody cancelled the job, or the server stops. */
  readonly signal: AbortSignal
  /** Says how far it is; also the place where a cancelled job ends, by throwing. */
  readonly progress: (done: number, total?: number, step?: string) => Promise<void>
  /** Throws where another server has taken the job over since: what its writer would write is not its to write. */
  readonly hold: (writer: Writer) => Promise<void>
}

/** Who asks for a job. */
export interface JobRequest {
  readonly id: string
  readonly kind: string
  readonly input: Json
  readonly requestedBy?: string | undefined
  readonly authorityId?: string | undefined
}
