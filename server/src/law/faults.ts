// What is wrong with a file of the law, said so that a legal officer can mend it.

/** Where, what, and how to mend it. */
export interface LawFault {
  readonly file: string
  /** The parameter, code or line. */
  readonly key: string
  readonly what: string
  readonly mend: string
}

/** The law does not load: every fault that was found, one a line. */
export class LawRefused extends Error {
  readonly faults: readonly LawFault[]

  constructor(faults: readonly LawFault[]) {
    super(faults.map(({ file, key, what, mend }) => `${file}: ${key}: ${what}; ${mend}`).join('\n'))
    this.faults = faults
  }
}

/** A place in a file that collects what is wrong with it. */
export interface Spot {
  readonly file: string
  readonly key: string
  readonly faults: LawFault[]
}

/** Notes a fault; returns undefined, so that a parser can end with it. */
export function fault(spot: Spot, what: string, mend: string): undefined {
  spot.faults.push({ file: spot.file, key: spot.key, what, mend })
  return undefined
}

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The fields of a mapping; anything else, and any field that is not in `known`, is a fault. */
export function fieldsOf(spot: Spot, raw: unknown, known: readonly string[]): Fields {
  if (!isFields(raw)) {
    fault(spot, 'is no mapping', `write ${known.join(', ')}`)
    return {}
  }
  for (const name of Object.keys(raw))
    if (!known.includes(name))
      fault(spot, `has an unknown field “${name}”`, `the fields are ${known.join(', ')}`)
  return raw
}

/** A text that is not empty; undefined, with a fault unless it may be absent. */
export function textOf(spot: Spot, fields: Fields, name: string, need = true): string | undefined {
  const value = fields[name]
  if (typeof value === 'string' && value.trim() !== '') return value
  if (value === undefined && !need) return undefined
  return fault(spot, `has no ${name}`, `write “${name}:” with a text`)
}
