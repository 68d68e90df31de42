// The bundles that the independent implementation makes for itself, good and bad: the library must say of each what it says.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { memoryFiles, type Policy, verify } from '../src/index.ts'

interface Expected {
  readonly bundle: string
  readonly policy?: Policy
  readonly verdict: string
  readonly code: string | null
  readonly unknown: readonly string[]
}

const folder = join(mkdtempSync(join(tmpdir(), 'sunlot-python-')), 'bundles')
const script = fileURLToPath(new URL('../vectors/check_test.py', import.meta.url))
const made = spawnSync('python3', [script, '--export', folder], { encoding: 'utf8' })
const index =
  made.status === 0 ? (JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as Expected[]) : []

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }))

describe.skipIf(made.error !== undefined)('bundles made by the independent implementation', () => {
  it('are many, good and bad', () => {
    expect(made.status, made.stderr.slice(-500)).toBe(0)
    expect(index.length).toBeGreaterThan(150)
    expect(new Set(index.map((e) => e.code)).size).toBeGreaterThan(30)
  })

  it.each(index.map((e) => [e.bundle, e] as const))('%s gets the same verdict and code', (name, e) => {
    const report = verify(memoryFiles(readFolder(join(folder, name))), e.policy ? { policy: e.policy } : {})
    expect([report.verdict, report.code ?? null]).toEqual([e.verdict, e.code])
    const unknown = report.checks.filter((c) => c.holds === 'unknown').map((c) => c.id)
    if (report.verdict !== 'contradicted') expect(unknown).toEqual(e.unknown)
  })
})

function readFolder(at: string): Map<string, Uint8Array> {
  const paths = readdirSync(at, { recursive: true, encoding: 'utf8' }).map((name) => join(at, name))
  const files = paths.filter((path) => statSync(path).isFile())
  return new Map(
    files.map((path) => [relative(at, path).split(sep).join('/'), new Uint8Array(readFileSync(path))]),
  )
}
