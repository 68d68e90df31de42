// Skips: of current members only, few, for reasons that can be checked, each by two people in one chain.

import { ticketOfId } from '../../src/choose/rank.ts'
import type { CheckId } from '../../src/verify/checks.ts'
import { made } from '../county.ts'
import { county } from './counties.ts'
import { by, drawn, skip } from './event.ts'
import type { ForgedEvent } from './forgery.ts'
import { cellsOf, edit, flip, type Negative } from './negative.ts'

const FRIEND = 'attack: skip until a friend is out, or a target is in'
/** The undrawn of food/A in ticket order. */
function reserves(): string[] {
  const { seed } = county('total')
  const ticket = (id: string): string => ticketOfId('sha256', seed, 'objects', id)
  return cellsOf('total', 'population.tsv')
    .filter(([id = '', s]) => s === 'food/A' && !drawn.includes(id))
    .map(([id = '']) => id)
    .toSorted((a, b) => (ticket(a) < ticket(b) ? -1 : 1))
}

const skipped = (
  name: string,
  expect: CheckId,
  events: readonly ForgedEvent[],
  shows = FRIEND,
): Negative => ({
  name,
  shows,
  of: 'total',
  forgery: { events },
  expect,
})

const [first, second, third] = drawn
const skips: Negative[] = [
  skipped('an event by one person alone', 'events.chain', [skip(first, { approved_by: 'clerk-1' })]),
  skipped('a skipped event number: 0003 after 0001', 'events.chain', [
    skip(first),
    { ...skip(second, { n: 3 }), file: 3 },
  ]),
  skipped('an event whose number is not its file’s', 'events.chain', [skip(first, { n: 2 })]),
  skipped('an event that follows another certificate', 'events.chain', [
    skip(first, { prev: made('another') }),
  ]),
  skipped('an event of another draw', 'events.chain', [skip(first, { draw: 'another-draw' })]),
  skipped('a skip of one who was not drawn', 'events.rules', [skip(reserves()[0])]),
  skipped('a skip in a stratum to which the subject does not belong', 'events.rules', [
    skip(first, { stratum: 'food/C' }),
  ]),
  skipped('the same subject is skipped twice', 'events.rules', [skip(first), skip(first)]),
  skipped('one skip more than max_skips', 'events.rules', [skip(first), skip(second), skip(third)]),
  skipped('a skip for a reason that is none', 'manifest.fields', [skip(first, { reason: 'inconvenient' })]),
  skipped('a skip that says who is to enter', 'manifest.fields', [skip(first, { enters: second })]),
  skipped('the second reserve is skipped though the first entered', 'events.rules', [
    skip(first),
    skip(reserves()[1]),
  ]),
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

const flips: Negative[] = (['first', /"evidence":"[0-9a-f]{9}[0-9a-f]*?[0-9b-e]/, 'last'] as const).map(
  (place): Negative => ({
    name: `events/0001.json: one bit flipped at ${String(place)}`,
    shows: 'one flipped byte in each artefact',
    of: 'total',
    forgery: { events: [skip(first)], files: flip('events/0001.json', place) },
    expect: typeof place === 'string' ? 'manifest.bytes' : 'log.proofs',
  }),
)

export const SKIPS: readonly Negative[] = [...skips, ...flips]
