// A draw that nobody closed in time: void by itself, in the open.

import { SYSTEM } from '../../platform/actor.ts'
import { record } from '../../platform/record.ts'
import { holdersAt } from '../drawing/presses.store.ts'
import { dayOf } from '../../platform/clock.ts'
import { eachAlone } from '../each-alone.ts'
import { voidDraw } from '../events/adding.ts'
import type { DrawTools } from '../parts.ts'
import { isNotClosed } from './draws.rules.ts'
import { lockDrawItself, notClosedBy } from './draws.store.ts'

/** Ends every draw whose time to close is over, each in a transaction of its own. */
export async function voidNotClosed(tools: DrawTools, now: Date): Promise<void> {
  const due = await tools.recording.database.read((reader) => notClosedBy(reader, now))
  await eachAlone(due, (id) => voidOne(tools, id, now))
}

async function voidOne(tools: DrawTools, id: string, now: Date): Promise<void> {
  const act = { action: 'draw.voidNotClosed', about: { type: 'draw', id } }
  await record(tools.recording, SYSTEM, act, async (writer) => {
    const draw = await lockDrawItself(writer, id)
    // Whoever closed it meanwhile was in time.
    if (!draw || !isNotClosed(draw, now) || draw.committedById === null) return
    const { committedById: by, frozenById: approvedBy } = draw
    await voidDraw(writer, tools, draw, { reason: 'not_closed', by, approvedBy, now })
    const personIds = await holdersAt(writer, draw.partyIds, dayOf(now))
    const params = { draw: draw.name, task: draw.taskName }
    await tools.tell(writer, { code: 'draw.not_closed', personIds, params, link: `/draws/${id}`, now })
  })
}
