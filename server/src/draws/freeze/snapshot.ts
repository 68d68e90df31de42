// Everything that a draw freezes, read in one snapshot of the database: what comes after it is of no matter to the draw.

import { QuotaError, quotasOf } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import type { RunningJob } from '../../platform/jobs/jobs.ts'
import { demand, found, Refused } from '../../platform/refusal.ts'
import { importsMoving } from '../../registers/index.ts'
import { frozenRows, judgeOf, type TaskToFreeze, taskToFreeze } from '../../tasks/index.ts'
import type { DrawRow } from '../draws/draws.store.ts'
import { codesOfAuthorities } from '../draws/keys.store.ts'
import type { DrawTools } from '../parts.ts'
import type { DrawFigures } from '../shapes.ts'
import {
  type Counted,
  designOf,
  type FrozenDemand,
  frozenDemands,
  isComprehensive,
  type Pool,
} from './frame.rules.ts'
import { carriedOf, drawsOfLine } from './freeze.store.ts'
import { inKept, type Kept, keptFrom } from './kept.ts'
import { ablePool, classCodes } from './people.rules.ts'
import { type People, peopleOf } from './people.ts'
import { type Passed, passSubjects } from './subjects.ts'

/** What was read. */
export interface Snapshot {
  readonly at: Date
  readonly facts: TaskToFreeze
  readonly lead: string
  readonly oversight: string
  /** How many draws the plan entry allows. */
  readonly draws: number
  readonly passed: Passed
  readonly people: People
  readonly strata: readonly Counted[]
  readonly quotas: readonly { readonly code: string; readonly rows: number; readonly n: number }[]
  /** False: more are to be drawn than there are. */
  readonly quotaFits: boolean
  readonly demands: readonly FrozenDemand[]
  readonly pools: DrawFigures['pools']
  readonly framedPools: readonly Pool[]
  readonly classCodes: ReadonlyMap<string, string>
  readonly caps: { readonly num: number; readonly den: number }
  /** What the codes of abilities mean, for whoever reads the commitment. */
  readonly note: string
}

/**
 * Reads the subjects into lists in a folder, and the people; of a draw that supersedes another its lists are kept, and only the
 * people are read. Throws Refused where nothing can be frozen now.
 */
export async function readSnapshot(
  tools: DrawTools,
  reading: {
    readonly draw: DrawRow
    readonly folder: string
    readonly job: RunningJob
    readonly caps: Snapshot['caps']
  },
): Promise<Snapshot> {
  const { job, draw, folder } = reading
  // The embedded database has one connection, and this transaction holds it.
  const isAlone = tools.rowsAtOnce < ROWS_OF_A_SERVER
  const tell = (subjects: number): Promise<void> =>
    subjects % TOLD_EACH === 0 ? job.progress(subjects, undefined, 'draw.reading') : Promise.resolve()
  const kept = await keptFrom(tools, draw, folder)
  const snapshot = await tools.recording.database.read((reader) =>
    snapshotOf(tools, reader, { ...reading, kept, tell: isAlone ? undefined : tell }),
  )
  if (!kept) return snapshot
  const declared = await inKept(tools, kept, snapshot.people.declared)
  return { ...snapshot, passed: { ...snapshot.passed, declared } }
}

const ROWS_OF_A_SERVER = 10_000
const READ_AT_ONCE = 20_000
const TOLD_EACH = 200_000

interface Reading {
  readonly draw: DrawRow
  readonly folder: string
  readonly caps: Snapshot['caps']
  readonly kept: Kept | undefined
  readonly tell: ((subjects: number) => Promise<void>) | undefined
}

async function snapshotOf(tools: DrawTools, reader: Reader, reading: Reading): Promise<Snapshot> {
  const { draw, caps, kept } = reading
  const at = tools.clock.now()
  const facts = found(await taskToFreeze(tools, reader, draw.taskId, at), 'task')
  await demandFreezable(reader, facts, kept)
  const authorities = await codesOfAuthorities(reader, draw.partyIds)
  const demands = kept?.demands ?? frozenDemands(facts, authorities)
  const asked = new Set(demands.flatMap((each) => each.authorities.map(({ id }) => id)))
  const asking = new Map([...authorities].filter(([id]) => asked.has(id)))
  const codes = classCodes(facts.parts)
  const given = { drawName: draw.name, authorities: asking, codes }
  const people = await peopleOf(reader, tools.secrets, facts, given)
  const passed = kept?.passed ?? (await passedNow(tools, reader, reading, { at, facts, demands, people }))
  const strata = [...passed.strata]
    .map(([code, rows]) => ({ code, rows }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const pools = poolsOf(facts, people, asking)
  const lineId = facts.task.planLineId
  return {
    at,
    facts,
    lead: authorities.get(draw.leadAuthorityId) ?? '',
    oversight: authorities.get(draw.oversightAuthorityId) ?? '',
    draws: lineId === null ? 1 : await drawsOfLine(reader, lineId),
    passed,
    people,
    strata,
    ...quotasIn(facts, strata),
    demands,
    pools,
    framedPools: pools.map(({ code, rows, draw: drawn }) => ({ authority: code, rows, draw: drawn })),
    classCodes: codes,
    caps,
    note: [...codes].map(([name, code]) => `${code}=${name}`).join('；'),
  }
}

/** The subjects as the register has them now. */
async function passedNow(
  tools: DrawTools,
  reader: Reader,
  { draw, folder, tell }: Reading,
  { at, facts, demands, people }: Pick<Snapshot, 'at' | 'facts' | 'demands' | 'people'>,
): Promise<Passed> {
  const byPlace = new Map(demands.map(({ place, code }) => [place, code]))
  return passSubjects(frozenRows(reader, facts.groupQuery, atOnce(tools)), {
    folder,
    drawName: draw.name,
    on: Math.floor(at.getTime() / 1000),
    judge: judgeOf(facts),
    demandCodes: isComprehensive(facts)
      ? facts.counting.demands.map((_, place) => byPlace.get(place) ?? '')
      : undefined,
    carried: await carriedOf(reader, draw.planRef),
    byName: facts.byName,
    declared: people.declared,
    ...(tell ? { tell } : {}),
  })
}

function atOnce({ rowsAtOnce }: DrawTools): number {
  return rowsAtOnce < ROWS_OF_A_SERVER ? rowsAtOnce : READ_AT_ONCE
}

/** Of kept subjects it is of no matter what the register holds or takes up today. */
async function demandFreezable(
  reader: Reader,
  { task, counting }: TaskToFreeze,
  kept: Kept | undefined,
): Promise<void> {
  demand(task.state === 'agreed' ? undefined : { code: 'draw.task_not_agreed' })
  if (kept) return
  const file = await importsMoving(reader, task.scope.divisions)
  demand(file === undefined ? undefined : { code: 'draw.register_moving', params: { file } })
  if (counting.refusal) throw new Refused(counting.refusal)
}

function poolsOf(
  { task, parts }: TaskToFreeze,
  people: People,
  authorities: ReadonlyMap<string, string>,
): DrawFigures['pools'] {
  return parts
    .flatMap((part) => {
      const code = authorities.get(part.authorityId)
      if (code === undefined) return []
      const rows = people.pooled.filter(({ authority }) => authority === code).length
      const notAble = part.pool.length - ablePool(part, task.matching).length
      const named = { code, id: part.authorityId, name: part.authorityName }
      return [{ ...named, rows, draw: part.drawn ?? rows, notAble }]
    })
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** How many are drawn of each stratum: none of one whose ratio is none, and nobody where there are fewer than asked. */
function quotasIn(facts: TaskToFreeze, strata: readonly Counted[]): Pick<Snapshot, 'quotas' | 'quotaFits'> {
  const all = { quotas: strata.map((s) => ({ ...s, n: s.rows })), quotaFits: true }
  if (facts.task.design.kind === 'coverage' || strata.length === 0) return all
  try {
    const quotas = quotasOf(designOf(facts, strata), strata) ?? []
    return { quotas: strata.map((s, at) => ({ ...s, n: quotas[at] ?? 0 })), quotaFits: true }
  } catch (error) {
    if (error instanceof QuotaError) return { ...all, quotaFits: false }
    throw error
  }
}

/** What is shown of what was frozen. */
export function figuresOf(
  { facts, passed, quotas, demands, pools, classCodes: codes }: Snapshot,
  counted: { readonly conflicts: number; readonly short: number },
): DrawFigures {
  const excluded = [...passed.excluded.values()].reduce((sum, count) => sum + count, 0)
  return {
    scopeCount: passed.population + excluded,
    population: passed.population,
    exclusions: [...passed.excluded]
      .map(([code, subjects]) => ({ code, subjects }))
      .toSorted((a, b) => b.subjects - a.subjects),
    strata: quotas,
    demands: demands.map(({ place, code, authorities }) => ({
      code,
      authorities,
      subjects: passed.demands.get(place) ?? 0,
    })),
    pools,
    classes: [...codes].map(([name, code]) => ({ code, name })),
    ...counted,
    teams: facts.task.matching === 'teams' ? (facts.task.teamCount ?? 1) : null,
  }
}
