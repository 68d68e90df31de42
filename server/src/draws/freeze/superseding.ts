// The void draw that a draw supersedes, read for the rules that hold the second to the first.

import type { Commitment } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import { demand } from '../../platform/refusal.ts'
import { type DrawRow, drawItself, preparedOf } from '../draws/draws.store.ts'
import { type Superseded, whyNotSupersede } from './superseding.rules.ts'

/** The draw that is superseded; nothing where none is. */
export async function supersededOf(
  reader: Reader,
  { supersedesId }: Pick<DrawRow, 'supersedesId'>,
): Promise<Superseded | undefined> {
  if (supersedesId === null) return undefined
  const [draw, kept] = [await drawItself(reader, supersedesId), await preparedOf(reader, supersedesId)]
  if (!draw || !kept?.prepared) throw new Error('a draw was void before it was frozen')
  return { name: draw.name, prepared: kept.prepared as unknown as Commitment }
}

/** Throws Refused where what was frozen is not what the superseded draw was drawn from. */
export async function demandSame(
  reader: Reader,
  draw: Pick<DrawRow, 'supersedesId'>,
  prepared: Commitment,
): Promise<void> {
  const superseded = await supersededOf(reader, draw)
  demand(superseded && whyNotSupersede(superseded, prepared))
}
