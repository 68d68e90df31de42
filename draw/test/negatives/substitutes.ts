// Substitutes: by a source that was named before it spoke, one at a time, for somebody who is there.

import type { SourceValue } from '../../src/manifest/source.ts'
import { timeOfRound } from '../../src/sources/drand.ts'
import { BEACONS, quicknet } from './counties.ts'
import { event, type Fields } from './event.ts'
import type { ForgedEvent } from './forgery.ts'
import { cellsOf, edit, flip, type Negative, otherHex } from './negative.ts'

const GRINDING = 'attack: grinding fresh substitutes'
const BEFORE = timeOfRound(1000) - 297
const alias = (team: number, of: 'drand' | 'open' = 'drand'): string => {
  const d01 = new Set(
    cellsOf(of, 'inspectors.tsv')
      .filter(([, d]) => d === 'd01')
      .map(([a]) => a),
  )
  const [, members = ''] = cellsOf(of, 'teams.tsv')[team] ?? []
  return members.split(',').find((a) => d01.has(a)) as string
}
const inTeams = new Set(cellsOf('drand', 'teams.tsv').flatMap(([, joined = '']) => joined.split(',')))
const idle = cellsOf('drand', 'inspectors.tsv').find(([a = '']) => !inTeams.has(a))![0]!
const fresh = (round = 1000): Fields => ({ id: 'fresh', kind: 'drand', round })
const substitute = (more: Fields, values?: readonly SourceValue[]): ForgedEvent =>
  event({ type: 'substitute', id: alias(0), reason: 'recusal', at: BEFORE, source: fresh(), ...more }, values)
const value = quicknet(1000, 'fresh')
const foreign = BEACONS.find((b) => b.chain === 'fastnet')!

const replaced = (
  name: string,
  expect: Negative['expect'],
  events: readonly ForgedEvent[],
  shows = GRINDING,
): Negative => ({
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
  replaced(
    'a substitute whose event was logged when its round had spoken',
    { unknown: ['events.substitute'] },
    [substitute({ at: timeOfRound(1000) - 5 }, [value])],
  ),
  replaced('a substitute for somebody who is in no team', 'events.rules', [
    substitute({ id: idle }, [value]),
  ]),
  replaced('a second substitute while the first waits for its value', 'events.rules', [
    substitute({}),
    substitute({ at: BEFORE + 1 }, [value]),
  ]),
  replaced('a second substitute of the same authority while the first waits', 'events.rules', [
    substitute({}),
    substitute({ id: alias(1), at: BEFORE + 1 }, [value]),
  ]),
  replaced('a substitute whose source has not spoken', { unknown: ['events.substitute'] }, [substitute({})]),
  replaced('a substitute by another round’s value', 'events.substitute', [
    substitute({}, [quicknet(1001, 'fresh')]),
  ]),
  replaced('a substitute by another chain’s value', 'events.substitute', [
    substitute({}, [{ ...value, signature: foreign.signature, value: foreign.randomness }]),
  ]),
  replaced('a substitute by a chosen value', 'events.substitute', [
    substitute({}, [{ ...value, value: otherHex(value.value) }]),
  ]),
  replaced('a substitute by a value of another name', 'events.substitute', [
    substitute({}, [quicknet(1000, 'again')]),
  ]),
  replaced('a substitute names his subject in a draw of teams', 'events.rules', [
    substitute({ subject: cellsOf('drand', 'selection.tsv')[0]![0] }, [value]),
  ]),
  {
    name: 'a substitute by dice that only one outsider signed',
    shows: GRINDING,
    of: 'drand',
    forgery: {
      events: [substitute({ source: dice }, [thrown])],
      signatures: (all) =>
        void all.splice(
          all.findIndex((s) => s.of === 'contrib'),
          1,
        ),
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
      files: edit('events/0001.values.json', (t) =>
        t.replace(/"event":"./, (m) => m.slice(0, -1) + (m.endsWith('0') ? '1' : '0')),
      ),
    },
    expect: 'events.substitute',
  },
]

const freshFlips: Negative[] = (['first', /"signature":"[0-9a-f]{9}[0-9a-f]*?[0-9b-e]/, 'last'] as const).map(
  (place): Negative => ({
    name: `events/0001.values.json: one bit flipped at ${String(place)}`,
    shows: 'one flipped byte in each artefact',
    of: 'drand',
    forgery: { events: [substitute({}, [value])], files: flip('events/0001.values.json', place) },
    expect: typeof place === 'string' ? 'manifest.bytes' : 'events.substitute',
  }),
)

export const SUBSTITUTES: readonly Negative[] = [...substitutes, ...freshFlips]
