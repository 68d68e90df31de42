import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { unzipSync } from 'fflate'
import { type ZipEntry, zipOf } from '../../src/draws/certificate/zip.ts'

const EXAMPLE = new URL('../../../draw/spec/example/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'sunlot-zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const example = readdirSync(EXAMPLE).map((name) => [name, readFileSync(new URL(name, EXAMPLE))] as const)

async function* entriesOf(
  files: readonly (readonly [string, Uint8Array])[],
  size = 7,
): AsyncGenerator<ZipEntry> {
  for (const [name, bytes] of files) {
    const chunks: Uint8Array[] = []
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
    yield { name, bytes: chunks }
  }
}

async function zip(files: readonly (readonly [string, Uint8Array])[], size?: number): Promise<Buffer> {
  return Buffer.concat(await zipOf(entriesOf(files, size)).toArray())
}

describe('a zip made as it is read', () => {
  it('gives every file back, an empty one and one with Chinese letters in it too', async () => {
    const files = [...example, ['events/0001.json', Buffer.from('{"note":"青石县"}')] as const]
    const back = unzipSync(await zip(files))
    expect(Object.keys(back)).toEqual(files.map(([name]) => name))
    for (const [name, bytes] of files) expect(Buffer.from(back[name]!)).toEqual(Buffer.from(bytes))
  })

  it('is the same bytes however the files come in, and whenever', async () => {
    const [one, other] = [await zip(example, 7), await zip(example, 4096)]
    expect(createHash('sha256').update(one).digest('hex')).toBe(
      createHash('sha256').update(other).digest('hex'),
    )
  })

  it('is read by the zip of Python, which looks at every sum', async () => {
    const path = join(folder, 'bundle.zip')
    writeFileSync(path, await zip(example))
    const said = execFileSync('python3', ['-m', 'zipfile', '-t', path], { encoding: 'utf8' })
    expect(said).toContain('Done testing')
  })

  it('fails where a file cannot be read, and says so to its reader', async () => {
    async function* broken(): AsyncGenerator<ZipEntry> {
      yield {
        name: 'a.tsv',
        bytes: (async function* () {
          yield Buffer.from('begun')
          throw new Error('the disk is gone')
        })(),
      }
    }
    await expect(zipOf(broken()).toArray()).rejects.toThrow('the disk is gone')
  })
})
