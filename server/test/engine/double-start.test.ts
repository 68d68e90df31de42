// One process at a time in a folder.

import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { lockDirectory } from '../../src/platform/database/directory-lock.ts'
import { DirectoryInUse, openEmbedded } from '../../src/platform/database/engine.ts'
import { bundleScript, type Child, type Script } from '../support/children.ts'

const ROUNDS = process.env['SOAK'] === '1' ? 100 : 10
const CONTENDERS = 3
/** Time for all contenders to stand at the line. */
const STARTING_MILLISECONDS = 400
const LIMIT_MILLISECONDS = 2_000

let script: Script
let folder: string
beforeAll(() => {
  script = bundleScript(join(import.meta.dirname, 'lock.child.ts'))
})
afterAll(() => script.remove())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a second process on the same database is refused within two seconds, and told the first', async () => {
  const engine = await openEmbedded({ directory: folder })
  const second = script.start(folder, 'open')
  const [, pid, milliseconds, directory] = (await second.line('refused')).split(' ')
  expect([Number(pid), directory]).toEqual([process.pid, folder])
  expect(Number(milliseconds)).toBeLessThan(LIMIT_MILLISECONDS)
  await second.ended
  await engine.close()
  const third = script.start(folder, 'open')
  await third.line('has it')
  await third.kill()
  await (await openEmbedded({ directory: folder })).close()
})

test(`${ROUNDS} times kill -9 and a race for what it held: one gets it, the others are told who`, async () => {
  let dead: Child | undefined
  for (let round = 0; round < ROUNDS; round++) {
    const instant = String(Date.now() + STARTING_MILLISECONDS)
    const children = Array.from({ length: CONTENDERS }, () => script.start(folder, instant))
    const said = await Promise.all(
      children.map((child) => Promise.race([child.line('has'), child.line('ref')])),
    )
    const winners = children.filter((_, i) => said[i]!.startsWith('has it'))
    expect(winners).toHaveLength(1)
    const refused = said
      .filter((line) => line.startsWith('refused'))
      .map((line) => line.split(' ').map(Number))
    expect(refused.map(([, pid]) => pid)).toEqual(Array(CONTENDERS - 1).fill(winners[0]!.pid))
    for (const [, , milliseconds] of refused) expect(milliseconds).toBeLessThan(LIMIT_MILLISECONDS)
    await Promise.all(children.map((child) => child.kill()))
    dead = winners[0]
  }
  expect(dead).toBeDefined()
  lockDirectory(folder).release()
  expect(readdirSync(folder)).toHaveLength(1)
})

test('the same process is refused too, until it has let go', () => {
  const lock = lockDirectory(folder)
  expect(() => lockDirectory(folder)).toThrow(DirectoryInUse)
  lock.release()
  lock.release()
  lockDirectory(folder).release()
})

test('a pid that another process has got since, or a boot ago, holds nothing', () => {
  const mine = holderIn(folder)
  writeHolder({ ...mine, started: '1' })
  lockDirectory(folder).release()
  writeHolder({ ...mine, boot: 'another' })
  lockDirectory(folder).release()
  writeHolder(mine)
  expect(() => lockDirectory(folder)).toThrow(DirectoryInUse)
})

test('a holder in another container is believed for a minute after its last sign', () => {
  const file = writeHolder({ ...holderIn(folder), where: 'elsewhere pid:[1]' })
  expect(() => lockDirectory(folder)).toThrow(/elsewhere/)
  const past = new Date(Date.now() - 61_000)
  utimesSync(file, past, past)
  lockDirectory(folder).release()
})

test('a lock file that a power cut left without content holds nothing', () => {
  writeFileSync(join(folder, 'lock.7'), '\0\0\0')
  lockDirectory(folder).release()
})

type Holder = Readonly<Record<string, unknown>>

function holderIn(directory: string): Holder {
  const lock = lockDirectory(directory)
  const holder = JSON.parse(readFileSync(lockFile(), 'utf8')) as Holder
  lock.release()
  return holder
}

function writeHolder(holder: Holder): string {
  writeFileSync(lockFile(), JSON.stringify(holder))
  return lockFile()
}

function lockFile(): string {
  return join(
    folder,
    readdirSync(folder).find((name) => name.startsWith('lock.'))!,
  )
}
