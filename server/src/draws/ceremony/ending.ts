// Rooms end by themselves: a day after the certificate, or after the draw became void.

import { SYSTEM } from '../../platform/actor.ts'
import { record } from '../../platform/record.ts'
import type { DrawTools } from '../parts.ts'
import { STAYS_OPEN_MS } from './room.rules.ts'
import { endRoomsSince, hasOverRooms } from './rooms.store.ts'

/** Ends the rooms whose day is over. */
export async function endRooms({ recording }: Pick<DrawTools, 'recording'>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - STAYS_OPEN_MS)
  if (!(await recording.database.read((reader) => hasOverRooms(reader, before)))) return
  await record(recording, SYSTEM, { action: 'room.end' }, (writer) => endRoomsSince(writer, before, now))
}
