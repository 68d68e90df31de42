// Lines of stored lists, found where they lie.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lineOf, linesFrom, type StoredList } from '../../src/draws/lists/lines.ts'
import { Files } from '../../src/platform/files/files.ts'

const id = (n: number): string => `91990101MA${String(n).padStart(8, '0')}`
const lines = Array.from(
  { length: 5000 },
  (_, n) => `${id(2 * n)}\tt${String((n * 7) % 40).padStart(4, '0')}`,
)

describe('lines of a stored list', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunlot-lines-'))
  const files = new Files(folder, { keyFor: () => Buffer.alloc(32, 7) })
  let list: StoredList

  beforeAll(async () => {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
    const stored = await files.put([bytes] as unknown as AsyncIterable<Uint8Array>, bytes.length)
    list = { fileHash: stored.hash, bytes: stored.bytes }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are found by their first column, wherever they stand', async () => {
    for (const n of [0, 1, 2, 999, 2500, 4998, 4999])
      expect((await lineOf(files, list, id(2 * n)))?.join('\t')).toBe(lines[n])
  })

  it('are not found where there are none', async () => {
    for (const n of [-1, 1, 5001, 9999, 20_001]) expect(await lineOf(files, list, id(n))).toBeUndefined()
  })

  it('are paged from any line on, until there are no more', async () => {
    const seen: string[] = []
    for (let from = 0; ;) {
      const page = await linesFrom(files, list, { from, limit: 700 })
      if (page.length === 0) break
      seen.push(...page.map(({ cells }) => cells.join('\t')))
      from = page.at(-1)!.next
    }
    expect(seen).toEqual(lines)
  })
})
