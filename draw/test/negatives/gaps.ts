// What a forger may still do: bundles that should be refused and are not, each with the code that it should have.

import { made } from '../county.ts'
import { quicknet, TIMES } from './counties.ts'
import { cellsOf, type Negative } from './negative.ts'

const skip = {
  event: {
    type: 'skip',
    id: cellsOf('total', 'selection.tsv')[0]![0]!,
    stratum: cellsOf('total', 'selection.tsv')[0]![1]!,
    reason: 'ceased',
    by: 'clerk-1',
    approved_by: 'head-1',
    at: TIMES.certified + 3600,
    evidence: made('evidence'),
  },
} as const

export const GAPS: readonly Negative[] = [
  {
    name: 'an event stands in the log that is shown, and its file is kept back',
    shows: 'attack: void after seeing the result, refusal to open',
    of: 'total',
    forgery: { events: [skip], files: (files) => void files.delete('events/0001.json') },
    expect: 'log.order',
  },
  {
    name: 'a second close of the draw stands in the log that is shown',
    shows: 'attack: choosing contributions, slots or files after the beacon; closing late',
    of: 'open',
    forgery: { early: (l) => void l.push({ ...l.at(-1)!, hash: made('another close') }) },
    expect: 'log.order',
  },
  {
    name: 'a second commitment of the same draw of the plan stands in the log that is shown',
    shows: 'attack: many commitments, one certified',
    of: 'open',
    forgery: {
      early: (l) => {
        const at = l.findIndex((x) => x.type === 'commit')
        l.splice(at, 0, { ...l[at]!, draw: 'qingshi-2026-food-0', hash: made('another commitment') })
      },
    },
    expect: 'log.order',
  },
  {
    name: 'the previous commitment was logged after this one',
    shows: 'attack: many commitments, one certified',
    of: 'later',
    forgery: { early: (l) => void l.push({ ...l.splice(1, 1)[0]!, at: TIMES.closeBy - 500 }) },
    expect: 'log.sequence',
  },
  {
    name: 'a values file that belongs to a skip',
    shows: 'spec 3: a values file goes with a substitute',
    of: 'total',
    forgery: { events: [{ ...skip, values: [quicknet(1000, 'fresh')] }] },
    expect: 'events.chain',
  },
  {
    name: 'a values file that belongs to no event, and is no manifest either',
    shows: 'spec 2.3: every manifest',
    of: 'open',
    damage: (files) => void files.set('events/0007.values.json', Uint8Array.of(1, 2, 3)),
    expect: 'manifest.bytes',
  },
  {
    name: 'a draw supersedes one whose void nobody shows',
    shows: 'attack: void after seeing the result, refusal to open',
    of: 'open',
    forgery: { commit: (c) => void (c.supersedes = made('another commitment')) },
    expect: { unknown: ['log.sequence'] },
  },
  ...['batches.tsv', 'close2.json', 'Certificate.json', 'old/certificate.json', 'other.html'].map(
    (name): Negative => ({
      name: `${name} rides in the bundle`,
      shows: 'attack: verifier swapped with the data',
      of: 'open',
      damage: (files) => void files.set(name, Uint8Array.of(48, 10)),
      expect: 'bundle.files',
    }),
  ),
]
