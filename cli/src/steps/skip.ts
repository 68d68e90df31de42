// sunlot skip: a drawn subject that is gone; the next reserve of its stratum enters.

import { addEvent, evidenceOf } from './events.ts'
import { type Args, type Io, needed, onDraw } from './step.ts'

/** Logs a skip and says who enters. */
export async function run(args: Args, io: Io): Promise<number> {
  return onDraw(args, (step) => {
    const id = needed(args, 'id')
    const stratum = stratumOf(step.draw.files.read('population.tsv'), id)
    const done = addEvent(args, step, {
      type: 'skip',
      id,
      stratum,
      reason: needed(args, 'reason'),
      evidence: evidenceOf(args),
    })
    const enters = done.after.entered.get(done.event.n) ?? ''
    io.out(
      enters === ''
        ? io.t('steps.skipped_nobody', { id, stratum })
        : io.t('steps.skipped', { id, stratum, enters }),
    )
    return 0
  })
}

function stratumOf(population: Uint8Array, id: string): string {
  const text = new TextDecoder().decode(population)
  const at = text.startsWith(`${id}\t`) ? 0 : text.indexOf(`\n${id}\t`) + 1
  return at === 0 && !text.startsWith(`${id}\t`)
    ? 'unknown'
    : (text.slice(at, text.indexOf('\n', at)).split('\t')[1] ?? 'unknown')
}
