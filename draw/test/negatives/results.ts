// The certificate and its lists: of this commitment, from this seed, drawn and matched as anybody can do again.

import { ticketOfId } from '../../src/choose/rank.ts'
import { canonicalBytes } from '../../src/jcs.ts'
import { made } from '../county.ts'
import { county } from './counties.ts'
import { edit, editCells, type Negative, otherHex } from './negative.ts'

const cert: Negative[] = [
  {
    name: 'the certificate of another commitment',
    shows: 'check cert.commit',
    of: 'open',
    forgery: { certificate: (t) => void (t.commit = otherHex(t.commit)) },
    expect: 'cert.commit',
  },
  {
    name: 'the certificate of another close',
    shows: 'check cert.commit',
    of: 'open',
    forgery: { certificate: (t) => void (t.close = otherHex(t.close)) },
    expect: 'cert.commit',
  },
  {
    name: 'a weak draw that is not said to be weak',
    shows: 'spec 3: weak',
    of: 'open',
    forgery: { certificate: (t) => void (t.weak = !t.weak) },
    expect: 'cert.commit',
  },
  {
    name: 'a certificate of another draw’s name',
    shows: 'check cert.commit',
    of: 'open',
    forgery: { certificate: (t) => void (t.draw_id = 'qingshi-2026-food-2') },
    expect: 'cert.commit',
  },
  {
    name: 'certified before the close',
    shows: 'spec 3: at ≥ close.at',
    of: 'drand',
    forgery: { certificate: (t) => void (t.at -= 10_000) },
    expect: 'values.drand',
  },
  {
    name: 'the certificate was made with other software than the committed',
    shows: 'attack: verifier swapped with the data',
    of: 'open',
    forgery: { certificate: (t) => void (t.software = otherHex(t.software)) },
    expect: 'cert.commit',
  },
  {
    name: 'an open draw without its match report',
    shows: 'spec 3: match, unless sealed or matching none',
    of: 'open',
    forgery: { certificate: (t) => void delete t.match },
    expect: 'cert.commit',
  },
  {
    name: 'an open draw that states the hash of its seed too',
    shows: 'spec 3: seed or seed_hash',
    of: 'open',
    forgery: { certificate: (t) => void (t.seed_hash = made('seed')) },
    expect: 'cert.commit',
  },
  {
    name: 'a draw by ratio with weight classes',
    shows: 'spec 3: classes, exactly in kind pps',
    of: 'open',
    forgery: { certificate: (t) => void (t.classes = []) },
    expect: 'cert.commit',
  },
  {
    name: 'the certificate leaves the unassigned out',
    shows: 'check cert.lists',
    of: 'open',
    forgery: { certificate: (t) => void t.lists.pop() },
    expect: 'cert.lists',
  },
  {
    name: 'selection.tsv is another one than the certified',
    shows: 'check cert.lists',
    of: 'open',
    damage: editCells('selection.tsv', (cells) => cells.slice(1)),
    expect: 'cert.lists',
    shell: 1,
  },
  {
    name: 'two inspectors are exchanged between teams in the L2 bundle',
    shows: 'a swapped inspector in the L2 bundle',
    of: 'open',
    damage: (files) => swapInspectors(files),
    expect: 'cert.lists',
    shell: 1,
  },
]

/** Exchanges the members that one authority has in the first two teams. */
function swapInspectors(files: Map<string, Uint8Array>): void {
  const of = new Map(county('open').files)
  const inspectors = new TextDecoder().decode(of.get('inspectors.tsv')).split('\n')
  const d01 = new Set(inspectors.filter((l) => l.endsWith('\td01')).map((l) => l.slice(0, 48)))
  editCells('teams.tsv', (cells) => {
    const [[t1 = '', one = ''] = [], [t2 = '', two = ''] = [], ...more] = cells
    const part = (joined: string, own: boolean): string[] =>
      joined.split(',').filter((a) => d01.has(a) === own)
    const join = (a: string, b: string): string => [...part(a, true), ...part(b, false)].toSorted().join(',')
    return [[t1, join(two, one)], [t2, join(one, two)], ...more]
  })(files)
}

const drawn: Negative[] = [
  {
    name: 'the certified seed is another one',
    shows: 'check seed',
    of: 'open',
    forgery: { certificate: (t) => void (t.seed = otherHex(t.seed!)) },
    expect: 'seed',
    shell: 1,
  },
  {
    name: 'a friend is exchanged for the first who was not drawn',
    shows: 'check selection',
    of: 'open',
    forgery: { results: exchanged },
    expect: 'selection',
    shell: 1,
  },
  {
    name: 'a ticket is another one',
    shows: 'check selection',
    of: 'open',
    forgery: {
      results: editCells('selection.tsv', ([[id = '', s = '', t = ''] = [], ...more]) => [
        [id, s, otherHex(t)],
        ...more,
      ]),
    },
    expect: 'selection',
    shell: 1,
  },
  {
    name: 'one was drawn too few',
    shows: 'n off by one',
    of: 'total',
    forgery: { results: editCells('selection.tsv', (cells) => cells.slice(1)) },
    expect: 'selection',
    shell: 1,
  },
  {
    name: 'a subject is put into another batch',
    shows: 'check selection',
    of: 'coverage',
    forgery: {
      results: editCells('batches.tsv', ([[id = '', b = ''] = [], ...more]) => [
        [id, b === '0' ? '1' : '0'],
        ...more,
      ]),
    },
    expect: 'selection',
  },
  {
    name: 'the cut-off is said to be lower',
    shows: 'check probabilities',
    of: 'open',
    forgery: { certificate: (t) => void (t.strata[0]!.cut = otherHex(t.strata[0]!.cut!)) },
    expect: 'probabilities',
  },
  {
    name: 'a probability is said to be twice as high',
    shows: 'check probabilities',
    of: 'open',
    forgery: { certificate: (t) => void (t.strata[0]!.pi = { num: '2', den: '4' }) },
    expect: 'probabilities',
  },
  {
    name: 'the least probability is not the smallest',
    shows: 'attack: hiding a friend in a stratum of quota 0, or mis-tagging',
    of: 'pps',
    forgery: { certificate: (t) => void (t.least_pi = { num: '1', den: '1' }) },
    expect: 'probabilities',
  },
  {
    name: 'a weight class is left out',
    shows: 'check probabilities',
    of: 'pps',
    forgery: { certificate: (t) => void t.classes!.pop() },
    expect: 'probabilities',
  },
]

/** The worst of the drawn goes, the best of the undrawn of his stratum comes. */
function exchanged(files: Map<string, Uint8Array>): void {
  const { seed } = county('open')
  const population = new TextDecoder().decode(county('open').files.get('population.tsv'))
  editCells('selection.tsv', (cells) => {
    const [id = '', stratum = ''] = cells.at(-1) ?? []
    const friend = population.split('\n').find((l) => l.includes(`\t${stratum}\t`) && !l.startsWith(id))!
    const ticket = (of: string): string => ticketOfId('sha256', seed, 'objects', of)
    const enters = friend.split('\t', 1)[0] as string
    return [...cells.slice(0, -1), [enters, stratum, ticket(enters)]]
  })(files)
}

const people: Negative[] = [
  {
    name: 'an authority’s cut-off of inspectors is another one',
    shows: 'check inspectors',
    of: 'open',
    forgery: { certificate: (t) => void (t.inspectors[0]!.cut = otherHex(t.inspectors[0]!.cut!)) },
    expect: 'inspectors',
  },
  {
    name: 'one inspector fewer is said to be drawn',
    shows: 'n off by one',
    of: 'open',
    forgery: { certificate: (t) => void t.inspectors[0]!.n-- },
    expect: 'inspectors',
  },
  {
    name: 'a team has somebody who was not drawn',
    shows: 'a swapped inspector in the L2 bundle',
    of: 'open',
    forgery: { results: edit('teams.tsv', (text) => text.replace(/[0-9a-f]{48}/, (a) => otherHex(a))) },
    expect: 'assignment',
  },
  {
    name: 'one person is in two teams',
    shows: 'check assignment',
    of: 'open',
    forgery: {
      results: editCells('teams.tsv', ([a = [], b = [], ...more]) => [a, [b[0]!, a[1]!], ...more]),
    },
    expect: 'assignment',
  },
  {
    name: 'a drawn subject is assigned to nobody',
    shows: 'check assignment',
    of: 'open',
    forgery: { results: editCells('assignment.tsv', (cells) => cells.slice(1)) },
    expect: 'assignment',
  },
  {
    name: 'a subject has one inspector too few',
    shows: 'check assignment',
    of: 'perSubject',
    forgery: {
      results: editCells('assignment-d01.tsv', (cells) =>
        cells.map(([id = '', joined = '']) => [id, joined.slice(0, 48)]),
      ),
    },
    expect: 'assignment',
  },
  {
    name: 'two inspectors are exchanged between teams, and all certified again',
    shows: 'a swapped inspector in the L2 bundle',
    of: 'open',
    forgery: { results: swapInspectors },
    expect: 'match',
  },
  {
    name: 'a subject is given to another team, and all certified again',
    shows: 'check match',
    of: 'open',
    forgery: {
      results: editCells('assignment.tsv', ([[id = '', t = ''] = [], ...more]) => [
        [id, t === 't0001' ? 't0002' : 't0001'],
        ...more,
      ]),
    },
    expect: 'match',
  },
  {
    name: 'the match report counts one swap more',
    shows: 'check match',
    of: 'open',
    forgery: { certificate: (t) => void t.match![0]!.swaps++ },
    expect: 'match',
  },
  {
    name: 'the highest pair probability is said to be lower',
    shows: 'check pair',
    of: 'open',
    forgery: { certificate: (t) => void (t.pair!.num = '1') },
    expect: 'pair',
  },
]

const whole: Negative[] = [
  {
    name: 'a certificate of nothing but its version',
    shows: 'spec 3: missing fields',
    of: 'open',
    damage: (files) => void files.set('certificate.json', canonicalBytes({ v: 'vdp1', note: made('x') })),
    expect: 'manifest.fields',
  },
]

export const RESULTS: readonly Negative[] = [...cert, ...drawn, ...people, ...whole]
