// The desk: where one machine keeps its keys and its local log, until a transparency log exists.

import { existsSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { publicKeyOf, type SigningKey } from '@sunlot/draw'
import { CommandError } from '../errors.ts'
import { PlanFaults } from '../plan-file/faults.ts'
import { time } from '../plan-file/rules.ts'
import { createFile, makeFolder, OWNER } from './files.ts'

/** A folder with keys/ and log/. A *simulated* desk alone lets its clock be set, and says so in every log origin. */
export interface Desk {
  readonly folder: string
  readonly origin: string
  readonly simulated: boolean
}

interface DeskFile {
  readonly v: 1
  readonly origin: string
  readonly simulated: boolean
}

/** The default place of the desk. */
export const DESK = '.sunlot'

/** Opens a desk, or refuses with how to make one. */
export function openDesk(folder: string): Desk {
  const path = join(folder, 'desk.json')
  if (!existsSync(path)) throw new CommandError('desk_missing', { folder })
  const { origin, simulated } = JSON.parse(readFileSync(path, 'utf8')) as DeskFile
  return { folder, origin, simulated }
}

/** Makes a desk with keys for the log, a demo witness, and every person named. Never over an old one. */
export function makeDesk(folder: string, people: readonly string[], simulated: boolean): Desk {
  const path = join(folder, 'desk.json')
  if (existsSync(path)) throw new CommandError('desk_exists', { folder })
  makeFolder(folder)
  makeFolder(join(folder, 'keys'), 0o700)
  makeFolder(join(folder, 'log'))
  const origin = `${simulated ? 'simulated' : 'local'}.log.sunlot.example/${randomBytes(4).toString('hex')}`
  const desk = { folder, origin, simulated }
  // A making that was interrupted has left keys; desk.json comes last.
  for (const by of new Set(['log', 'witness-demo', ...people])) if (!hasKey(desk, by)) addKey(desk, by)
  const file: DeskFile = { v: 1, origin, simulated }
  if (!created(path, file)) throw new CommandError('desk_exists', { folder })
  return desk
}

/** Adds a key for somebody who has none yet. */
export function addKey(desk: Desk, by: string, alg: SigningKey['alg'] = 'ed25519'): SigningKey {
  const path = keyPath(desk, by)
  const key: SigningKey = { by, alg, secret: randomBytes(32).toString('hex') }
  if (hasKey(desk, by) || !created(path, { ...key, key: publicKeyOf(key) }, OWNER))
    throw new CommandError('key_exists', { by, path })
  return key
}

/** Whether somebody has a key on this desk. */
export function hasKey(desk: Desk, by: string): boolean {
  return existsSync(keyPath(desk, by))
}

/** Writes a JSON file that is not there yet; says whether it did. */
function created(path: string, value: object, mode?: number): boolean {
  try {
    createFile(path, `${JSON.stringify(value, undefined, 2)}\n`, mode)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** Somebody's signing key. */
export function keyOf(desk: Desk, by: string): SigningKey {
  const path = keyPath(desk, by)
  if (!existsSync(path)) throw new CommandError('key_missing', { by, path })
  const { alg, secret } = JSON.parse(readFileSync(path, 'utf8')) as SigningKey
  return { by, alg, secret }
}

/** Now in unix seconds; on a simulated desk the time that `--at` gives. */
export function clockOf(desk: Desk, at: string | number | undefined): number {
  if (at === undefined) return Math.floor(Date.now() / 1000)
  if (!desk.simulated) throw new CommandError('clock_real', { folder: desk.folder })
  return secondsOf(`${at}`)
}

/** Unix seconds of ten digits, or a time with its offset from UTC as the plan file has it. */
function secondsOf(at: string): number {
  if (/^[0-9]{10}$/.test(at)) return Number(at)
  try {
    return time({ kind: 'text', path: '', line: 0, text: at })
  } catch (error) {
    if (!(error instanceof PlanFaults)) throw error
    throw new CommandError('time_form', { at }, { cause: error })
  }
}

function keyPath(desk: Desk, by: string): string {
  return join(desk.folder, 'keys', `${by}.json`)
}
