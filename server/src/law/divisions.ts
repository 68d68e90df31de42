// 行政区划 by GB/T 2260, current and revoked, and the chain of levels whose rules a place is under.

/** The nation, above every province. */
export const NATION = 'cn'

export const DIVISION_STATUSES = ['current', 'statistical', 'revoked', 'fictional'] as const
export type DivisionStatus = (typeof DIVISION_STATUSES)[number]

export interface Division {
  readonly code: string
  readonly name: string
  /** Absent for a province. */
  readonly parent?: string
  readonly status: DivisionStatus
}

/** By code. */
export type Divisions = ReadonlyMap<string, Division>

const HEADER = 'code\tname\tparent\tstatus'

/** Reads `divisions.tsv`. Throws an Error that names the line of what is wrong. */
export function parseDivisions(text: string): Divisions {
  const [header, ...lines] = text.trimEnd().split('\n')
  if (header !== HEADER) throw new Error(`divisions.tsv, line 1: the columns are ${HEADER}`)
  const divisions = new Map<string, Division>()
  for (const [index, line] of lines.entries()) {
    const division = parseDivision(line)
    if (!division || divisions.has(division.code))
      throw new Error(`divisions.tsv, line ${index + 2}: not a division, or a code that came before: ${line}`)
    divisions.set(division.code, division)
  }
  for (const { code, parent } of divisions.values())
    if (parent !== undefined && !divisions.has(parent))
      throw new Error(`divisions.tsv: ${code} stands under ${parent}, which does not exist`)
  return divisions
}

/**
 * The levels whose rules a place is under, highest first: `cn`, province, prefecture, county. A code longer than six
 * digits (a township) is taken by its county. Throws a RangeError for a code that never existed.
 */
export function chainOf(divisions: Divisions, code: string): readonly string[] {
  if (code === NATION) return [NATION]
  const division = divisions.get(code.slice(0, 6))
  if (!division) throw new RangeError(`no division ${code}`)
  return [...chainOf(divisions, division.parent ?? NATION), division.code]
}

function parseDivision(line: string): Division | undefined {
  const [code = '', name = '', parent = '', status = ''] = line.split('\t')
  // A parent's code is smaller than its children's, so that no chain runs in a circle.
  const known = DIVISION_STATUSES.find((s) => s === status)
  if (!/^\d{6}$/.test(code) || name === '' || !known || parent >= code) return undefined
  return { code, name, status: known, ...(parent === '' ? {} : { parent }) }
}
