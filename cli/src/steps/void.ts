// sunlot void: a draw that ends without a certificate, in public and for one of three reasons.

import { CommandError } from '../errors.ts'
import { addEvent, evidenceOf } from './events.ts'
import { type Args, type Io, needed, onDraw } from './step.ts'

/** Logs a void. A draw with a certificate cannot be voided. */
export async function run(args: Args, io: Io): Promise<number> {
  return onDraw(args, (step) => {
    if (step.draw.manifests.certificate)
      throw new CommandError('void_certified', { hash: step.draw.manifests.certificate.hash })
    const reason = needed(args, 'reason')
    addEvent(args, step, { type: 'void', reason, evidence: evidenceOf(args) })
    io.out(io.t('steps.voided', { draw: step.draw.commit.value.draw_id, reason }))
    return 0
  })
}
