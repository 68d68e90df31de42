// The current list of a bundle: its events replayed over what its lists and values give.

import { fromUtf8 } from '../bytes.ts'
import { type BundleFiles, memoryFiles } from '../bundle/files.ts'
import { type Loaded, loadManifests } from '../bundle/load.ts'
import { subjectsOf } from '../choose/draw-subjects.ts'
import { type Ranked, rankIds } from '../choose/rank.ts'
import type { Subject } from '../choose/subjects.ts'
import { replay, type Replay, type ReplayFrom } from '../events/replay.ts'
import { readCells } from '../lists/form.ts'
import type { Commitment } from '../manifest/commitment.ts'
import type { AssignmentLine } from '../matching/index.ts'
import { type Context, contextOf, listOf } from './context.ts'
import { demandsOf, peopleOf } from './people.ts'
import { seedOfBundle } from './seed.ts'
import { subjectDraw } from './subject-checks.ts'

/** Replays the events once for all checks. */
export function replayOf(context: Context, c: Loaded<Commitment>): Replay {
  return context.once('replay', () => replay(replayFrom(context, c), context.manifests.events))
}

/** A drawn bundle that was read once, to be asked again and again what its list would be after other events. */
export interface Replayer {
  /** The list after these events: the files of `events/`, by name. Throws where one of them is not a manifest. */
  after(events: readonly (readonly [name: string, bytes: Uint8Array])[]): Replay
}

/** Reads a bundle for many replays; its own events are passed over. Throws where its commitment cannot be read. */
export function replayWith(files: BundleFiles): Replayer {
  const names = files.names.filter((name) => !name.startsWith('events/') || isOpening(files, name))
  const context = contextOf({ ...files, names })
  const { commit } = context.manifests
  if (!commit) throw new Error('commit.json cannot be read')
  const from = replayFrom(context, commit)
  const committed = ['commit.json', files.read('commit.json')] as const
  return {
    after: (events) => {
      const read = loadManifests(memoryFiles(new Map([committed, ...events])))
      const [fault] = [...read.byteFaults, ...read.fieldFaults]
      if (fault) throw new Error(`${fault.file}: ${fault.why}`)
      return replay(from, read.events)
    },
  }
}

function isOpening(files: BundleFiles, name: string): boolean {
  return name.endsWith('.json') && fromUtf8(files.read(name)).includes('"type":"open"')
}

/** What a replay starts from; the population is read only where an event asks for more than who was drawn. */
function replayFrom(context: Context, c: Loaded<Commitment>): ReplayFrom {
  const seed = seedOfBundle(context)
  const drawn = subjectDraw(context, c.value)?.drawn
  const strata = new Map(drawn?.map((s) => [s.id, s.stratum]))
  const hasPopulation = context.files.names.includes('population.tsv')
  const population = (): ReadonlyMap<string, Subject> =>
    context.once(
      'population by id',
      () => new Map(subjectsOf(context.files.read('population.tsv')).map((s) => [s.id, s])),
    )
  return {
    commit: c,
    alg: c.value.alg,
    closed: context.manifests.close !== undefined,
    certified: context.state === 'drawn',
    seed,
    drawn,
    stratumOf: hasPopulation ? (id) => strata.get(id) ?? population().get(id)?.stratum ?? '' : undefined,
    ranked: hasPopulation && seed ? rankedBy(c.value, seed, population) : undefined,
    places: placesOf(context, c.value),
    teamOf: teamsOfSubjects(context),
    authorityOf: new Map(peopleOf(context)?.map((p) => [p.alias, p.authority])),
    people: context.level === 'L2' ? peopleOf(context) : undefined,
    demandOf: demandsOf(context, c.value),
  }
}

/** Ticket order within a stratum (a class in pps), each ranked once however many skips there are. */
function rankedBy(
  c: Commitment,
  seed: string,
  population: () => ReadonlyMap<string, Subject>,
): (id: string, stratum: string) => readonly Ranked[] {
  const groupOf = (s: Subject): string => (c.design.kind === 'pps' ? `${s.weight}` : s.stratum)
  const done = new Map<string, readonly Ranked[]>()
  return (id) => {
    const subject = population().get(id)
    if (!subject) return []
    const group = groupOf(subject)
    const ids = (): string[] =>
      [...population().values()].filter((s) => groupOf(s) === group).map((s) => s.id)
    const ranked = done.get(group) ?? rankIds(c.alg, seed, 'objects', ids())
    done.set(group, ranked)
    return ranked
  }
}

function placesOf(context: Context, c: Commitment): AssignmentLine[] | undefined {
  if (c.matching.mode === 'teams') {
    const teams = listOf(context, 'teams.tsv')
    return teams && readCells(teams).map(([id = '', joined = '']) => ({ id, inspectors: joined.split(',') }))
  }
  if (c.matching.mode !== 'subjects') return undefined
  const people = new Map<string, string[]>()
  for (const { authority } of c.pools) {
    const list = listOf(context, `assignment-${authority}.tsv`)
    if (!list) return undefined
    for (const [id = '', joined = ''] of readCells(list))
      people.set(id, [...(people.get(id) ?? []), ...joined.split(',')])
  }
  return [...people].map(([id, inspectors]) => ({ id, inspectors }))
}

function teamsOfSubjects(context: Context): Map<string, string> | undefined {
  const list = listOf(context, 'assignment.tsv')
  return list && new Map(readCells(list).map(([id = '', team = '']) => [id, team]))
}
