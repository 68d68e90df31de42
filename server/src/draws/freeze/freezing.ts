// 冻结: the lists of a draw are read in one snapshot, kept under their hashes, and judged before anybody commits to them.

import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { buildPlan, type Built, type Commitment, hashHex, type Plan, tag, utf8 } from '@sunlot/draw'
import { SYSTEM } from '../../platform/actor.ts'
import { JobCancelled, type JobKind, type RunningJob } from '../../platform/jobs/jobs.ts'
import { record } from '../../platform/record.ts'
import { type Refusal, Refused } from '../../platform/refusal.ts'
import { lockDrawItself, drawItself, type DrawRow, stepDraw } from '../draws/draws.store.ts'
import { closeSecrets, type DrawSecrets, newSecrets } from '../draws/keys.ts'
import { appendLeaf, writeManifest } from '../draws/manifests.store.ts'
import { keepSoftware } from '../draws/software.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawTools } from '../parts.ts'
import type { DrawFigures, FreezeFinding } from '../shapes.ts'
import { runInWorker } from '../work/work.ts'
import { findingsOf, findingsOfPreflight } from './findings.rules.ts'
import { inspecting, notYetDecided, planOf } from './frame.rules.ts'
import { insertGroups, insertLists, insertPooled, meetCarried, type StoredList } from './freeze.store.ts'
import { writeList } from './lists.ts'
import { writePeople } from './people.ts'
import { figuresOf, readSnapshot, type Snapshot } from './snapshot.ts'
import { demandSame } from './superseding.ts'

export const FREEZING = 'draw.freeze'

/** What the job is given. */
export interface FreezeInput {
  readonly drawId: string
  /** The most conflicts of one subject, and of one person, as a part of those eligible. */
  readonly maxConflicts: { readonly num: number; readonly den: number }
}

/** The job that freezes the lists of a draw. Repeated, it reads them anew: until the last write nothing is there. */
export function freezeKind(tools: DrawTools): JobKind {
  const about = (input: unknown) => (input as FreezeInput).drawId
  return {
    name: FREEZING,
    retries: 2,
    run: async (job) => {
      const drawId = about(job.input)
      try {
        return await freeze(tools, job, drawId)
      } catch (error) {
        // What a person can mend ends the draw; it is frozen anew. Anything else is tried again.
        if (error instanceof Refused) await giveUp(tools, drawId, error.refusal)
        else if (error instanceof JobCancelled) await giveUp(tools, drawId, { code: 'draw.freeze_cancelled' })
        if (error instanceof Refused) return { refused: error.refusal.code }
        throw error
      }
    },
    dropped: ({ input }) => giveUp(tools, about(input), { code: 'draw.freeze_cancelled' }),
  }
}

/** What was computed over the frozen lists; nothing of it where something must be mended first. */
interface Prepared {
  readonly plan: Built<Plan>
  readonly commitment: Commitment
}

/** Everything that the last write of a freeze writes. */
interface Frozen {
  readonly snapshot: Snapshot
  readonly figures: DrawFigures
  readonly findings: readonly FreezeFinding[]
  readonly secrets: DrawSecrets
  readonly lists: readonly StoredList[]
  readonly prepared: Prepared | undefined
}

async function freeze(tools: DrawTools, job: RunningJob, drawId: string) {
  const draw = await tools.recording.database.read((reader) => drawItself(reader, drawId))
  if (draw?.state !== 'freezing') return { state: draw?.state ?? 'none' }
  return tools.files.clearFolder(async (folder) => {
    await job.progress(0, undefined, 'draw.reading')
    const snapshot = await readSnapshot(tools, { draw, folder, job, caps: capsOf(job) })
    await job.progress(snapshot.passed.population, snapshot.passed.population, 'draw.checking')
    const frozen = await prepare(tools, draw, folder, snapshot)
    if (frozen.prepared)
      await tools.recording.database.read((reader) => demandSame(reader, draw, frozen.prepared!.commitment))
    await job.progress(snapshot.passed.population, snapshot.passed.population, 'draw.keeping')
    await keep(tools, job, draw, frozen)
    return { state: 'frozen', population: snapshot.passed.population }
  })
}

function capsOf(job: RunningJob): FreezeInput['maxConflicts'] {
  return (job.input as unknown as FreezeInput).maxConflicts
}

/** Computes over the lists in the folder, and keeps them among the files. */
async function prepare(tools: DrawTools, draw: DrawRow, folder: string, snapshot: Snapshot): Promise<Frozen> {
  const { facts, people, passed } = snapshot
  const conflicts = writePeople(folder, people, passed.declared)
  writeList(folder, 'rejected.tsv', [])
  writeList(folder, 'short.tsv', [])
  const secrets = newSecrets(draw.isSealed)
  const software = await keepSoftware(tools.files).catch(notBuilt)
  const before = figuresOf(snapshot, { conflicts, short: 0 })
  const early = findingsOf(facts, {
    population: passed.population,
    idCards: passed.idCards,
    strata: snapshot.quotas,
    demands: snapshot.demands,
    pools: snapshot.pools,
    conflictsWithoutCode: people.conflictsWithoutCode,
    frozenById: draw.frozenById,
    hasSoftware: software.files.length > 0,
    quotaFits: snapshot.quotaFits,
  })
  if (early.some(({ severity }) => severity === 'error'))
    return { snapshot, figures: before, findings: early, secrets, lists: [], prepared: undefined }
  const pools = snapshot.framedPools
  const framed = { ...inspecting(facts, { ...snapshot, pools }), pools }
  const flight = await runInWorker('preflight', { folder, c: framed, out: join(folder, 'short.tsv') })
  const findings = [...early, ...findingsOfPreflight(facts, flight.faults, flight.short)]
  const prepared = await commitmentOf(draw, folder, snapshot, { ...framed, secrets, software })
  const lists = await store(tools, folder, prepared.commitment)
  const figures = figuresOf(snapshot, { conflicts, short: flight.short })
  return { snapshot, figures, findings, secrets, lists, prepared }
}

function notBuilt(error: unknown): Commitment['software'] {
  if (error instanceof Refused && error.refusal.code === 'software.not_built')
    return { name: 'sunlot', version: '0.1.0', files: [] }
  throw error
}

async function commitmentOf(
  draw: DrawRow,
  folder: string,
  snapshot: Snapshot,
  given: ReturnType<typeof inspecting> & {
    readonly pools: Snapshot['framedPools']
    readonly secrets: DrawSecrets
    readonly software: Commitment['software']
  },
): Promise<Prepared> {
  const { facts, lead, oversight, strata, draws } = snapshot
  const filter = hashHex('sha256', utf8(facts.scopeText.normalize('NFC')))
  const entry = { ref: draw.planRef, authority: lead, draws, strata, filter }
  const plan = buildPlan(planOf(facts, entry), 'sha256')
  const { secrets, software, demands, matching, pools } = given
  const tags = secrets.sealed.map(({ id, value }) => ({ id, tag: tag('sha256', 'secret', value) }))
  const { commitment } = await runInWorker('prepare', {
    folder,
    plan: new TextDecoder().decode(plan.bytes),
    choices: {
      alg: 'sha256',
      draw_id: draw.name,
      authority: lead,
      oversight,
      plan: { ref: draw.planRef, draw_no: draw.drawNo },
      sealed: draw.isSealed,
      design: plan.value.design,
      max_skips: mostSkips(snapshot),
      demands,
      matching,
      pools,
      software,
      ...notYetDecided(lead, oversight, tags),
      ...(snapshot.note === '' ? {} : { note: snapshot.note }),
    },
    secrets: { people: secrets.people, sealed: secrets.sealed.map(({ value }) => value).join('') },
  })
  return { plan, commitment }
}

/** A figure of the house, in the commitment: one in twenty of the largest stratum, and one more. */
function mostSkips({ quotas }: Snapshot): number {
  return Math.ceil(Math.max(0, ...quotas.map(({ n }) => n)) / 20) + 1
}

const LARGEST_LIST = 16 * 1024 ** 3
/** Lists of which single lines are shown and proven. */
const INDEXED: readonly string[] = ['population.tsv', 'exclusions.tsv']

async function store(
  tools: DrawTools,
  folder: string,
  commitment: Commitment,
): Promise<readonly StoredList[]> {
  const stored: StoredList[] = []
  for (const { name, rows } of commitment.lists) {
    const path = join(folder, name)
    const { hash: fileHash, bytes } = await tools.files.put(createReadStream(path), LARGEST_LIST)
    const indexHash = INDEXED.includes(name) ? await indexed(tools, path) : null
    stored.push({ name, fileHash, bytes, rows, indexHash })
  }
  return stored
}

async function indexed(tools: DrawTools, path: string): Promise<string> {
  const out = `${path}.index`
  await runInWorker('index', { path, alg: 'sha256', out })
  return (await tools.files.put(createReadStream(out), LARGEST_LIST)).hash
}

/** The last write, all at once: a freeze that was interrupted before it has left nothing but files that nobody names. */
async function keep(tools: DrawTools, job: RunningJob, draw: DrawRow, frozen: Frozen): Promise<void> {
  const { recording, clock, secrets, rowsAtOnce } = tools
  const act = { action: FREEZING, about: { type: 'draw', id: draw.id } }
  const { snapshot, figures, findings, lists, prepared } = frozen
  await record(recording, SYSTEM, act, async (writer) => {
    await job.hold(writer)
    const locked = await lockDrawItself(writer, draw.id)
    // Discarded meanwhile.
    if (locked?.state !== 'freezing') return
    if (prepared) {
      const now = clock.now()
      await insertLists(writer, draw.id, lists)
      await insertPooled(
        writer,
        draw.id,
        snapshot.people.pooled.map((each) => ({ ...each, saltCipher: secrets.encrypt(each.salt, SALT) })),
      )
      await insertGroups(writer, draw.id, snapshot.passed.groups, rowsAtOnce)
      await meetCarried(writer, draw, snapshot.passed.carried)
      const at = Math.floor(now.getTime() / 1000)
      const { plan } = prepared
      const leaf = { v: 'vdp1', type: 'plan', draw: draw.planRef, hash: plan.hash, at } as const
      const leafId = await appendLeaf(writer, draw.id, leaf)
      await writeManifest(writer, { drawId: draw.id, name: 'plan.json', built: plan, leafId, at: now })
    }
    await stepDraw(writer, draw.id, {
      state: 'frozen',
      snapshotAt: snapshot.at,
      figures,
      findings,
      failure: null,
      ...(prepared
        ? { prepared: prepared.commitment, secretsCipher: closeSecrets(secrets, frozen.secrets) }
        : {}),
    })
  })
}

/** For which purpose the salts of aliases are encrypted. */
export const SALT = 'draw.salt'

/** Ends a draw of which nothing was logged. */
async function giveUp(tools: DrawTools, drawId: string, { code, params }: Refusal): Promise<void> {
  const { recording, clock } = tools
  const act = { action: FREEZING, about: { type: 'draw', id: drawId } }
  await record(recording, SYSTEM, act, async (writer) => {
    const draw = await lockDrawItself(writer, drawId)
    if (!draw || whyNotStep(draw.state, 'freezeFailed')) return
    await stepDraw(writer, drawId, {
      state: 'discarded',
      endReason: 'discarded',
      endedAt: clock.now(),
      failure: params === undefined ? { code } : { code, params },
    })
  })
}
