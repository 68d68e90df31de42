// How many subjects a search is likely to leave, and where. It decides in which way a page is read, never what is on it.

import { divisionTerms, type Meaning, type SubjectFilter, termsOf } from './terms.rules.ts'

/** What the statistics know of terms. */
export interface Shares {
  /** Rows of the register, those who left included. */
  readonly rows: number
  /** The share of the rarest term that is known: the others have less. */
  readonly least: number
  readonly of: ReadonlyMap<string, number>
  /** Terms of beginnings of names that are common in a county. */
  readonly places: readonly TermPlace[]
}

/** So many subjects of a county have a term. */
export interface TermPlace {
  readonly term: string
  readonly county: string
  readonly subjects: number
}

/** What a search is expected to leave in a division. */
export interface Expectation {
  readonly count: number
  /** Of those who are there. */
  readonly share: number
  /** What is expected outside the counties of `gathered`, as a share. */
  readonly shareElsewhere: number
  /** Counties where many are expected, and how many. */
  readonly gathered: ReadonlyMap<string, number>
  /** The terms by which they are sought in the index, the rarest first: a common term costs more than it excludes. */
  readonly terms: readonly string[]
  /** Entries of the rarest of them that the index holds for each subject: what it has to read to find the candidates. */
  readonly entries: number
  /** Subjects that are there at all. */
  readonly there: number
}

/** The terms whose shares are asked for. */
export function termsToKnow(filter: SubjectFilter, meaning: Meaning, prefix: string): readonly string[] {
  return [...new Set([...divisionTerms(prefix), ...termsOf(filter), ...meaning.words.flat(), 'left'])]
}

/** What a search is expected to leave in the divisions that begin with a prefix. */
export function expectationOf(
  shares: Shares,
  { filter, meaning }: { readonly filter: SubjectFilter; readonly meaning: Meaning },
  prefix: string,
): Expectation {
  const shareOf = (term: string): number => shares.of.get(term) ?? shares.least
  const there = shares.rows * product(divisionTerms(prefix).map(shareOf))
  const here = filter.left === true ? 1 : 1 - (shares.of.get('left') ?? 0)
  const filtered = here * product(termsOf(filter).map(shareOf))
  const words = meaning.words.map((terms) => ({ terms, share: togetherOf(terms.map(shareOf)) }))
  const text = togetherOf(words.map(({ share }) => share))
  const gathered = new Map<string, number>()
  for (const { term, county, subjects } of shares.places) {
    const word = words.find(({ terms }) => terms.includes(term))
    if (!word || !county.startsWith(prefix)) continue
    const others = product(words.filter((other) => other !== word).map(({ share }) => share))
    const many = Math.min(subjects, shares.rows * word.share) * filtered * others
    gathered.set(county, Math.min(many, gathered.get(county) ?? Infinity))
  }
  const together = [...gathered.values()].reduce((sum, many) => sum + many, 0)
  const count = Math.max(there * filtered * text, together)
  const share = count / Math.max(there, 1)
  const terms = rarestOf([...termsOf(filter), ...meaning.words.flat()], { shareOf, rows: shares.rows })
  return {
    count,
    share,
    shareElsewhere: Math.max(filtered * text - together / Math.max(shares.rows, 1), 0),
    gathered,
    terms,
    entries: Math.min(...terms.map((term) => shareOf(term) - gatheredShare(shares, term))),
    there,
  }
}

/** Which share of all subjects has a term, and is in the counties where it is common. */
function gatheredShare({ rows, places }: Shares, term: string): number {
  const those = places.filter((place) => place.term === term)
  return those.reduce((sum, { subjects }) => sum + subjects, 0) / Math.max(rows, 1)
}

/** So few candidates need no further term. */
const FEW = 300
const MOST_TERMS = 3

function rarestOf(
  terms: readonly string[],
  { shareOf, rows }: { readonly shareOf: (term: string) => number; readonly rows: number },
): readonly string[] {
  const rarestFirst = [...new Set(terms)].toSorted((a, b) => shareOf(a) - shareOf(b)).slice(0, MOST_TERMS)
  const enough = rarestFirst.findIndex(
    (_, at) => rows * togetherOf(rarestFirst.slice(0, at + 1).map(shareOf)) <= FEW,
  )
  return enough < 0 ? rarestFirst : rarestFirst.slice(0, enough + 1)
}

/**
 * Of terms that often stand together, as pieces of one word do: the rarest counts whole, the next by its square root, and
 * so on. Multiplying would expect far too few, and the rarest alone far too many.
 */
function togetherOf(shares: readonly number[]): number {
  const rarestFirst = shares.toSorted((a, b) => a - b)
  return product(rarestFirst.slice(0, 3).map((share, at) => share ** (0.5 ** at)))
}

function product(values: readonly number[]): number {
  return values.reduce((all, value) => all * value, 1)
}
