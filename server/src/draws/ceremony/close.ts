// close.json as the room and the preflight give it: the same bytes whenever they are asked for.

import { buildClose, type Built, type Close } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import { found } from '../../platform/refusal.ts'
import { commitmentOf } from '../draws/manifests.store.ts'
import type { DrawFacts } from '../shapes.ts'
import { escrowOf } from './closing.rules.ts'
import { contributionId } from './room.rules.ts'
import { contributionsOf } from './rooms.store.ts'

/** The close of a draw whose contributions have stopped. It is not kept before it is signed: it follows from what is. */
export async function buildCloseOf(
  reader: Reader,
  draw: Pick<DrawFacts, 'id' | 'closingAt'>,
): Promise<Built<Close>> {
  const commit = found(await commitmentOf(reader, draw.id), 'commitment')
  const at = Math.floor(found(draw.closingAt, 'close').getTime() / 1000)
  const given = await contributionsOf(reader, draw.id)
  const observers = given.map(({ number, value, note }) => ({
    id: contributionId(number),
    value,
    ...(note === null ? {} : { note }),
  }))
  const { value, hash } = commit
  const built = { value, hash, bytes: new Uint8Array() }
  return buildClose(built, { at, observers, ...(value.sealed ? { escrow: escrowOf(value, at) } : {}) })
}
