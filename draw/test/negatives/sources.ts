// The sources: born outside, after the close, enough of them, none counted twice.

import { made } from '../county.ts'
import { source, value } from './changes.ts'
import { quicknet, TIMES } from './counties.ts'
import type { Negative } from './negative.ts'

export const SOURCES: readonly Negative[] = [
  {
    name: 'the dice may be thrown when the doors shut',
    shows: 'a source born before the close: not_before ≤ close_by',
    of: 'open',
    forgery: source('dice', { not_before: TIMES.closeBy }),
    expect: 'sources.rules',
  },
  {
    name: 'the lottery issue is of an hour before the close',
    shows: 'a source born before the close: not_before ≤ close_by',
    of: 'open',
    forgery: source('lottery', { not_before: TIMES.closeBy - 3600 }),
    expect: 'sources.rules',
  },
  {
    name: 'the commitment names the round after the one that follows from close_by',
    shows: 'wrong round',
    of: 'drand',
    forgery: {
      ...source('drand', { round: 1000 }),
      ...value('drand', (v) => void Object.assign(v, quicknet(1000))),
    },
    expect: 'sources.rules',
  },
  {
    name: 'nineteen ten-sided dice: fewer than 2^64 outcomes',
    shows: 'too few outcomes',
    of: 'open',
    forgery: {
      commit: (c) => {
        c.sources = c.sources.filter((s) => s.id !== 'lottery')
        for (const s of c.sources) if (s.kind === 'dice') s.count = 19
      },
      values: (all) => void all.splice(1, 2, { ...all[1]!, value: '4155926535897932384' }),
    },
    expect: 'sources.rules',
  },
  {
    name: 'sixty-three two-outcome groups: 2^63 outcomes',
    shows: 'too few outcomes (2^63)',
    of: 'open',
    forgery: {
      commit: (c) => {
        c.sources = c.sources.filter((s) => s.id !== 'dice')
        for (const s of c.sources)
          if (s.kind === 'lottery') s.groups = [{ count: 63, low: 0, high: 1, ordered: true, repeat: true }]
      },
      values: (all) => void all.splice(1, 2, { ...all[2]!, value: `${'1.'.repeat(63)}/` }),
    },
    expect: 'sources.rules',
  },
  {
    name: 'two sources with the same id',
    shows: 'spec 4: ids differ',
    of: 'open',
    forgery: source('lottery', { id: 'dice' }),
    expect: 'sources.rules',
  },
  {
    name: 'the same beacon counts twice',
    shows: 'spec 4: at most one drand source',
    of: 'drand',
    forgery: { commit: (c) => void c.sources.push({ id: 'again', kind: 'drand', round: 123 }) },
    expect: 'sources.rules',
  },
  {
    name: 'the same lottery issue counts twice',
    shows: 'spec 4: nothing counts twice',
    of: 'open',
    forgery: {
      commit: (c) =>
        void c.sources.push({
          ...structuredClone(c.sources.find((s) => s.kind === 'lottery')!),
          id: 'again',
        }),
    },
    expect: 'sources.rules',
  },
  {
    name: 'a hundred and one lottery numbers',
    shows: 'spec 4: count 1…100',
    of: 'open',
    forgery: {
      commit: (c) => {
        for (const s of c.sources)
          if (s.kind === 'lottery') Object.assign(s.groups[0]!, { count: 101, high: 200 })
      },
    },
    expect: 'manifest.fields',
  },
  {
    name: 'the close is not the first source',
    shows: 'spec 4: the first source is the close',
    of: 'open',
    forgery: { commit: (c) => void c.sources.push(c.sources.shift()!) },
    expect: 'sources.rules',
  },
  {
    name: 'lottery numbers may repeat and are not ordered: outcomes are not equally likely',
    shows: 'spec 4: repeat without ordered MUST be refused',
    of: 'open',
    forgery: {
      commit: (c) => {
        for (const s of c.sources) if (s.kind === 'lottery') s.groups[0]!.repeat = true
      },
    },
    expect: 'sources.rules',
  },
  {
    name: 'a server’s secret in an open draw',
    shows: 'spec 4: an open draw has no server source',
    of: 'open',
    forgery: {
      commit: (c) =>
        void c.sources.push({ id: 'authority', kind: 'server', holder: 'd01', secret: made('s') }),
    },
    expect: 'sources.rules',
  },
  {
    name: 'a third server secret in a sealed draw',
    shows: 'spec 4: exactly two server sources',
    of: 'sealed',
    forgery: {
      commit: (c) => void c.sources.push({ id: 'third', kind: 'server', holder: 'd90', secret: made('s') }),
    },
    expect: 'sources.rules',
  },
  {
    name: 'the two secrets of a sealed draw are one',
    shows: 'attack: void after seeing the result, refusal to open',
    of: 'sealed',
    forgery: {
      commit: (c) => {
        const secrets = c.sources.filter((s) => s.kind === 'server')
        secrets[1]!.secret = secrets[0]!.secret
      },
    },
    expect: 'sources.rules',
  },
]
