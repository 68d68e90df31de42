// What the overlays quote stands, word for word, in the documents that they cite.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LAW, ROOT } from './law.ts'

const FOLDER = join(ROOT, '../shared/seeds')
const ORDER = ['150525', '410928', '150626', '652700', '231084'] as const

/** Line breaks and the width of commas and brackets differ between copies of the same document. */
const plain = (text: string) =>
  text
    .replaceAll(/\s/g, '')
    .replaceAll('，', ',')
    .replaceAll('（', '(')
    .replaceAll('）', ')')
    .replaceAll('：', ':')

describe.skipIf(!existsSync(FOLDER))('every phrase', () => {
  const texts = readdirSync(existsSync(FOLDER) ? FOLDER : ROOT)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => plain(readFileSync(join(FOLDER, name), 'utf8')))
  const entries = [...LAW.entries.values()].flat()

  it.each(ORDER.map((division, k) => [division, texts[k] ?? ''] as const))(
    'of %s is in its document',
    (division, text) => {
      const own = entries.filter((entry) => entry.division === division)
      expect(own.length).toBeGreaterThan(15)
      const strange = own.filter(({ source: { phrase = '' } }) => !standsIn(text, phrase))
      expect(strange.map(({ key, source }) => `${key}: ${source.phrase}`)).toEqual([])
    },
  )

  it('would be missed if a word were changed', () => {
    expect(standsIn(texts[1] ?? '', '抽查结束后20个工作日')).toBe(false)
  })
})

/** A phrase may leave words out with “…”: its parts come in their order. */
function standsIn(text: string, phrase: string): boolean {
  let from = 0
  return plain(phrase)
    .split('…')
    .every((part) => {
      const at = text.indexOf(part, from)
      from = at + part.length
      return part !== '' && at >= 0
    })
}
