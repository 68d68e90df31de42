import { seenIn } from '../../agencies/index.ts'
import type { WriteContext } from '../../platform/http/route.ts'
import { demand, found } from '../../platform/refusal.ts'
import { type DrawRow, lockDraw } from '../draws/draws.store.ts'
import { whyNotThere } from './ceremony.representation.ts'

type Acting = Pick<WriteContext, 'writer' | 'access' | 'actor' | 'now'>

/** A draw that nobody else moves, for somebody who may do this there. Throws NotFound, Refused (403). */
export async function lockedDraw(
  context: Acting,
  id: string,
  action: Parameters<typeof whyNotThere>[2],
): Promise<DrawRow> {
  const draw = found(await lockDraw(context.writer, seenIn(context.access, 'draw.ceremony'), id), 'draw')
  demand(whyNotThere(context, draw, action), 403)
  return draw
}
