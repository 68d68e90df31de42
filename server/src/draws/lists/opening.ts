// A sealed list opens at its time by itself. First its rows are written, which nobody is shown; then, in one transaction,
// both secrets are said in the open, the event is logged, and everybody may look.

import { type Certificate, tag } from '@sunlot/draw'
import { SYSTEM } from '../../platform/actor.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import { record } from '../../platform/record.ts'
import { demand, found, Refused } from '../../platform/refusal.ts'
import { bumpRoom } from '../ceremony/rooms.store.ts'
import { settledValues } from '../ceremony/values.ts'
import { closedManifests, layOutFrozen } from '../drawing/frozen.ts'
import { inputOf, tellResult } from '../drawing/job.ts'
import { countDrawn } from '../drawing/rows.store.ts'
import { writeRows } from '../drawing/rows.ts'
import { whyNotOpen } from '../draws/draws.rules.ts'
import { drawItself, type DrawRow, lockDrawItself, preparedOf, stepDraw } from '../draws/draws.store.ts'
import { type DrawSecrets, secretsOf } from '../draws/keys.ts'
import { listsOfDraw } from '../draws/lists.store.ts'
import { commitmentIn, manifestsOf } from '../draws/manifests.store.ts'
import { addEvent } from '../events/adding.ts'
import type { DrawTools } from '../parts.ts'
import type { Infeasible } from '../shapes.ts'
import { runInWorker } from '../work/work.ts'
import { layOutList } from './laying-out.ts'
import { countSelected, dueOpenings, watchersOf } from './sealed.store.ts'

/** One of the two secrets of a sealed draw, by the name of its source. */
export interface Secret {
  readonly id: string
  readonly value: string
}

// What this process opens: rows of half a million subjects take longer than from one look to the next.
const underWay = new Map<string, Promise<void>>()
// When an opening that failed is tried again. Only to spare the machine: forgotten with the process.
const pauses = new Map<string, { readonly until: number; readonly ms: number }>()
const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 1_800_000

/** Begins to open every list whose time has come, again and again until it is open. What goes wrong is said to those who watch. */
export async function openDue(tools: DrawTools, now: Date): Promise<void> {
  const due = await tools.recording.database.read((reader) => dueOpenings(reader, now))
  for (const id of due) {
    if (underWay.has(id) || (pauses.get(id)?.until ?? 0) > now.getTime()) continue
    const opening = openOne(tools, id)
      .then(() => void pauses.delete(id))
      .catch((error: unknown) => {
        const ms = Math.min(LONGEST_PAUSE_MS, 2 * (pauses.get(id)?.ms ?? FIRST_PAUSE_MS / 2))
        pauses.set(id, { until: now.getTime() + ms, ms })
        return noteFailure(tools, id, error)
      })
      // A server that stops leaves it to the next.
      .catch(() => undefined)
      .finally(() => underWay.delete(id))
    underWay.set(id, opening)
  }
}

/** Opens one list, by itself. May be repeated after a crash. */
async function openOne(tools: DrawTools, drawId: string): Promise<void> {
  const { recording, clock } = tools
  const draw = found(await recording.database.read((reader) => drawItself(reader, drawId)), 'draw')
  if (whyNotOpen(draw, clock.now())) return
  const ready = await readyToOpen(tools, draw)
  await record(recording, SYSTEM, act(drawId), async (writer) => {
    const current = found(await lockDrawItself(writer, drawId), 'draw')
    if (!whyNotOpen(current, clock.now())) await openWith(writer, tools, current, ready)
  })
}

/** What is there before a list opens: its rows, which nobody is shown yet, and what is said when it does. */
export interface Ready {
  /** In the order of the commitment. */
  readonly secrets: readonly Secret[]
  readonly left: readonly Infeasible[]
}

/**
 * Writes the rows, in transactions of their own, and computes the rest outside of any. `given`: secrets that somebody brought,
 * where those that were kept cannot be read; why subjects were left without visitors is then not computed again. Throws Refused where
 * they are not the committed ones, where none can be read, and where a list is not what was drawn.
 */
export async function readyToOpen(
  tools: DrawTools,
  draw: DrawRow,
  given?: readonly Secret[],
): Promise<Ready> {
  demand(whyNotOpen(draw, tools.clock.now()))
  const kept = await keptSecrets(tools, draw.id)
  const said = given ?? kept?.sealed
  if (!said) throw new Refused({ code: 'draw.secret_lost' })
  const secrets = await committedSecrets(tools, draw.id, said)
  await openRows(tools, draw)
  return { secrets, left: kept ? await leftIn(tools, draw, kept) : [] }
}

async function committedSecrets(
  { recording }: Pick<DrawTools, 'recording'>,
  drawId: string,
  secrets: readonly Secret[],
): Promise<readonly Secret[]> {
  const manifests = await recording.database.read((reader) => manifestsOf(reader, drawId))
  const { alg, sources } = found(commitmentIn(manifests), 'commitment')
  return sources
    .filter(({ kind }) => kind === 'server')
    .map(({ id, ...source }) => {
      const value = secrets.find((secret) => secret.id === id)?.value ?? ''
      const committed = 'secret' in source ? source.secret : ''
      if (tag(alg, 'secret', value) !== committed)
        throw new Refused({ code: 'sealedList.secrets_wrong' }, 422)
      return { id, value }
    })
}

/** Has what failed tried again at the next look; the caller takes the failure away. */
export function openAgain(drawId: string): void {
  pauses.delete(drawId)
}

/** Says both secrets in the open; the caller holds the draw, and its rows are there. */
export async function openWith(
  writer: Writer,
  tools: DrawTools,
  draw: DrawRow,
  { secrets, left }: Ready,
): Promise<Date> {
  const now = tools.clock.now()
  demand(whyNotOpen(draw, now))
  const expected = draw.figures?.strata.reduce((sum, { n }) => sum + n, 0) ?? 0
  if ((await countSelected(writer, draw.id)) !== expected) throw new Refused({ code: 'draw.under_way' })
  const { closingById: by, closedById: approvedBy } = draw
  // Both consented when they closed the draw; at its time nobody has to be asked again.
  if (by === null || approvedBy === null) throw new Error('a certified draw that nobody closed')
  await stepDraw(writer, draw.id, { openedAt: now, failure: null, infeasible: left })
  await addEvent(writer, tools, draw, { type: 'open', secrets, by, approvedBy, now })
  await countDrawn(writer, draw.id)
  await tellResult(writer, tools, draw, now)
  await bumpRoom(writer, draw.id)
  return now
}

async function openRows(tools: DrawTools, draw: DrawRow): Promise<void> {
  await withLists(tools, draw.id, (folder) =>
    writeRows(draw.id, folder, {
      ...tools,
      inTransaction: (work) => record(tools.recording, SYSTEM, act(draw.id), work),
    }),
  )
}

/** The lists of the result and the population, in the clear for as long as work runs. Throws Refused (draw.frozen_differs). */
async function withLists<T>(
  { recording, files }: Pick<DrawTools, 'recording' | 'files'>,
  drawId: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const lists = await recording.database.read((reader) => listsOfDraw(reader, drawId))
  return files.clearFolder(async (folder) => {
    for (const list of lists)
      if (list.isResult || list.name === 'population.tsv') await layOutList({ files }, list, folder)
    return work(folder)
  })
}

/** The secrets as they were kept; nothing where no key opens them. */
async function keptSecrets(tools: DrawTools, drawId: string): Promise<DrawSecrets | undefined> {
  const cipher = await tools.recording.database.read(
    async (reader) => (await preparedOf(reader, drawId))?.secretsCipher ?? '',
  )
  try {
    return secretsOf(tools.secrets, cipher)
  } catch {
    return undefined
  }
}

/** Why subjects were left without visitors: what nobody could be told before. */
async function leftIn(tools: DrawTools, draw: DrawRow, secrets: DrawSecrets): Promise<readonly Infeasible[]> {
  const { recording, files } = tools
  const given = await recording.database.read(async (reader) => ({
    lists: await listsOfDraw(reader, draw.id),
    certificate: (await manifestsOf(reader, draw.id)).get('certificate.json')?.body ?? '{}',
    values: (await settledValues(reader, draw.id, 0)) ?? [],
  }))
  if (!given.lists.some(({ name, rows }) => name === 'unassigned.tsv' && rows > 0)) return []
  const { log } = JSON.parse(given.certificate) as Certificate
  const manifests = await closedManifests(tools, draw, log)
  return files.clearFolder(async (folder) => {
    await layOutFrozen(tools, draw.id, { commitment: manifests.commitment, folder })
    const { values } = given
    const now = tools.clock.now()
    const { left } = await runInWorker('draw', inputOf({ ...manifests, folder, log, secrets, values, now }))
    return left
  })
}

async function noteFailure(tools: DrawTools, drawId: string, error: unknown): Promise<void> {
  const failure = error instanceof Refused ? error.refusal : { code: 'draw.failed' }
  await record(tools.recording, SYSTEM, act(drawId), async (writer) => {
    const draw = await lockDrawItself(writer, drawId)
    // Said once; who tries again says nothing new.
    if (!draw || draw.openedAt !== null || draw.failure?.code === failure.code) return
    const now = tools.clock.now()
    await stepDraw(writer, drawId, { failure })
    const personIds = await watchersOf(writer, {
      oversightAuthorityId: draw.oversightAuthorityId,
      day: dayOf(now),
    })
    const params = { draw: draw.name, task: draw.taskName }
    await tools.tell(writer, {
      code: 'draw.not_opened',
      personIds,
      params,
      link: `/draws/${drawId}/sealed`,
      now,
    })
    await bumpRoom(writer, drawId)
  })
}

function act(drawId: string) {
  return { action: 'draw.open', about: { type: 'draw', id: drawId } } as const
}
