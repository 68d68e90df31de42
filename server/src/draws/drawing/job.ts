// The draw itself, after the last press: lists and values in, rows and the one certificate out. Whatever ends it half way,
// it is begun again and comes to the same.

import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Certificate, type SourceValue } from '@sunlot/draw'
import { SYSTEM } from '../../platform/actor.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import type { Json } from '../../platform/database/rows.gen.ts'
import { JobFailed, type JobKind, type RunningJob } from '../../platform/jobs/jobs.ts'
import { record } from '../../platform/record.ts'
import { demand, found, Refused } from '../../platform/refusal.ts'
import { bumpRoom } from '../ceremony/rooms.store.ts'
import { settledValues } from '../ceremony/values.ts'
import { drawItself, type DrawRow, lockDrawItself, preparedOf, stepDraw } from '../draws/draws.store.ts'
import { type DrawSecrets, secretsOf, signAs } from '../draws/keys.ts'
import { appendLeaf, writeManifest } from '../draws/manifests.store.ts'
import { whyNotFreshNow, witnessedPlaces } from '../draws/places.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawTools } from '../parts.ts'
import { runInWorker, type Work } from '../work/work.ts'
import { closedManifests, layOutFrozen } from './frozen.ts'
import { holdersAt, peopleDrawn } from './presses.store.ts'
import { countDrawn, insertResultLists, insertStrata } from './rows.store.ts'
import { writeRows } from './rows.ts'

/** The kind of job that a last press asks for. Input: {drawId}. */
export const DRAW_JOB = 'draw.draw'

// Each is a server that was killed, or a log that was not cosigned for a minute.
const RETRIES = 20
// How long the job waits for the log's witnesses before it gives its place to another.
const WITNESS_PATIENCE_MS = 60_000
const WITNESS_LOOK_MS = 500
const STEPS = 4
// What was frozen is not what was committed, or was not seen in time: to try again changes nothing by itself.
const HOPELESS: readonly string[] = ['draw.frozen_differs', 'draw.not_fresh']
// Far above any list: what the draw itself makes is bounded by what was frozen.
const LARGEST_LIST = 16 * 2 ** 30

/** What draws. */
export function drawKind(tools: DrawTools): JobKind {
  return {
    name: DRAW_JOB,
    retries: RETRIES,
    run: async (job) => {
      const { drawId } = job.input as { readonly drawId: string }
      try {
        return await runDraw(tools, job, drawId)
      } catch (error) {
        if (!job.signal.aborted) await noteFailure(tools, drawId, error)
        throw error instanceof Refused && HOPELESS.includes(error.refusal.code)
          ? new JobFailed(error.message, { cause: error })
          : error
      }
    },
  }
}

async function runDraw(tools: DrawTools, job: RunningJob, drawId: string): Promise<Json> {
  const { recording, files } = tools
  const draw = found(await recording.database.read((reader) => drawItself(reader, drawId)), 'draw')
  if (draw.state === 'certified') return { hash: draw.certificateHash }
  demand(whyNotStep(draw.state, 'certify'))
  await job.progress(0, STEPS, 'witnesses')
  const log = await witnessed(tools, drawId, job)
  const manifests = await closedManifests(tools, draw, log)
  const given = await recording.database.read(async (reader) => ({
    values: await settledValues(reader, drawId, 0),
    cipher: (await preparedOf(reader, drawId))?.secretsCipher,
  }))
  if (!given.values || !given.cipher) throw new Error('a draw was pressed before its values were known')
  const secrets = secretsOf(tools.secrets, given.cipher)
  return files.clearFolder(async (folder) => {
    await job.progress(1, STEPS, 'lists')
    await layOutFrozen(tools, drawId, { commitment: manifests.commitment, folder })
    await job.progress(2, STEPS, 'drawing')
    const drawn = await drawnAndWritten(tools, job, {
      draw,
      input: inputOf({ ...manifests, folder, log, secrets, values: given.values!, now: tools.clock.now() }),
    })
    const lists = await keepLists(tools, folder, drawn.lists)
    await record(recording, SYSTEM, act(drawId), async (writer) => {
      await job.hold(writer)
      await certify(writer, tools, draw, { ...drawn, lists })
    })
    await job.progress(STEPS, STEPS, 'certified')
    return { hash: drawn.hash }
  })
}

/** The draw, and its rows while the thread still works out what would help where people are lacking. */
async function drawnAndWritten(
  tools: DrawTools,
  job: RunningJob,
  { draw, input }: { readonly draw: DrawRow; readonly input: Work['draw']['input'] },
): Promise<Work['draw']['output']> {
  let rows: Promise<void> | undefined
  const write = (): Promise<void> =>
    writeRows(draw.id, input.out, {
      ...tools,
      inTransaction: (work) =>
        record(tools.recording, SYSTEM, act(draw.id), async (writer) => {
          await job.hold(writer)
          await work(writer)
        }),
    })
  const drawing = runInWorker('draw', input, () => {
    if (draw.isSealed) return
    rows = write()
    // Heard below, whichever of the two ends first.
    rows.catch(() => undefined)
  })
  try {
    const drawn = await drawing
    await job.progress(3, STEPS, 'rows')
    return drawn
  } finally {
    // The folder is theirs until they have come to rest, whatever else went wrong; what the thread threw goes before.
    await Promise.allSettled([rows])
    await drawing.then(() => rows)
  }
}

/** The one transaction that ends a draw. */
async function certify(
  writer: Writer,
  tools: DrawTools,
  draw: DrawRow,
  drawn: Omit<Work['draw']['output'], 'lists'> & { readonly lists: readonly KeptList[] },
): Promise<void> {
  const now = tools.clock.now()
  const { id, name, leadAuthorityId, isSealed } = draw
  const current = found(await lockDrawItself(writer, id), 'draw')
  if (current.state === 'certified') return
  demand(whyNotStep(current.state, 'certify'))
  const { strata, lists } = JSON.parse(drawn.certificate) as Certificate
  const rowsOf = new Map(lists.map((list) => [list.name, list.rows]))
  await insertResultLists(
    writer,
    id,
    drawn.lists.map((list) => ({ ...list, rows: rowsOf.get(list.name) ?? 0 })),
  )
  await insertStrata(
    writer,
    id,
    strata.map(({ code, rows, n, cut, next }) =>
      isSealed || cut === undefined ? { code, rows, n } : { code, rows, n, cut, ...(next ? { next } : {}) },
    ),
  )
  if (!isSealed) await countDrawn(writer, id)
  const at = Math.floor(now.getTime() / 1000)
  const leafId = await appendLeaf(writer, id, { v: 'vdp1', type: 'cert', draw: name, hash: drawn.hash, at })
  const built = { bytes: new TextEncoder().encode(drawn.certificate), hash: drawn.hash }
  await writeManifest(writer, { drawId: id, name: 'certificate.json', built, leafId, at: now })
  await stepDraw(writer, id, {
    state: 'certified',
    certificateHash: drawn.hash,
    certifiedAt: now,
    failure: null,
    // What would help names subjects and people: of a sealed draw it is said when it opens.
    infeasible: isSealed ? null : drawn.left,
  })
  await signAs(writer, tools, {
    drawId: id,
    authorityId: leadAuthorityId,
    tag: 'cert',
    hash: drawn.hash,
    now,
  })
  await tellResult(writer, tools, draw, now)
  await bumpRoom(writer, id)
}

/** Tells the parties, and whoever was drawn: of a sealed draw nobody stands there before it opens. */
export async function tellResult(
  writer: Writer,
  { tell }: Pick<DrawTools, 'tell'>,
  draw: DrawRow,
  now: Date,
): Promise<void> {
  const params = { draw: draw.name, task: draw.taskName }
  const personIds = await holdersAt(writer, draw.partyIds, dayOf(now))
  await tell(writer, { code: 'draw.certified', personIds, params, link: `/draws/${draw.id}`, now })
  const inspectors = await peopleDrawn(writer, draw.id)
  await tell(writer, { code: 'draw.drawn', personIds: inspectors, params, link: '/draws/replacements', now })
}

interface KeptList {
  readonly name: string
  readonly fileHash: string
  readonly bytes: number
}

async function keepLists(
  { files }: Pick<DrawTools, 'files'>,
  folder: string,
  names: readonly string[],
): Promise<readonly KeptList[]> {
  const kept: KeptList[] = []
  for (const name of names) {
    const { hash, bytes } = await files.put(createReadStream(join(folder, name)), LARGEST_LIST)
    kept.push({ name, fileHash: hash, bytes })
  }
  return kept
}

/**
 * Where commitment and close stand under what the quorum cosigned in time. Throws Refused: draw.not_fresh where it did not,
 * draw.not_witnessed after a minute.
 */
async function witnessed(tools: DrawTools, drawId: string, job: RunningJob): Promise<Certificate['log']> {
  const until = performance.now() + WITNESS_PATIENCE_MS
  for (;;) {
    const places = await witnessedPlaces(tools, drawId)
    if (places) return places
    const late = await tools.recording.database.read((reader) =>
      whyNotFreshNow(reader, tools.log, drawId, tools.clock.now()),
    )
    if (late) throw new Refused(late)
    if (performance.now() > until) throw new Refused({ code: 'draw.not_witnessed' })
    await setTimeout(WITNESS_LOOK_MS)
    await job.progress(0, STEPS, 'witnesses')
  }
}

/** What the thread is given. */
export function inputOf(of: {
  readonly commit: string
  readonly close: string
  readonly folder: string
  readonly log: Certificate['log']
  readonly secrets: DrawSecrets
  readonly values: readonly SourceValue[]
  readonly now: Date
}): Work['draw']['input'] {
  const { secrets, now, folder, commit, close, log, values } = of
  const { people, sealed } = secrets
  const salts = {
    people,
    ...(sealed.length > 0 ? { sealed: sealed.map(({ value }) => value).join('') } : {}),
  }
  const at = Math.floor(now.getTime() / 1000)
  return { folder, commit, close, log, values, secrets: sealed, salts, at, out: folder }
}

async function noteFailure({ recording }: DrawTools, drawId: string, error: unknown): Promise<void> {
  const failure = error instanceof Refused ? error.refusal : { code: 'draw.failed' }
  await record(recording, SYSTEM, act(drawId), async (writer) => {
    const draw = await lockDrawItself(writer, drawId)
    if (draw?.state !== 'drawing') return
    await stepDraw(writer, drawId, { failure })
    await bumpRoom(writer, drawId)
  })
}

function act(drawId: string) {
  return { action: 'draw.certify', about: { type: 'draw', id: drawId } } as const
}
