// What was fixed at first: the plan, the commitment's own rules, the quotas and the software.

import { utf8 } from '../../src/bytes.ts'
import { made } from '../county.ts'
import { edit, editCells, type Negative, otherHex } from './negative.ts'

const plan: Negative[] = [
  {
    name: 'the plan entry is another one than the committed',
    shows: 'spec 5: plan.entry',
    of: 'open',
    forgery: { commit: (c) => void (c.plan.hash = otherHex(c.plan.hash)) },
    expect: 'plan.entry',
  },
  {
    name: 'a fifth draw of a plan for four',
    shows: 'attack: many commitments, one certified',
    of: 'open',
    forgery: { commit: (c) => void (c.plan.draw_no = 5) },
    expect: 'plan.entry',
  },
  {
    name: 'a ratio above one',
    shows: 'check plan.entry: num ≤ den',
    of: 'open',
    forgery: {
      plan: (p) => {
        if (p.design.kind === 'ratio') Object.assign(p.design.ratios[0]!, { num: 5, den: 4 })
      },
    },
    expect: 'plan.entry',
  },
  {
    name: 'the commitment halves the plan’s ratio',
    shows: 'attack: hiding a friend in a stratum of quota 0, or mis-tagging',
    of: 'open',
    forgery: {
      commit: (c) => {
        if (c.design.kind === 'ratio') c.design.ratios[0]!.den = 8
      },
    },
    expect: 'plan.entry',
  },
  {
    name: 'a stratum that the plan has not',
    shows: 'attack: hiding a friend in a stratum of quota 0, or mis-tagging',
    of: 'open',
    forgery: {
      lists: edit('population.tsv', (text) => text.replace('food/C', 'food/Z')),
      commit: (c) => {
        c.strata = c.strata.map((s) => ({ ...s, n: 1 }))
      },
    },
    expect: 'plan.entry',
  },
]

const rules: Negative[] = [
  {
    name: 'authority and oversight are one',
    shows: 'spec 3: the oversight authority, different',
    of: 'open',
    forgery: { commit: (c) => void (c.oversight = 'd01') },
    expect: 'commit.rules',
  },
  {
    name: 'it must be closed before it is committed',
    shows: 'spec 3: at < close_by < certify_by',
    of: 'open',
    forgery: { commit: (c) => void (c.certify_by = c.close_by) },
    expect: 'commit.rules',
  },
  {
    name: 'the first commitment names a previous one',
    shows: 'spec 3: 64 zeros exactly when seq is 1',
    of: 'open',
    forgery: { commit: (c) => void (c.prev = made('previous commitment')) },
    expect: 'commit.rules',
  },
  {
    name: 'the oversight authority’s key is the lead authority’s entry',
    shows: 'spec 3: signers',
    of: 'open',
    forgery: { commit: (c) => void c.signers.reverse() },
    expect: 'commit.rules',
  },
  {
    name: 'a stratum without a demand',
    shows: 'spec 3: every stratum is in exactly one demand',
    of: 'open',
    forgery: { commit: (c) => void c.demands[0]!.strata!.pop() },
    expect: 'commit.rules',
  },
  {
    name: 'one person a team where two must go',
    shows: 'spec 3: members summed are ≥ min_members',
    of: 'open',
    forgery: {
      commit: (c) => {
        if (c.matching.mode !== 'none') c.matching.min_members = 3
      },
    },
    expect: 'commit.rules',
  },
  {
    name: 'fewer inspectors drawn than the teams need',
    shows: 'spec 3: draw ≥ count · members',
    of: 'open',
    forgery: { commit: (c) => void (c.pools[0]!.draw = 2) },
    expect: 'commit.rules',
  },
  {
    name: 'the list of those left out is not committed',
    shows: 'spec 3: exactly the lists of 2.6',
    of: 'open',
    forgery: { commit: (c) => void (c.lists = c.lists.filter((l) => l.name !== 'rejected.tsv')) },
    expect: 'commit.rules',
  },
  {
    name: 'a sealed commitment shows the plain hash of its population',
    shows: 'attack: enumerating a sealed list',
    of: 'sealed',
    forgery: {
      commit: (c) => void (c.lists.find((l) => l.name === 'population.tsv')!.hash = made('population')),
    },
    expect: 'commit.rules',
  },
]

/** Fields that stand only beside others. */
const dependent: Negative[] = [
  {
    name: 'an open draw with a time of opening',
    shows: 'spec 3: open_at, present exactly when sealed',
    of: 'open',
    forgery: { commit: (c) => void (c.open_at = c.certify_by) },
    expect: 'commit.rules',
  },
  {
    name: 'a draw by weight with a number for each stratum',
    shows: 'spec 3: n exactly in kinds ratio and total',
    of: 'pps',
    forgery: { commit: (c) => void (c.strata[0]!.n = 3) },
    expect: 'commit.rules',
  },
  {
    name: 'a draw without inspectors with a people secret',
    shows: 'spec 3: people, exactly unless matching is none',
    of: 'alone',
    forgery: { commit: (c) => void (c.people = made('people')) },
    expect: 'commit.rules',
  },
  {
    name: 'the list of conflicts is named by its plain hash',
    shows: 'attack: steering a match by conflicts',
    of: 'open',
    forgery: {
      commit: (c) => void (c.lists.find((l) => l.name === 'conflicts.tsv')!.hash = made('conflicts')),
    },
    expect: 'commit.rules',
  },
]

const quotas: Negative[] = [
  {
    name: 'one fewer is drawn of a stratum',
    shows: 'n off by one',
    of: 'total',
    forgery: { commit: (c) => void c.strata[0]!.n!-- },
    expect: 'quota',
  },
  {
    name: 'one more is drawn of a stratum',
    shows: 'n off by one',
    of: 'open',
    forgery: { commit: (c) => void c.strata[1]!.n!++ },
    expect: 'quota',
  },
  {
    name: 'a stratum of which nobody is drawn',
    shows: 'attack: hiding a friend in a stratum of quota 0, or mis-tagging',
    of: 'total',
    forgery: {
      lists: editCells('population.tsv', (cells) =>
        cells.map(([id = '', , w = ''], i) => [id, i === 0 ? 'food/C' : 'food/A', w]),
      ),
      plan: (p) => {
        if (p.design.kind === 'total') p.design.mins = p.design.mins.map((m) => ({ ...m, min: 0 }))
      },
      commit: (c) => {
        c.strata = [
          { code: 'food/A', rows: 19, n: 7 },
          { code: 'food/C', rows: 1, n: 0 as number },
        ]
      },
    },
    expect: 'manifest.fields',
  },
  {
    name: 'a total above the population',
    shows: 'spec 5: n ≤ N',
    of: 'pps',
    forgery: {
      plan: (p) => {
        if (p.design.kind === 'pps') p.design.n = 21
      },
    },
    expect: 'quota',
  },
]

const software: Negative[] = [
  {
    name: 'the verifier page is another one than the committed',
    shows: 'attack: verifier swapped with the data',
    of: 'open',
    damage: (files) => void files.set('verifier.html', utf8('everything is fine\n')),
    expect: 'software',
  },
  {
    name: 'the verifier page is not there',
    shows: 'attack: verifier swapped with the data',
    of: 'open',
    damage: (files) => void files.delete('verifier.html'),
    expect: { unknown: ['software'] },
  },
]

export const COMMITMENT: readonly Negative[] = [...plan, ...rules, ...dependent, ...quotas, ...software]
