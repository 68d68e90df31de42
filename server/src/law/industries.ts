// 国民经济行业分类 by GB/T 4754: sections, divisions, groups and classes.

export interface Industry {
  /** The section's letter and the digits of the standard: `F`, `F52`, `F521`, `F5211`. */
  readonly code: string
  readonly name: string
  /** Absent for a section. */
  readonly parent?: string
}

/** By code, in the order of the standard. */
export type Industries = ReadonlyMap<string, Industry>

const HEADER = 'code\tname'

/** Reads `industries.tsv`. Throws an Error that names the line of what is wrong. */
export function parseIndustries(text: string): Industries {
  const [header, ...lines] = text.trimEnd().split('\n')
  if (header !== HEADER) throw new Error(`industries.tsv, line 1: the columns are ${HEADER}`)
  const industries = new Map<string, Industry>()
  for (const [index, line] of lines.entries()) {
    const industry = parseIndustry(line, industries)
    if (!industry || industries.has(industry.code))
      throw new Error(`industries.tsv, line ${index + 2}: no industry, or a code that came before: ${line}`)
    industries.set(industry.code, industry)
  }
  return industries
}

function parseIndustry(line: string, before: Industries): Industry | undefined {
  const [code = '', name = ''] = line.split('\t')
  if (!/^[A-T](?:\d{2,4})?$/.test(code) || name === '') return undefined
  if (code.length === 1) return { code, name }
  // A class may stand under a division of its own, without a group: A0190 under A01.
  const parent = [code.slice(0, 4), code.slice(0, 3), code.slice(0, 1)].find(
    (one) => one !== code && before.has(one),
  )
  return parent === undefined ? undefined : { code, name, parent }
}
