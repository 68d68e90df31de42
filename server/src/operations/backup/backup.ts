// Makes a backup: one archive of the database, the files and the log, with the hash of everything in it.

import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DirectoryInUse } from '../../platform/database/engine.ts'
import { lockDirectory } from '../../platform/database/directory-lock.ts'
import { syncPath } from '../../platform/database/durable-files.ts'
import type { Settings } from '../../platform/settings.ts'
import { DATABASE_FOLDER } from '../engine.ts'
import { LOG_FOLDER } from '../sequencing.ts'
import { OperationRefused } from '../words.ts'
import { exportKeys, fingerprintsOf, readKeys } from './keys.ts'
import { noteBackup } from './last-backup.ts'
import { type Manifest, MANIFEST, type ManifestFile } from './manifest.ts'
import { runOnDatabase } from './programs.ts'
import { TarWriter } from './tar.ts'

/** What was written. */
export interface MadeBackup {
  readonly file: string
  readonly bytes: number
  /** SHA-256 of the archive. */
  readonly hash: string
  readonly keysFile: string | undefined
}

/** Where to, and the passphrase of the keys where they are exported too. */
export interface BackupTarget {
  readonly out: string
  readonly keys?: string | undefined
  readonly passphrase?: string | undefined
  readonly now: Date
}

/** Where files by content hash lie below the settings' folder. */
export const FILES_FOLDER = 'files'

/** Makes a backup. Throws OperationRefused; the named file exists afterwards whole, or not at all. */
export async function backUp(settings: Settings, target: BackupTarget): Promise<MadeBackup> {
  const file = resolve(target.out)
  if (existsSync(file)) throw new OperationRefused('backup_exists', { file })
  const keys = readKeys(settings.folder)
  if (target.keys !== undefined) exportKeys(keys, resolve(target.keys), target.passphrase)
  const draft = `${file}.partial`
  mkdirSync(dirname(file), { recursive: true })
  try {
    await writeArchive(settings, draft, { at: target.now.toISOString(), keys: fingerprintsOf(keys) })
    await rename(draft, file)
    syncPath(dirname(file))
  } catch (error) {
    // Keys of a backup that was not made would stand in the way of the next one.
    if (target.keys !== undefined) rmSync(resolve(target.keys), { force: true })
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const made = { file, bytes: statSync(file).size, hash: await hashOf(file) }
  noteBackup(settings.folder, { at: target.now.toISOString(), ...made })
  return { ...made, keysFile: target.keys }
}

async function writeArchive(
  settings: Settings,
  draft: string,
  about: Pick<Manifest, 'at' | 'keys'>,
): Promise<void> {
  const handle = await open(draft, 'w', 0o600)
  try {
    const tar = new TarWriter(handle)
    const { databaseUrl } = settings
    const files =
      databaseUrl === undefined
        ? await addEmbedded(tar, settings.folder)
        : await addPostgres(tar, settings, draft)
    const engine = databaseUrl === undefined ? 'pglite' : 'postgres'
    const manifest: Manifest = { v: 1, kind: 'sunlot-backup', engine, ...about, files }
    const bytes = Buffer.from(JSON.stringify(manifest))
    await tar.add(MANIFEST, bytes.length, once(bytes))
    await tar.end()
  } finally {
    await handle.close()
  }
}

/** The folder as it lies there, held so that nobody opens it meanwhile. */
async function addEmbedded(tar: TarWriter, folder: string): Promise<readonly ManifestFile[]> {
  const directory = join(folder, DATABASE_FOLDER)
  if (!existsSync(join(directory, 'data'))) throw new OperationRefused('nothing_to_back_up', { folder })
  const lock = lockForBackup(directory)
  try {
    return [
      ...(await addFolder(tar, join(directory, 'data'), 'database')),
      ...(await addFolder(tar, join(folder, LOG_FOLDER), 'log')),
      ...(await addFolder(tar, join(folder, FILES_FOLDER), 'files')),
    ]
  } finally {
    lock.release()
  }
}

/**
 * While the server runs. Log, then database, then files: so the database has every leaf that the tiles name, and every
 * file that the database names is there.
 */
async function addPostgres(
  tar: TarWriter,
  settings: Settings,
  draft: string,
): Promise<readonly ManifestFile[]> {
  const url = settings.databaseAdminUrl
  if (url === undefined) throw new OperationRefused('admin_url_missing')
  const dump = `${draft}.dump`
  try {
    const log = await addFolder(tar, join(settings.folder, LOG_FOLDER), 'log')
    await runOnDatabase('pg_dump', ['--format=custom', `--file=${dump}`], url)
    const database = await addFile(tar, dump, 'database.dump')
    return [...log, database, ...(await addFolder(tar, join(settings.folder, FILES_FOLDER), 'files'))]
  } finally {
    rmSync(dump, { force: true })
  }
}

function lockForBackup(directory: string): { release(): void } {
  try {
    return lockDirectory(directory)
  } catch (error) {
    if (error instanceof DirectoryInUse) throw new OperationRefused('server_running', { pid: error.pid })
    throw error
  }
}

async function addFolder(tar: TarWriter, folder: string, name: string): Promise<readonly ManifestFile[]> {
  const added: ManifestFile[] = []
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  if (entries.length === 0) await tar.addFolder(name)
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const [path, below] = [join(folder, entry.name), `${name}/${entry.name}`]
    // Uploads that nobody finished belong to nobody.
    if (below === 'files/incoming' || entry.name.endsWith('.new')) continue
    if (entry.isDirectory()) added.push(...(await addFolder(tar, path, below)))
    else if (entry.isFile()) added.push(await addFile(tar, path, below))
  }
  return added
}

async function addFile(tar: TarWriter, path: string, name: string): Promise<ManifestFile> {
  const { size } = statSync(path)
  const hash = createHash('sha256')
  await tar.add(name, size, hashing(size === 0 ? none() : createReadStream(path, { end: size - 1 }), hash))
  return { name, size, sha256: hash.digest('hex') }
}

async function* hashing(
  content: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    hash.update(chunk)
    yield chunk
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

async function* none(): AsyncGenerator<Buffer> {}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
