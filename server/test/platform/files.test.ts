import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Files } from '../../src/platform/files/files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunlot-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (text: string, limit = 1000) => new Files(folder).put(Readable.from([Buffer.from(text)]), limit)
const entries = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())

it('stores a file under its hash and gives it back', async () => {
  const { hash, bytes } = await put('青石县')
  expect(hash).toBe(createHash('sha256').update('青石县').digest('hex'))
  expect(bytes).toBe(9)
  expect((await buffer(new Files(folder).read(hash))).toString()).toBe('青石县')
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
  await expect(new Files(folder).put(broken, 1000)).rejects.toThrow('the line went dead')
  expect(entries()).toHaveLength(0)
})

it.each(['../../etc/passwd', '..%2f', 'a'.repeat(63), '\0', 'CON', '', 'A'.repeat(64)])(
  'reaches no file by the name %j',
  (name) => {
    expect(() => new Files(folder).read(name)).toThrow('SHA-256')
  },
)
