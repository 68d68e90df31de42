// A small made-up register for tests of searching, and what a search means, said the slow and plain way.

import type { Engine } from '../../src/platform/database/engine.ts'
import { type Reach, reachOf } from '../../src/platform/reach.ts'
import { initialsOf } from '../../src/registers/pinyin.ts'
import type { SubjectFilter, SubjectRow } from '../../src/registers/subjects/search.store.ts'
import { folded } from '../../src/registers/subjects/terms.rules.ts'

type Pool = Engine['pool']

/** A subject of the register of a test. */
export interface GivenSubject {
  readonly id: string
  readonly division_code: string
  readonly code: string
  readonly name: string
  readonly initials: string
  readonly kind: string
  readonly entity_type: string
  readonly registered_address: string | null
  readonly industry_code: string | null
  readonly credit_class: string | null
  readonly risk_grade: string | null
  readonly registration_state: string
  readonly tags: readonly string[]
  readonly pools: readonly string[]
  readonly flags: readonly string[]
  readonly authority_ids: readonly string[]
  readonly left_on: string | null
}

export const DIVISIONS = ['990101', '990102', '990103', '990201', '990202', '980101', '980102', '970101']
export const AUTHORITIES = DIVISIONS.map((_, at) => `00000000-0000-7000-8000-00000000000${at}`)
const CHARACTERS = [...'青石县万家超市𠮷㐂店Ａb（)%_\\ 7']

/** So many subjects, the same for the same seed; names of few characters, so that they have much in common. */
export function makeSubjects(count: number, seed: number): readonly GivenSubject[] {
  const random = randomOf(seed)
  const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  return Array.from({ length: count }, (_, at) => {
    const name = `${Array.from({ length: 1 + Math.floor(random() * 9) }, () => one(CHARACTERS))
      .join('')
      .trim()}${at % 3 === 0 ? '有限公司' : '店'}`
    const place = Math.floor(random() ** 2 * DIVISIONS.length)
    const kind = one(['LEGAL_PERSON', 'UNINCORPORATED'])
    return {
      id: `10000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      division_code: DIVISIONS[place]!,
      code: `${one(['91', '92', 'ab'])}${one(DIVISIONS)}MA${String(at).padStart(7, '0')}X`,
      name,
      initials: initialsOf(name),
      kind,
      entity_type: kind === 'LEGAL_PERSON' ? 'enterprise' : 'individualBusiness',
      registered_address: random() < 0.9 ? `青石县${one(CHARACTERS)}${one(CHARACTERS)}路${at % 50}号` : null,
      industry_code: one([null, 'F5212', 'F5299', 'F63', 'H6210', 'C13']),
      credit_class: one([null, 'A', 'A', 'A', 'A', 'B', 'C', 'D']),
      risk_grade: one([null, null, '高', '低']),
      registration_state: one(['active', 'active', 'active', 'revoked']),
      tags: random() < 0.03 ? ['complaints', 'abnormalOperation'] : [],
      pools: random() < 0.05 ? ['foodSafety'] : [],
      flags: random() < 0.05 ? ['countyFromCode'] : [],
      authority_ids: random() < 0.6 ? [AUTHORITIES[place]!] : [],
      left_on: random() < 0.1 ? '2026-06-01' : null,
    }
  })
}

/** Puts subjects, and the authorities that they name, straight into the tables. */
export async function putSubjects(pool: Pool, subjects: readonly GivenSubject[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    await client.query(
      `insert into agencies.authority (id, division_code, name, short_name)
       select id, division_code, '示例局' || division_code, '示例局' from unnest($1::uuid[], $2::text[]) a (id, division_code)`,
      [AUTHORITIES, DIVISIONS],
    )
    await client.query(
      `insert into registers.subject (id, division_code, code, code_kind, name, initials, kind, entity_type, registered_address,
         industry_code, credit_class, risk_grade, registration_state, tags, pools, flags, authority_ids, left_on, division_basis, entered_on)
       select id, division_code, code, 'issued', name, initials, kind, entity_type, registered_address, industry_code,
              credit_class, risk_grade, registration_state, tags, pools, flags, authority_ids, left_on, 'stated', '2026-01-01'
         from jsonb_to_recordset($1::jsonb) s (id uuid, division_code text, code text, name text, initials text, kind text,
           entity_type text, registered_address text, industry_code text, credit_class text, risk_grade text,
           registration_state text, tags text[], pools text[], flags text[], authority_ids uuid[], left_on date)`,
      [JSON.stringify(subjects)],
    )
    await client.query(
      `insert into registers.subject_identity select code, id, division_code from registers.subject`,
    )
    await client.query('commit')
    await client.query('analyze registers.subject')
  } finally {
    client.release()
  }
}

/** What an official sees whose role reaches a division and all below it; without one, the whole country. */
export function reachTo(divisionCode?: string): Reach {
  const line = { roles: { clerk: divisionCode === undefined ? 'everywhere' : 'divisionSubtree' } } as const
  const grant = { role: 'clerk', authorityId: AUTHORITIES[0]!, divisionCode: divisionCode ?? '' } as const
  return reachOf(line, { kind: 'person', stage: 'full', grants: [grant] } as never)!
}

/** Who fits, by looking at everybody: keys in order. */
export function fitting(
  subjects: readonly GivenSubject[],
  prefix: string,
  filter: SubjectFilter,
): readonly string[] {
  return subjects
    .filter((s) => s.division_code.startsWith(prefix) && fits(s, filter))
    .map((s) => `${s.division_code} ${s.code}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
}

/** A row as `fitting` has it. */
export function keyText({ divisionCode, code }: SubjectRow): string {
  return `${divisionCode} ${code}`
}

function fits(s: GivenSubject, filter: SubjectFilter): boolean {
  const same = (wanted: string | undefined, given: string | null): boolean =>
    wanted === undefined || wanted === (given ?? '-')
  const holds = (wanted: string | undefined, given: readonly string[]): boolean =>
    wanted === undefined || given.includes(wanted)
  const division = (filter.division ?? '').replace(/(00)+$/, '')
  return (
    (filter.left === true) === (s.left_on !== null) &&
    s.division_code.startsWith(division) &&
    same(filter.kind, s.kind) &&
    same(filter.entityType, s.entity_type) &&
    same(filter.class, s.credit_class) &&
    same(filter.grade, s.risk_grade) &&
    same(filter.state, s.registration_state) &&
    (filter.industry === '-' ? s.industry_code === null : begins(s.industry_code, filter.industry)) &&
    holds(filter.tag, s.tags) &&
    holds(filter.pool, s.pools) &&
    holds(filter.flag, s.flags) &&
    holds(filter.authority, s.authority_ids) &&
    fitsText(s, filter)
  )
}

function begins(given: string | null, wanted: string | undefined): boolean {
  return wanted === undefined || given?.startsWith(wanted) === true
}

function fitsText(s: GivenSubject, { q = '', field }: SubjectFilter): boolean {
  const words = folded(q).split(/\s+/).filter(Boolean)
  if (field === 'address') return words.every((word) => folded(s.registered_address ?? '').includes(word))
  const typed = q.normalize('NFKC').trim()
  const isCode = /^[0-9A-Za-z._:-]{4,}$/.test(typed) && /\d/.test(typed)
  if (isCode && /^\d{6}/.test(typed))
    return s.code.startsWith(typed.toUpperCase()) || s.code.startsWith(typed)
  if (isCode && (s.code.startsWith(typed) || s.code.startsWith(typed.toUpperCase()))) return true
  return words.every((word) => {
    if (/^[0-9a-z]{3,}$/.test(word)) return s.initials.includes(word)
    const isFirst = words.length === 1 && [...word].length === 1
    return isFirst ? folded(s.name).startsWith(word) : folded(s.name).includes(word)
  })
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
