// Gives an account new credentials at the server itself: the way back in for whom nobody may reset online.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { resetByOperator } from '../accounts/index.ts'
import { AdvancedClock, machineClock } from '../platform/clock.ts'
import { Database } from '../platform/database/database.ts'
import { idsOf } from '../platform/ids.ts'
import { NotFound } from '../platform/refusal.ts'
import type { Settings } from '../platform/settings.ts'
import { readBirth } from './birth.store.ts'
import { DATABASE_FOLDER, openDatabase } from './engine.ts'
import { OperationRefused } from './words.ts'

/**
 * Resets the account of a username and gives a password that is good once. The embedded database must not be served
 * meanwhile. Throws OperationRefused `no_database`, `account_missing`, and what `openDatabase` throws.
 */
export async function resetOffline(
  settings: Settings,
  { username, purpose }: { readonly username: string; readonly purpose: string },
): Promise<string> {
  const { databaseUrl, folder } = settings
  if (databaseUrl === undefined && !existsSync(join(folder, DATABASE_FOLDER)))
    throw new OperationRefused('no_database', { folder })
  const { engine } = await openDatabase(settings, () => undefined)
  try {
    const clock = new AdvancedClock(machineClock)
    clock.setAhead((await readBirth(engine.pool)).aheadMs)
    const recording = { database: new Database(engine.pool), newId: idsOf(clock) }
    return await resetByOperator(recording, { username: username.toLowerCase(), purpose, now: clock.now() })
  } catch (error) {
    throw error instanceof NotFound ? new OperationRefused('account_missing', { username }) : error
  } finally {
    await engine.close()
  }
}
