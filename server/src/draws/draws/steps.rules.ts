// A draw: the table of its states, and what moves it from one to the next. Nothing leads back behind a commitment.

import type { Refusal } from '../../platform/refusal.ts'
import { type Steps, whyNotStep as whyNot } from '../../platform/steps.ts'
import type { DrawCommand, DrawState } from '../shapes.ts'

/** state → command → state; what is not here is refused. */
export const DRAW_STEPS: Steps<DrawState, DrawCommand> = {
  freezing: { freezeDone: 'frozen', freezeFailed: 'discarded', discard: 'discarded' },
  frozen: { discard: 'discarded', commit: 'committed' },
  committed: {
    openRoom: 'committed',
    contribute: 'committed',
    countersign: 'committed',
    closing: 'closing',
    voidNotClosed: 'void',
    void: 'void',
  },
  closing: {
    openRoom: 'closing',
    countersign: 'closing',
    reopen: 'committed',
    close: 'closed',
    voidNotClosed: 'void',
    void: 'void',
  },
  closed: { openRoom: 'closed', type: 'closed', press: 'drawing', void: 'void' },
  drawing: { openRoom: 'drawing', certify: 'certified' },
  certified: { openRoom: 'certified', type: 'certified', open: 'certified', event: 'certified' },
  void: {},
  discarded: {},
}

/** Why a command cannot be given in a state: the table has no such step. */
export function whyNotStep(state: DrawState, command: DrawCommand): Refusal | undefined {
  return whyNot(DRAW_STEPS, state, command, 'draw.not_in_this_state')
}
