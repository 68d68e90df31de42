// `sunlot witness`: a process with its own key and its own memory, run by another body than the log.

import { fromHex } from '@sunlot/draw'
import { mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { lockDirectory } from '../platform/database/directory-lock.ts'
import { makeLogKey, openLogKey } from '../platform/log/keys.ts'
import { isNamedKey, type NamedKey } from '../platform/log/policy.ts'
import { parseVerifierKey } from '../platform/log/publication.ts'
import { readIfThere } from '../platform/log/whole-files.ts'
import { witnessServer } from './server.ts'
import { WitnessMemory } from './state.ts'
import { type WatchedLog, Witness } from './witness.ts'

export { WitnessStateLost } from './state.ts'

/** How a witness is started. `folder` holds its key, its state and `logs.json`. */
export interface WitnessOptions {
  readonly name: string
  readonly folder: string
  readonly host: string
  readonly port: number
  /** Over `logs.json`: which logs are watched, by origin and public key. */
  readonly logs?: readonly NamedKey[]
}

/** A witness that listens. */
export interface RunningWitness {
  readonly url: string
  readonly publicKey: Uint8Array
  close(): Promise<void>
}

/** Starts a witness. The first start makes key and state; later ones refuse (`WitnessStateLost`) a key without its state. */
export async function startWitness(options: WitnessOptions): Promise<RunningWitness> {
  const { name, folder } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = lockDirectory(folder)
  try {
    const { signer, memory } = await openFolder(folder)
    const logs = watched(options.logs ?? (await readLogs(folder)))
    const witness = new Witness({ name, signer, logs, memory, now: () => Math.floor(Date.now() / 1000) })
    const server = witnessServer(witness, { name, signer, memory })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port, options.host, resolve)
    })
    const { port } = server.address() as AddressInfo
    const close = (): Promise<void> =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          lock.release()
          resolve()
        })
      })
    return { url: `http://${options.host}:${port}`, publicKey: signer.publicKey, close }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openFolder(
  folder: string,
): Promise<{ signer: Awaited<ReturnType<typeof openLogKey>>; memory: WitnessMemory }> {
  const keyFile = join(folder, 'witness.key')
  if (await readIfThere(keyFile))
    return { signer: await openLogKey(keyFile), memory: await WitnessMemory.open(folder) }
  // The memory first: a crash between the two leaves a memory without a key, and the next start goes on from it.
  const memory = await WitnessMemory.openOrCreate(folder)
  return { signer: await makeLogKey(keyFile, 'ed25519'), memory }
}

/** Which logs are watched cannot be read: neither `logs.json` nor `logs.txt`, or not as they should be. */
export class LogsUnreadable extends Error {
  override readonly name = 'LogsUnreadable'
}

/** `logs.json`, or `logs.txt` with the lines that a log gives under `/log/key`. */
async function readLogs(folder: string): Promise<readonly NamedKey[]> {
  const json = await readIfThere(join(folder, 'logs.json'))
  if (json) return parseLogs(new TextDecoder().decode(json))
  const lines = await readIfThere(join(folder, 'logs.txt'))
  const keys = new TextDecoder()
    .decode(lines)
    .split(/\s+/)
    .filter((line) => line !== '')
    .map(parseVerifierKey)
  const logs = keys.flatMap((key) => key ?? [])
  if (logs.length === 0 || logs.length < keys.length) throw new LogsUnreadable(folder)
  return logs
}

function parseLogs(text: string): readonly NamedKey[] {
  try {
    const logs: unknown = JSON.parse(text)
    if (Array.isArray(logs) && logs.length > 0 && logs.every(isNamedKey)) return logs
  } catch {
    // Told below, like any other text that is no list of keys.
  }
  throw new LogsUnreadable(text.slice(0, 40))
}

function watched(keys: readonly NamedKey[]): readonly WatchedLog[] {
  return [...new Set(keys.map(({ name }) => name))].map((origin) => ({
    origin,
    keys: keys.filter(({ name }) => name === origin).map(({ alg, key }) => ({ alg, key: fromHex(key) })),
  }))
}
