import { consistent, fromHex } from '@sunlot/draw'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { LogPolicy } from '../../src/platform/log/policy.ts'
import { checkReceipt } from '../../src/platform/log/receipts.ts'
import { temporaryFolder } from './kit.ts'
import vectors from './vectors.json' with { type: 'json' }

const CHECKER = join(import.meta.dirname, 'check_log.py')
const python = (...args: readonly string[]) => spawnSync('python3', args, { encoding: 'utf8' })
const hasPython = python('--version').status === 0
const noPython = 'Python is left out: there is no python3 on this machine'

it.each(vectors.receipts)('the receipt of the vectors "$name": $finding', ({ policy, receipt, finding }) => {
  const found = checkReceipt(receipt, policy as LogPolicy)
  expect(found.holds ? 'holds' : found.code).toBe(finding)
})

it('the proofs of the vectors hold', () => {
  for (const { older, newer, path } of vectors.consistency) {
    const tree = ({ size, root }: typeof older) => ({ size, root: fromHex(root) })
    expect(consistent('sha256', tree(older), tree(newer), path.map(fromHex))).toBe(true)
  }
})

it('A18: the second implementation agrees on every vector', ({ skip }) => {
  if (!hasPython) leaveOut(skip)
  const { status, stdout, stderr } = python(CHECKER, 'vectors', join(import.meta.dirname, 'vectors.json'))
  expect([stderr, stdout.trim(), status]).toEqual([
    '',
    `${vectors.receipts.length + vectors.consistency.length} cases`,
    0,
  ])
})

it('the second implementation checks one receipt from a file', ({ skip }) => {
  if (!hasPython) leaveOut(skip)
  const folder = temporaryFolder()
  const run = (n: number) => {
    const { receipt, policy } = vectors.receipts[n]!
    writeFileSync(join(folder, 'receipt.json'), JSON.stringify(receipt))
    writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy))
    const { status, stdout } = python(
      CHECKER,
      'receipt',
      join(folder, 'receipt.json'),
      join(folder, 'policy.json'),
    )
    return [status, stdout.trim()]
  }
  expect(run(0)).toEqual([0, 'holds'])
  expect(run(6)).toEqual([1, 'not_included'])
})

function leaveOut(skip: (note: string) => void): void {
  if ((process.env['CI_REQUIRE'] ?? '').split(',').includes('python')) throw new Error(noPython)
  skip(noPython)
}
