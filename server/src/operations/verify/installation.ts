// sunlot verify log|consistency|receipt|state|grants|backup: what an installation shows to somebody who does not believe it.

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DirectoryInUse, type Engine, openEmbedded, openPostgres } from '../../platform/database/engine.ts'
import { pendingMigrations } from '../../platform/database/migrate.ts'
import {
  committedManifest,
  type LogPolicy,
  runnerOf,
  TileFolder,
  verifyAgainstDatabase,
  verifyConsistency,
  verifyGrants,
  verifyLog,
  verifyReceipt,
  type VerifyReport,
  verifyState,
} from '../../platform/log/index.ts'
import type { Settings } from '../../platform/settings.ts'
import { readBirth } from '../birth.store.ts'
import { DATABASE_FOLDER } from '../engine.ts'
import { LOG_FOLDER, originOf } from '../sequencing.ts'
import { OperationRefused } from '../words.ts'
import { verifyBackup } from './backup.ts'
import { givenPolicy, ownPolicy, publishedOrigin } from './policy.ts'

/** What is verified, with which files, against whose keys. */
export interface VerifyRequest {
  readonly files: readonly string[]
  /** A `LogPolicy` as JSON; without it this installation's own key. */
  readonly policy?: string | undefined
  /** The exported keys of a backup, and their passphrase. */
  readonly keys?: string | undefined
  readonly passphrase?: string | undefined
}

type Verify = (settings: Settings, request: VerifyRequest) => Promise<VerifyReport>

/** Each verification. Throws OperationRefused where it cannot begin; what does not hold is in the report. */
export const VERIFICATIONS: Readonly<Record<string, Verify>> = {
  log: (settings, request) =>
    onDatabase(settings, async (engine) => {
      const policy = await policyFor(settings, request, async () =>
        originOf((await readBirth(engine.pool)).id),
      )
      return verifyLog({ sql: runnerOf(engine.pool), policy, ...tilesOf(settings) })
    }),
  state: (settings) => onDatabase(settings, ({ pool }) => verifyState({ sql: runnerOf(pool) })),
  grants: (settings) =>
    onDatabase(settings, ({ pool }) => verifyGrants({ sql: runnerOf(pool) }, committedManifest())),
  consistency: verifyTwo,
  receipt: async (settings, request) => {
    const [file] = request.files
    if (file === undefined) throw new OperationRefused('verify_file_needed')
    const policy = await policyFor(settings, request, () => publishedOrigin(settings.folder))
    return verifyReceipt(parsed(await readFile(file, 'utf8')), policy)
  },
  backup: async (settings, { files: [file], keys, passphrase }) => {
    if (file === undefined) throw new OperationRefused('verify_file_needed')
    return verifyBackup(settings, { from: file, keys, passphrase })
  },
}

/** Two checkpoints by the published tiles; one against what is published; where there are no tiles, against the database. */
async function verifyTwo(settings: Settings, request: VerifyRequest): Promise<VerifyReport> {
  const [first, second] = request.files
  if (first === undefined) throw new OperationRefused('verify_file_needed')
  const text = await readFile(first, 'utf8')
  const { folder } = tilesOf(settings)
  if (!folder)
    return onDatabase(settings, async ({ pool }) => {
      const origin = async (): Promise<string> => originOf((await readBirth(pool)).id)
      const policy = await policyFor(settings, request, origin)
      return verifyAgainstDatabase({ sql: runnerOf(pool), policy }, text)
    })
  const policy = await policyFor(settings, request, () => publishedOrigin(settings.folder))
  const other = second === undefined ? await folder.checkpoint() : await readFile(second, 'utf8')
  return verifyConsistency({ policy, folder }, [text, other ?? ''])
}

function policyFor(
  settings: Settings,
  { policy }: VerifyRequest,
  origin: () => Promise<string>,
): Promise<LogPolicy> {
  return policy === undefined ? ownPolicy(settings, origin) : givenPolicy(policy)
}

function tilesOf({ folder }: Settings): { readonly folder?: TileFolder } {
  const path = join(folder, LOG_FOLDER)
  return existsSync(path) ? { folder: new TileFolder(path) } : {}
}

/** Opens what there is, and changes nothing: neither makes a database nor brings one up to this version. */
async function onDatabase<T>(settings: Settings, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await open(settings)
  try {
    const pending = await pendingMigrations(engine.pool)
    if (pending.length > 0) throw new OperationRefused('verify_other_version', { count: pending.length })
    return await work(engine)
  } finally {
    await engine.close()
  }
}

async function open({ folder, databaseUrl }: Settings): Promise<Engine> {
  if (databaseUrl !== undefined) return openPostgres(databaseUrl)
  const directory = join(folder, DATABASE_FOLDER)
  if (!existsSync(join(directory, 'data'))) throw new OperationRefused('nothing_to_verify', { folder })
  try {
    return await openEmbedded({ directory })
  } catch (error) {
    if (error instanceof DirectoryInUse) throw new OperationRefused('verify_running', { pid: error.pid })
    throw error
  }
}

/** Text that is no JSON is no receipt either. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
