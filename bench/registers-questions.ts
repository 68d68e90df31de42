// What officials ask of a register of subjects, for the bench and for the test of its plans.

import type pg from 'pg'
import { type Reach, reachOf } from '../server/src/platform/reach.ts'
import type { SubjectFilter, SubjectKey } from '../server/src/registers/subjects/search.store.ts'

/** How many digits of a subject's county are within reach. */
export const REACHES = { county: 6, prefecture: 4, province: 2, nation: 0 } as const
export type ReachName = keyof typeof REACHES

/** A subject that there is: what is sought is taken from it. */
export interface Sample {
  readonly id: string
  readonly code: string
  readonly division: string
  readonly name: string
  readonly initials: string
  readonly authority: string
}

/** Subjects of all of a register, always the same ones of the same register; at most 5000. */
export async function readSamples(client: pg.Client, rows: number): Promise<readonly Sample[]> {
  const percent = Math.min(100, 5e5 / rows)
  const { rows: samples } = await client.query<Sample>(
    `select id, code, division_code as division, name, initials, authority_ids[1] as authority
       from registers.subject tablesample system (${percent}) repeatable (7) where left_on is null limit 5000`,
  )
  return samples
}

type Form = (sample: Sample, random: () => number) => SubjectFilter & { readonly after?: SubjectKey }

const pieceOf = (text: string, length: number, random: () => number): string => {
  const characters = [...text]
  const at = Math.floor(random() * Math.max(1, characters.length - length + 1))
  return characters.slice(at, at + length).join('')
}

/** Every form of list and search. */
export const FORMS: Readonly<Record<string, Form>> = {
  'list, first page': () => ({}),
  'list, from the middle': (s) => ({ after: [s.division, s.code] }),
  'class B': (s) => ({ class: 'B', after: [s.division, s.code] }),
  'class D, one industry': () => ({ class: 'D', industry: 'C1391' }),
  'class C, section of industries': (s) => ({ class: 'C', industry: 'I', after: [s.division, s.code] }),
  'tag of 2 %': () => ({ tag: 'abnormalOperation' }),
  'tag of 0.5 %, from the middle': (s) => ({ tag: 'complaints', after: [s.division, s.code] }),
  'flag, class, industry': () => ({ flag: 'countyFromCode', class: 'D', industry: 'P' }),
  'state and grade': () => ({ state: 'revoked', grade: '高' }),
  'those who left': () => ({ left: true }),
  'one authority': (s) => ({ authority: s.authority }),
  'one authority, tag': (s) => ({ authority: s.authority, tag: 'complaints' }),
  'whole code': (s) => ({ q: s.code }),
  'code, 12 characters': (s) => ({ q: s.code.slice(0, 12) }),
  'code, 8 characters': (s) => ({ q: s.code.slice(0, 8) }),
  'code, 4 characters': (s) => ({ q: s.code.slice(0, 4) }),
  'code, 4 characters, class D': (s) => ({ q: s.code.slice(0, 4), class: 'D' }),
  'first character': (s) => ({ q: [...s.name][0] }),
  'two characters': (s, random) => ({ q: pieceOf(s.name, 2, random) }),
  'two characters, second page': (s, random) => ({
    q: pieceOf(s.name, 2, random),
    after: [s.division, s.code],
  }),
  'three characters': (s, random) => ({ q: pieceOf(s.name, 3, random) }),
  'six characters': (s, random) => ({ q: pieceOf(s.name, 6, random) }),
  'whole name': (s) => ({ q: s.name }),
  'place in the name': (s) => ({ q: s.name.slice(0, 2) }),
  'two words': (s, random) => ({ q: `${s.name.slice(0, 2)} ${pieceOf(s.name.slice(2), 2, random)}` }),
  'in most names': () => ({ q: '有限公司' }),
  'in no name': () => ({ q: '龘靐' }),
  'rare pairs, never together': () => ({ q: '龙龙凤凤' }),
  'two characters, class C, industry': (s, random) => ({
    q: pieceOf(s.name, 2, random),
    class: 'C',
    industry: 'F',
  }),
  'three initials': (s, random) => ({ q: pieceOf(s.initials, 3, random) }),
  'five initials': (s, random) => ({ q: pieceOf(s.initials, 5, random) }),
  'initials, tag': (s, random) => ({ q: pieceOf(s.initials, 4, random), tag: 'abnormalOperation' }),
}

/** What an official sees who reaches the divisions that begin with a prefix. */
export function reachTo(prefix: string): Reach {
  const line = { roles: { clerk: prefix === '' ? 'everywhere' : 'divisionSubtree' } } as const
  const grant = { role: 'clerk', authorityId: '', divisionCode: prefix.padEnd(6, '0') } as const
  return reachOf(line, { kind: 'person', stage: 'full', grants: [grant] } as never)!
}

/** Numbers between 0 and 1, always the same ones (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
