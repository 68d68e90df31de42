// What happens afterwards: skips, substitutes, voids and openings, each within its rules and by two people.

import { ticketOfId } from '../../src/choose/rank.ts'
import type { CheckId } from '../../src/verify/checks.ts'
import type { SourceValue } from '../../src/manifest/source.ts'
import { timeOfRound } from '../../src/sources/drand.ts'
import { made } from '../county.ts'
import { BEACONS, county, quicknet, TIMES } from './counties.ts'
import type { ForgedEvent, Forgery } from './forge.ts'
import { cellsOf, edit, flip, type Negative, otherHex } from './negative.ts'

type Fields = Readonly<Record<string, unknown>>

const FRIEND = 'attack: skip until a friend is out, or a target is in'
const GRINDING = 'attack: grinding fresh substitutes'
const UNOPENED = 'attack: void after seeing the result, refusal to open'

const by = { by: 'clerk-1', approved_by: 'head-1', at: TIMES.certified + 3600, evidence: made('evidence') }

const event = (fields: Fields, values?: readonly SourceValue[], file?: number): ForgedEvent => ({
  event: { ...by, ...fields } as unknown as ForgedEvent['event'],
  ...(values ? { values } : {}),
  ...(file === undefined ? {} : { file }),
})

const drawn = cellsOf('total', 'selection.tsv').filter(([, s]) => s === 'food/A').map(([id = '']) => id)
const skip = (id: string | undefined, more: Fields = {}): ForgedEvent =>
  event({ type: 'skip', id, stratum: 'food/A', reason: 'ceased', ...more })

/** The undrawn of food/A in ticket order. */
function reserves(): string[] {
  const { seed } = county('total')
  const ticket = (id: string): string => ticketOfId('sha256', seed, 'objects', id)
  return cellsOf('total', 'population.tsv')
    .filter(([id = '', s]) => s === 'food/A' && !drawn.includes(id))
    .map(([id = '']) => id)
    .toSorted((a, b) => (ticket(a) < ticket(b) ? -1 : 1))
}

const skipped = (name: string, expect: CheckId, events: readonly ForgedEvent[], shows = FRIEND): Negative => ({
  name,
  shows,
  of: 'total',
  forgery: { events },
  expect,
})

const [first, second, third] = drawn
const skips: Negative[] = [
  skipped('an event by one person alone', 'events.chain', [skip(first, { approved_by: 'clerk-1' })]),
  skipped('a skipped event number: 0003 after 0001', 'events.chain', [skip(first), { ...skip(second, { n: 3 }), file: 3 }]),
  skipped('an event whose number is not its file’s', 'events.chain', [skip(first, { n: 2 })]),
  skipped('an event that follows another certificate', 'events.chain', [skip(first, { prev: made('another') })]),
  skipped('an event of another draw', 'events.chain', [skip(first, { draw: 'another-draw' })]),
  skipped('a skip of one who was not drawn', 'events.rules', [skip(reserves()[0])]),
  skipped('a skip in a stratum to which the subject does not belong', 'events.rules', [skip(first, { stratum: 'food/C' })]),
  skipped('the same subject is skipped twice', 'events.rules', [skip(first), skip(first)]),
  skipped('one skip more than max_skips', 'events.rules', [skip(first), skip(second), skip(third)]),
  skipped('a skip for a reason that is none', 'manifest.fields', [skip(first, { reason: 'inconvenient' })]),
  skipped('a skip that says who is to enter', 'manifest.fields', [skip(first, { enters: second })]),
  skipped('the second reserve is skipped though the first entered', 'events.rules', [skip(first), skip(reserves()[1])]),
  {
    name: 'an event before the one that it follows, logged after it',
    shows: 'check events.chain',
    of: 'total',
    forgery: {
      events: [skip(first), skip(second, { at: by.at - 2 })],
      late: (l) => void (l[l.length - 1] = { ...l.at(-1)!, at: by.at + 2 }),
    },
    expect: 'events.chain',
  },
  {
    name: 'a skip in full coverage',
    shows: 'spec 7: not in coverage',
    of: 'coverage',
    forgery: { events: [skip(cellsOf('coverage', 'population.tsv')[0]![0])] },
    expect: 'events.rules',
  },
  {
    name: 'an event that the log does not have',
    shows: 'check log.proofs',
    of: 'total',
    forgery: { events: [skip(first)], late: (l) => void l.pop() },
    expect: 'log.proofs',
  },
  {
    name: 'an event is changed after it was logged',
    shows: 'one flipped byte in each artefact',
    of: 'total',
    forgery: { events: [skip(first)], files: edit('events/0001.json', (t) => t.replace('head-1', 'head-2')) },
    expect: 'log.proofs',
  },
  {
    name: 'the certificate’s leaf stands after its event’s',
    shows: 'leaf order wrong',
    of: 'total',
    forgery: { events: [skip(first)], late: (l) => void l.push(l.splice(l.length - 2, 1)[0]!) },
    expect: 'log.order',
  },
]

const BEFORE = timeOfRound(1000) - 297
const alias = (team: number, of: 'drand' | 'open' = 'drand'): string => {
  const d01 = new Set(cellsOf(of, 'inspectors.tsv').filter(([, d]) => d === 'd01').map(([a]) => a))
  return cellsOf(of, 'teams.tsv')[team]![1]!.split(',').find((a) => d01.has(a))!
}
const inTeams = new Set(cellsOf('drand', 'teams.tsv').flatMap(([, joined = '']) => joined.split(',')))
const idle = cellsOf('drand', 'inspectors.tsv').find(([a = '']) => !inTeams.has(a))![0]!
const fresh = (round = 1000): Fields => ({ id: 'fresh', kind: 'drand', round })
const substitute = (more: Fields, values?: readonly SourceValue[]): ForgedEvent =>
  event({ type: 'substitute', id: alias(0), reason: 'recusal', at: BEFORE, source: fresh(), ...more }, values)
const value = quicknet(1000, 'fresh')
const foreign = BEACONS.find((b) => b.chain === 'fastnet')!

const replaced = (name: string, expect: Negative['expect'], events: readonly ForgedEvent[], shows = GRINDING): Negative => ({
  name,
  shows,
  of: 'drand',
  forgery: { events },
  expect,
})

const dice = { id: 'fresh', kind: 'dice', faces: 10, count: 10, roller: 'visitor-1', not_before: BEFORE + 60 }
const thrown = { id: 'fresh', value: '4155926535', at: BEFORE + 120, by: ['visitor-1', 'visitor-2'] }

const substitutes: Negative[] = [
  replaced('a substitute by a round that has already spoken', 'events.rules', [
    substitute({ at: timeOfRound(1000) }, [value]),
  ]),
  replaced('a substitute by a round more than ten minutes away', 'events.rules', [
    substitute({ at: timeOfRound(1000) - 601 }, [value]),
  ]),
  replaced('a substitute by dice that were thrown before the event', 'events.rules', [
    substitute({ source: { ...dice, not_before: BEFORE } }, [thrown]),
  ]),
  replaced('a substitute by nine dice of ten faces: fewer than 2^32 outcomes', 'events.rules', [
    substitute({ source: { ...dice, count: 9 } }, [{ ...thrown, value: '415592653' }]),
  ]),
  replaced('a substitute for somebody who is in no team', 'events.rules', [substitute({ id: idle }, [value])]),
  replaced('a second substitute while the first waits for its value', 'events.rules', [
    substitute({}),
    substitute({ at: BEFORE + 1 }, [value]),
  ]),
  replaced('a second substitute of the same authority while the first waits', 'events.rules', [
    substitute({}),
    substitute({ id: alias(1), at: BEFORE + 1 }, [value]),
  ]),
  replaced('a substitute whose source has not spoken', { unknown: ['events.substitute'] }, [substitute({})]),
  replaced('a substitute by another round’s value', 'events.substitute', [substitute({}, [quicknet(1001, 'fresh')])]),
  replaced('a substitute by another chain’s value', 'events.substitute', [
    substitute({}, [{ ...value, signature: foreign.signature, value: foreign.randomness }]),
  ]),
  replaced('a substitute by a chosen value', 'events.substitute', [
    substitute({}, [{ ...value, value: otherHex(value.value) }]),
  ]),
  replaced('a substitute by a value of another name', 'events.substitute', [substitute({}, [quicknet(1000, 'again')])]),
  replaced('a substitute names his subject in a draw of teams', 'events.rules', [
    substitute({ subject: cellsOf('drand', 'selection.tsv')[0]![0] }, [value]),
  ]),
  {
    name: 'a substitute by dice that only one outsider signed',
    shows: GRINDING,
    of: 'drand',
    forgery: {
      events: [substitute({ source: dice }, [thrown])],
      signatures: (all) => void all.splice(all.findIndex((s) => s.of === 'contrib'), 1),
    },
    expect: 'events.substitute',
  },
  {
    name: 'a substitute whose dice were logged before the event',
    shows: GRINDING,
    of: 'drand',
    forgery: { events: [substitute({ source: dice }, [thrown])], late: (l) => void l.splice(1, 0, l.pop()!) },
    expect: 'log.order',
  },
  {
    name: 'a values file of another event',
    shows: GRINDING,
    of: 'drand',
    forgery: {
      events: [substitute({}, [value])],
      files: edit('events/0001.values.json', (t) => t.replace(/"event":"./, (m) => m.slice(0, -1) + (m.endsWith('0') ? '1' : '0'))),
    },
    expect: 'events.substitute',
  },
]

const flips: Negative[] = (['first', /"evidence":"[0-9a-f]{9}[0-9a-f]*?[0-9b-e]/, 'last'] as const).map(
  (place): Negative => ({
    name: `events/0001.json: one bit flipped at ${String(place)}`,
    shows: 'one flipped byte in each artefact',
    of: 'total',
    forgery: { events: [skip(first)], files: flip('events/0001.json', place) },
    expect: typeof place === 'string' ? 'manifest.bytes' : 'log.proofs',
  }),
)

const freshFlips: Negative[] = (['first', /"signature":"[0-9a-f]{9}[0-9a-f]*?[0-9b-e]/, 'last'] as const).map(
  (place): Negative => ({
    name: `events/0001.values.json: one bit flipped at ${String(place)}`,
    shows: 'one flipped byte in each artefact',
    of: 'drand',
    forgery: { events: [substitute({}, [value])], files: flip('events/0001.values.json', place) },
    expect: typeof place === 'string' ? 'manifest.bytes' : 'events.substitute',
  }),
)

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
    late: (l) => void l.splice(0, l.findIndex((x) => x.type === 'event')),
    proofs: (p) => void (p.leaves = p.leaves.filter((l) => closed || !l.leaf.includes('"type":"close"'))),
    signatures: (all) => {
      const kept = all.filter((s) => s.of === 'close' && closed)
      all.splice(0, all.length, ...kept)
    },
    files: (files) => uncertified(files, closed ? [] : ['close.json']),
  }
}

const voided = (name: string, expect: CheckId, events: readonly Fields[], closed = true): Negative => ({
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
  voided('a void as beacon_absent before close_by', 'events.rules', [{ reason: 'beacon_absent', at: TIMES.closeBy }]),
  voided('a void as cancelled after close_by', 'events.rules', [{ reason: 'cancelled', at: LATER }]),
  voided('a void as not_closed of a draw that was closed', 'events.rules', [{ reason: 'not_closed', at: LATER }]),
  voided('a void as beacon_absent of a draw that was not closed', 'events.rules', [{ reason: 'beacon_absent', at: LATER }], false),
  voided('a second void after the first', 'events.rules', [
    { reason: 'beacon_absent', at: LATER },
    { reason: 'beacon_absent', at: LATER + 1 },
  ]),
  voided('a void by one person alone', 'events.chain', [{ reason: 'beacon_absent', at: LATER, by: 'head-1' }]),
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
      [...files.keys()].filter((n) => n.endsWith('.tsv') || n === 'people.json').forEach((n) => files.delete(n)),
    expect: { unknown: ['commit.lists', 'seed', 'selection', 'match'] },
  },
  opened('opened a second before its time', 'events.rules', [open({ at: TIMES.closeBy + 3599 })]),
  opened('opened with another secret', 'values.secret', [
    open({ secrets: ['authority', 'oversight'].map((id, i) => ({ id, value: i === 0 ? made('another') : secrets[i] })) }),
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

export const EVENTS: readonly Negative[] = [...skips, ...substitutes, ...flips, ...freshFlips, ...voids, ...openings]
