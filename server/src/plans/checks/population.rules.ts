// Which lines are about which subjects: profile by profile, by one bit for each line.

import { type CreditClass, fitsScope, type Profile, type Scope } from '../../registers/index.ts'
import type { LineCount } from './findings.rules.ts'

/** Subjects that are alike, and in whose registers they stand. */
export type RegisteredProfile = Profile & { readonly registers: readonly string[] }

/** For each profile the numbers of the lines whose scope it is in. */
export type Membership = readonly (readonly number[])[]

const NATION = '000000'
const OPEN: Scope = {
  divisions: [NATION],
  register: null,
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
  classes: [],
}

/** What a scope asks, one thing after the other: all of them together are the scope. */
const ASPECTS: readonly {
  readonly keyOf: (profile: RegisteredProfile) => string
  readonly fits: (profile: RegisteredProfile, scope: Scope) => boolean
}[] = [
  { keyOf: ({ division }) => division, fits: (p, { divisions }) => fitsScope(p, { ...OPEN, divisions }) },
  { keyOf: ({ industry }) => industry, fits: (p, { industries }) => fitsScope(p, { ...OPEN, industries }) },
  { keyOf: ({ class: letter }) => letter, fits: (p, { classes }) => fitsScope(p, { ...OPEN, classes }) },
  {
    keyOf: ({ entityType, kind }) => `${entityType} ${kind}`,
    fits: (p, { entityTypes, kinds }) => fitsScope(p, { ...OPEN, entityTypes, kinds }),
  },
  {
    keyOf: ({ tags, pools, licences }) => [tags, pools, licences].map((list) => list.join('\t')).join('\n'),
    fits: (p, { tags, pools, licenceKinds }) => fitsScope(p, { ...OPEN, tags, pools, licenceKinds }),
  },
  {
    keyOf: ({ registers }) => registers.join(),
    fits: ({ registers }, { register }) => register === null || registers.includes(register),
  },
]

/**
 * Which lines are about each profile. What profiles have in common is asked once: of 30,000 profiles and 300 lines some
 * thousand questions instead of nine million.
 */
export function membershipOf(profiles: readonly RegisteredProfile[], scopes: readonly Scope[]): Membership {
  const words = Math.ceil(scopes.length / 32)
  const memories = ASPECTS.map(() => new Map<string, Uint32Array>())
  return profiles.map((profile) => {
    const bits = new Uint32Array(words).fill(0xffff_ffff)
    ASPECTS.forEach(({ keyOf, fits }, at) => {
      const memory = memories[at]!
      const key = keyOf(profile)
      let own = memory.get(key)
      if (!own) memory.set(key, (own = bitsOf(scopes, (scope) => fits(profile, scope))))
      for (let k = 0; k < words; k += 1) bits[k]! &= own[k]!
    })
    return numbersIn(bits, scopes.length)
  })
}

/** Subjects of each line, and by class. */
export function countsOf(
  profiles: readonly RegisteredProfile[],
  membership: Membership,
  lines: number,
): readonly LineCount[] {
  const counts = Array.from({ length: lines }, () => ({
    subjects: 0,
    byClass: { A: 0, B: 0, C: 0, D: 0, N: 0 } as Record<CreditClass, number>,
  }))
  profiles.forEach(({ subjects, class: letter }, at) => {
    for (const line of membership[at]!) {
      const count = counts[line]!
      count.subjects += subjects
      count.byClass[letter] += subjects
    }
  })
  return counts
}

function bitsOf(scopes: readonly Scope[], fits: (scope: Scope) => boolean): Uint32Array {
  const bits = new Uint32Array(Math.ceil(scopes.length / 32))
  scopes.forEach((scope, at) => {
    if (fits(scope)) bits[at >>> 5]! |= 1 << (at & 31)
  })
  return bits
}

function numbersIn(bits: Uint32Array, length: number): readonly number[] {
  const numbers: number[] = []
  for (let at = 0; at < length; at += 1) if ((bits[at >>> 5]! >>> (at & 31)) & 1) numbers.push(at)
  return numbers
}
