// What a press has to know, read at once: who must press, who has, which value is open, who asks.

import type { Reader } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { canOf, type Refusal } from '../../platform/refusal.ts'
import { sourceStates, valuesOf } from '../ceremony/values.ts'
import { whyNotOpen } from '../draws/draws.rules.ts'
import type { DrawRow } from '../draws/draws.store.ts'
import { whyNotFreshNow } from '../draws/places.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawsParts } from '../parts.ts'
import { leadOf } from '../draws/access.ts'
import { type Press, pressesOf, type PressCase, whyNotPress } from './press.rules.ts'
import { jobOf, namesOfAuthorities, pressesMade, standsInPool } from './presses.store.ts'

type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** All that decides on a press, but which press it is. */
interface Pressing extends Omit<PressCase, 'press' | 'instead'> {
  readonly draw: DrawRow
  readonly pressed: Awaited<ReturnType<typeof pressesMade>>
}

/** Reads it. */
export async function pressingOf(
  reader: Reader,
  draw: DrawRow,
  { actor, now, log }: Viewing & Pick<DrawsParts, 'log'>,
): Promise<Pressing> {
  const values = await valuesOf(reader, draw.id, 0)
  const states = await sourceStates(reader, { drawId: draw.id, eventN: 0 }, values?.sources ?? [], now)
  const person = actor.kind === 'person' ? actor : undefined
  return {
    draw,
    pressed: await pressesMade(reader, draw.id),
    stale: await whyNotFreshNow(reader, log, draw.id, now),
    openSource: states.find(({ state }) => state !== 'settled')?.id,
    by: {
      authorityId: person?.acting?.authorityId,
      name: person?.name ?? '',
      inPool: person !== undefined && (await standsInPool(reader, draw.id, person.personId)),
    },
    now,
  }
}

/** Why the viewer cannot press: his rights, whether it was pressed already, the draw's step, and the rules of the press. */
export function whyNotPressNow(
  pressing: Pressing,
  { access }: Pick<Viewing, 'access'>,
  asked: { readonly press: Press; readonly instead: boolean },
): Refusal | undefined {
  const { draw, pressed } = pressing
  const { press } = asked
  const isMade = pressed.some((one) => one.stage === press.stage && one.authorityId === press.authorityId)
  return (
    access.whyNot('draw.press', { authorityIds: draw.partyIds }) ??
    (isMade ? { code: 'draw.pressed_already' } : undefined) ??
    whyNotStep(draw.state, 'press') ??
    whyNotPress({ ...pressing, ...asked })
  )
}

/** Why the machine cannot be started again: it runs, or nothing went wrong. What failed may be the draw, or a list's opening. */
export async function whyNotResume(
  reader: Reader,
  draw: DrawRow,
  { access, now }: Pick<Viewing, 'access' | 'now'>,
): Promise<Refusal | undefined> {
  const refused = access.whyNot('draw.resume', leadOf(draw))
  if (refused) return refused
  if (isOpening(draw, now)) return draw.failure ? undefined : { code: 'draw.under_way' }
  const notDrawn = whyNotStep(draw.state, 'certify')
  if (notDrawn) return notDrawn
  const job = await jobOf(reader, draw.jobId)
  return job?.state === 'waiting' || job?.state === 'running' ? { code: 'draw.under_way' } : undefined
}

/** Whether its list is about to open: its time has come. */
export function isOpening(draw: DrawRow, now: Date): boolean {
  return draw.state === 'certified' && whyNotOpen(draw, now) === undefined
}

/** The presses of a draw as the page shows them. */
export async function representPresses(
  reader: Reader,
  draw: DrawRow,
  viewing: Viewing & Pick<DrawsParts, 'log'>,
) {
  const pressing = await pressingOf(reader, draw, viewing)
  const presses = pressesOf(draw)
  const names = await namesOfAuthorities(
    reader,
    presses.map(({ authorityId }) => authorityId),
  )
  const why = (press: Press, instead: boolean) => canOf(whyNotPressNow(pressing, viewing, { press, instead }))
  const job = await jobOf(reader, draw.jobId)
  return {
    organiser: draw.organiser,
    presses: presses.map((press) => {
      const made = pressing.pressed.find(
        (one) => one.stage === press.stage && one.authorityId === press.authorityId,
      )
      return {
        stage: press.stage,
        authority: { id: press.authorityId, name: names.get(press.authorityId) ?? '' },
        by: made?.personName ?? null,
        at: made?.at.toISOString() ?? null,
        instead: made?.instead ?? false,
        why: why(press, false),
        whyInstead: why(press, true),
      }
    }),
    openSource: pressing.openSource ?? null,
    job: job ?? null,
    can: { resume: canOf(await whyNotResume(reader, draw, viewing)) },
  }
}
