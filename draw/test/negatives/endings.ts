// Voids and openings: a draw ends once, for a reason that holds, and a sealed one is opened by its own secrets.

import { made } from '../county.ts'
import { county, TIMES } from './counties.ts'
import { event, type Fields } from './event.ts'
import type { ForgedEvent, Forgery } from './forgery.ts'
import { edit, type Negative } from './negative.ts'

const UNOPENED = 'attack: void after seeing the result, refusal to open'

const ended = (reason: string, at: number): ForgedEvent => event({ type: 'void', reason, at })

/** Takes away what a draw without certificate has not. */
function uncertified(files: Map<string, Uint8Array>, also: readonly string[] = []): void {
  const gone = ['certificate.json', 'selection.tsv', 'teams.tsv', 'assignment.tsv', 'unassigned.tsv', ...also]
  for (const name of gone) files.delete(name)
}

/** A draw that ended without a certificate: the event follows the commitment. */
const withoutCertificate = (events: readonly Fields[], closed: boolean): Forgery => {
  const { hash } = county('open').commit
  return {
    events: events.map((fields, i) => event({ type: 'void', ...(i === 0 ? { prev: hash } : {}), ...fields })),
    late: (l) =>
      void l.splice(
        0,
        l.findIndex((x) => x.type === 'void'),
      ),
    proofs: (p) => void (p.leaves = p.leaves.filter((l) => closed || !l.leaf.includes('"type":"close"'))),
    signatures: (all) => {
      const kept = all.filter((s) => s.of === 'close' && closed)
      all.splice(0, all.length, ...kept)
    },
    files: (files) => uncertified(files, closed ? [] : ['close.json']),
  }
}

const voided = (
  name: string,
  expect: Negative['expect'],
  events: readonly Fields[],
  closed = true,
): Negative => ({
  name,
  shows: UNOPENED,
  of: 'open',
  forgery: withoutCertificate(events, closed),
  expect,
})

const LATER = TIMES.closeBy + 7200
const voids: Negative[] = [
  {
    name: 'a void because the beacon was absent beside a certificate',
    shows: UNOPENED,
    of: 'open',
    forgery: { events: [ended('beacon_absent', LATER)] },
    expect: 'single',
  },
  voided('a void as beacon_absent before close_by', 'events.rules', [
    { reason: 'beacon_absent', at: TIMES.closeBy },
  ]),
  voided('a void as cancelled after close_by', 'events.rules', [{ reason: 'cancelled', at: LATER }]),
  voided('a void as not_closed of a draw that was closed', 'events.rules', [
    { reason: 'not_closed', at: LATER },
  ]),
  voided(
    'a void as beacon_absent of a draw that was not closed',
    'events.rules',
    [{ reason: 'beacon_absent', at: LATER }],
    false,
  ),
  voided('a second void after the first', 'events.rules', [
    { reason: 'beacon_absent', at: LATER },
    { reason: 'beacon_absent', at: LATER + 1 },
  ]),
  voided('a void dated back after the result was seen: cancelled', { unknown: ['freshness'] }, [
    { reason: 'cancelled', at: TIMES.closeBy - 1 },
  ]),
  voided(
    'a void because nobody closed, the close kept back',
    { unknown: ['freshness'] },
    [{ reason: 'not_closed', at: LATER }],
    false,
  ),
  voided('a void by one person alone', 'events.chain', [
    { reason: 'beacon_absent', at: LATER, by: 'head-1' },
  ]),
]

const secrets = county('sealed').secrets
const open = (more: Fields = {}): ForgedEvent => ({
  event: {
    by: 'clerk-1',
    approved_by: 'head-1',
    type: 'open',
    at: LATER,
    secrets: ['authority', 'oversight'].map((id, i) => ({ id, value: secrets[i] })),
    ...more,
  } as unknown as ForgedEvent['event'],
})

const opened = (name: string, expect: Negative['expect'], events: readonly ForgedEvent[]): Negative => ({
  name,
  shows: UNOPENED,
  of: 'sealed',
  forgery: { events },
  expect,
})

const openings: Negative[] = [
  {
    name: 'a sealed draw that is never opened',
    shows: UNOPENED,
    of: 'sealed',
    damage: (files) =>
      [...files.keys()]
        .filter((n) => n.endsWith('.tsv') || n === 'people.json')
        .forEach((n) => files.delete(n)),
    expect: { unknown: ['commit.lists', 'seed', 'selection', 'match'] },
  },
  opened('opened a second before its time', 'events.rules', [open({ at: TIMES.closeBy + 3599 })]),
  opened('opened with another secret', 'values.secret', [
    open({
      secrets: ['authority', 'oversight'].map((id, i) => ({
        id,
        value: i === 0 ? made('another') : secrets[i],
      })),
    }),
  ]),
  opened('opened with the secrets exchanged', 'values.secret', [
    open({ secrets: ['oversight', 'authority'].map((id, i) => ({ id, value: secrets[1 - i] })) }),
  ]),
  opened('opened twice', 'events.rules', [open(), open({ at: LATER + 1 })]),
  {
    name: 'an open draw is opened',
    shows: 'spec 7: open',
    of: 'open',
    forgery: { events: [open()] },
    expect: 'events.rules',
  },
  {
    name: 'a sealed draw is opened and its population is another one',
    shows: 'attack: enumerating a sealed list',
    of: 'sealed',
    forgery: { events: [open()], files: edit('population.tsv', (t) => t.replace('food/A\t1', 'food/A\t2')) },
    expect: 'commit.lists',
  },
]

export const ENDINGS: readonly Negative[] = [...voids, ...openings]
