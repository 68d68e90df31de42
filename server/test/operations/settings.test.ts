// What an operator mistypes is told in a sentence that names it, and is never taken for a bug.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates } from '../../src/operations/tls/certificates.ts'
import { refusalSentence } from '../../src/operations/words.ts'
import { settingsFrom } from '../../src/platform/settings.ts'
import { serving } from './serving.ts'

/** The sentence in which something is refused; fails where it is not, or by a bug. */
async function refusal(work: () => unknown): Promise<string> {
  const error: unknown = await Promise.resolve()
    .then(work)
    .catch((reason: unknown) => reason)
  for (const language of ['zh-CN', 'en'] as const)
    expect(refusalSentence(error, language)).toMatch(/^[^{}]{20,}$/)
  return refusalSentence(error, 'en') ?? ''
}

describe('an environment variable that cannot be used', () => {
  it.each([
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is loud'],
    [{ DATABASE_URL: 'notaurl' }, 'DATABASE_URL is no address'],
    [
      { DATABASE_URL: 'postgresql://a@b/c', DATABASE_ADMIN_URL: 'notaurl' },
      'DATABASE_ADMIN_URL is no address',
    ],
    [{ DATABASE_ADMIN_URL: 'mysql://root:secret@b/c' }, 'DATABASE_ADMIN_URL is no address'],
    [{ DATABASE_ADMIN_URL: 'postgresql://root:secret@b/c' }, 'but not DATABASE_URL'],
  ])('%j is named, and no password with it', async (env, words) => {
    const said = await refusal(() => settingsFrom(env))
    expect(said).toContain(words)
    expect(said).not.toContain('secret')
  })

  it('is none where it is empty or as it should be', () => {
    const empty = settingsFrom({ DATABASE_URL: '', DATABASE_ADMIN_URL: '', LOG_LEVEL: '' })
    expect(empty).toMatchObject({ databaseUrl: undefined, databaseAdminUrl: undefined, logLevel: 'info' })
    const socket = 'postgresql://sunlot@%2Frun%2Fpostgresql/sunlot'
    expect(settingsFrom({ DATABASE_URL: socket }).databaseUrl).toBe(socket)
  })
})

describe('a server', () => {
  let work: string
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'sunlot-settings-'))
  })
  afterAll(() => rmSync(work, { recursive: true, force: true }))

  it('is refused a folder that is a file, or lies below one', async () => {
    const file = join(work, 'file')
    writeFileSync(file, '')
    for (const folder of [file, join(file, 'below')])
      expect(await refusal(() => serving(settingsFrom({ SUNLOT_FOLDER: folder })))).toContain('SUNLOT_FOLDER')
    expect(await refusal(() => makeCertificates(file, { now: new Date() }))).toContain('SUNLOT_FOLDER')
  })

  it('does not show the passwords of the example to the network unless it is told to', async () => {
    const folder = join(work, 'example')
    await makeCertificates(folder, { now: new Date() })
    const env = { SUNLOT_FOLDER: folder, SUNLOT_EXAMPLE: '1', HOST: '0.0.0.0' }
    expect(await refusal(() => serving(settingsFrom(env)))).toContain('SUNLOT_EXAMPLE_ON_NETWORK=1')
    expect(existsSync(join(folder, 'database'))).toBe(false)
  })
})
