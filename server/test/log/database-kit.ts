// A migrated database with a sequencer on it, and what an attacker with all rights can do to it.

import { compareBytes, fromHex, parseCheckpoint, treeRoot, logLeafHash } from '@sunlot/draw'
import { expect, onTestFinished } from 'vitest'
import { Sequencer, type SequencerParts } from '../../src/platform/log/sequencer.ts'
import { asRole, runnerOf, type SqlRunner } from '../../src/platform/log/sql.ts'
import { TileFolder } from '../../src/platform/log/tile-folder.ts'
import { freshMigrated, type Migrated } from '../support/database.ts'
import type { EngineKind } from '../support/engines.ts'
import { logSigner, ORIGIN, temporaryFolder } from './kit.ts'

/** Appends as the triggers do; `body` comes from what follows. */
export const APPEND = `insert into log.leaf (body, hash) select body, sha256('\\x00'::bytea || convert_to(body, 'UTF8'))`

/** One database and its log. */
export interface LogDatabase {
  readonly migrated: Migrated
  readonly sql: SqlRunner
  /** As the application reads. */
  readonly reader: SqlRunner
  readonly folder: TileFolder
  /** A sequencer as a new process would make it. */
  readonly sequencer: (change?: Partial<SequencerParts>) => Sequencer
  /** Appends leaves as the triggers do. */
  readonly append: (count: number) => Promise<void>
  /** Runs statements as a superuser with every trigger off. */
  readonly attack: (...statements: readonly string[]) => Promise<void>
}

export async function openLog(kind: EngineKind): Promise<LogDatabase> {
  const migrated = await freshMigrated(kind)
  onTestFinished(() => migrated.close())
  const sql = runnerOf(migrated.engine.pool)
  const folder = new TileFolder(temporaryFolder())
  const superuser = runnerOf(migrated.superuser)
  let appended = 0
  return {
    migrated,
    sql,
    reader: asRole(sql, 'sunlot_app'),
    folder,
    sequencer: (change = {}) => new Sequencer({ sql, folder, origin: ORIGIN, signer: logSigner, ...change }),
    append: async (count) => {
      const bodies = Array.from({ length: count }, () => `{"n":${appended++},"type":"test","v":1}`)
      await superuser.query(`${APPEND} from unnest($1::text[]) body`, [bodies])
    },
    attack: async (...statements) => {
      await superuser.transaction('none', async (tx) => {
        await tx.query('set local session_replication_role = replica')
        for (const statement of statements) await tx.query(statement)
      })
    },
  }
}

/** What must be true of every log at rest: no gap, no leaf left out, tiles and checkpoint over exactly the sequence. */
export async function expectWhole({ sql, folder }: LogDatabase): Promise<number> {
  const { rows } = await sql.transaction('sunlot_sequencer', (tx) =>
    tx.query(
      `select s.leaf_index::int as place, l.body, encode(l.hash, 'hex') as hash
         from log.leaf l left join log.sequence s on s.leaf_id = l.id order by s.leaf_index nulls last`,
    ),
  )
  expect(rows.map(({ place }) => place)).toEqual(rows.map((_, i) => i))
  for (const { body, hash } of rows)
    expect(compareBytes(logLeafHash(String(body)), fromHex(String(hash)))).toBe(0)
  const root = treeRoot(
    'sha256',
    rows.map(({ hash }) => fromHex(String(hash))),
  )
  const published = parseCheckpoint((await folder.checkpoint()) ?? '') ?? expect.fail('no checkpoint')
  expect(published.size).toBe(rows.length)
  expect(compareBytes(published.root, root)).toBe(0)
  expect(compareBytes(await folder.tree(rows.length).root(), root)).toBe(0)
  return rows.length
}
