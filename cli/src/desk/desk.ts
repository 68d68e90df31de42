// The desk: where one machine keeps its keys and its local log, until a transparency log exists.

import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { publicKeyOf, type SigningKey } from '@sunlot/draw'
import { CommandError } from '../errors.ts'
import { replaceFile } from './files.ts'

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
  if (existsSync(join(folder, 'desk.json'))) throw new CommandError('desk_exists', { folder })
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 })
  mkdirSync(join(folder, 'log'), { recursive: true })
  const origin = `${simulated ? 'simulated' : 'local'}.log.sunlot.example/${randomBytes(4).toString('hex')}`
  const desk = { folder, origin, simulated }
  for (const by of ['log', 'witness-demo', ...people]) addKey(desk, by)
  const file: DeskFile = { v: 1, origin, simulated }
  replaceFile(join(folder, 'desk.json'), `${JSON.stringify(file, undefined, 2)}\n`)
  return desk
}

/** Adds a key for somebody who has none yet. */
export function addKey(desk: Desk, by: string, alg: SigningKey['alg'] = 'ed25519'): SigningKey {
  const path = keyPath(desk, by)
  if (existsSync(path)) throw new CommandError('key_exists', { by, path })
  const key: SigningKey = { by, alg, secret: randomBytes(32).toString('hex') }
  replaceFile(path, `${JSON.stringify({ ...key, key: publicKeyOf(key) }, undefined, 2)}\n`, 0o600)
  return key
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
  const time = /^[0-9]+$/.test(`${at}`) ? Number(at) : Date.parse(`${at}`) / 1000
  if (!Number.isSafeInteger(time)) throw new CommandError('time_form', { at })
  return time
}

function keyPath(desk: Desk, by: string): string {
  return join(desk.folder, 'keys', `${by}.json`)
}
