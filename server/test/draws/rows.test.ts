// From the lists of a result to rows: each subject with who visits it, and of a whole register no list is held in memory.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { selectedIn, writeRows } from '../../src/draws/drawing/rows.ts'

const LISTS = {
  'assignment.tsv': 'A1\tt0001\nA3\tt0002\nB9\tt0001\n',
  'unassigned.tsv': 'A2\td01,d02\nB1\td03\n',
}

/** Gives work a folder with these lists. */
async function within<T>(
  lists: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'rows-'))
  try {
    for (const [name, text] of Object.entries(lists)) writeFileSync(join(folder, name), text)
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The lines of a result with these lists. */
function linesIn(lists: Readonly<Record<string, string>>): Promise<readonly object[]> {
  return within(lists, async (folder) => {
    const found: object[] = []
    for await (const { code, place, lacking, batch, stratum } of selectedIn(folder))
      found.push([code, stratum, batch, place, lacking.join()])
    return found
  })
}

it('reads the visits of full coverage along with its batches, whoever has none', async () => {
  const population = 'A1\tx\t1\nA2\tx\t1\nA3\ty\t1\nA9\ty\t1\nB1\ty\t1\nB9\ty\t1\nZ1\ty\t1\n'
  const batches = 'A1\t0\nA2\t1\nA3\t0\nA9\t1\nB1\t0\nB9\t1\nZ1\t0\n'
  expect(await linesIn({ ...LISTS, 'population.tsv': population, 'batches.tsv': batches })).toEqual([
    ['A1', 'x', 0, 't0001', ''],
    ['A2', 'x', 1, null, 'd01,d02'],
    ['A3', 'y', 0, 't0002', ''],
    ['A9', 'y', 1, null, ''],
    ['B1', 'y', 0, null, 'd03'],
    ['B9', 'y', 1, 't0001', ''],
    ['Z1', 'y', 0, null, ''],
  ])
})

it('finds the visits of a selection in whatever order tickets put it', async () => {
  const selection = 'B9\tx\t00\nA2\tx\t11\nA1\tx\t22\n'
  expect(await linesIn({ ...LISTS, 'selection.tsv': selection })).toEqual([
    ['B9', 'x', null, 't0001', ''],
    ['A2', 'x', null, null, 'd01,d02'],
    ['A1', 'x', null, 't0001', ''],
  ])
})

// Nine drawn, two in a batch.
const NINE = { 'selection.tsv': Array.from({ length: 9 }, (_, at) => `A${at}\tx\t0${at}\n`).join('') }

it('writes two batches side by side, and not more', async () => {
  let open = 0
  let most = 0
  let batches = 0
  await within(NINE, (folder) =>
    writeRows('draw', folder, {
      rowsAtOnce: 2,
      inTransaction: async () => {
        batches++
        most = Math.max(most, ++open)
        await new Promise((resolve) => setTimeout(resolve, 5))
        open--
      },
    }),
  )
  expect({ open, most, batches }).toEqual({ open: 0, most: 2, batches: 5 })
})

it('begins no batch after one that failed, and throws when both have come to rest', async () => {
  let begun = 0
  let ended = 0
  const writing = within(NINE, (folder) =>
    writeRows('draw', folder, {
      rowsAtOnce: 2,
      inTransaction: async () => {
        const at = ++begun
        await new Promise((resolve) => setTimeout(resolve, at === 1 ? 5 : 50))
        ended++
        if (at === 1) throw new Error('the disk is full')
      },
    }),
  )
  await expect(writing).rejects.toThrow('the disk is full')
  expect({ begun, ended }).toEqual({ begun: 2, ended: 2 })
})
