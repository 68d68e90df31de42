// Declared conflicts, taken into a simulation: opened, put in their places of the frame, and forgotten but for these.

import type { Reader } from '../../platform/database/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { conflictsOf, grainOf, type Profile } from '../../registers/index.ts'
import type { Counting } from '../scope/counting.ts'
import { stratumOf } from '../scope/design.rules.ts'
import type { TaskCase } from '../tasks/facts.ts'
import type { Declared } from './declared.rules.ts'
import { type NamedSubject, subjectsNamed } from './people.store.ts'

/** What inspectors have declared that a simulation must know of. */
export interface Declarations {
  readonly declared: readonly Declared[]
  /** inspector → places in `declared`. */
  readonly byInspector: ReadonlyMap<string, readonly number[]>
  /** Declarations that name somebody without a code: he cannot be found in the register. */
  readonly withoutCode: number
}

/** What of the declarations of inspectors is about subjects that the task may draw. */
export async function declarationsOf(
  reader: Reader,
  secrets: Secrets,
  { task, counting, query }: Pick<TaskCase, 'task' | 'counting' | 'query'>,
  inspectorIds: readonly string[],
): Promise<Declarations> {
  const conflicts = await conflictsOf(reader, inspectorIds, { secrets, onDay: task.startsOn })
  const codes = [...new Set(conflicts.flatMap(({ subjectCode }) => subjectCode ?? []))]
  const needs = grainOf(query.parts.flatMap(({ items }) => items.map(({ appliesTo }) => appliesTo)))
  const subjects = await subjectsNamed(reader, codes, { scope: query.scope, needs })
  const { declared, places } = placed(subjects, counting, query.strataBy)
  const byInspector = new Map<string, readonly number[]>()
  for (const { inspectorId, subjectCode } of conflicts) {
    const place = places.get(subjectCode ?? '')
    const known = byInspector.get(inspectorId) ?? []
    if (place !== undefined && !known.includes(place)) byInspector.set(inspectorId, [...known, place])
  }
  return {
    declared,
    byInspector,
    withoutCode: conflicts.filter(({ subjectCode }) => subjectCode === null).length,
  }
}

/** Each subject once, by whichever of its codes it was named. Of its like as many are in the frame as there are. */
function placed(
  subjects: readonly NamedSubject[],
  counting: Counting,
  strataBy: TaskCase['query']['strataBy'],
): { readonly declared: readonly Declared[]; readonly places: ReadonlyMap<string, number> } {
  const strata = new Map(counting.strata.map(({ code }, at) => [code, at]))
  const all = new Map<string, number>()
  for (const group of counting.groups) all.set(keyOf(group), (all.get(keyOf(group)) ?? 0) + group.subjects)
  const inFrame = new Map<string, { demand: number; subjects: number }>()
  counting.frame.forEach((group, at) => {
    const known = inFrame.get(keyOf(group)) ?? { demand: counting.ofGroup[at]!, subjects: 0 }
    inFrame.set(keyOf(group), { ...known, subjects: known.subjects + group.subjects })
  })
  const declared: Declared[] = []
  const byId = new Map<string, number>()
  const places = new Map<string, number>()
  for (const subject of subjects) {
    const frame = inFrame.get(keyOf(subject))
    if (!frame) continue
    const place = byId.get(subject.id) ?? declared.length
    if (!byId.has(subject.id))
      declared.push({
        stratum: strata.get(stratumOf(subject, strataBy)) ?? 0,
        demand: frame.demand,
        share: frame.subjects / (all.get(keyOf(subject)) ?? frame.subjects),
      })
    byId.set(subject.id, place)
    places.set(subject.code, place)
  }
  return { declared, places }
}

function keyOf(profile: Profile & { readonly active: boolean }): string {
  const { division, industry, entityType, kind, active, tags, pools, licences } = profile
  return JSON.stringify([division, industry, entityType, kind, profile.class, active, tags, pools, licences])
}
