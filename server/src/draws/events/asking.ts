// What an application for a replacement rests on: the place that somebody holds, the law of the place, a file that he brought.

import type { Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { demand, type Refusal } from '../../platform/refusal.ts'
import { leadOf } from '../draws/access.ts'
import { whyNotWhileSealed } from '../draws/draws.rules.ts'
import type { DrawRow } from '../draws/draws.store.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawsParts } from '../parts.ts'
import { namesOfCodes, sealedPoolsOf } from '../lists/sealed.store.ts'
import { hasBrought } from './evidence.store.ts'
import { postsOfPerson } from './posts.store.ts'
import { type Origin, reasonsOf, stepsOf, whyNotAsk } from './replacements.rules.ts'
import { type heldBy, insertReplacement } from './replacements.store.ts'

/** Demands that there is a result, and that it may be spoken of. */
export function demandCertified(draw: DrawRow): void {
  demand(whyNotCertified(draw))
}

/** Why the viewer cannot enter what a subject asks for. */
export function whyNotEnterRequest(draw: DrawRow, { access }: Pick<Context, 'access'>): Refusal | undefined {
  return access.whyNot('replacement.request', leadOf(draw)) ?? whyNotCertified(draw)
}

function whyNotCertified(draw: DrawRow): Refusal | undefined {
  return whyNotStep(draw.state, 'event') ?? whyNotWhileSealed(draw)
}

/** Writes an application, or a request for one. Throws Refused. */
export async function askFor(
  writer: Writer,
  { book, tell }: Pick<DrawsParts, 'book' | 'tell'>,
  draw: DrawRow,
  asked: {
    readonly id: string
    readonly origin: Origin
    readonly reasonCode: string
    readonly statement: string
    readonly evidence: string
    readonly subject: string | undefined
    readonly held: Awaited<ReturnType<typeof heldBy>>
    readonly personId: string
    readonly requestedBy: string | null
    /** Who brought the file. */
    readonly bringer: string
    readonly now: Date
  },
): Promise<void> {
  const { held, reasonCode, subject, now, evidence } = asked
  const law = await book.read(writer)
  const place = { division: draw.divisionCode, on: dayOf(now) }
  demand(whyNotAsk({ mode: draw.mode, held }, { reasonCode, subject }, reasonsOf(law, place)))
  const isBrought = await hasBrought(writer, evidence, asked.bringer)
  demand(isBrought ? undefined : { code: 'replacement.no_evidence' }, 422)
  if (!held) return
  await insertReplacement(writer, {
    ...asked,
    drawId: draw.id,
    divisionCode: draw.divisionCode,
    authorityId: held.authorityId,
    alias: held.alias,
    inspectorId: held.inspectorId,
    subject: subject ?? null,
    statement: asked.statement.trim().normalize('NFC'),
    steps: stepsOf(law, place),
  })
  if (asked.origin === 'inspector') return
  const params = { draw: draw.name, task: draw.taskName }
  const link = `/draws/replacements/${asked.id}`
  await tell(writer, { code: 'replacement.requested', personIds: [asked.personId], params, link, now })
}

/** Where somebody stands now in all draws, and what he may ask for there. */
export async function myPosts(
  reader: Reader,
  personId: string,
  { law, now }: { readonly law: Law; readonly now: Date },
) {
  const rows = await postsOfPerson(reader, personId)
  const codes = rows.flatMap(({ mode, place }) => (mode === 'subjects' ? [place] : []))
  const names = await namesOfCodes(reader, codes)
  return rows.map((row) => {
    const place = { division: row.divisionCode, on: dayOf(now) }
    const { drawId, drawName, taskName, divisionCode: _division, openId, openState, ...rest } = row
    return {
      ...rest,
      name: names.get(row.place) ?? null,
      draw: { id: drawId, name: drawName },
      task: taskName,
      reasons: [...reasonsOf(law, place)],
      steps: [...stepsOf(law, place)],
      open: openId === null ? null : { id: openId, state: openState },
    }
  })
}

/** Of which sealed draws he cannot ask for anything yet, and when he can: whether he was drawn is not told here. */
export async function sealedPosts(reader: Reader, personId: string) {
  const rows = await sealedPoolsOf(reader, personId)
  return rows.map(({ drawId, drawName, taskName, openAt }) => ({
    draw: { id: drawId, name: drawName },
    task: taskName,
    openAt: openAt?.toISOString() ?? null,
  }))
}
