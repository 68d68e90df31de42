import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Files } from '../../src/platform/files/files.ts'

let folder: string
let files: Files
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunlot-files-'))
  files = new Files(folder, { keyFor: () => Buffer.alloc(32, 1) })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (text: string, limit = 1000) => files.put(Readable.from([Buffer.from(text)]), limit)
const entries = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())

it('stores a file under its hash and gives it back', async () => {
  const { hash, bytes } = await put('青石县')
  expect(hash).toBe(createHash('sha256').update('青石县').digest('hex'))
  expect(bytes).toBe(9)
  expect((await buffer(await files.read(hash))).toString()).toBe('青石县')
})

it('has nothing in the clear on the disk, save while somebody works with it', async () => {
  const { hash } = await put('手机号 13800000000')
  const onDisk = () =>
    entries()
      .map((e) => readFileSync(join(e.parentPath, e.name)).toString('latin1'))
      .join('')
  expect(onDisk()).not.toContain('13800000000')
  expect(await files.inTheClear(hash, (path) => Promise.resolve(readFileSync(path, 'utf8')))).toBe(
    '手机号 13800000000',
  )
  expect(entries()).toHaveLength(1)
})

it('gives nobody a file that was altered under its name, until its own bytes are stored once more', async () => {
  const { hash } = await put('青石县')
  expect(await files.isIntact(hash)).toBe(true)
  const path = join(folder, hash.slice(0, 2), hash)
  const altered = readFileSync(path)
  altered[altered.length - 1]! ^= 1
  writeFileSync(path, altered)
  expect(await files.isIntact(hash)).toBe(false)
  const work = () => files.inTheClear(hash, () => Promise.resolve('used'))
  await expect(work()).rejects.toThrow('file_altered')
  await put('青石县')
  expect(await files.isIntact(hash)).toBe(true)
  expect(await work()).toBe('used')
  rmSync(path)
  expect(await files.isIntact(hash)).toBe(false)
  await expect(work()).rejects.toThrow('file_altered')
  expect(entries()).toEqual([])
})

it('gives any piece of a file as the whole has it', async () => {
  const text = Array.from({ length: 200 }, (_, k) => `line ${k}`).join('\n')
  const { hash } = await put(text, 5000)
  for (const [from, length] of [
    [0, 5],
    [15, 2],
    [16, 16],
    [17, 100],
    [text.length - 3, 50],
    [text.length, 5],
  ] as const) {
    const piece = Buffer.from(await files.readRange(hash, from, length)).toString()
    expect(piece, `${length} from ${from}`).toBe(text.slice(from, from + length))
  }
})

it('stores the same bytes once', async () => {
  await put('same')
  await put('same')
  expect(entries()).toHaveLength(1)
})

it('keeps nothing of a file past its limit, or of one that broke off', async () => {
  await expect(put('too long', 3)).rejects.toMatchObject({ status: 413 })
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half')
      throw new Error('the line went dead')
    })(),
  )
  await expect(files.put(broken, 1000)).rejects.toThrow('the line went dead')
  expect(entries()).toHaveLength(0)
})

it.each(['../../etc/passwd', '..%2f', 'a'.repeat(63), '\0', 'CON', '', 'A'.repeat(64)])(
  'reaches no file by the name %j',
  async (name) => {
    await expect(files.read(name)).rejects.toThrow('SHA-256')
  },
)

const FDS = '/proc/self/fd'
const openFiles = () => readdirSync(FDS).length

// Counted where the system says it.
it.runIf(existsSync(FDS))('leaves nothing open where whoever reads goes away in the middle', async () => {
  const { hash } = await put('长名录'.repeat(100_000), 2_000_000)
  const before = openFiles()
  for (let k = 0; k < 20; k++) {
    const stream = await files.read(hash)
    await new Promise((resolve) => stream.once('data', resolve))
    stream.destroy()
  }
  await expect.poll(openFiles).toBeLessThan(before + 5)
})
