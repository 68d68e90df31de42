// What a step of a draw is given, made anew from the application's own parts.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { listsOfDraw } from '../../src/draws/draws/lists.store.ts'
import type { DrawTools } from '../../src/draws/parts.ts'
import { LawBook } from '../../src/law/index.ts'
import { Files } from '../../src/platform/files/files.ts'
import { runnerOf } from '../../src/platform/log/index.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import { record } from '../../src/platform/record.ts'
import { insertImport, moveImport } from '../../src/registers/imports/imports.store.ts'
import { LAW } from '../support/app.ts'
import { COUNTY } from '../support/people.ts'
import type { DrawCast, DrawsApp, DrawsCast } from './draws-kit.ts'

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

/** The bytes of a list of a draw. */
export async function bytesOf(app: DrawsApp, id: string, name: string): Promise<Buffer> {
  const lists = await app.database.read((reader) => listsOfDraw(reader, id))
  const files = new Files(join(app.folder, 'files'), app.secrets)
  return buffer(await files.read(lists.find((list) => list.name === name)!.fileHash))
}

/** Its lines, cell by cell. */
export async function listed(app: DrawsApp, id: string, name: string): Promise<string[][]> {
  const lines = (await bytesOf(app, id, name)).toString().split('\n').slice(0, -1)
  return lines.map((line) => line.split('\t'))
}

/** Does something while a file is being written into the register. */
export async function whileMoving<T>(app: DrawsApp, { lead }: DrawsCast, work: () => Promise<T>): Promise<T> {
  const id = app.newId()
  const parts = { database: app.database, newId: app.newId }
  const file = {
    id,
    register: 'subject',
    mode: 'merge',
    authorityId: lead.authority,
    divisionCode: COUNTY,
    fileName: '名录.xlsx',
    fileHash: '0'.repeat(64),
    fileBytes: 1,
    sheet: {} as never,
    by: lead.clerk.personId,
    at: app.clock.now(),
    state: 'halted',
  } as const
  await record(parts, SYSTEM, { action: 'import.begin' }, (writer) => insertImport(writer, file))
  const done = await work()
  await record(parts, SYSTEM, { action: 'import.end' }, (writer) =>
    moveImport(writer, id, { state: 'undone' }),
  )
  return done
}
