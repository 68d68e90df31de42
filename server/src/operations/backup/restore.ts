// Brings a backup back, into something empty, and verifies what came back before it says that it is done.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { openPostgres } from '../../platform/database/engine.ts'
import { syncTree } from '../../platform/database/durable-files.ts'
import { createRoles } from '../../platform/database/roles.ts'
import type { Settings } from '../../platform/settings.ts'
import { DATABASE_FOLDER, migratePostgres } from '../engine.ts'
import { OperationRefused } from '../words.ts'
import { fingerprintsOf, importKeys, type KeyFiles, placeKeys, readKeys } from './keys.ts'
import { type Manifest, MANIFEST, isSafeName, parseManifest } from './manifest.ts'
import { runOnDatabase } from './programs.ts'
import { readTar, TarDamaged, type TarEntry } from './tar.ts'
import { verifyRestored } from './verify-restored.ts'

/** What came back. */
export interface Restored {
  readonly target: string
  /** Leaves of the log, all of them verified. */
  readonly size: number
  readonly at: string
}

/** From where. */
export interface RestoreSource {
  readonly from: string
  readonly keys?: string | undefined
  readonly passphrase?: string | undefined
}

const DUMP = 'database.dump'
const EXTRACTED = [DATABASE_FOLDER, 'files', 'log', DUMP] as const

/** Restores into the empty folder (and empty database) of the settings. Throws OperationRefused. */
export async function restore(settings: Settings, source: RestoreSource): Promise<Restored> {
  const file = resolve(source.from)
  const manifest = await checkArchive(file)
  const engine = settings.databaseUrl === undefined ? 'pglite' : 'postgres'
  if (manifest.engine !== engine)
    throw new OperationRefused('backup_other_engine', { engine: manifest.engine })
  refuseFullFolder(settings.folder)
  const keys = demandKeys(settings.folder, manifest, source)
  const existed = existsSync(settings.folder)
  try {
    await extract(file, settings.folder)
    if (engine === 'postgres') await restorePostgres(settings)
    if (keys) placeKeys(keys, settings.folder)
    syncTree(settings.folder)
  } catch (error) {
    // Half a restored folder must not be taken for a whole one. It was empty before.
    const made = existed ? EXTRACTED.map((name) => join(settings.folder, name)) : [settings.folder]
    for (const path of made) rmSync(path, { recursive: true, force: true })
    throw error
  }
  const size = await verifyRestored(settings)
  const target =
    settings.databaseUrl === undefined ? settings.folder : new URL(settings.databaseUrl).pathname.slice(1)
  return { target, size, at: manifest.at }
}

/**
 * Reads the whole archive once before anything is written: every entry is in the manifest, with its hash, and back. Throws
 * OperationRefused `backup_missing`, `backup_damaged`, `backup_unknown`.
 */
export async function checkArchive(file: string): Promise<Manifest> {
  if (!existsSync(file)) throw new OperationRefused('backup_missing', { file })
  return readArchive(file).catch((error: unknown) => {
    throw error instanceof TarDamaged ? new OperationRefused('backup_damaged', { entry: file }) : error
  })
}

async function readArchive(file: string): Promise<Manifest> {
  const found = new Map<string, string>()
  let manifest: Manifest | undefined
  for await (const entry of readTar(file)) {
    if (entry.kind === 'folder') continue
    if (entry.name === MANIFEST) manifest = parseManifest(await textOf(entry))
    else found.set(entry.name, await hashOf(entry))
  }
  if (!manifest) throw new OperationRefused('backup_unknown', { file })
  for (const { name, sha256 } of manifest.files) {
    if (found.get(name) !== sha256) throw new OperationRefused('backup_damaged', { entry: name })
    found.delete(name)
  }
  const [strange] = found.keys()
  if (strange !== undefined) throw new OperationRefused('backup_damaged', { entry: strange })
  return manifest
}

/** Empty, or with the keys of that time already in it. */
function refuseFullFolder(folder: string): void {
  const there = existsSync(folder) ? readdirSync(folder) : []
  if (there.some((name) => name !== 'keys' && name !== 'tls'))
    throw new OperationRefused('target_not_empty', { target: folder })
}

/** The keys of the source, where it names a file of them. Throws OperationRefused where they are not those of the backup. */
export function demandKeys(
  folder: string,
  manifest: Manifest,
  { keys, passphrase }: RestoreSource,
): KeyFiles | undefined {
  const imported = keys === undefined ? undefined : importKeys(resolve(keys), passphrase)
  const there = fingerprintsOf(imported ?? readKeys(folder))
  for (const [name, fingerprint] of Object.entries(manifest.keys)) {
    if (there[name] === undefined) throw new OperationRefused('keys_missing', { folder })
    if (there[name] !== fingerprint) throw new OperationRefused('keys_differ', { file: name })
  }
  return imported
}

async function extract(file: string, folder: string): Promise<void> {
  for await (const entry of readTar(file)) {
    if (entry.name === MANIFEST) continue
    const path = placeOf(folder, entry)
    mkdirSync(entry.kind === 'folder' ? path : dirname(path), { recursive: true, mode: 0o700 })
    if (entry.kind === 'folder') continue
    const handle = await open(path, 'wx', 0o600)
    for await (const chunk of entry.content) await handle.write(chunk)
    await handle.close()
  }
}

/** The embedded database lies one folder deeper than its name in the archive. */
function placeOf(folder: string, { name, kind }: TarEntry): string {
  if (!isSafeName(name) && !(kind === 'folder' && isSafeName(`${name}/x`)))
    throw new OperationRefused('backup_damaged', { entry: name })
  const [first, ...rest] = name.split('/')
  return first === 'database' ? join(folder, DATABASE_FOLDER, 'data', ...rest) : join(folder, name)
}

async function restorePostgres(settings: Settings): Promise<void> {
  const { databaseAdminUrl: url, folder } = settings
  if (url === undefined) throw new OperationRefused('admin_url_missing')
  const admin = await openPostgres(url, { allowSuperuser: true, connections: 1 })
  try {
    const { rows } = await admin.pool.query<{ count: number }>(
      `select count(*)::int as count from pg_class where relnamespace <> all (array['pg_catalog','information_schema','pg_toast']::regnamespace[])`,
    )
    if (rows[0]?.count !== 0)
      throw new OperationRefused('target_not_empty', { target: new URL(url).pathname.slice(1) })
    await createRoles(admin.pool)
  } finally {
    await admin.close()
  }
  const dump = join(folder, DUMP)
  await runOnDatabase('pg_restore', ['--exit-on-error', '--single-transaction', dump], url)
  rmSync(dump)
  // Makes the login; nothing is pending, unless the backup is of an earlier version.
  await migratePostgres(settings)
}

async function textOf({ content }: TarEntry): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of content) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

async function hashOf({ content }: TarEntry): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of content) hash.update(part)
  return hash.digest('hex')
}
