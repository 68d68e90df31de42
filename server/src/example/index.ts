// 青石县示例: a fictional county on a simulated database, for trying and for training.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../app.ts'
import type { Clock } from '../platform/clock.ts'
import { buildExample } from './build.ts'
import type { SignIn } from './speaker.ts'

export { serveExample } from './page.ts'
export type { SignIn }

/** The example's sign-ins: built once, and kept in the folder for the next start. */
export async function exampleCounty(app: App, clock: Clock, folder: string): Promise<readonly SignIn[]> {
  const file = join(folder, 'example-sign-ins.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as readonly SignIn[]
  const signIns = await buildExample(app, clock)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${JSON.stringify(signIns, undefined, 2)}\n`, { mode: 0o600 })
  return signIns
}
