import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hasSentence, sentenceOf } from '../../src/platform/http/sentences.ts'

const SOURCES = join(import.meta.dirname, '../../src')
const FEATURES = [
  'accounts',
  'agencies',
  'draws',
  'home',
  'law',
  'plans',
  'platform/http',
  'registers',
  'supervision',
  'system',
  'tasks',
]

/** Every `code: '…'` of a refusal in the sources of what speaks HTTP. */
function codesInSources(): ReadonlySet<string> {
  const files = FEATURES.flatMap((folder) =>
    readdirSync(join(SOURCES, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.startsWith('waiting'))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  const texts = files.map((file) => readFileSync(file, 'utf8'))
  return new Set(
    texts.flatMap((text) =>
      [
        ...text.matchAll(
          /(?:Refused\(\s*\{|demand\(\s*\{|return \{|\?\s*\{|=> \(?\{|status: \d+,)\s*code: '([a-zA-Z_.]+)'/g,
        ),
      ].map((found) => found[1] ?? ''),
    ),
  )
}

it('has a sentence for every refusal, in both languages', () => {
  const codes = [...codesInSources()]
  expect(codes.length).toBeGreaterThan(60)
  // What a check finds, and what is wrong with a row of a plan, is said under a name of its own.
  const isSaid = (code: string): boolean =>
    ['', 'check.', 'planRow.'].some((kind) => hasSentence(kind + code))
  expect(codes.filter((code) => !isSaid(code))).toEqual([])
})

it('fills parameters in, and leaves a brace without one as it stands', () => {
  expect(sentenceOf('stale_version', { current: 3, given: 2 }, 'en')).toContain('version 3; yours is 2')
  expect(sentenceOf('no.such.code', {}, 'en')).toBe('no.such.code')
})

it('says a time as people do', () => {
  const openAt = '2026-11-22T15:16:17.000Z'
  expect(sentenceOf('draw.sealed_before_open', { openAt }, 'zh-CN')).toContain('2026年11月22日 23:16')
})

it('calls a state as the thing does that is in it', () => {
  expect(sentenceOf('draw.not_in_this_state', { state: 'closed' }, 'zh-CN')).toContain('“待抽取”')
  expect(sentenceOf('task.not_in_this_state', { state: 'cancelled' }, 'zh-CN')).toContain('“已取消”')
})
