import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Commitment, indexList, leafHash, toHex, treeRoot, utf8 } from '@sunlot/draw'
import { afterAll, describe, expect, it } from 'vitest'
import { type KeptList, ListReader } from '../../src/draws/certificate/list-reader.ts'
import { Files } from '../../src/platform/files/files.ts'
import { openSecrets } from '../../src/platform/secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'sunlot-lists-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const files = new Files(join(folder, 'files'), openSecrets(join(folder, 'keys', 'secrets.key')))

const SOAK = process.env['SOAK'] === '1'
const ROWS = 20_000
const MANY = SOAK ? 10_000_000 : 50_000
/** Milliseconds of this machine's processor for one look-up, however long the list is. */
const LIMIT_MS = 3

describe('one line of a long list', () => {
  it('is found and proven by reading a few kilobytes', async () => {
    const kept = await made()
    const leaves = Array.from({ length: ROWS }, (_, at) => leafHash('sha256', utf8(`${codeOf(at)}\tall\t1`)))
    const root = toHex(treeRoot('sha256', leaves))
    const commit = { alg: 'sha256', lists: [{ name: kept.name, rows: ROWS, root }] } as unknown as Commitment
    const reader = new ListReader(files)
    for (const at of [0, 1, 1023, 1024, ROWS >> 1, ROWS - 1]) {
      const proof = await reader.proofOf(commit, kept, codeOf(at))
      expect(proof).toMatchObject({ holds: true, index: at, size: ROWS, line: `${codeOf(at)}\tall\t1` })
    }
    expect(await reader.proofOf(commit, kept, 'A-before-all')).toBeUndefined()
    expect(await reader.proofOf(commit, kept, `${codeOf(7)}x`)).toBeUndefined()
  })

  it(`is found among ${MANY.toLocaleString('en')} in ${LIMIT_MS} ms of the processor`, async () => {
    const kept = await made(MANY)
    const reader = new ListReader(files)
    await reader.lineOf('sha256', kept, codeOf(0))
    const began = process.cpuUsage()
    const asked = 200
    for (let at = 0; at < asked; at++)
      expect(await reader.lineOf('sha256', kept, codeOf((at * 7919) % MANY))).toBeDefined()
    const { user, system } = process.cpuUsage(began)
    const each = (user + system) / 1000 / asked
    if (SOAK) expect(each).toBeLessThan(LIMIT_MS)
  })

  it('is found in a list that has no index yet', async () => {
    const kept = { ...(await made(3_000)), indexHash: null }
    const line = await new ListReader(files).lineOf('sha256', kept, codeOf(2_999))
    expect(line).toMatchObject({ at: 2_999, rows: 3_000 })
  })
})

function codeOf(at: number): string {
  return `M${String(at).padStart(9, '0')}`
}

function* chunks(rows: number): Generator<Buffer> {
  const AT_ONCE = 50_000
  for (let from = 0; from < rows; from += AT_ONCE) {
    const lines = Array.from(
      { length: Math.min(AT_ONCE, rows - from) },
      (_, k) => `${codeOf(from + k)}\tall\t1\n`,
    )
    yield Buffer.from(lines.join(''))
  }
}

async function made(rows: number = ROWS): Promise<KeptList> {
  const { hash, bytes } = await files.put(iterated(chunks(rows)), Number.MAX_SAFE_INTEGER)
  const index = indexList('sha256', chunks(rows))
  const kept = await files.put(iterated([index]), index.length)
  return { name: 'population.tsv', fileHash: hash, indexHash: kept.hash, bytes }
}

async function* iterated(parts: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  yield* parts
}
