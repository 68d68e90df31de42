// The states of a thing as a table: which command leads from which state to which.

import type { Refusal } from './refusal.ts'

/** state → command → the state that follows; what is not in it cannot be done. */
export type Steps<State extends string, Command extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Command, State>>>>
>

/** Why a command cannot be given in a state; `code` is what the thing says then. */
export function whyNotStep<State extends string, Command extends string>(
  steps: Steps<State, Command>,
  state: State,
  command: Command,
  code: string,
): Refusal | undefined {
  return steps[state][command] === undefined ? { code, params: { state } } : undefined
}
