// The log, its witnesses and the signatures: what was fixed, in which order, how early, and by whom.

import type { LogLeaf } from '../../src/manifest/proofs.ts'
import { signHash } from '../../src/sign/signature.ts'
import { made } from '../county.ts'
import { county, TIMES } from './counties.ts'
import { forge } from './forge.ts'
import { checkpointOf } from './forged-log.ts'
import { edit, type Negative, otherHex } from './negative.ts'
import { Log } from '../../src/build/log.ts'

const BACKDATED = 'attack: backdating the commitment; grinding free-form fields'
const SHOWN_TWO = 'attack: showing each observer another certificate'
const MANY = 'attack: many commitments, one certified'

const at = (leaves: readonly LogLeaf[], type: LogLeaf['type']): number =>
  leaves.findIndex((l) => l.type === type && l.draw !== 'another-draw')

const proofs: Negative[] = [
  ...(['plan', 'commit', 'close', 'record', 'cert'] as const).map((type): Negative => ({
    name: `the ${type} leaf is not shown`,
    shows: 'check log.proofs',
    of: 'open',
    forgery: {
      proofs: (p) =>
        void p.leaves.splice(
          p.leaves.findIndex((l) => l.leaf.includes(`"type":"${type}"`)),
          1,
        ),
    },
    expect: 'log.proofs',
  })),
  {
    name: 'a leaf is shown where it does not stand',
    shows: 'check log.proofs: inclusion',
    of: 'open',
    forgery: { proofs: (p) => void p.leaves.at(-1)!.index++ },
    expect: 'log.proofs',
  },
  {
    name: 'a leaf says another time than the logged one',
    shows: BACKDATED,
    of: 'open',
    forgery: { proofs: (p) => void (p.leaves[1]!.leaf = p.leaves[1]!.leaf.replace(/"at":\d/, '"at":2')) },
    expect: 'log.proofs',
  },
  {
    name: 'an audit path is cut short',
    shows: 'check log.proofs: inclusion',
    of: 'open',
    forgery: { proofs: (p) => void p.leaves[0]!.path.pop() },
    expect: 'log.proofs',
  },
  {
    name: 'the later tree does not continue the earlier one',
    shows: 'inconsistent trees',
    of: 'open',
    forgery: { proofs: (p) => void (p.consistency[0] = otherHex(p.consistency[0]!)) },
    expect: 'log.proofs',
  },
  {
    name: 'the certificate carries the checkpoint of a log without the close',
    shows: 'attack: choosing contributions, slots or files after the beacon; closing late',
    of: 'open',
    forgery: {
      certificate: (t) => void (t.log.checkpoint = checkpointOf(new Log(['{}']), TIMES.closeBy - 580)),
    },
    expect: 'log.proofs',
  },
  {
    name: 'the certificate’s proof of its close has another index',
    shows: 'check log.proofs',
    of: 'open',
    forgery: { certificate: (t) => void t.log.close.index-- },
    expect: 'log.proofs',
  },
  {
    name: 'the later checkpoint states another root',
    shows: 'forged checkpoint',
    of: 'open',
    forgery: {
      proofs: (p) =>
        void (p.checkpoint = p.checkpoint.replace(
          /^(.*\n\d+\n)(.)/,
          (_, head: string, c: string) => head + (c === 'A' ? 'B' : 'A'),
        )),
    },
    expect: 'log.proofs',
  },
  {
    name: 'the later checkpoint is of another log',
    shows: 'forged checkpoint',
    of: 'open',
    forgery: { proofs: (p) => void (p.checkpoint = p.checkpoint.replaceAll('qingshi', 'wusheng')) },
    expect: 'log.proofs',
  },
  {
    name: 'the commit leaf has another number of the draw than the commitment',
    shows: MANY,
    of: 'open',
    forgery: { early: (l) => void (l[at(l, 'commit')] = { ...l[at(l, 'commit')]!, draw_no: 2 }) },
    expect: 'log.proofs',
  },
]

const order: Negative[] = [
  {
    name: 'the close was logged before the commitment',
    shows: 'leaf order wrong',
    of: 'open',
    forgery: { early: (l) => void l.splice(at(l, 'commit'), 0, l.splice(at(l, 'close'), 1)[0]!) },
    expect: 'log.order',
  },
  {
    name: 'the plan was logged after the commitment',
    shows: MANY,
    of: 'open',
    forgery: { early: (l) => void l.splice(at(l, 'commit'), 0, l.splice(at(l, 'plan'), 1)[0]!) },
    expect: 'log.order',
  },
  {
    name: 'the dice were recorded when the certificate was out',
    shows: 'attack: mistyped or invented dice',
    of: 'open',
    forgery: { late: (l) => void l.push(l.shift()!) },
    expect: 'log.order',
  },
  {
    name: 'the times of the leaves fall',
    shows: 'check log.order',
    of: 'open',
    forgery: { early: (l) => void (l[at(l, 'commit')] = { ...l[at(l, 'commit')]!, at: TIMES.closeBy }) },
    expect: 'log.order',
  },
  {
    name: 'two certificates of one draw are in the log',
    shows: SHOWN_TWO,
    of: 'open',
    forgery: { late: (l) => void l.push({ ...l.at(-1)!, hash: made('another certificate') }) },
    expect: 'log.order',
  },
  {
    name: 'commitment 3 after commitment 1: one is kept back',
    shows: MANY,
    of: 'later',
    forgery: {
      commit: (c) => void (c.seq = 3),
      early: (l) => void (l[1] = { ...l[1]!, seq: 1 }),
    },
    expect: 'log.sequence',
  },
  {
    name: 'the previous commitment is another authority’s',
    shows: MANY,
    of: 'later',
    forgery: { early: (l) => void (l[1] = { ...l[1]!, authority: 'd02' }) },
    expect: 'log.sequence',
  },
  {
    name: 'the previous commitment is not shown',
    shows: MANY,
    of: 'later',
    forgery: { proofs: (p) => void p.leaves.shift() },
    expect: 'log.proofs',
  },
]

const signatures: Negative[] = [
  {
    name: 'the lead authority has not signed the certificate',
    shows: 'check signatures',
    of: 'open',
    forgery: {
      signatures: (all) =>
        void all.splice(
          all.findIndex((s) => s.of === 'cert' && s.by === 'd01'),
          1,
        ),
    },
    expect: 'signatures',
  },
  {
    name: 'the certificate is signed with another key than the committed',
    shows: 'a signature by another key',
    of: 'open',
    forgery: {
      signatures: (all, { certificate }) => {
        const own = all.findIndex((s) => s.of === 'cert' && s.by === 'd01')
        all[own] = signHash({ by: 'd01', alg: 'ed25519', secret: made('a stolen seal') }, 'cert', certificate)
      },
    },
    expect: 'signatures',
  },
  {
    name: 'an observer’s signature is of another certificate',
    shows: SHOWN_TWO,
    of: 'open',
    forgery: {
      signatures: (all) => {
        const key = { by: 'visitor-1', alg: 'ed25519' as const, secret: made('key visitor-1') }
        all[all.findIndex((s) => s.of === 'cert' && s.by === 'visitor-1')] = signHash(
          key,
          'cert',
          made('another'),
        )
      },
    },
    expect: 'signatures',
  },
  ...(['open', 'national'] as const).map((of): Negative => ({
    name: `an ${of === 'open' ? 'Ed25519' : 'SM2'} signature does not verify`,
    shows: 'check signatures',
    of,
    damage: edit('signatures.json', (text) =>
      text.replace(
        /("hash":"[0-9a-f]{64}","key":"[0-9a-f]+","of":"cert","value":")(.)/,
        (_, head: string, c: string) => head + (c === '0' ? '1' : '0'),
      ),
    ),
    expect: 'signatures',
  })),
  {
    name: 'another certificate, with all that follows from it, under the old signatures and log',
    shows: SHOWN_TWO,
    of: 'open',
    damage: (files) => {
      const other = forge(county('open'), { certificate: (t) => void t.at++ })
      files.set('certificate.json', other.get('certificate.json') as Uint8Array)
    },
    expect: 'log.proofs',
  },
]

export const LOG: readonly Negative[] = [...proofs, ...order, ...signatures]
