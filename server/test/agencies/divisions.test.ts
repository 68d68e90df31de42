import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DivisionRow, loadDivisions } from '../../src/agencies/index.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { itemsOf } from './kit.ts'

const FILE = new URL('../../../law/divisions/divisions.tsv', import.meta.url)

onEachEngine((kind) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp(kind)
  })
  afterAll(() => app.close())

  const load = (rows: readonly DivisionRow[]) =>
    loadDivisions({ database: app.database, newId: app.newId }, rows)
  const events = async () =>
    (await app.migrated.superuser.query(`select id from audit.event where action = 'division.load'`)).rows
      .length

  it.runIf(existsSync(FILE))('loads the whole list in one act, and then only what differs', async () => {
    const lines = readFileSync(FILE, 'utf8').trimEnd().split('\n').slice(1)
    const rows = lines.map((line): DivisionRow => {
      const [code = '', name = '', parent = '', status = ''] = line.split('\t')
      return { code, name, status, ...(parent === '' ? {} : { parent }) }
    })
    expect(await load(rows)).toEqual({ added: rows.length, changed: 0 })
    expect(await load(rows)).toEqual({ added: 0, changed: 0 })
    expect(await events()).toBe(1)
    const revoked = rows.map((row) => (row.code === '990101' ? { ...row, status: 'revoked' } : row))
    expect(await load(revoked)).toEqual({ added: 0, changed: 1 })
    expect(await load(rows)).toEqual({ added: 0, changed: 1 })
    const { rows: leaves } = await app.migrated.superuser.query(
      `select count(distinct leaf_id)::int as leaves from audit.change where table_name = 'agencies.division'`,
    )
    expect(leaves).toEqual([{ leaves: 3 }])
  })

  it.runIf(existsSync(FILE))(
    'shows provinces, children, chains, and finds by name or by the digits of a code',
    async () => {
      const provinces = itemsOf(await app.anonymous.get('/divisions?limit=200&revoked=false'))
      expect(provinces).toHaveLength(35)
      expect(itemsOf(await app.anonymous.get('/divisions?under=990000'))).toMatchObject([
        { code: '990100', name: '青石市', level: 'prefecture', status: 'fictional', hasChildren: true },
      ])
      expect((await app.anonymous.get('/divisions/990101')).body).toMatchObject({
        chain: [{ name: '示例省' }, { name: '青石市' }, { name: '青石县' }],
      })
      expect(itemsOf(await app.anonymous.get(`/divisions?q=${encodeURIComponent('青石县')}`))).toHaveLength(1)
      expect(itemsOf(await app.anonymous.get('/divisions?q=9901'))).toHaveLength(2)
      const all = itemsOf(await app.anonymous.get('/divisions?under=420000&limit=200'))
      expect(all.some(({ status }) => status === 'revoked')).toBe(true)
      expect((await app.anonymous.get('/divisions/123456')).status).toBe(404)
    },
  )
})
