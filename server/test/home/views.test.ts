import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'
import { idIn, itemsOf } from '../agencies/kit.ts'

const VIEW = { page: '/agencies/people', name: '陈姓', search: 'q=%E9%99%88' }

onEachEngine((kind) => {
  let app: TestApp
  let clerk: GivenPerson
  let other: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    const authority = await giveAuthority(app, { division: COUNTY, name: '青石县市场监督管理局' })
    clerk = await givePerson(app, { authority, roles: ['clerk'] })
    other = await givePerson(app, { authority, roles: ['clerk'] })
  })
  afterAll(() => app.close())

  const edit = (id: string, version: number, body: object, by = clerk) =>
    by.client.send('PATCH', `/saved-views/${id}`, { body, headers: { 'if-match': `"${version}"` } })
  const remove = (id: string, version: number, by = clerk) =>
    by.client.send('DELETE', `/saved-views/${id}`, { headers: { 'if-match': `"${version}"` } })

  it('keeps the filters of a list under a name, for the person alone', async () => {
    const made = await clerk.client.post('/saved-views', VIEW)
    expect(made.status).toBe(201)
    expect(itemsOf(await clerk.client.get('/saved-views'))).toMatchObject([{ ...VIEW, version: 1 }])
    expect(itemsOf(await other.client.get('/saved-views'))).toEqual([])
    const id = idIn(made)
    expect((await edit(id, 1, { name: '我的' }, other)).status).toBe(404)
    expect((await remove(id, 1, other)).status).toBe(404)
  })

  it('takes a name once for each page, and again after the view is gone', async () => {
    const twice = await clerk.client.post('/saved-views', VIEW)
    expect([twice.status, twice.body['code']]).toEqual([409, 'savedView.name_taken'])
    expect((await clerk.client.post('/saved-views', { ...VIEW, page: '/agencies/grants' })).status).toBe(201)
    const [mine] = itemsOf(await clerk.client.get('/saved-views')).filter(({ page }) => page === VIEW.page)
    const id = String(mine?.['id'])
    expect((await edit(id, 1, { name: '姓陈的人' })).body).toMatchObject({ name: '姓陈的人', version: 2 })
    expect((await remove(id, 1)).body['code']).toBe('stale_version')
    expect((await remove(id, 2)).status).toBe(204)
    expect((await remove(id, 3)).status).toBe(404)
    expect((await clerk.client.post('/saved-views', VIEW)).status).toBe(201)
  })

  it('takes no address outside the console and no more views than a menu can show', async () => {
    for (const bad of [{ page: '//evil.example' }, { page: 'https://evil.example' }, { search: 'a b' }])
      expect((await clerk.client.post('/saved-views', { ...VIEW, name: 'x', ...bad })).status).toBe(400)
    for (let count = 0; count < 100; count += 1)
      await other.client.post('/saved-views', { ...VIEW, name: `第 ${count} 个` })
    const more = await other.client.post('/saved-views', VIEW)
    expect([more.status, more.body['code']]).toEqual([409, 'savedView.too_many'])
  })

  it('tells the trail that a view was kept, but not whom it looks for', async () => {
    const rows = await app.database.read((reader) =>
      reader.selectFrom('audit.change').selectAll().where('table_name', '=', 'platform.saved_view').execute(),
    )
    expect(rows.length).toBeGreaterThan(100)
    expect(JSON.stringify(rows)).not.toContain('%E9%99%88')
    expect(JSON.stringify(rows)).not.toContain('姓陈')
  })
})
