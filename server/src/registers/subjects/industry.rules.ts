// The industry of a subject, as registers write it → a code of GB/T 4754.

import { isNullWord } from '@sunlot/draw'
import type { Industries } from '../../law/index.ts'

/** Nothing said, or nothing that the standard knows (an earlier edition, a word of one's own). */
export type IndustryDefect = 'missing' | 'unknownIndustry'

interface IndustryNames {
  readonly byDigits: ReadonlyMap<string, string>
  readonly byName: ReadonlyMap<string, string>
}

const PREPARED = new WeakMap<Industries, IndustryNames>()

/**
 * The code of an industry with its section's letter: `F5211`, `5211`, `5211 便利店零售`, `便利店零售` → `F5211`. Of a name that
 * stands on two levels the wider is taken.
 */
export function industryOf(
  text: string,
  industries: Industries,
): { readonly code: string } | { readonly defect: IndustryDefect } {
  const words = text.normalize('NFKC').replaceAll(/\s/g, '')
  if (words === '' || isNullWord(words)) return { defect: 'missing' }
  const names = namesOf(industries)
  const written = /^([A-Ta-t]?)(\d{2,4})(?!\d)/.exec(words)
  const code =
    names.byName.get(words) ??
    (written ? names.byDigits.get(written[2] as string) : sectionOf(words, industries))
  if (code === undefined || (written?.[1] && written[1].toUpperCase() !== code[0]))
    return { defect: 'unknownIndustry' }
  return { code }
}

/** From the section down to the industry itself. */
export function industryChain(
  code: string,
  industries: Industries,
): readonly { readonly code: string; readonly name: string }[] {
  const industry = industries.get(code)
  if (!industry) return []
  const above = industry.parent === undefined ? [] : industryChain(industry.parent, industries)
  return [...above, { code, name: industry.name }]
}

function sectionOf(words: string, industries: Industries): string | undefined {
  const letter = words.slice(0, 1).toUpperCase()
  return /^[A-Ta-t](?![0-9A-Za-z])/.test(words) && industries.has(letter) ? letter : undefined
}

function namesOf(industries: Industries): IndustryNames {
  const known = PREPARED.get(industries)
  if (known) return known
  const all = [...industries.values()]
  const byName = new Map<string, string>()
  for (const { code, name } of all) if (!byName.has(name)) byName.set(name, code)
  const prepared = {
    byDigits: new Map(all.filter(({ code }) => code.length > 1).map(({ code }) => [code.slice(1), code])),
    byName,
  }
  PREPARED.set(industries, prepared)
  return prepared
}
