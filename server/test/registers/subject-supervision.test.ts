// Who supervises a subject, and what its licences and texts may do to that: by hand, and never by one person alone.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { enterSubject, freshCode, giveSubject, type SubjectCast, subjectCastOf } from './subjects-kit.ts'

const REASON = '职责划转'
const ID_CARD = '11010519491231002X'

onEachEngine((kind) => {
  let app: TestApp
  let cast: SubjectCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await subjectCastOf(app)
  })
  afterAll(() => app.close())

  it('takes an authority off by two persons, never the last, never one with a licence in force', async () => {
    const { office, head } = cast
    const { id } = await giveSubject(office.client, { authorityId: cast.market })
    const path = `/subjects/${id}`
    const takeOff = (authorityId: string) =>
      office.client.post(`${path}/authority-removals`, { authorityId, reason: REASON })
    expect((await takeOff(cast.market)).body).toMatchObject({ code: 'subject.last_supervisor' })
    expect((await takeOff(cast.health)).body).toMatchObject({ code: 'subject.not_supervised' })
    const licence = { kind: '公共场所卫生许可证', number: 'WS-0101', authorityId: cast.health }
    const licensed = await office.client.post(`${path}/licences`, licence)
    expect(licensed.body['can']).toMatchObject({ removeAuthority: null })
    expect((await takeOff(cast.health)).body).toMatchObject({ code: 'subject.supervised_by_licence' })
    const proposed = await takeOff(cast.market)
    expect(proposed.body).toMatchObject({
      authorities: expect.arrayContaining([{ id: cast.market, name: expect.anything() }]),
    })
    const [change] = proposed.body['openChanges'] as unknown as [string]
    expect((await takeOff(cast.market)).body).toMatchObject({ code: 'subject.change_open' })
    const own = await office.client.post(`/subject-changes/${change}/approval`, {})
    expect(own.status).toBeGreaterThanOrEqual(400)
    expect((await head.client.post(`/subject-changes/${change}/approval`, {})).status).toBe(200)
    const after = await office.client.get(path)
    expect(after.body).toMatchObject({ authorities: [{ id: cast.health }] })
  })

  it('counts a licence as a change of its subject, and flags one that ended and was entered again', async () => {
    const { office, head } = cast
    const { id, version } = await giveSubject(office.client, { authorityId: cast.market })
    const path = `/subjects/${id}`
    const licence = { kind: '食品经营许可证', number: 'JY-0001', authorityId: cast.market }
    const licensed = await office.client.post(`${path}/licences`, licence)
    expect(licensed.body).toMatchObject({ version: version + 1, flags: [] })
    const stale = await office.client.patch(path, version, { station: '城关所' })
    expect(stale.status).toBe(412)
    const [{ id: licenceId }] = licensed.body['licences'] as unknown as [{ id: string }]
    // The day is the clerk's word; that it was entered now is not.
    const ended = { revokedOn: '2020-01-01', reason: '到期未延续' }
    const revoked = await office.client.post(`/licences/${licenceId}/revocation`, ended)
    expect(revoked.body).toMatchObject({ version: version + 2 })
    const again = await office.client.post(`${path}/licences`, { ...licence, number: 'JY-0002' })
    expect(again.body).toMatchObject({ version: version + 3, flags: ['licenceReturned'] })
    const checked = { checkedFlags: ['licenceReturned'] }
    const alone = await office.client.patch(path, version + 3, checked)
    expect(alone.body).toMatchObject({ code: 'subject.reason_needed' })
    const asked = await office.client.patch(path, version + 3, { ...checked, reason: '延续换证，已核查' })
    expect(asked.body).toMatchObject({ flags: ['licenceReturned'], proposed: expect.any(String) })
    await head.client.post(`/subject-changes/${String(asked.body['proposed'])}/approval`, {})
    expect((await office.client.get(path)).body).toMatchObject({ flags: [] })
  })

  it('flags no licence of another kind, nor one that ended long ago', async () => {
    const { office } = cast
    const { id } = await giveSubject(office.client, { authorityId: cast.market })
    const path = `/subjects/${id}/licences`
    const licence = { kind: '食品经营许可证', number: 'JY-0011', authorityId: cast.market }
    const [{ id: licenceId }] = (await office.client.post(path, licence)).body['licences'] as unknown as [
      { id: string },
    ]
    await office.client.post(`/licences/${licenceId}/revocation`, { revokedOn: '2020-01-01', reason: '注销' })
    const other = await office.client.post(path, { ...licence, kind: '药品经营许可证' })
    expect(other.body).toMatchObject({ flags: [] })
  })

  it('takes no id-card number in a name or another text, entered or edited, and says in which', async () => {
    const { clerk } = cast
    const texts = { name: `王某${ID_CARD}`, code: freshCode(), authorityId: cast.market }
    const refused = await enterSubject(clerk.client, texts)
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { code: 'subject.holds_id_card', params: { field: 'name' } },
    ])
    const { id, version } = await giveSubject(clerk.client, { authorityId: cast.market })
    for (const field of ['name', 'legalRepresentative', 'registeredAddress', 'businessScope']) {
      const edited = await clerk.client.patch(`/subjects/${id}`, version, { [field]: `甲 ${ID_CARD}` })
      expect(edited.body).toMatchObject({ code: 'subject.holds_id_card', params: { field } })
    }
    // A number of that length without its check digit is no id card.
    const kept = await clerk.client.patch(`/subjects/${id}`, version, { station: '110105194912310021' })
    expect(kept.status).toBe(200)
  })
})
