// What a step of a draw is given, made anew from the application's own parts.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listsOfDraw } from '../../src/draws/draws/lists.store.ts'
import type { DrawTools } from '../../src/draws/parts.ts'
import { LawBook } from '../../src/law/index.ts'
import { Files } from '../../src/platform/files/files.ts'
import { runnerOf } from '../../src/platform/log/index.ts'
import { LAW } from '../support/app.ts'
import type { DrawCast, DrawsApp } from './draws-kit.ts'

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

/** Alters a list of a draw among the files; gives what puts it back. */
export async function alterList(
  app: DrawsApp,
  { id }: Pick<DrawCast, 'id'>,
  name: string,
): Promise<() => void> {
  const lists = await app.database.read((reader) => listsOfDraw(reader, id))
  const { fileHash: hash } = lists.find((list) => list.name === name)!
  const path = join(app.folder, 'files', hash.slice(0, 2), hash)
  const kept = readFileSync(path)
  const altered = Buffer.from(kept)
  // Another last character: of a population its last weight of 1 becomes one of 3.
  altered[altered.length - 2]! ^= 2
  writeFileSync(path, altered)
  return () => writeFileSync(path, kept)
}
