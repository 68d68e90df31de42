// The close: in time, of this commitment, with the room's contributions, and after a preflight that holds.

import { made } from '../county.ts'
import { signHash } from '../../src/sign/signature.ts'
import { TIMES } from './counties.ts'
import { cellsOf, edit, editCells, type Negative, otherHex } from './negative.ts'

const LATE = 'attack: choosing contributions, slots or files after the beacon; closing late'
const STEERED = 'attack: steering a match by conflicts'
const PLANTED = 'attack: planted defect or declared conflicts to force a rerun'

const times: Negative[] = [
  {
    name: 'closed a second late',
    shows: LATE,
    of: 'open',
    forgery: { close: (k) => void (k.at = TIMES.closeBy + 1) },
    expect: 'close.commit',
  },
  {
    name: 'closed before it was committed',
    shows: 'check close.commit',
    of: 'open',
    forgery: { close: (k) => void (k.at = TIMES.closeBy - 90_000) },
    expect: 'close.commit',
  },
  {
    name: 'the close of another commitment',
    shows: LATE,
    of: 'open',
    forgery: { close: (k) => void (k.commit = made('another commitment')) },
    expect: 'close.commit',
  },
  {
    name: 'an open draw with an escrow',
    shows: 'spec 3: escrow, exactly when sealed',
    of: 'open',
    forgery: { close: (k) => void (k.escrow = []) },
    expect: 'close.commit',
  },
  {
    name: 'a sealed draw whose secrets are in nobody’s hands',
    shows: 'attack: void after seeing the result, refusal to open',
    of: 'sealed',
    forgery: { close: (k) => void delete k.escrow },
    expect: 'close.commit',
  },
  {
    name: 'a sealed draw whose holder keeps his own secret in escrow',
    shows: 'attack: void after seeing the result, refusal to open',
    of: 'sealed',
    forgery: { close: (k) => void (k.escrow![0]!.holder = 'd01') },
    expect: 'close.commit',
  },
  {
    name: 'the close repeats another hash of a list',
    shows: LATE,
    of: 'open',
    forgery: { close: (k) => void (k.files[0]!.hash = otherHex(k.files[0]!.hash)) },
    expect: 'close.files',
  },
  {
    name: 'the close leaves a list out',
    shows: LATE,
    of: 'open',
    forgery: { close: (k) => void k.files.pop() },
    expect: 'close.files',
  },
]

const contributions: Negative[] = [
  {
    name: 'contribution o002 is missing',
    shows: 'spec 3: observers without gap',
    of: 'open',
    forgery: { close: (k) => void k.observers.splice(1, 1) },
    expect: 'close.observers',
  },
  {
    name: 'a contribution is the hash of another text',
    shows: 'spec 3: value is H of the note',
    of: 'open',
    forgery: { close: (k) => void (k.observers[2]!.note = '青石县人大代表') },
    expect: 'close.observers',
  },
  {
    name: 'a contribution of 64 hex with no text',
    shows: 'spec 3: digits without note',
    of: 'open',
    forgery: { close: (k) => void (k.observers[0]!.value = made('grinding')) },
    expect: 'close.observers',
  },
  {
    name: 'a contribution is changed in the close, and nothing else',
    shows: LATE,
    of: 'open',
    damage: edit('close.json', (text) => text.replace('314159', '314160')),
    expect: 'close.signed',
  },
  {
    name: 'a contribution is changed when the dice are known, and all signed again',
    shows: LATE,
    of: 'open',
    forgery: {
      close: (k) => void (k.observers[0]!.value = '271828'),
      cosigned: { at: TIMES.closeBy + 600 },
    },
    expect: { unknown: ['freshness'] },
  },
]

const [SHOP = '', SECOND = '', THIRD = '', FOURTH = ''] = cellsOf('qualified', 'population.tsv').map(
  ([id = '']) => id,
)

/** Declares conflicts: the first people of an authority with the given subjects. */
const conflicts = (people: number, subjects: readonly string[]): ((files: Map<string, Uint8Array>) => void) =>
  editCells('conflicts.tsv', () =>
    cellsOf('qualified', 'inspectors.tsv')
      .filter(([, d]) => d === 'd01')
      .slice(0, people)
      .map(([alias = '']) => [alias, subjects.toSorted().join(',')]),
  )

const preflight: Negative[] = [
  {
    name: 'a third of an authority’s people conflict with one subject, above the cap of a quarter',
    shows: STEERED,
    of: 'qualified',
    forgery: { lists: conflicts(3, [SHOP]) },
    expect: 'close.preflight',
  },
  {
    name: 'one person conflicts with a third of the population',
    shows: STEERED,
    of: 'qualified',
    forgery: { lists: conflicts(1, [SHOP, SECOND, THIRD, FOURTH]) },
    expect: 'close.preflight',
  },
  {
    name: 'a subject that is short is not listed',
    shows: PLANTED,
    of: 'few',
    forgery: { lists: edit('short.tsv', (text) => text.slice(text.indexOf('\n') + 1)) },
    expect: 'close.preflight',
  },
  {
    name: 'a subject is short of one authority and listed with another',
    shows: PLANTED,
    of: 'few',
    forgery: { lists: edit('short.tsv', (text) => text.replace('\td02', '\td01')) },
    expect: 'close.preflight',
  },
  {
    name: 'a subject that is not short is listed',
    shows: PLANTED,
    of: 'qualified',
    forgery: { lists: editCells('short.tsv', () => [[SHOP, 'd02']]) },
    expect: 'close.preflight',
  },
  {
    name: 'somebody in a pool lacks the class that every team member must hold',
    shows: PLANTED,
    of: 'qualified',
    forgery: {
      lists: editCells('attributes.tsv', ([[a = ''] = [], ...more]) => [[a, ''], ...more]),
      commit: (c) => {
        if (c.matching.mode === 'teams')
          c.matching.teams.members = c.matching.teams.members.map((m) => ({ ...m, classes: ['food'] }))
      },
    },
    expect: 'close.preflight',
  },
  {
    name: 'a cap of a half that the oversight authority did not sign',
    shows: STEERED,
    of: 'open',
    forgery: {
      commit: (c) => {
        if (c.matching.mode !== 'none') c.matching.max_conflicts = { num: 1, den: 2 }
      },
    },
    expect: 'signatures',
  },
]

const signed: Negative[] = [
  {
    name: 'the oversight authority has not signed the close',
    shows: 'check close.signed',
    of: 'open',
    forgery: {
      signatures: (all) =>
        void all.splice(
          all.findIndex((s) => s.of === 'close'),
          1,
        ),
    },
    expect: 'close.signed',
  },
  {
    name: 'the close is signed with a key that is not the oversight authority’s',
    shows: 'check close.signed',
    of: 'open',
    forgery: {
      signatures: (all, { close }) => {
        const at = all.findIndex((s) => s.of === 'close')
        all[at] = signHash({ by: 'd90', alg: 'ed25519', secret: made('a stolen seal') }, 'close', close)
      },
    },
    expect: 'close.signed',
  },
]

export const CLOSE: readonly Negative[] = [...times, ...contributions, ...preflight, ...signed]
