// The SQL forms of draw/sql against the library, byte for byte, on every engine that this machine has.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Absent, type Engine, openDuckDb, openEngines, type Row } from '../sql/engines.ts'
import { utf8 } from '../src/bytes.ts'
import { ppsClasses } from '../src/choose/pps.ts'
import { totalQuotas } from '../src/choose/quota.ts'
import { rankIds } from '../src/choose/rank.ts'
import { drawByStratum, type Subject, drawBatches, drawByWeight } from '../src/choose/subjects.ts'
import { hashHex } from '../src/hash.ts'
import { kernelFor } from '../src/kernel/index.ts'
import { listBytes } from '../src/lists/write.ts'
import type { Commitment } from '../src/manifest/commitment.ts'
import { drawInspectors } from '../src/people/inspectors.ts'
import { stageKey } from '../src/stream.ts'
import { made } from './county.ts'

const SEED = made('sql seed')
const KEY = stageKey('sha256', SEED, 'objects')
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Strata and ids that a linguistic collation would order otherwise than their bytes. */
const STRATA = ['/', '0', 'A', 'A/b', 'A:b', 'Aa', 'a', 'a-b', 'a.b', 'a/B', 'aB', 'a_b', 'ab']
const LEGAL = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._:-'
const TRAPS = '-a a- ab a-b aB Ab a.b a:b a_b 10 9 09 1e3 NULL null true 2026-11-23 00000 -1 0.5'
const IDS = [...LEGAL].flatMap((c) => [c, `a${c}`, `A${c}b`])
IDS.push(...TRAPS.split(' '), 'x'.repeat(55), LEGAL.slice(0, 55))
const SUBJECTS: Subject[] = [...new Set(IDS)].map((id, i) => ({
  id,
  stratum: STRATA[(i * 7) % STRATA.length] as string,
  weight: [1, 2, 9, 10, 100, 999_999_999][i % 6] as number,
}))
const ROWS = STRATA.map((code) => ({ code, rows: SUBJECTS.filter((s) => s.stratum === code).length }))
const POPULATION = listBytes(SUBJECTS.map((s) => [s.id, s.stratum, `${s.weight}`]))

let engines: Engine[]
let absent: Absent[]

beforeAll(async () => {
  ;({ engines, absent } = await openEngines())
  for (const engine of engines)
    await engine.load({ population: POPULATION, exclusions: EXCLUSIONS, inspectors: POOL })
})

afterAll(async () => {
  for (const engine of engines) await engine.close()
})

const EXCLUSIONS = listBytes(['Z9', '-z', ':'.repeat(9)].map((id) => [id, 'inspected_this_year', made(id)]))
const ALIASES = Array.from({ length: 40 }, (_, i) => ({
  alias: made(`alias ${i}`).slice(0, 48),
  authority: ['d01', 'd010', 'd2222'][i % 3] as string,
}))
const POOL = listBytes(ALIASES.map((p) => [p.alias, p.authority]))

/** Runs the same on every engine; the answers must be equal to the expected one. */
async function everywhere(ask: (engine: Engine) => Promise<unknown>, expected: unknown): Promise<void> {
  for (const engine of engines) expect(await ask(engine), engine.name).toEqual(expected)
}

async function fill(
  engine: Engine,
  table: string,
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  const values = rows.map((row) => `(${row.map((v) => (typeof v === 'number' ? v : `'${v}'`)).join(', ')})`)
  await engine.query(`delete from ${table}; insert into ${table} values ${values.join(', ')}`)
}

/** The file that selection.sql (or batches.sql) gives, checked against its own rows and hash. */
function fileOf([row]: readonly Row[]): string {
  const list = String(row?.list)
  expect(row?.hash).toBe(hashHex('sha256', utf8(list)))
  expect(Number(row?.rows)).toBe(list.split('\n').length - 1)
  return list
}

/** selection.tsv of the library for given quotas. */
function selectionFor(quotas: readonly { code: string; rows: number; n: number }[]): string {
  const running = kernelFor('sha256').scan({
    strata: STRATA,
    draw: { key: KEY, thresholds: STRATA.map(() => 1n << 64n) },
  })
  running.update(POPULATION)
  const scan = running.finish()
  if (!scan.ok) throw new Error(`line ${scan.line}`)
  return text(drawByStratum(quotas, scan.candidates).list.bytes)
}

describe('the engines', () => {
  it('are PGlite and DuckDB, and PostgreSQL where there is one', async (test) => {
    for (const { name, why } of absent) await test.annotate(`${name} is left out: ${why}`)
    expect(engines.map((e) => e.name)).toEqual(expect.arrayContaining(['PGlite', 'DuckDB']))
  })
})

describe('lists', () => {
  it('are written back to the bytes that were loaded', () =>
    everywhere(
      async (e) => (await e.run('lists')).map((r) => [r.name, Number(r.rows), r.hash]),
      [
        ['exclusions.tsv', 3, hashHex('sha256', EXCLUSIONS)],
        ['inspectors.tsv', 40, hashHex('sha256', POOL)],
        ['population.tsv', SUBJECTS.length, hashHex('sha256', POPULATION)],
      ],
    ))

  it('are loaded from the files of a bundle as they are', async () => {
    const folder = fileURLToPath(new URL('../spec/example', import.meta.url))
    const engine = await openDuckDb()
    await engine.run('load', { folder })
    await engine.run('load-inspectors', { folder })
    const committed = (name: string): string => hashHex('sha256', readFileSync(`${folder}/${name}`))
    for (const { name, hash } of await engine.run('lists')) expect(hash).toBe(committed(String(name)))
    await engine.close()
  })

  it.each([
    ['a null stratum', "insert into population values ('n1', null, 1)"],
    ['a null weight', "insert into population values ('n1', 'a', null)"],
    ['an id that is there already', "insert into population values ('a', 'a', 1)"],
    ['an id with a space', "insert into population values ('n 1', 'a', 1)"],
    ['an id with a carriage return', "insert into population values ('n1' || chr(13), 'a', 1)"],
    ['an id with a last newline', "insert into population values ('n1' || chr(10), 'a', 1)"],
    ['an id of a letter beyond ASCII', "insert into population values ('nà', 'a', 1)"],
    ['an empty id', "insert into population values ('', 'a', 1)"],
    ['a weight of zero', "insert into population values ('n1', 'a', 0)"],
    ['upper-case hex', `insert into exclusions values ('n1', 'other', '${made('x').toUpperCase()}')`],
  ])('refuse %s', async (_, sql) => {
    for (const engine of engines) await expect(engine.query(sql), engine.name).rejects.toThrow()
  })
})

describe('tickets', () => {
  it('of a stage key that SQL computes itself', () =>
    everywhere(async (e) => (await e.run('stage-key', { seed: SEED, stage: 'objects' }))[0]?.key, KEY))

  it('are refused in DuckDB where the key is not set, which it would read as null', async () => {
    for (const engine of engines.filter((e) => e.name === 'DuckDB')) {
      await engine.query('reset variable key')
      for (const form of ['tickets', 'selection-ratio', 'selection-quotas', 'selection-classes', 'batches'])
        await expect(engine.run(form), form).rejects.toThrow('64 lower-case hex')
    }
  })

  it('stand in the order (T, id) with the same 64 characters', () => {
    const ids = SUBJECTS.map((s) => s.id)
    const expected = rankIds('sha256', SEED, 'objects', ids).map((r) => `${r.id} ${r.ticket}`)
    return everywhere(
      async (e) => (await e.run('tickets', { key: KEY })).map((r) => `${r.id} ${r.ticket}`),
      expected,
    )
  })
})

describe('the selection', () => {
  const ratios = STRATA.map((stratum, i) => ({
    stratum,
    num: [1, 1, 3, 2 ** 53 - 2, 5][i % 5] as number,
    den: [4, 100, 10, 2 ** 53 - 1, 5][i % 5] as number,
    min: i % 3,
  }))
  const byRatio = ROWS.map((s, i) => {
    const { num, den, min } = ratios[i] as (typeof ratios)[number]
    const least = (BigInt(s.rows) * BigInt(num) + BigInt(den) - 1n) / BigInt(den)
    return { ...s, n: Math.min(s.rows, Math.max(min, Number(least))) }
  })

  it('by ratio, counted in exact integers', () =>
    everywhere(async (e) => {
      await fill(
        e,
        'ratios',
        ratios.map((r) => Object.values(r)),
      )
      await e.run('selection-ratio', { key: KEY })
      return fileOf(await e.run('selection'))
    }, selectionFor(byRatio)))

  it('by ratio for a large register, with nobody found missing', () =>
    everywhere(async (e) => {
      expect(await e.run('selection-ratio-large', { key: KEY, widen: 1 }), e.name).toEqual([])
      return fileOf(await e.run('selection'))
    }, selectionFor(byRatio)))

  it('by ratio for a large register names every stratum that a low threshold left short', () =>
    everywhere(
      async (e) => {
        const short = await e.run('selection-ratio-large', { key: KEY, widen: 0 })
        return short.map((r) => [r.stratum, Number(r.n), Number(r.found)])
      },
      byRatio.map((s) => [s.code, s.n, 0]),
    ))

  it('by quotas of a fixed total', () => {
    const n = totalQuotas(
      60,
      ROWS.map((s) => ({ ...s, min: 2 })),
    )
    const quotas = ROWS.map((s, i) => ({ ...s, n: n[i] as number }))
    return everywhere(async (e) => {
      await fill(
        e,
        'quotas',
        quotas.map((q) => [q.code, q.n]),
      )
      await e.run('selection-quotas', { key: KEY })
      return fileOf(await e.run('selection'))
    }, selectionFor(quotas))
  })

  it('by weight classes, ordered by stratum all the same', () => {
    const rows = new Map<number, number>()
    for (const s of SUBJECTS) rows.set(s.weight, (rows.get(s.weight) ?? 0) + 1)
    const classes = ppsClasses('sha256', SEED, 90, rows)
    const c = { alg: 'sha256', strata: ROWS } as unknown as Commitment
    return everywhere(
      async (e) => {
        await fill(
          e,
          'class_quotas',
          classes.map((k) => [k.weight, k.n]),
        )
        await e.run('selection-classes', { key: KEY })
        return fileOf(await e.run('selection'))
      },
      text(drawByWeight(c, SEED, SUBJECTS, 90).list.bytes),
    )
  })

  it('of nobody is a file of no bytes', () =>
    everywhere(async (e) => {
      await e.query('delete from quotas')
      await e.run('selection-quotas', { key: KEY })
      return fileOf(await e.run('selection'))
    }, ''))
})

describe('full coverage', () => {
  it.each([1, 2, 7, SUBJECTS.length, SUBJECTS.length + 5])('in %i batches', (batches) => {
    const c = { alg: 'sha256', strata: ROWS } as unknown as Commitment
    const key = stageKey('sha256', SEED, 'batch')
    return everywhere(
      async (e) => fileOf(await e.run('batches', { key, batches })),
      text(drawBatches(c, SEED, SUBJECTS, batches).list.bytes),
    )
  })
})

describe('the draw of inspectors', () => {
  it('takes each pool by the tickets of its own stage', () => {
    const pools = ['d01', 'd010', 'd2222'].map((authority, i) => ({ authority, rows: 13, draw: i + 1 }))
    const { drawn } = drawInspectors({ alg: 'sha256', pools } as unknown as Commitment, SEED, ALIASES)
    return everywhere(
      async (e) => {
        await fill(
          e,
          'pools',
          pools.map((p) => [p.authority, p.draw]),
        )
        return (await e.run('inspectors', { seed: SEED })).map((r) => [r.authority, r.alias])
      },
      [...drawn].flatMap(([authority, aliases]) => aliases.map((alias) => [authority, alias])),
    )
  })
})

describe('the register', () => {
  it('names an id in both lists, and strata without a ratio or without subjects', () =>
    everywhere(
      async (e) => {
        await e.query(`insert into exclusions values ('a', 'other', '${made('a')}')`)
        await e.query(
          "delete from ratios where stratum = 'a'; insert into ratios values ('nowhere', 1, 2, 0)",
        )
        return (await e.run('register')).map((r) => `${r.defect} ${r.name}`)
      },
      ['empty_stratum nowhere', 'in_both a', 'unnamed_stratum a'],
    ))
})
