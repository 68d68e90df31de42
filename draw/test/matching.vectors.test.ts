// The forty known answers of M/1, shared with every other implementation.

import { describe, expect, it } from 'vitest'
import { utf8 } from '../src/bytes.ts'
import { hashHex } from '../src/hash.ts'
import { KeyedHash } from '../src/keyed-hash.ts'
import { match } from '../src/matching/match.ts'
import { assignmentFile, type MatchProblem, type MatchResult } from '../src/matching/problem.ts'
import { Stream, stageKey } from '../src/stream.ts'
import vectors from '../vectors/m1.json' with { type: 'json' }

type Case = (typeof vectors.cases)[number]

function problemOf({ S, P }: Case): MatchProblem {
  return {
    alg: 'sha256',
    seed: S,
    stage: 'match',
    authority: 'd01',
    subjects: P.subjects.map((s) => ({ id: s.id, cls: s.cls, demand: s.d })),
    inspectors: P.inspectors,
    eligible: new Map(Object.entries(P.elig)),
    conflicts: P.conf.map(([subject, inspector]) => [subject!, inspector!] as const),
    cap: P.cap,
    tau: { num: P.tau[0]!, den: P.tau[1]! },
    mix: P.m,
  }
}

function asInVectors(result: MatchResult): unknown {
  if (!result.ok) {
    const { infeasible } = result
    return infeasible.kind === 'short'
      ? { infeasible: 'short', o: infeasible.subject }
      : {
          infeasible: 'hall',
          demand: infeasible.demand,
          crossing: infeasible.crossing,
          inspectors: infeasible.inspectors.length,
        }
  }
  const { um, lm, u2, l2, augmentations, raises, smooth, proposals, swaps, moves } = result.report
  const hash = hashHex('sha256', utf8(assignmentFile(result.lines)))
  return {
    u: um,
    l: lm,
    uu: u2,
    ll: l2,
    aug: augmentations,
    raises,
    smooth,
    R: proposals,
    sw: swaps,
    mv: moves,
    hash,
  }
}

describe('M/1 known answers', () => {
  it('has forty', () => expect(vectors.cases).toHaveLength(40))
  it.each(vectors.cases.map((c, k) => [k, c] as const))('case %i', (_, c) => {
    expect(asInVectors(match(problemOf(c)))).toEqual(c.r)
  })
})

describe('the fast stream of a match', () => {
  const key = stageKey('sha256', 'ab'.repeat(32), 'match/d01/mix')

  it.each(['sha256', 'sm3'] as const)('is word for word the protocol stream (%s)', (alg) => {
    const words = Array.from({ length: 800 }, (_, j) => hashHex(alg, utf8(`${key}/${j}`)))
      .flatMap((hex) => hex.match(/.{8}/g) ?? [])
      .map((hex) => Number.parseInt(hex, 16))
    const stream = new Stream(alg, key)
    for (let k = 0; k < 5000; k++) {
      const n = [1, 2, 3, 1999, 2 ** 31, 3 * 2 ** 29, 2 ** 32][k % 7]!
      let word = words.shift()!
      while (word >= 2 ** 32 - (2 ** 32 % n)) word = words.shift()!
      expect(stream.below(n)).toBe(word % n)
    }
  })

  it('hashes any text behind the key as H does', () => {
    for (const text of ['', 'a', 'x'.repeat(55), 'x'.repeat(56), 'y'.repeat(200), '青石县']) {
      const hex = Array.from(new KeyedHash('sha256', key).words(text), (w) =>
        w.toString(16).padStart(8, '0'),
      ).join('')
      expect(hex).toBe(hashHex('sha256', utf8(key + text)))
    }
  })
})
