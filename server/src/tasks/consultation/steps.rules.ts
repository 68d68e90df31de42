// The part of an authority in a task: the table of its states, and what moves it from one to the next.

import type { Refusal } from '../../platform/refusal.ts'
import type { ParticipationState } from './shapes.ts'

export const PARTICIPATION_COMMANDS = [
  'ask',
  'prepare',
  'invite',
  'settle',
  'comment',
  'accept',
  'decline',
  'reopen',
  'recall',
  'release',
] as const
export type ParticipationCommand = (typeof PARTICIPATION_COMMANDS)[number]

/**
 * state → command → state; what is not here is refused. The lead's own part is settled by dispatching, the others' parts
 * are invited by it; a recall asks everybody anew, and whom the lead let go may be asked again.
 */
export const PARTICIPATION_STEPS: Readonly<
  Record<ParticipationState, Readonly<Partial<Record<ParticipationCommand, ParticipationState>>>>
> = {
  prepared: {
    ask: 'prepared',
    prepare: 'prepared',
    invite: 'invited',
    settle: 'accepted',
    release: 'released',
  },
  invited: {
    prepare: 'invited',
    comment: 'invited',
    accept: 'accepted',
    decline: 'declined',
    recall: 'prepared',
    release: 'released',
  },
  accepted: { reopen: 'invited', recall: 'prepared' },
  declined: { reopen: 'invited', recall: 'prepared', release: 'released' },
  released: { ask: 'prepared' },
}

/** Why a command cannot be given in a state: the table has no such step. */
export function whyNotStep(state: ParticipationState, command: ParticipationCommand): Refusal | undefined {
  return PARTICIPATION_STEPS[state][command] === undefined
    ? { code: 'participation.not_in_this_state', params: { state } }
    : undefined
}
