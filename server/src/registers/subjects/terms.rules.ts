// What a search means: the terms by which registers.subject_terms finds it, and the patterns that decide.

/** The order of every list of subjects: county, then code. Unique. */
export type SubjectKey = readonly [divisionCode: string, code: string]

/** What lists are filtered by. `'-'` for industry, class or grade: those that have none. */
export interface SubjectFilter {
  /** A code or its beginning, initials in pinyin, or characters of the name; words between blanks must all be there. */
  readonly q?: string | undefined
  /** Where `q` is sought: in the name and code, or in the registered address of one county. */
  readonly field?: 'name' | 'address' | undefined
  /** A province, prefecture or county. */
  readonly division?: string | undefined
  /** `F`, `F51`, `F512`, `F5123`, or '-'. */
  readonly industry?: string | undefined
  readonly class?: string | undefined
  readonly grade?: string | undefined
  readonly kind?: string | undefined
  readonly entityType?: string | undefined
  readonly state?: string | undefined
  readonly tag?: string | undefined
  readonly pool?: string | undefined
  readonly flag?: string | undefined
  /** Whose register: the id of an authority. Implies its division. */
  readonly authority?: string | undefined
  /** The station that watches over it day by day. */
  readonly station?: string | undefined
  /** What an inspection item applies to: of each list one must fit, and an empty list restricts nothing. */
  readonly applies?: AppliesTo | undefined
  /** Those who left, instead of those who are in the register. */
  readonly left?: boolean | undefined
}

/** Which subjects an inspection item corresponds to (REQ-OBJ-6). */
export interface AppliesTo {
  readonly industries: readonly string[]
  readonly entityTypes: readonly string[]
  readonly kinds: readonly string[]
  readonly licenceKinds: readonly string[]
  readonly pools: readonly string[]
  readonly tags: readonly string[]
}

/** One thing that a text can mean. What it finds has all terms of all `words`; whether it is found, the rest says. */
export interface Meaning {
  readonly words: readonly (readonly string[])[]
  /** Pieces of the folded name; with `begins`, its beginning. */
  readonly names: readonly string[]
  readonly begins?: boolean
  readonly initials: readonly string[]
  readonly addresses: readonly string[]
  /** What the code begins with. */
  readonly code?: string
}

/** Terms of one word: more find no less. */
const MOST_TERMS = 8
const EVERYTHING: Meaning = { words: [], names: [], initials: [], addresses: [] }

/** As registers.folded has names: full width and half width, capital and small are one. Only A to Z are made small. */
export function folded(text: string): string {
  return text.normalize('NFKC').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** What `q` can mean; who fits any of these is found. One meaning without terms where nothing is sought. */
export function meaningsOf(
  q: string | undefined,
  field: SubjectFilter['field'] = 'name',
): readonly Meaning[] {
  const words = folded(q ?? '')
    .split(/\s+/)
    .filter(Boolean)
  const only = words.length === 1 ? words[0] : undefined
  if (words.length === 0) return [EVERYTHING]
  if (field === 'address') return [{ ...EVERYTHING, addresses: words }]
  // No name has so many digits.
  const meanings = only && /^\d{6}/.test(only) ? [] : [meaningOf(words)]
  // A code is sought as it was typed, and in capitals. No word without a digit is one.
  if (only && /^[0-9a-z._:-]{4,}$/.test(only) && /\d/.test(only)) {
    const typed = (q ?? '').normalize('NFKC').trim()
    for (const code of new Set([typed.toUpperCase(), typed])) meanings.push({ ...EVERYTHING, code })
  }
  return meanings
}

/** The terms that a filter demands, without its text and its division. */
export function termsOf(filter: SubjectFilter): readonly string[] {
  const { industry, left } = filter
  const terms = (
    [
      ['k', filter.kind],
      ['e', filter.entityType],
      ['c', filter.class],
      ['r', filter.grade],
      ['s', filter.state],
      // The first two digits are no term: a class of industries has a letter, and a letter with two digits.
      ['i', industry?.length === 2 ? industry.slice(0, 1) : industry],
      ['t', filter.tag],
      ['p', filter.pool],
      ['f', filter.flag],
      ['a', filter.authority],
    ] as const
  ).flatMap(([letter, value]) => (value === undefined ? [] : [`${letter}:${value}`]))
  const all = [...terms, ...soleTerms(filter.applies)]
  return left ? [...all, 'left'] : all
}

/** Of a list with one value that value is a term; of several, any of which will do, none is. */
function soleTerms(applies: AppliesTo | undefined): readonly string[] {
  if (!applies) return []
  const { industries, entityTypes, kinds, pools, tags } = applies
  const lists = [
    ['i', industries.map((code) => (code.length === 2 ? code.slice(0, 1) : code))],
    ['e', entityTypes],
    ['k', kinds],
    ['p', pools],
    ['t', tags],
  ] as const
  return lists.flatMap(([letter, [only, ...others]]) =>
    only === undefined || others.length > 0 ? [] : [`${letter}:${only}`],
  )
}

/** The term of a division by what its codes begin with: none for the whole country. */
export function divisionTerms(prefix: string): readonly string[] {
  return prefix === '' ? [] : [`d:${prefix}`]
}

/** Prefixes of divisions that lie in one of `reach` and under `within`: ascending, none under another. */
export function prefixesWithin(reach: readonly string[], within: string): readonly string[] {
  const both = reach.flatMap((prefix) =>
    prefix.startsWith(within) ? [prefix] : within.startsWith(prefix) ? [within] : [],
  )
  return [...new Set(both)]
    .toSorted()
    .filter((prefix, _, all) => !all.some((other) => other !== prefix && prefix.startsWith(other)))
}

/** An estimate as one says it: two digits that count. */
export function roundly(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(count, 1))) - 1)
  return Math.round(count / unit) * unit
}

function meaningOf(words: readonly string[]): Meaning {
  const initials = words.filter((word) => /^[0-9a-z]{3,}$/.test(word))
  const names = words.filter((word) => !initials.includes(word))
  const [first] = names
  const begins = words.length === 1 && first !== undefined && [...first].length === 1
  const pairs = names.map((name) => some(piecesOf(name, 2)))
  const threes = initials.map((word) => some(piecesOf(word, 3)).map((piece) => `~${piece}`))
  return {
    words: begins ? [[`^${first}`]] : [...pairs, ...threes].filter((terms) => terms.length > 0),
    names,
    begins,
    initials,
    addresses: [],
  }
}

/** Every piece of so many characters. A character, not half of one. */
function piecesOf(text: string, length: number): readonly string[] {
  const characters = [...text]
  return characters
    .slice(0, Math.max(0, characters.length - length + 1))
    .map((_, at) => characters.slice(at, at + length).join(''))
}

/** Enough of them to be few, spread over all. */
function some(terms: readonly string[]): readonly string[] {
  const count = Math.min(terms.length, MOST_TERMS)
  const last = Math.max(1, count - 1)
  return Array.from(
    { length: count },
    (_, at) => terms[Math.round((at * (terms.length - 1)) / last)] as string,
  )
}
