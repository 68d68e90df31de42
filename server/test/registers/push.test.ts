import { afterAll, beforeAll, expect, test } from 'vitest'
import { creditCodeCheck } from '@sunlot/draw'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { type GivenPerson, givePerson } from '../support/people.ts'

const FIRST = '91990101MA0009001'
const CODE = FIRST + creditCodeCheck(FIRST)

onEachEngine((kind) => {
  let app: TestApp
  let clerk: GivenPerson

  beforeAll(async () => {
    app = await startApp(kind)
    clerk = await givePerson(app, { roles: ['clerk'] })
  })
  afterAll(() => app.close())

  const push = (subjects: readonly object[], key: string = crypto.randomUUID()) =>
    clerk.client.post('/subject-pushes', { source: '示例登记系统', subjects }, { 'idempotency-key': key })
  const count = () =>
    app.database.read(
      async (reader) => (await reader.selectFrom('registers.subject').select('id').execute()).length,
    )

  test('a register upstream pushes: what is sound is taken, the rest is said row by row', async () => {
    const answer = await push([{ code: CODE, name: '青石县推送店' }, {}, { code: '1', name: '青石县错码店' }])
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body).toMatchObject({
      counts: { rows: 3, new: 1, rejected: 2 },
      rows: [
        { row: 1, result: 'new', code: CODE },
        { row: 2, result: 'rejected' },
        { row: 3, result: 'rejected' },
      ],
    })
    expect(await count()).toBe(1)
  })

  test('pushed again, it changes nothing; sent twice under one key, it is done once', async () => {
    const key = crypto.randomUUID()
    const again = [{ code: CODE, name: '青石县推送店' }]
    const one = await push(again, key)
    const two = await push(again, key)
    expect(one.body).toMatchObject({ counts: { same: 1 } })
    expect(two.body).toEqual(one.body)
    expect(await count()).toBe(1)
  })

  test('a push of nothing sound is answered, not failed', async () => {
    expect((await push([{}])).status).toBe(201)
  })
})
