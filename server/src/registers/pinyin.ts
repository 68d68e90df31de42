// Pinyin initials, for finding 青石县万家超市 by `qsxwjcs`. The only file that knows the library.

import { pinyin } from 'pinyin-pro'

const CHINESE = /[\u3400-\u9fff\u{20000}-\u{3ffff}]/u

/** The initials of a name, lower case: `青石县万家超市A区` → `qsxwjcsaq`. Letters and digits stand for themselves. */
export function initialsOf(name: string): string {
  if (!CHINESE.test(name)) return bare(name)
  const letters = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
  return bare(letters.join(''))
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 100)
}
