// The register: population, exclusions, strata and pools as they are counted.

import { utf8 } from '../../src/bytes.ts'
import { made } from '../county.ts'
import { edit, editCells, type Negative, otherHex } from './negative.ts'

export const REGISTER: readonly Negative[] = [
  {
    name: 'one subject more is in the population',
    shows: 'check commit.lists',
    of: 'open',
    damage: edit('population.tsv', (text) => `${text}91999999MANEWCOMER\tfood/A\t1\n`),
    expect: 'commit.lists',
    shell: 1,
  },
  {
    name: 'a subject is moved to the other stratum',
    shows: 'attack: hiding a friend in a stratum of quota 0, or mis-tagging',
    of: 'open',
    damage: edit('population.tsv', (text) => text.replace('food/C', 'food/A')),
    expect: 'commit.lists',
    shell: 1,
  },
  {
    name: 'an inspector is exchanged for another in the L2 bundle’s list of classes',
    shows: 'a swapped inspector in the L2 bundle',
    of: 'qualified',
    damage: editCells('attributes.tsv', (cells) => cells.map(([a = ''], i) => [a, i === 0 ? '' : 'food'])),
    expect: 'commit.lists',
  },
  {
    name: 'people.json holds another secret',
    shows: 'check commit.lists: people.json opens `people`',
    of: 'open',
    damage: edit('people.json', (text) => text.replace(/[0-9a-f]{64}/, otherHex)),
    expect: 'commit.lists',
  },
  {
    name: 'a subject is in both population and exclusions',
    shows: 'spec 2.8: the register',
    of: 'open',
    forgery: {
      lists: (lists) => {
        const id = new TextDecoder().decode(lists.get('population.tsv')).split('\t', 1)[0] as string
        lists.set('exclusions.tsv', utf8(`${id}\tinspected_this_year\t${made(id)}\n`))
      },
    },
    expect: 'register.partition',
  },
  {
    name: 'the register’s root is another one',
    shows: 'spec 2.8: the register',
    of: 'open',
    forgery: { commit: (c) => void (c.register.root = otherHex(c.register.root)) },
    expect: 'register.partition',
  },
  {
    name: 'the register has one row more',
    shows: 'spec 2.8: the register',
    of: 'open',
    forgery: { commit: (c) => void c.register.rows++ },
    expect: 'register.partition',
  },
  {
    name: 'a stratum has a row more than is said',
    shows: 'check strata.rows',
    of: 'open',
    forgery: { commit: (c) => void c.strata[0]!.rows++ },
    expect: 'strata.rows',
  },
  {
    name: 'a pool has a person more than is said: a ghost',
    shows: 'attack: one alias, two people; ghosts',
    of: 'open',
    forgery: { commit: (c) => void c.pools[0]!.rows++ },
    expect: 'strata.rows',
  },
  {
    name: 'someone of an authority that has no pool',
    shows: 'attack: one alias, two people; ghosts',
    of: 'open',
    forgery: { lists: edit('inspectors.tsv', (text) => text.replace('\td01\n', '\td03\n')) },
    expect: 'strata.rows',
  },
  {
    name: 'classes are stated of somebody who is in no pool',
    shows: 'attack: one alias, two people; ghosts',
    of: 'qualified',
    forgery: { lists: editCells('attributes.tsv', (cells) => [...cells, ['f'.repeat(48), 'food']]) },
    expect: 'strata.rows',
  },
  {
    name: 'nobody says which classes an inspector holds',
    shows: 'attack: one alias, two people; ghosts',
    of: 'open',
    forgery: { lists: editCells('attributes.tsv', (cells) => cells.slice(1)) },
    expect: 'strata.rows',
  },
  {
    name: 'somebody who is in no pool declares a conflict',
    shows: 'attack: one alias, two people; ghosts',
    of: 'qualified',
    forgery: {
      lists: editCells('conflicts.tsv', (cells) => [...cells, ['f'.repeat(48), cells[0]![1]!]]),
    },
    expect: 'strata.rows',
  },
  {
    name: 'one alias for two people',
    shows: 'attack: one alias, two people; ghosts',
    of: 'open',
    forgery: {
      lists: editCells('inspectors.tsv', ([a = [], b = [], ...more]) => [a, [a[0]!, b[1]!], ...more]),
    },
    expect: 'list.form',
  },
  {
    name: 'an alias cut to forty digits',
    shows: 'attack: one alias, two people; ghosts',
    of: 'open',
    forgery: {
      lists: editCells('inspectors.tsv', ([[a = '', d = ''] = [], ...more]) => [[a.slice(8), d], ...more]),
    },
    expect: 'list.form',
  },
]
