// Migrated databases for tests: the application's own connection, and one that may do anything.

import { readFileSync } from 'node:fs'
import { Database } from '../../src/platform/database/database.ts'
import { type Engine, openPostgres } from '../../src/platform/database/engine.ts'
import { migrate, type DatabaseKind, readMigrations } from '../../src/platform/database/migrate.ts'
import { createLogin } from '../../src/platform/database/roles.ts'
import { machineClock } from '../../src/platform/clock.ts'
import { idsOf } from '../../src/platform/ids.ts'
import { projectPath } from '../../src/platform/root.ts'
import { type EngineKind, freshDatabase, postgresUrl } from './engines.ts'

/** A database as this version's migrations leave it. */
export interface Migrated {
  readonly engine: Engine
  /** As the owner of the machine has it: for attacks, and for looking behind the application. */
  readonly superuser: Engine['pool']
  readonly database: Database
  close(): Promise<void>
}

const LOGIN = 'sunlot_test'
// What the migrator does besides running the files is of the template too.
const MIGRATOR = readFileSync(projectPath('server/src/platform/database/migrate.ts'), 'utf8')

/** A freshly migrated database of the caller's own. */
export async function freshMigrated(kind: EngineKind, born: DatabaseKind = 'simulated'): Promise<Migrated> {
  const newId = idsOf(machineClock)
  const admin = await freshDatabase(kind, {
    key: [born, MIGRATOR, ...readMigrations().map(({ hash }) => hash)].join(' '),
    prepare: async (engine) => void (await migrate(engine.pool, { kind: born, newId })),
  })
  if (kind === 'pglite')
    return {
      engine: admin,
      superuser: admin.pool,
      database: new Database(admin.pool),
      close: () => admin.close(),
    }
  await createLogin(admin.pool, LOGIN, LOGIN)
  const engine = await openPostgres(await loginUrl(admin), { allowUnsafe: true })
  return {
    engine,
    superuser: admin.pool,
    database: new Database(engine.pool),
    close: async () => {
      await engine.close()
      await admin.close()
    },
  }
}

async function loginUrl(admin: Engine): Promise<string> {
  const { rows } = await admin.pool.query<{ name: string }>('select current_database() as name')
  const url = new URL(postgresUrl(rows[0]?.name))
  url.username = LOGIN
  url.password = LOGIN
  return url.href
}
