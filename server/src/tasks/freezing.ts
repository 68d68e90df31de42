// A task as the draw freezes it: all that decides, and each subject of its scope judged by the same rules that were counted by.

import type { Reader } from '../platform/database/database.ts'
import { completed } from '../registers/index.ts'
import type { TasksParts } from './parts.ts'
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
import { taskItself, type TaskRow } from './tasks/tasks.store.ts'

/** A task with what a draw of it needs. `parts` are those that take part, as `counting.demands` counts them. */
export interface TaskToFreeze extends TaskCase {
  readonly task: TaskRow
  readonly groupQuery: GroupQuery
  /** Who is in the scope, in a sentence. */
  readonly scopeText: string
  readonly hasPublishedScheme: boolean
  /** Code of a subject → why it is left out by name. */
  readonly byName: ReadonlyMap<string, { readonly reason: string; readonly evidence: string }>
}

/** What became of a subject: left out, or in a stratum with a demand (a place in `counting.demands`). */
export type Judged = { readonly group: Group } & (
  | { readonly excluded: Exclusion }
  | { readonly excluded?: undefined; readonly stratum: string; readonly demand: number }
)

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
  const schemes = await schemesOf(reader, taskId)
  const named = await listExclusions(reader, taskId)
  return {
    ...facts,
    task,
    parts: facts.parts.filter(takesPart),
    // The monitor holds kinds of subjects against chance: they are told apart whether an item asks for them or not.
    groupQuery: told(await groupQueryOf(reader, facts.query)),
    scopeText: scopeText(task.scope, facts.law, registerName),
    hasPublishedScheme: schemes.some(({ state }) => state === 'published'),
    byName: new Map(
      named
        .filter(({ withdrawnAt }) => withdrawnAt === null)
        .map(({ subjectCode, reason, evidence }) => [subjectCode, { reason, evidence }]),
    ),
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
    if (excluded !== undefined) return { group, excluded }
    const demand = places.get(demandKey(whoInspects(group, query.parts, query.mode)))
    if (demand === undefined) throw new Error('a subject was not counted with the task')
    return { group, stratum: stratumOf(group, query.strataBy), demand }
  }
}

function told(query: GroupQuery): GroupQuery {
  const { withoutTypes: _types, ...needs } = query.needs
  return { ...query, needs }
}
