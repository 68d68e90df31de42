// Freshness: enough of the pinned witnesses saw the close before the first value could exist, and the certificate too.

import { TIMES } from './counties.ts'
import type { Negative } from './negative.ts'

const BACKDATED = 'attack: backdating the commitment; grinding free-form fields'
const SHOWN_TWO = 'attack: showing each observer another certificate'

const freshness: Negative[] = [
  {
    name: 'nobody pinned whom to trust',
    shows: BACKDATED,
    of: 'open',
    damage: () => undefined,
    policy: 'none',
    expect: { unknown: ['freshness'] },
  },
  {
    name: 'everything is backdated and one witness of three has seen it',
    shows: BACKDATED,
    of: 'open',
    forgery: { cosigned: { witnesses: 1 } },
    expect: { unknown: ['freshness'] },
  },
  {
    name: 'the witnesses cosigned it after the doors were shut',
    shows: BACKDATED,
    of: 'open',
    forgery: { cosigned: { at: TIMES.closeBy + 1 } },
    expect: { unknown: ['freshness'] },
  },
  {
    name: 'the witnesses cosigned it nine seconds before the first value',
    shows: 'spec 8: more than ten seconds',
    of: 'open',
    forgery: {
      commit: (c) => {
        for (const s of c.sources) if (s.kind === 'dice') s.not_before = c.close_by + 1
      },
      cosigned: { at: TIMES.closeBy - 9 },
    },
    expect: { unknown: ['freshness'] },
  },
  {
    name: 'the certificate’s checkpoint is cosigned by strangers',
    shows: BACKDATED,
    of: 'open',
    forgery: {
      certificate: (t) => void (t.log.checkpoint = t.log.checkpoint.replaceAll('— witness-', '— stranger-')),
    },
    expect: { unknown: ['freshness'] },
  },
]

/** Another signature of the same length in the line of a name. */
const resigned = (checkpoint: string, name: string): string =>
  checkpoint.replace(
    new RegExp(`(— ${name} .{40})(.)`),
    (_, head: string, c: string) => head + (c === 'A' ? 'B' : 'A'),
  )

const later: Negative[] = [
  {
    name: 'the later checkpoint, in which the certificate stands, is not signed by the log',
    shows: SHOWN_TWO,
    of: 'open',
    forgery: { proofs: (p) => void (p.checkpoint = resigned(p.checkpoint, 'log.qingshi.example')) },
    expect: { unknown: ['freshness'] },
  },
  {
    name: 'the later checkpoint was seen by one witness of three',
    shows: SHOWN_TWO,
    of: 'open',
    forgery: {
      proofs: (p) => void (p.checkpoint = resigned(resigned(p.checkpoint, 'witness-1'), 'witness-2')),
    },
    expect: { unknown: ['freshness'] },
  },
]

export const FRESHNESS: readonly Negative[] = [...freshness, ...later]
