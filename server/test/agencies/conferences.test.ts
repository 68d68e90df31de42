import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Client, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { CITY, COUNTY, giveAuthority, givePerson } from '../support/people.ts'
import { type Cast, castOf, idIn, itemsOf, lasting, makePerson, MISSING, statusesOf } from './kit.ts'

onEachEngine((kind) => {
  let app: TestApp
  let cast: Cast
  let office: Client
  let conference: string
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await castOf(app)
    office = (await givePerson(app, { authority: cast.authority, roles: ['conferenceOffice'] })).client
    const made = await cast.system.client.post('/conferences', {
      divisionCode: COUNTY,
      name: '青石县监管联席会议',
      officeAuthorityId: cast.authority,
      leadingGroup: [{ personId: cast.leader.personId, post: 'head' }],
    })
    conference = idIn(made)
  })
  afterAll(() => app.close())

  const show = async () =>
    (await cast.clerk.client.get(`/conferences/${conference}`)).body as Record<string, unknown>
  const version = async () => Number((await show())['version'])
  const setMember = async (authorityId: string, responsibleDeputyId: string) =>
    office.put(
      `/conferences/${conference}/members/${authorityId}`,
      { responsibleDeputyId },
      { 'if-match': `"${await version()}"` },
    )

  it('is one for each division, with its office and its leading group', async () => {
    expect(await show()).toMatchObject({
      divisionName: '青石县',
      officeAuthorityName: '青石县市场监督管理局',
      leadingGroup: [{ name: cast.leader.name, post: 'head', leftOn: null }],
      can: { edit: { code: 'not_allowed' } },
    })
    const second = { divisionCode: COUNTY, name: '第二个', officeAuthorityId: cast.authority }
    expect((await cast.system.client.post('/conferences', second)).body).toMatchObject({
      code: 'conference.one_per_division',
    })
    expect(itemsOf(await cast.clerk.client.get('/conferences'))).toHaveLength(1)
  })

  it('has members, each with a responsible deputy of its own, and remembers the former ones', async () => {
    const member = await giveAuthority(app, { division: COUNTY, name: '青石县卫生健康局' })
    const [first, second] = await Promise.all(
      ['郑示例', '王示例'].map((name) => makePerson(cast.system.client, { authorityId: member, name })),
    )
    expect((await setMember(member, cast.clerk.personId)).body).toMatchObject({
      code: 'conference.deputy_elsewhere',
    })
    expect((await setMember(member, first!)).status).toBe(200)
    const leave = await cast.system.client.post(`/people/${first}/departure`, { leftOn: '2026-01-05' })
    expect(leave.body).toMatchObject({ code: 'person.responsible_deputy' })
    expect(
      (await cast.system.client.post(`/authorities/${member}/closure`, { closedOn: '2026-01-05' })).body,
    ).toMatchObject({ code: 'authority.has_people' })
    expect((await setMember(member, second!)).status).toBe(200)
    const gone = await cast.system.client.post(`/people/${first}/departure`, { leftOn: '2026-01-05' })
    expect(gone.status).toBe(200)
    expect((await setMember(member, first!)).body).toMatchObject({ code: 'conference.person_left' })
    const path = `/conferences/${conference}/members/${member}`
    expect((await office.delete(path, { 'if-match': `"${await version()}"` })).status).toBe(200)
    expect((await office.delete(path, { 'if-match': `"${await version()}"` })).body).toMatchObject({
      code: 'conference.not_member',
    })
    expect((await setMember(member, second!)).status).toBe(200)
    const members = (await show())['members'] as { responsibleDeputyName: string; leftOn: string | null }[]
    const told = members.map((one) => `${one.responsibleDeputyName} ${one.leftOn === null ? '现任' : '曾任'}`)
    expect(told[0]).toBe('王示例 现任')
    expect(told.toSorted()).toEqual(['王示例 曾任', '王示例 现任', '郑示例 曾任'])
  })

  it('keeps the second of two edits from the same version', async () => {
    const from = await version()
    const both = await Promise.all([
      office.patch(`/conferences/${conference}`, from, { name: '青石县联席会议' }),
      cast.system.client.patch(`/conferences/${conference}`, from, { name: '联席会议' }),
    ])
    expect(statusesOf(both)).toEqual([200, 412])
  })

  it('changes its leading group as a whole, with one head, and keeps who was in it', async () => {
    const head = { personId: cast.clerk.personId, post: 'head' }
    const edit = async (leadingGroup: object[]) =>
      office.patch(`/conferences/${conference}`, await version(), { leadingGroup })
    const former = { personId: cast.leader.personId, post: 'deputyHead' }
    expect((await edit([head, { ...former, post: 'head' }])).body).toMatchObject({
      code: 'conference.two_heads',
    })
    expect((await edit([head, { ...head, post: 'member' }])).body).toMatchObject({
      code: 'conference.twice_in_group',
    })
    expect((await edit([head, former])).status).toBe(200)
    const group = (await show())['leadingGroup'] as { post: string; leftOn: string | null }[]
    expect(
      group
        .filter(({ leftOn }) => leftOn === null)
        .map(({ post }) => post)
        .toSorted(),
    ).toEqual(['deputyHead', 'head'])
    expect(group).toHaveLength(3)
  })

  it('takes no authority of another division, and tells it from a missing one by nothing', async () => {
    const city = await giveAuthority(app, { division: CITY, name: '青石市卫生健康委员会' })
    expect(lasting(await setMember(city, cast.clerk.personId))).toEqual(
      lasting(await setMember(MISSING, cast.clerk.personId)),
    )
  })

  it('finds authorities, people and units by name', async () => {
    const found = await cast.clerk.client.get(`/search?q=${encodeURIComponent('卫生健康')}`)
    expect(JSON.stringify(found.body)).toContain('青石县卫生健康局')
    expect(JSON.stringify(found.body)).not.toContain('青石市卫生健康委员会')
  })
})
