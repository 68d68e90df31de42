// The same pool on both engines: values, errors, connections that are thrown away.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbedded, type Engine } from '../../src/platform/database/engine.ts'
import { freshDatabase, onEachEngine, type Template } from '../support/engines.ts'

const OFFICE: Template = {
  key: 'office with a key',
  prepare: async ({ pool }) => {
    await pool.query('create table office (number int8 primary key, opened date)')
  },
}

onEachEngine((kind) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await freshDatabase(kind, OFFICE)
  })
  afterAll(() => engine.close())

  const one = async (sql: string): Promise<unknown> =>
    (await engine.pool.query<{ value: unknown }>(`select ${sql} as value`)).rows[0]!.value

  test('a day is a string, a whole number a number, an instant a Date, a decimal a string', async () => {
    expect(await one(`date '2026-02-28'`)).toBe('2026-02-28')
    expect(await one(`array[date '2026-02-28', null]`)).toEqual(['2026-02-28', null])
    expect(await one('9007199254740991::int8')).toBe(Number.MAX_SAFE_INTEGER)
    expect(await one('array[-1::int8, null]')).toEqual([-1, null])
    expect(await one(`timestamptz '2026-02-28 08:00+08'`)).toEqual(new Date('2026-02-28T00:00:00Z'))
    expect(await one('0.30')).toBe('0.30')
  })

  test('a whole number past 2^53 is an error and is never rounded', async () => {
    await expect(one('9007199254740993::int8')).rejects.toThrow('past 2^53')
    await expect(one('array[9007199254740993::int8]')).rejects.toThrow('past 2^53')
    expect(await one('9007199254740993::int8::text')).toBe('9007199254740993')
  })

  test('a session is in UTC, whatever the server says', async () => {
    expect(await one(`current_setting('timezone')`)).toBe('UTC')
    expect(await one(`timestamptz '2026-02-28 23:30+00'::date`)).toBe('2026-02-28')
  })

  test('a statement that fails leaves the next ones well', async () => {
    const { pool } = engine
    await pool.query('insert into office values ($1)', [1])
    for (let i = 0; i < 3; i++)
      await expect(pool.query('insert into office values ($1)', [1])).rejects.toMatchObject({ code: '23505' })
    await Promise.all([2, 3, 4].map((number) => pool.query('insert into office values ($1)', [number])))
    expect(await one('(select count(*) from office)')).toBe(4)
  })

  test('a connection that is thrown away in mid-transaction takes its work and its settings with it', async () => {
    const client = await engine.pool.connect()
    await client.query('begin')
    await client.query(`set time zone 'Asia/Shanghai'`)
    await client.query('insert into office values (77)')
    client.release(true)
    expect(await one('(select count(*) from office where number = 77)')).toBe(0)
    expect(await one(`current_setting('timezone')`)).toBe('UTC')
  })

  test('search by parts of a name is there for whoever wants it', async () => {
    await engine.pool.query('create extension if not exists pg_trgm')
    expect(await one(`similarity('青石县', '青石县')`)).toBe(1)
  })
})

test('on the one connection of pglite, a statement outside the open transaction gets an answer, not a deadlock', async () => {
  const { pool, close } = await openEmbedded({ memory: true, waitMilliseconds: 200 })
  const client = await pool.connect()
  await client.query('begin')
  await expect(pool.query('select 1')).rejects.toThrow('run it on the connection of the transaction')
  await client.query('commit')
  client.release()
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await close()
})
