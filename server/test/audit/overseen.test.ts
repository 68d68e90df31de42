import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson } from '../support/people.ts'

onEachEngine((kind) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp(kind)
  })
  afterAll(() => app.close())

  it('shows whoever oversees also what the program did, and what somebody unknown tried', async () => {
    const auditor = await givePerson(app, { roles: ['auditAdministrator'] })
    const browser = { username: 'nobody.at.all', password: '不是任何人的密码吧' }
    expect((await app.anonymous.post('/session', browser)).status).toBe(401)
    const { body } = await auditor.client.get('/audit/events?limit=200')
    const kinds = (body['items'] as unknown as readonly { readonly actor: { readonly kind: string } }[]).map(
      ({ actor }) => actor.kind,
    )
    expect(new Set(kinds)).toEqual(new Set(['system', 'anonymous']))
  })
})
