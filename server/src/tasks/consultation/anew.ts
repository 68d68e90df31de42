// An acceptance is given to what lay there. Where the lead changes that, it falls, and whoever gave it is asked again.

import type { WriteContext } from '../../platform/http/route.ts'
import type { TasksParts } from '../parts.ts'
import { tell } from '../tasks/agree.ts'
import type { TaskRow } from '../tasks/tasks.store.ts'
import { reopenAccepted } from './answers.store.ts'

/**
 * Asks those anew who have accepted, and tells them. Called by whatever changes what is offered: the scheme, or what of the
 * task the lead settles; not by what another authority answers. Before and after the consultation nobody is asked.
 */
export async function askAnew(
  parts: Pick<TasksParts, 'whenAskedAnew'>,
  { writer, now }: Pick<WriteContext, 'writer' | 'now'>,
  task: TaskRow,
): Promise<void> {
  if (task.state !== 'consulting') return
  const authorityIds = await reopenAccepted(writer, task.id)
  if (authorityIds.length > 0) await tell(parts.whenAskedAnew, { writer, task, now, authorityIds })
}
