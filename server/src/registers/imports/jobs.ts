// The three kinds of work on an import, done after the request that asked for them.

import type { Person } from '../../platform/actor.ts'
import type { Json } from '../../platform/database/rows.gen.ts'
import {
  JobCancelled,
  JobFailed,
  type JobKind,
  type Jobs,
  type RunningJob,
} from '../../platform/jobs/jobs.ts'
import { record } from '../../platform/record.ts'
import type { Writer } from '../../platform/database/database.ts'
import { applyImport, moveBack, undoImport } from './applying.ts'
import { checkImport } from './checking.ts'
import { moveImport } from './imports.store.ts'
import type { ImportState } from './imports.rules.ts'
import type { ImportTools, Working } from './parts.ts'

const KINDS = {
  'registerImport.check': 'checking',
  'registerImport.apply': 'applying',
  'registerImport.undo': 'undoing',
} as const satisfies Readonly<Record<string, ImportState>>
type Kind = keyof typeof KINDS

interface Input {
  readonly importId: string
  /** Who asked: what the job writes is written in this name. */
  readonly actor: Pick<Person, 'personId' | 'accountId' | 'sessionId' | 'name' | 'acting'>
}

/** What the server can do about imports in the background. */
export function importKinds(tools: ImportTools): readonly JobKind[] {
  const kind = (name: Kind, run: (working: Working) => Promise<object>): JobKind => ({
    name,
    // Each is a server that was killed: an error of its own ends the work at once.
    retries: 20,
    run: async (job) => {
      const input = job.input as unknown as Input
      const { id, progress, hold } = job
      try {
        return (await run({
          tools,
          id: input.importId,
          jobId: id,
          actor: actorOf(input),
          progress,
          hold,
        })) as Json
      } catch (error) {
        const isCancelled = error instanceof JobCancelled
        // A server that stops, or that lost the job, leaves the work to another.
        if (job.signal.aborted && !isCancelled) throw error
        await giveBack(tools, name, job, isCancelled ? 'import.cancelled' : 'import.failed')
        // It is over: whoever wants it asks again, and that is another job.
        throw isCancelled
          ? error
          : new JobFailed(error instanceof Error ? error.message : String(error), { cause: error })
      }
    },
    dropped: (job) => giveBack(tools, name, job, 'import.cancelled'),
  })
  return [
    kind('registerImport.check', checkImport),
    kind('registerImport.apply', applyImport),
    kind('registerImport.undo', undoImport),
  ]
}

/** Moves an import into work and asks for the job that does it, in one transaction. */
export async function startWork(
  writer: Writer,
  jobs: Jobs,
  work: {
    readonly kind: Kind
    readonly importId: string
    readonly jobId: string
    readonly person: Person
  },
): Promise<void> {
  const { kind, importId, jobId, person } = work
  await moveImport(writer, importId, { state: KINDS[kind], jobId, failure: null })
  const { personId, accountId, sessionId, name, acting } = person
  const actor = { personId, accountId, sessionId, name, ...(acting ? { acting } : {}) }
  await jobs.ask(writer, {
    id: jobId,
    kind,
    input: { importId, actor } as unknown as Json,
    requestedBy: personId,
    authorityId: acting?.authorityId,
  })
}

/** The import is as it was before the work, with why there is no more; nothing where it is not this job's any more. */
async function giveBack(
  { recording }: ImportTools,
  kind: Kind,
  job: Pick<RunningJob, 'id' | 'input'>,
  code: string,
): Promise<void> {
  const input = job.input as unknown as Input
  const { importId } = input
  const act = { action: kind, about: { type: 'registerImport', id: importId } }
  const from = KINDS[kind]
  await record(recording, actorOf(input), act, (writer) =>
    moveBack(writer, { id: importId, jobId: job.id, from, to: BEFORE[kind] }, { code }),
  )
}

const BEFORE = {
  'registerImport.check': 'unreadable',
  'registerImport.apply': 'checked',
  'registerImport.undo': 'applied',
} as const satisfies Readonly<Record<Kind, ImportState>>

/** The person in whose name the job writes. He has no grants here: what he may was decided when he asked. */
function actorOf({ actor }: Input): Person {
  return {
    kind: 'person',
    stage: 'full',
    grants: [],
    allGrants: [],
    reauthenticatedAt: undefined,
    ...actor,
    acting: actor.acting,
  }
}
