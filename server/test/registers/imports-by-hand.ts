// The jobs of imports, run by the test itself, so that it can stop one where a crash or a person would.

import { join } from 'node:path'
import { LawBook } from '../../src/law/index.ts'
import { Files } from '../../src/platform/files/files.ts'
import { JobCancelled, type JobKind, type RunningJob } from '../../src/platform/jobs/jobs.ts'
import { importKinds } from '../../src/registers/imports/index.ts'
import { type Client, LAW, type TestApp } from '../support/app.ts'
import { seen, type SeenImport } from './imports-kit.ts'

/** Rows of one transaction. */
export const AT_ONCE = 2

/** Which step of which import is asked for, and where its job is stopped. */
export interface ByHand {
  readonly id: string
  readonly verb: string
  readonly body?: object | undefined
  /** Ranges after which it is cancelled. */
  readonly most?: number
  /** A step at which it is cancelled. */
  readonly until?: string
}

/** Asks for a step and does its job. */
export async function runByHand(app: TestApp, client: Client, asked: ByHand): Promise<SeenImport> {
  await workByHand(app, await askFor(client, asked), asked)
  return seeImport(client, asked.id)
}

/** Asks for a step; gives the job that would do it. */
export async function askFor(client: Client, { id, verb, body }: ByHand): Promise<string> {
  const asked = await client.post(`/register-imports/${id}/${verb}`, body)
  if (asked.status >= 300) throw new Error(asked.text)
  return (asked.body as unknown as { jobId: string }).jobId
}

/** Does a job until it is cancelled. */
export async function workByHand(
  app: TestApp,
  jobId: string,
  { most = Infinity, until }: Pick<ByHand, 'most' | 'until'> = {},
): Promise<void> {
  const { kind, input } = await jobOf(app, jobId)
  const controller = new AbortController()
  let ranges = 0
  const progress = (_done: number, _total?: number, step?: string): Promise<void> => {
    const isOver = step === until || (step === 'apply' && ++ranges >= most)
    if (!isOver) return Promise.resolve()
    // As the cancellation of a job that runs here does it.
    controller.abort()
    return Promise.reject(new JobCancelled())
  }
  const hold = (): Promise<void> => Promise.resolve()
  try {
    await kind.run({ id: jobId, input, signal: controller.signal, progress, hold })
  } catch (error) {
    if (!(error instanceof JobCancelled)) throw error
  }
}

/** The kind of a job, and what it was asked for with. */
export async function jobOf(
  app: TestApp,
  jobId: string,
): Promise<Pick<RunningJob, 'id' | 'input'> & { readonly kind: JobKind }> {
  const { kind: name, input } = await app.database.read((reader) =>
    reader
      .selectFrom('platform.job')
      .select(['kind', 'input'])
      .where('id', '=', jobId)
      .executeTakeFirstOrThrow(),
  )
  const kind = kindsOf(app).find((one) => one.name === name)
  if (!kind) throw new Error(`no kind ${name}`)
  return { id: jobId, input, kind }
}

function kindsOf(app: TestApp): readonly JobKind[] {
  return importKinds({
    recording: { database: app.database, newId: app.newId },
    files: new Files(join(app.folder, 'files'), app.secrets),
    secrets: app.secrets,
    book: new LawBook(LAW),
    clock: app.clock,
    rowsAtOnce: AT_ONCE,
  })
}

/** An import as it stands. */
export async function seeImport(client: Client, id: string): Promise<SeenImport> {
  return seen((await client.get(`/register-imports/${id}`)).body)
}

/** Takes its rows, as a crash of the database does. */
export async function forgetRows(app: TestApp, id: string): Promise<void> {
  await app.database.transaction('sunlot_app', (writer) =>
    writer.deleteFrom('registers.import_row').where('import_id', '=', id).execute(),
  )
}
