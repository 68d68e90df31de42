// Which PostgreSQL is not served from, what is said then, and what a server that comes and goes does to a running engine.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOwnPostgres, type OwnPostgres } from '../../../tools/postgres.ts'
import { openPostgres, type Engine, type PostgresOptions } from '../../src/platform/database/engine.ts'
import { onPostgres } from '../support/engines.ts'

const SAFE = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on']

onPostgres(() => {
  let server: OwnPostgres
  beforeAll(async () => {
    server = startOwnPostgres({ settings: SAFE }) as OwnPostgres
    const { pool, close } = await openPostgres(server.url, { allowSuperuser: true })
    await pool.query(
      'create role clerk login; create role chief superuser; create role heir login in role chief',
    )
    await close()
  })
  afterAll(() => server.stop())

  const urlOf = (login: string, database = 'postgres'): string => {
    const url = new URL(server.url)
    url.username = login
    url.pathname = `/${database}`
    return url.href
  }
  const refusal = async (url: string, options?: PostgresOptions): Promise<unknown> => {
    const { close } = await openPostgres(url, options).catch((error: unknown) => ({ close: error }))
    return typeof close === 'function' ? (close as Engine['close'])() : close
  }

  test('is opened by a login that is nothing special', async () => {
    const engine = await openPostgres(urlOf('clerk'))
    expect(engine.durability.level).toBe('local-fsync')
    await engine.close()
  })

  test('is not served from by a superuser, nor by one who can become it', async () => {
    for (const login of ['sunlot', 'heir'])
      expect(await refusal(urlOf(login))).toMatchObject({ code: 'superuser_login', params: { login } })
    expect(await refusal(urlOf('sunlot'), { allowSuperuser: true })).toBeUndefined()
  })

  test('is refused with the settings that would lose answered commits', async () => {
    const owner = await openPostgres(server.url, { allowSuperuser: true })
    await owner.pool.query('alter role clerk set synchronous_commit = off')
    expect(await refusal(urlOf('clerk'))).toMatchObject({
      code: 'unsafe_settings',
      params: { settings: 'synchronous_commit' },
    })
    expect(await refusal(urlOf('clerk'), { allowUnsafe: true })).toBeUndefined()
    await owner.pool.query('alter role clerk reset synchronous_commit')
    await owner.close()
  })

  test('names what is missing: the database, the login, the server; and never the password', async () => {
    expect(await refusal(urlOf('clerk', 'nowhere'))).toMatchObject({
      code: 'database_missing',
      params: { database: 'nowhere', setting: 'DATABASE_URL' },
    })
    expect(await refusal(urlOf('nobody'))).toMatchObject({
      code: 'login_refused',
      params: { login: 'nobody', setting: 'DATABASE_URL' },
    })
    expect(await refusal(urlOf('nobody'), { allowSuperuser: true })).toMatchObject({
      params: { setting: 'DATABASE_ADMIN_URL' },
    })
    const absent = await refusal('postgresql://clerk:geheim@127.0.0.1:9/x', { patienceMilliseconds: 100 })
    expect(absent).toMatchObject({ code: 'unreachable', params: { host: '127.0.0.1', port: 9 } })
    const malformed = await refusal('postgresql://clerk:geheim@[x')
    expect(malformed).toMatchObject({ code: 'unreachable' })
    for (const error of [absent, malformed] as Error[])
      expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain('geheim')
  })

  test('is waited for while it starts', async () => {
    server.halt()
    const opening = openPostgres(urlOf('clerk'))
    await new Promise((go) => setTimeout(go, 300))
    server.start()
    await (await opening).close()
  })

  test('that dies and comes back ends no process, and is used again', async () => {
    const engine = await openPostgres(urlOf('clerk'))
    const busy = await engine.pool.connect()
    await busy.query('begin')
    await engine.pool.query('select 1')
    server.crash()
    await expect(busy.query('select 1')).rejects.toThrow()
    busy.release(true)
    await expect(engine.pool.query('select 1')).rejects.toThrow()
    server.start()
    expect((await engine.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await engine.close()
  })
})
