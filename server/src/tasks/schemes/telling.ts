// Who learns that a scheme is published: everybody who takes part, and of a later version how much it changes.

import type { WriteContext } from '../../platform/http/route.ts'
import { participationsOf } from '../consultation/participations.store.ts'
import type { TasksParts } from '../parts.ts'
import { tell } from '../tasks/agree.ts'
import { takesPart } from '../tasks/facts.ts'
import type { TaskRow } from '../tasks/tasks.store.ts'
import { changedIn } from './schemes.representation.ts'
import { type SchemeRow, schemesOf } from './schemes.store.ts'

/** Tells the participants of a scheme that has just been published, in its transaction. */
export async function tellPublished(
  parts: Pick<TasksParts, 'whenSchemePublished' | 'whenSchemeRevised'>,
  { writer, now }: Pick<WriteContext, 'writer' | 'now'>,
  row: SchemeRow,
  task: TaskRow,
): Promise<void> {
  const others = (await participationsOf(writer, task.id)).filter((part) => !part.isLead && takesPart(part))
  const changed = changedIn(row, await schemesOf(writer, task.id))
  const more = changed
    ? { version: row.number, sections: changed.sections.length, terms: changed.terms.length }
    : { version: row.number }
  await tell(changed ? parts.whenSchemeRevised : parts.whenSchemePublished, {
    writer,
    task,
    now,
    authorityIds: others.map(({ authorityId }) => authorityId),
    more,
  })
}
