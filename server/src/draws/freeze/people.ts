// The people of a draw, read in its snapshot: who may be drawn, under which alias, and whom he must not inspect.

import { randomBytes } from 'node:crypto'
import type { Reader } from '../../platform/database/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { conflictsOf, ownSubjectsOf, whyNotDraw } from '../../registers/index.ts'
import { subjectsByCodes, type TaskToFreeze } from '../../tasks/index.ts'
import { writeList } from './lists.ts'
import { ablePool, type Pooled, pooled } from './people.rules.ts'
import { staffNumbersOf } from './people.store.ts'

/** Everybody who may be drawn, and the codes of subjects that each of them must not inspect. */
export interface People {
  readonly pooled: readonly Pooled[]
  /** inspector → codes of subjects, as the register has them. */
  readonly conflicts: ReadonlyMap<string, ReadonlySet<string>>
  readonly declared: ReadonlySet<string>
  readonly conflictsWithoutCode: number
}

/** Reads the pools of a task. `authorities`: id → code, of those that somebody of the population needs. */
export async function peopleOf(
  reader: Reader,
  secrets: Secrets,
  { task, parts, law, place }: Pick<TaskToFreeze, 'task' | 'parts' | 'law' | 'place'>,
  given: {
    readonly drawName: string
    readonly authorities: ReadonlyMap<string, string>
    readonly codes: ReadonlyMap<string, string>
  },
): Promise<People> {
  const members = parts
    .filter(({ authorityId }) => given.authorities.has(authorityId))
    .flatMap((part) => ablePool(part, task.matching))
    .filter((member) => !whyNotDraw(member, place.on, law))
  const ids = members.map(({ inspectorId }) => inspectorId)
  const numbers = await staffNumbersOf(reader, ids)
  const conflicts = await conflictsIn(reader, secrets, ids, task.startsOn)
  return {
    ...conflicts,
    declared: new Set([...conflicts.conflicts.values()].flatMap((codes) => [...codes])),
    pooled: members.map((member) =>
      pooled(member, {
        drawName: given.drawName,
        authority: given.authorities.get(member.authorityId) ?? '',
        salt: randomBytes(16).toString('hex'),
        staffNumber: numbers.get(member.inspectorId) ?? member.inspectorId,
        codes: given.codes,
      }),
    ),
  }
}

/** What was declared, and what the register knows by itself: a business that is the inspector's own. */
async function conflictsIn(
  reader: Reader,
  secrets: Secrets,
  ids: readonly string[],
  onDay: string,
): Promise<Pick<People, 'conflicts' | 'conflictsWithoutCode'>> {
  const declared = await conflictsOf(reader, ids, { secrets, onDay })
  const named = [...new Set(declared.flatMap(({ subjectCode }) => subjectCode ?? []))]
  const byName = new Map<string, string[]>()
  for (const { named: as, code } of await subjectsByCodes(reader, named))
    byName.set(as, [...(byName.get(as) ?? []), code])
  const conflicts = new Map<string, Set<string>>()
  const add = (inspectorId: string, code: string): void => {
    const known = conflicts.get(inspectorId) ?? new Set()
    conflicts.set(inspectorId, known.add(code))
  }
  for (const { inspectorId, subjectCode } of declared)
    for (const code of byName.get(subjectCode ?? '') ?? []) add(inspectorId, code)
  for (const { inspectorId, subjectCode } of await ownSubjectsOf(reader, secrets, ids))
    add(inspectorId, subjectCode)
  return { conflicts, conflictsWithoutCode: declared.filter((each) => each.subjectCode === null).length }
}

/** Writes inspectors.tsv, attributes.tsv and conflicts.tsv; gives how many conflicts stand in the last. */
export function writePeople(
  folder: string,
  people: Pick<People, 'pooled' | 'conflicts'>,
  inPopulation: ReadonlySet<string>,
): number {
  writeList(
    folder,
    'inspectors.tsv',
    people.pooled.map(({ alias, authority }) => [alias, authority]),
  )
  writeList(
    folder,
    'attributes.tsv',
    people.pooled.map(({ alias, classes }) => [alias, classes.join(',')]),
  )
  const lines = people.pooled.flatMap(({ alias, inspectorId }) => {
    const codes = [...(people.conflicts.get(inspectorId) ?? [])].filter((code) => inPopulation.has(code))
    return codes.length === 0 ? [] : [{ alias, codes: codes.toSorted() }]
  })
  writeList(
    folder,
    'conflicts.tsv',
    lines.map(({ alias, codes }) => [alias, codes.join(',')]),
  )
  return lines.reduce((sum, { codes }) => sum + codes.length, 0)
}
