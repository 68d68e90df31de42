// What a step of a draw is given, made anew from the application's own parts.

import { join } from 'node:path'
import type { DrawTools } from '../../src/draws/parts.ts'
import { LawBook } from '../../src/law/index.ts'
import { Files } from '../../src/platform/files/files.ts'
import { runnerOf } from '../../src/platform/log/index.ts'
import { LAW } from '../support/app.ts'
import type { DrawsApp } from './draws-kit.ts'

/** The tools of an application. `secrets`: another key file's. */
export function toolsOf(app: DrawsApp, { secrets = app.secrets }: Partial<DrawTools> = {}): DrawTools {
  return {
    recording: { database: app.database, newId: app.newId },
    clock: app.clock,
    // Kept under the application's own key, whatever the other opens.
    files: new Files(join(app.folder, 'files'), app.secrets),
    secrets,
    book: new LawBook(LAW),
    log: app.log.published,
    sql: runnerOf(app.migrated.engine.pool),
    rowsAtOnce: 1000,
    drand: [],
    tell: () => Promise.resolve(),
  }
}
