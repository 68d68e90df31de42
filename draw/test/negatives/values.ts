// What the sources said: in the committed order, in their own form, and as two outsiders read it.

import { drandValue } from '../../src/sources/drand.ts'
import { receiptHash, recordHash } from '../../src/sources/record.ts'
import type { SourceValue } from '../../src/manifest/source.ts'
import { signHash } from '../../src/sign/signature.ts'
import { made } from '../county.ts'
import { value } from './changes.ts'
import { BEACONS, county, quicknet, TIMES } from './counties.ts'
import type { Forgery } from './forgery.ts'
import { type Negative, otherHex } from './negative.ts'

const DICE = 'attack: mistyped or invented dice'
const CHAIN = 'attack: a private beacon chain'

const beacon = (given: SourceValue): Forgery => value('drand', (v) => void Object.assign(v, given))

const foreign = (chain: string, round: number): SourceValue => {
  const found = BEACONS.find((b) => b.chain === chain && b.round === round)!
  return { id: 'drand', value: drandValue(found.signature), round: 123, signature: found.signature }
}

const values: Negative[] = [
  {
    name: 'dice and lottery are exchanged in the certificate',
    shows: 're-ordered values',
    of: 'open',
    forgery: { certificate: (t) => void t.values.push(t.values.splice(1, 1)[0]!) },
    expect: 'values.order',
  },
  {
    name: 'dice and lottery are exchanged in the commitment alone',
    shows: 're-ordered sources',
    of: 'open',
    forgery: { commit: (c) => void c.sources.push(c.sources.splice(1, 1)[0]!) },
    expect: 'values.order',
  },
  {
    name: 'the lottery is dropped',
    shows: 'spec 4: sources are never dropped',
    of: 'open',
    forgery: { certificate: (t) => void t.values.pop() },
    expect: 'values.order',
  },
  {
    name: 'the first value is not the close’s hash',
    shows: 'check values.order',
    of: 'open',
    forgery: value('close', (v) => void (v.value = otherHex(v.value))),
    expect: 'values.order',
  },
  {
    name: 'a die shows seven on six faces',
    shows: DICE,
    of: 'open',
    forgery: {
      commit: (c) => void Object.assign(c.sources[1]!, { faces: 6, count: 30 }),
      ...value('dice', (v) => void (v.value = `${'6'.repeat(29)}7`)),
    },
    expect: 'values.form',
  },
  {
    name: 'twenty-four of twenty-five dice were read',
    shows: DICE,
    of: 'open',
    forgery: value('dice', (v) => void (v.value = v.value.slice(1))),
    expect: 'values.form',
  },
  {
    name: 'lottery number 34 of 33',
    shows: 'spec 4: the numbers of each group',
    of: 'open',
    forgery: value('lottery', (v) => void (v.value = '3.9.14.20.27.34./7./')),
    expect: 'values.form',
  },
  {
    name: 'lottery numbers in the order drawn, where order does not count',
    shows: 'spec 4: ascending where not ordered',
    of: 'open',
    forgery: value('lottery', (v) => void (v.value = '9.3.14.20.27.31./7./')),
    expect: 'values.form',
  },
  {
    name: 'a lottery number with a leading zero',
    shows: 'spec 4: in decimal without leading zero',
    of: 'open',
    forgery: value('lottery', (v) => void (v.value = '03.9.14.20.27.31./7./')),
    expect: 'values.form',
  },
  {
    name: 'a lottery number twice',
    shows: 'spec 4: no repeat',
    of: 'open',
    forgery: value('lottery', (v) => void (v.value = '3.9.14.20.31.31./7./')),
    expect: 'values.form',
  },
  {
    name: 'dice that nobody says who read',
    shows: DICE,
    of: 'open',
    forgery: value('dice', (v) => {
      delete v.by
      delete v.at
    }),
    expect: 'values.form',
  },
]

const beacons: Negative[] = [
  {
    name: 'quicknet’s signature of another round under the committed number',
    shows: 'wrong round',
    of: 'drand',
    forgery: beacon({ ...quicknet(1000), round: 123 }),
    expect: 'values.drand',
  },
  {
    name: 'quicknet’s signature of another round under its own number',
    shows: 'wrong round',
    of: 'drand',
    forgery: beacon(quicknet(1000)),
    expect: 'values.drand',
  },
  {
    name: 'a beacon of the chain fastnet',
    shows: CHAIN,
    of: 'drand',
    forgery: beacon(foreign('fastnet', 1)),
    expect: 'values.drand',
  },
  {
    name: 'a beacon of the chain testnet-unchained',
    shows: CHAIN,
    of: 'drand',
    forgery: { certificate: (t) => void Object.assign(t.values[1]!, foreign('testnet-unchained', 1)) },
    expect: 'manifest.fields',
  },
  {
    name: 'a beacon signature that is no point',
    shows: CHAIN,
    of: 'drand',
    forgery: value('drand', (v) => {
      v.signature = `ff${v.signature!.slice(2)}`
      v.value = drandValue(v.signature)
    }),
    expect: 'values.drand',
  },
  {
    name: 'the point at infinity as a beacon signature',
    shows: CHAIN,
    of: 'drand',
    forgery: value('drand', (v) => {
      v.signature = `c0${'0'.repeat(94)}`
      v.value = drandValue(v.signature)
    }),
    expect: 'values.drand',
  },
  {
    name: 'a beacon value that is not its signature’s hash',
    shows: 'check values.drand',
    of: 'drand',
    forgery: value('drand', (v) => void (v.value = otherHex(v.value))),
    expect: 'values.drand',
  },
]

const key = (by: string, secret = `key ${by}`) => ({ by, alg: 'ed25519' as const, secret: made(secret) })

const records: Negative[] = [
  {
    name: 'only one outsider signed the dice',
    shows: DICE,
    of: 'open',
    forgery: {
      signatures: (all) =>
        void all.splice(
          all.findIndex((s) => s.of === 'contrib' && s.by === 'visitor-2'),
          1,
        ),
    },
    expect: 'values.record',
  },
  {
    name: 'both outsiders’ signatures are made with one key',
    shows: DICE,
    of: 'open',
    forgery: {
      signatures: (all) =>
        all.forEach((s, i) => {
          if (s.of === 'contrib') all[i] = signHash(key(s.by, 'key visitor-1'), 'contrib', s.hash)
        }),
    },
    expect: 'values.record',
  },
  {
    name: 'the dice are mistyped in the certificate: what was signed is another value',
    shows: DICE,
    of: 'open',
    forgery: {
      ...value('dice', (v) => void (v.value = otherHex(v.value))),
      signatures: (all, { commit }) => {
        const [dice] = county('open').values.filter((v) => v.id === 'dice')
        const hash = recordHash('sha256', { commit }, dice!)
        all
          .map((s, i) => [s, i] as const)
          .filter(([s]) => s.of === 'contrib')
          .slice(0, 2)
          .forEach(([s, i]) => (all[i] = signHash(key(s.by), 'contrib', hash)))
      },
    },
    expect: 'values.record',
  },
  {
    name: 'the authorities read the dice themselves',
    shows: DICE,
    of: 'open',
    forgery: { values: (all) => all.forEach((v) => v.by && (v.by = ['d01', 'd90'])) },
    expect: 'values.record',
  },
  {
    name: 'an outsider’s signature is made with the authority’s key',
    shows: DICE,
    of: 'open',
    forgery: {
      signatures: (all) =>
        all.forEach((s, i) => {
          if (s.by === 'visitor-2') all[i] = signHash(key(s.by, 'key d01'), 'contrib', s.hash)
        }),
    },
    expect: 'values.record',
  },
  {
    name: 'the dice were thrown before they might be',
    shows: 'spec 10: not_before ≤ at',
    of: 'open',
    forgery: value('dice', (v) => void (v.at = TIMES.closeBy + 59)),
    expect: 'values.record',
  },
  {
    name: 'the dice were thrown after the certificate was made',
    shows: 'spec 10: at ≤ certificate.at',
    of: 'open',
    forgery: value('dice', (v) => void (v.at = TIMES.certified + 1)),
    expect: 'values.record',
  },
  {
    name: 'an observer’s receipt of a contribution that he did not make',
    shows: 'attack: choosing contributions, slots or files after the beacon; closing late',
    of: 'open',
    forgery: {
      signatures: (all, { commit }) =>
        void all.push(
          signHash(
            key('visitor-3'),
            'contrib',
            receiptHash('sha256', commit, { id: 'o001', value: '314160' }),
          ),
        ),
    },
    expect: 'signatures',
  },
]

export const VALUES: readonly Negative[] = [...values, ...beacons, ...records]
