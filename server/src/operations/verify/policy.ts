// Whose keys a verification believes.

import { parseCheckpoint, toHex } from '@sunlot/draw'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isNamedKey, type LogPolicy, openLogKey, TileFolder } from '../../platform/log/index.ts'
import type { Settings } from '../../platform/settings.ts'
import { LOG_FOLDER, LOG_KEY, witnessesOf } from '../sequencing.ts'
import { OperationRefused } from '../words.ts'

/**
 * What the owner of the log's key asks of it, with the witnesses of his settings. Whoever does not own the key fixes a
 * policy elsewhere. Throws OperationRefused `log_key_missing`.
 */
export async function ownPolicy(
  { folder, witnesses }: Pick<Settings, 'folder' | 'witnesses'>,
  origin: () => Promise<string>,
): Promise<LogPolicy> {
  const file = join(folder, LOG_KEY)
  if (!existsSync(file)) throw new OperationRefused('log_key_missing', { file })
  const { alg, publicKey } = await openLogKey(file)
  return { log: { name: await origin(), alg, key: toHex(publicKey) }, ...witnessesOf(witnesses) }
}

/** A policy from a file. Throws OperationRefused `policy_malformed`. */
export async function givenPolicy(file: string): Promise<LogPolicy> {
  const text = await readFile(file, 'utf8')
  const policy = parsed(text)
  if (!isPolicy(policy)) throw new OperationRefused('policy_malformed', { file })
  return policy
}

/** Under which name the log in a folder is published. Throws OperationRefused where there is none. */
export async function publishedOrigin(folder: string): Promise<string> {
  const note = parseCheckpoint((await new TileFolder(join(folder, LOG_FOLDER)).checkpoint()) ?? '')
  if (!note) throw new OperationRefused('policy_needed')
  return note.origin
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isPolicy(value: unknown): value is LogPolicy {
  if (typeof value !== 'object' || value === null) return false
  const { log, witnesses, quorum, rotations = [] } = value as Partial<Record<keyof LogPolicy, unknown>>
  return (
    isNamedKey(log) &&
    Array.isArray(witnesses) &&
    witnesses.every(isNamedKey) &&
    Array.isArray(rotations) &&
    Number.isSafeInteger(quorum) &&
    (quorum as number) >= 0
  )
}
