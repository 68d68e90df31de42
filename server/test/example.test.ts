import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadDivisions } from '../src/agencies/index.ts'
import { buildExample } from '../src/example/build.ts'
import { codeAt, type SignIn } from '../src/example/speaker.ts'
import { LAW, startApp, type TestApp } from './support/app.ts'

let app: TestApp
let signIns: readonly SignIn[]
beforeAll(async () => {
  app = await startApp('pglite', { born: 'simulated' })
  await loadDivisions({ database: app.database, newId: app.newId }, [...LAW.divisions.values()])
  await app.start()
  await app.log.start()
  signIns = await buildExample(app, app.clock)
}, 300_000)
afterAll(async () => {
  await app.log.stop()
  await app.close()
})

it('has everybody whom a visitor would want to be', () => {
  expect(signIns.map(({ title }) => title)).toEqual(
    expect.arrayContaining([
      '系统管理员',
      '安全管理员',
      '审计管理员',
      '县市场监管局联席会议办公室主任',
      '县司法局副局长',
      '县市场监管局执法人员',
      '县市场监管局档案员',
    ]),
  )
})

it('lets each of them sign in, with something to see', async () => {
  // At once: the codes that the page shows are not those that built the county.
  for (const { username, password, totpSecret } of signIns) {
    const code = codeAt(totpSecret, app.clock.now())
    const { status, body } = await app.anonymous.post('/session', { username, password, code })
    expect([username, status, body['stage']]).toEqual([username, 200, 'signedIn'])
  }
})

it('has the register of a county, most of it from a file', async () => {
  const { rows } = await app.migrated.superuser.query(
    `select (select count(*) > 380 from registers.subject where import_id is not null) as imported,
            (select count(*)::int from registers.subject where industry_code is null and kind <> 'PRODUCT') as unclassed,
            (select array_agg(state) from registers.import) as imports`,
  )
  expect(rows).toEqual([{ imported: true, unclassed: 0, imports: ['applied'] }])
})

it('has whoever signs in as an inspector in its register of inspectors', async () => {
  const { rows } = await app.migrated.superuser.query(
    `select p.name from accounts.account a join agencies.person p on p.id = a.person_id
      join registers.inspector i on i.person_id = p.id where a.username = 'jiangshier'`,
  )
  expect(rows).toEqual([{ name: '蒋十二' }])
})

it('leaves a grant and a change of the law that wait for a second person', async () => {
  const { rows } = await app.migrated.superuser.query(
    `select (select count(*)::int from agencies.role_grant where state = 'proposed') as grants,
            (select count(*)::int from law.entry where state = 'proposed') as entries`,
  )
  expect(rows).toEqual([{ grants: 1, entries: 1 }])
})

it('plans, consults and agrees', async () => {
  const { rows } = await app.migrated.superuser.query(
    `select (select array_agg(state order by state) from plans.plan) as plans,
            (select array_agg(state order by state) from plans.filing) as filings,
            (select array_agg(state order by state) from plans.amendment) as amendments,
            (select array_agg(state order by state) from tasks.task) as tasks,
            (select array_agg(state order by state) from draws.draw) as draws`,
  )
  expect(rows).toEqual([
    {
      plans: ['draft', 'inReview', 'published', 'published'],
      filings: ['received', 'submitted', 'submitted'],
      amendments: ['published'],
      tasks: ['agreed', 'agreed', 'agreed', 'consulting', 'drafted'],
      draws: ['certified', 'frozen'],
    },
  ])
})

it('shows the clerk what his authority owes by the county’s own rule', async () => {
  const { username, password, totpSecret } = signIns.find((each) => each.username === 'zhouwu')!
  app.clock.advance(30_000)
  const signedIn = await app.anonymous.post('/session', {
    username,
    password,
    code: codeAt(totpSecret, app.clock.now()),
  })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!
  const { body } = await app.anonymous.get('/todo', { cookie })
  const codes = (body['items'] as unknown as readonly { readonly code: string }[]).map(({ code }) => code)
  expect(codes.filter((code) => code.startsWith('registers.due.'))).not.toEqual([])
})
