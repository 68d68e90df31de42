// sunlot open: the two secrets of a sealed draw, at its time; from then on anybody recomputes it.

import { CommandError } from '../errors.ts'
import { privateOf } from '../desk/draw-folder.ts'
import { addEvent } from './events.ts'
import { type Args, type Io, onDraw } from './step.ts'

/** Opens a sealed draw. */
export async function run(args: Args, io: Io): Promise<number> {
  return onDraw(args, (step) => {
    const { commit, folder } = step.draw
    if (!commit.value.sealed) throw new CommandError('not_sealed', { draw: commit.value.draw_id })
    const secrets = privateOf(folder).sealed.map(({ id, value }) => ({ id, value }))
    addEvent(args, step, { type: 'open', secrets })
    io.out(io.t('steps.opened', { draw: commit.value.draw_id }))
    return 0
  })
}
