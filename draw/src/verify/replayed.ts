// The current list of a bundle: its events replayed over what its lists and values give.

import type { Loaded } from '../bundle/load.ts'
import { subjectsOf } from '../choose/draw-subjects.ts'
import { type Ranked, rankIds } from '../choose/rank.ts'
import type { Subject } from '../choose/subjects.ts'
import { replay, type Replay } from '../events/replay.ts'
import { readCells } from '../lists/form.ts'
import type { Commitment } from '../manifest/commitment.ts'
import type { AssignmentLine } from '../matching/index.ts'
import { type Context, listOf } from './context.ts'
import { demandsOf, peopleOf } from './people.ts'
import { seedOfBundle } from './seed.ts'
import { subjectDraw } from './subject-checks.ts'

/** Replays the events once for all checks. */
export function replayOf(context: Context, c: Loaded<Commitment>): Replay {
  return context.once('replay', () => {
    const seed = seedOfBundle(context)
    const list = context.manifests.events.length > 0 ? listOf(context, 'population.tsv') : undefined
    const population = list && new Map(subjectsOf(list).map((s) => [s.id, s]))
    return replay(
      {
        commit: c,
        alg: c.value.alg,
        closed: context.manifests.close !== undefined,
        certified: context.state === 'drawn',
        seed,
        drawn: subjectDraw(context, c.value)?.drawn,
        stratumOf: population && ((id) => population.get(id)?.stratum ?? ''),
        ranked: population && seed ? rankedBy(c.value, seed, population) : undefined,
        places: placesOf(context, c.value),
        teamOf: teamsOfSubjects(context),
        authorityOf: new Map(peopleOf(context)?.map((p) => [p.alias, p.authority])),
        people: context.level === 'L2' ? peopleOf(context) : undefined,
        demandOf: demandsOf(context, c.value),
      },
      context.manifests.events,
    )
  })
}

/** Ticket order within a stratum (a class in pps), each ranked once however many skips there are. */
function rankedBy(
  c: Commitment,
  seed: string,
  population: ReadonlyMap<string, Subject>,
): (id: string, stratum: string) => readonly Ranked[] {
  const groupOf = (s: Subject): string => (c.design.kind === 'pps' ? `${s.weight}` : s.stratum)
  const done = new Map<string, readonly Ranked[]>()
  return (id) => {
    const subject = population.get(id)
    if (!subject) return []
    const group = groupOf(subject)
    const ids = (): string[] => [...population.values()].filter((s) => groupOf(s) === group).map((s) => s.id)
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
