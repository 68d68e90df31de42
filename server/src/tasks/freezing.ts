// A task as the draw freezes it: all that decides, and each subject of its scope judged by the same rules that were counted by.

import type { Law, Place } from '../law/index.ts'
import type { Reader, Writer } from '../platform/database/database.ts'
import type { Reach } from '../platform/reach.ts'
import { completed } from '../registers/index.ts'
import { participationsOf } from './consultation/participations.store.ts'
import type { TasksParts } from './parts.ts'
import { placeIn } from './place.ts'
import { groupQueryOf, rulesOf } from './scope/counting.ts'
import { demandKey, whoInspects } from './scope/demand.rules.ts'
import { stratumOf } from './scope/design.rules.ts'
import { type Exclusion, exclusionOf } from './scope/exclusions.rules.ts'
import { listExclusions } from './scope/exclusions.store.ts'
import type { Group } from './scope/profiles.rules.ts'
import type { GroupQuery } from './scope/profiles.store.ts'
import { scopeText } from './schemes/said.rules.ts'
import { nameOfAuthority, schemesOf } from './schemes/schemes.store.ts'
import { caseOf, type TaskCase, takesPart } from './tasks/facts.ts'
import { lockTask, taskItself, type TaskRow } from './tasks/tasks.store.ts'

/** A task with what a draw of it needs. `parts` are those that take part, as `counting.demands` counts them. */
export interface TaskToFreeze extends TaskCase {
  readonly task: TaskRow
  readonly groupQuery: GroupQuery
  /** Who is in the scope, in a sentence. */
  readonly scopeText: string
  /** Code of a subject → why it is left out by name. */
  readonly byName: ReadonlyMap<string, { readonly reason: string; readonly evidence: string }>
}

/** What became of a subject: left out, or in a stratum. `demand`: a place in `counting.demands`, where somebody would visit it. */
export interface Judged {
  readonly group: Group
  readonly demand: number | undefined
  readonly excluded?: Exclusion
  readonly stratum?: string
}

/** Reads a task that is to be frozen, with its count. Asks for no reach: of a task that was found within one. */
export async function taskToFreeze(
  parts: Pick<TasksParts, 'book'>,
  reader: Reader,
  taskId: string,
  now: Date,
): Promise<TaskToFreeze | undefined> {
  const task = await taskItself(reader, taskId)
  if (!task) return undefined
  const facts = await caseOf(parts, reader, task, now)
  const registerName = await nameOfAuthority(reader, task.scope.register)
  const named = await listExclusions(reader, taskId)
  return {
    ...facts,
    task,
    parts: facts.parts.filter(takesPart),
    // The monitor holds kinds of subjects against chance: they are told apart whether an item asks for them or not.
    groupQuery: told(await groupQueryOf(reader, facts.query)),
    scopeText: scopeText(task.scope, facts.law, registerName),
    byName: new Map(
      named
        .filter(({ withdrawnAt }) => withdrawnAt === null)
        .map(({ subjectCode, reason, evidence }) => [subjectCode, { reason, evidence }]),
    ),
  }
}

/** A task as far as whether it may be drawn goes. */
export interface TaskToDraw {
  readonly task: TaskRow
  readonly law: Law
  readonly place: Place
  /** The authorities that take part, the lead among them. */
  readonly authorityIds: readonly string[]
  readonly hasPublishedScheme: boolean
}

/** A task that nobody else moves until the transaction ends; nothing where the reach does not take it in. */
export async function holdTaskToDraw(
  { book }: Pick<TasksParts, 'book'>,
  writer: Writer,
  reach: Reach,
  id: string,
): Promise<TaskToDraw | undefined> {
  const task = await lockTask(writer, reach, id)
  if (!task) return undefined
  const law = await book.read(writer)
  const parts = (await participationsOf(writer, id)).filter(takesPart)
  const schemes = await schemesOf(writer, id)
  return {
    task,
    law,
    place: placeIn(law, task.divisionCode, task.startsOn),
    authorityIds: parts.map(({ authorityId }) => authorityId),
    hasPublishedScheme: schemes.some(({ state }) => state === 'published'),
  }
}

/** Judges subjects by their profiles. */
export function judgeOf({
  law,
  place,
  query,
  counting,
}: Pick<TaskToFreeze, 'law' | 'place' | 'query' | 'counting'>): (profile: string) => Judged {
  const rules = rulesOf(law, place, query)
  const places = new Map(counting.demands.map(({ authorities }, at) => [demandKey(authorities), at]))
  return (profile) => {
    const group = completed([{ ...(JSON.parse(profile) as Group), subjects: 1 }])[0]!
    const excluded = exclusionOf(group, rules)
    const demand = places.get(demandKey(whoInspects(group, query.parts, query.mode)))
    if (excluded !== undefined) return { group, demand, excluded }
    if (demand === undefined) throw new Error('a subject was not counted with the task')
    return { group, demand, stratum: stratumOf(group, query.strataBy) }
  }
}

function told(query: GroupQuery): GroupQuery {
  const { withoutTypes: _types, ...needs } = query.needs
  return { ...query, needs }
}
