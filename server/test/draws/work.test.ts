// The thread that computes draws: the example of the protocol, drawn again there, is the example.

import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Certificate, Commitment } from '@sunlot/draw'
import { runInWorker } from '../../src/draws/work/work.ts'

const example = new URL('../../../draw/spec/example/', import.meta.url).pathname
const text = (name: string): string => readFileSync(join(example, name), 'utf8')
const RESULTS = ['assignment.tsv', 'selection.tsv', 'teams.tsv', 'unassigned.tsv']

describe('work in the thread of draws', () => {
  let folder: string
  let out: string
  const certificate = JSON.parse(text('certificate.json')) as Certificate
  const { secret } = JSON.parse(text('people.json')) as { readonly secret: string }
  const input = () => ({
    folder,
    commit: text('commit.json'),
    close: text('close.json'),
    values: certificate.values,
    secrets: [],
    salts: { people: secret },
    log: certificate.log,
    at: certificate.at,
    out,
  })

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sunlot-work-'))
    out = join(folder, 'out')
    mkdirSync(out)
    for (const name of readdirSync(example))
      if (name.endsWith('.tsv') && !RESULTS.includes(name))
        copyFileSync(join(example, name), join(folder, name))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('draws and certifies: the same bytes as the example of the protocol', async () => {
    const drawn = await runInWorker('draw', input())
    expect(drawn.certificate).toBe(text('certificate.json'))
    expect([...drawn.lists].toSorted()).toEqual(RESULTS)
    for (const name of RESULTS) expect(readFileSync(join(out, name), 'utf8')).toBe(text(name))
    expect(drawn.left).toEqual([])
  })

  it('draws nothing over a list that is not the committed one, though its salted root alone names it', async () => {
    const altered = join(folder, 'attributes.tsv')
    const before = readFileSync(altered)
    writeFileSync(altered, before.toString('latin1').replace('\t\n', '\tfood\n'))
    await expect(runInWorker('draw', input())).rejects.toMatchObject({
      refusal: { code: 'draw.frozen_differs', params: { list: 'attributes.tsv' } },
    })
    writeFileSync(altered, before)
  })

  it('preflights: nobody is short, nothing is at fault', async () => {
    const commit = JSON.parse(text('commit.json')) as Commitment
    const found = await runInWorker('preflight', { folder, c: commit, out: join(out, 'short.tsv') })
    expect(found).toEqual({ faults: [], short: 0 })
    expect(readFileSync(join(out, 'short.tsv'), 'utf8')).toBe(text('short.tsv'))
  })

  it('verifies a whole bundle', async () => {
    const policy = readFileSync(join(example, '../example-policy.json'), 'utf8')
    const report = await runInWorker('verify', { folder: example, policy })
    expect(report.checks.filter((c) => c.holds === 'no')).toEqual([])
  })

  it('says what a piece of work threw, and goes on with the next', async () => {
    const failing = runInWorker('draw', { ...input(), commit: '{}' })
    const next = runInWorker('draw', input())
    await expect(failing).rejects.toThrow('a manifest of the draw cannot be read')
    expect((await next).certificate).toBe(text('certificate.json'))
  })
})
