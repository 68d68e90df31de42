// Who presses for what, and when (D-10). Everything was committed at once and closed before the later values existed:
// pressing starts the machine, and chooses nothing.

import { type Refusal } from '../../platform/refusal.ts'
import type { DrawFacts } from '../shapes.ts'

export const PRESS_STAGES = ['objects', 'inspectors'] as const
/** What is drawn: the subjects, and an authority's inspectors. */
export type PressStage = (typeof PRESS_STAGES)[number]

/** A press that the law of the place asks for. */
export interface Press {
  readonly stage: PressStage
  readonly authorityId: string
}

/** A press that was made. */
export interface Pressed extends Press {
  readonly instead: boolean
  readonly at: Date
}

/** Where each authority draws its own people, it presses for itself; elsewhere the lead presses once for all. */
const EACH_FOR_ITSELF: readonly string[] = ['EACH_PARTICIPANT', 'EACH_AUTHORITY']

/** How long a participant is waited for before the lead may press for it, in minutes from the lead's own press; a figure of the house. */
const WAIT_MINUTES = 10

type Organised = Pick<DrawFacts, 'organiser' | 'leadAuthorityId' | 'figures'>

/** Every press that this draw needs; the machine starts with the last of them. */
export function pressesOf({ organiser, leadAuthorityId, figures }: Organised): readonly Press[] {
  const objects: Press = { stage: 'objects', authorityId: leadAuthorityId }
  if (!EACH_FOR_ITSELF.includes(organiser ?? '')) return [objects]
  const others = (figures?.pools ?? []).filter(({ id }) => id !== leadAuthorityId)
  return [objects, ...others.map(({ id }): Press => ({ stage: 'inspectors', authorityId: id }))]
}

/** The presses that are still missing. */
export function missingPresses(draw: Organised, pressed: readonly Pressed[]): readonly Press[] {
  return pressesOf(draw).filter((press) => !pressed.some((one) => isSame(one, press)))
}

/** Why a press cannot be made. */
export interface PressCase {
  readonly draw: Organised & Pick<DrawFacts, 'state'>
  readonly pressed: readonly Pressed[]
  /** Why the draw is not shown to be earlier than its randomness. */
  readonly stale: Refusal | undefined
  /** The first source whose value is not settled. */
  readonly openSource: string | undefined
  readonly press: Press
  /** For a participant that did not come. */
  readonly instead: boolean
  /** Who presses: for which authority, and whether he could be drawn himself. */
  readonly by: { readonly authorityId: string | undefined; readonly name: string; readonly inPool: boolean }
  readonly now: Date
}

/** Why this press cannot be made now. The draw's own step is the caller's to ask. */
export function whyNotPress(given: PressCase): Refusal | undefined {
  const { draw, press, pressed, by } = given
  if (!pressesOf(draw).some((one) => isSame(one, press)))
    return { code: 'draw.press_not_needed', law: 'draws.organiser' }
  if (pressed.some((one) => isSame(one, press))) return { code: 'draw.pressed_already' }
  if (given.stale) return given.stale
  if (given.openSource !== undefined)
    return { code: 'draw.values_open', params: { source: given.openSource } }
  if (by.inPool) return { code: 'draw.own_pool', params: { person: by.name } }
  if (!given.instead)
    return by.authorityId === press.authorityId
      ? undefined
      : { code: 'draw.press_not_yours', law: 'draws.organiser' }
  return whyNotInstead(given)
}

function whyNotInstead({ draw, press, pressed, by, now }: PressCase): Refusal | undefined {
  if (by.authorityId !== draw.leadAuthorityId || press.stage === 'objects')
    return { code: 'draw.press_not_yours', law: 'draws.organiser' }
  const own = pressed.find(({ stage }) => stage === 'objects')
  if (!own) return { code: 'draw.press_own_first' }
  const from = own.at.getTime() + WAIT_MINUTES * 60_000
  return now.getTime() < from
    ? { code: 'draw.press_wait', params: { minutes: Math.ceil((from - now.getTime()) / 60_000) } }
    : undefined
}

function isSame(a: Press, b: Press): boolean {
  return a.stage === b.stage && a.authorityId === b.authorityId
}
