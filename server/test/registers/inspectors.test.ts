import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { giveAuthority } from '../support/people.ts'
import { canIn, idIn, itemsOf, lasting, makePerson, MISSING } from '../agencies/kit.ts'
import { enter, giveInspector, idCard, type RegisterCast, registerCastOf, warrant } from './inspectors-kit.ts'

const TODAY = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const dayFromNow = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

onEachEngine((kind) => {
  let app: TestApp
  let cast: RegisterCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await registerCastOf(app)
  })
  afterAll(() => app.close())

  it('takes the name, number and unit of the person, and says what is still missing', async () => {
    const unit = await cast.system.client.post(`/authorities/${cast.authority}/units`, {
      name: '综合执法大队',
    })
    const { id } = await giveInspector(
      cast,
      { ...warrant('QS-T-001'), specialisms: ['食品', '食品', '特种设备'].slice(1) },
      { name: '吴青石', staffNumber: 'T001', unitId: idIn(unit) },
    )
    const { body } = await cast.reader.client.get(`/inspectors/${id}`)
    expect(body).toMatchObject({
      name: '吴青石',
      staffNumber: 'T001',
      unitName: '综合执法大队',
      authorityId: cast.authority,
      state: 'active',
      warrantState: 'valid',
      whyNotDraw: null,
      missing: ['idCard', 'mobile'],
      can: { edit: { code: 'not_allowed' }, seeDeclarations: { code: 'not_allowed' } },
    })
  })

  it('takes nobody twice: no person, no ID card, no warrant', async () => {
    const card = idCard(11)
    const { personId } = await giveInspector(cast, { idCard: card, ...warrant('QS-T-011') })
    const again = (fields: object) => enter(cast.clerk.client, fields)
    expect((await again({ personId })).body).toMatchObject({ code: 'inspector.registered_already' })
    const other = await makePerson(cast.system.client, { authorityId: cast.authority, name: '另一人' })
    const lower = card.toLowerCase()
    expect((await again({ personId: other, idCard: lower })).body).toMatchObject({
      code: 'inspector.id_card_taken',
    })
    expect((await again({ personId: other, ...warrant('QS-T-011') })).body).toMatchObject({
      code: 'inspector.warrant_taken',
    })
  })

  it('takes no number that cannot be, no warrant turned round, nobody who has left, no category unknown', async () => {
    const personId = await makePerson(cast.system.client, { authorityId: cast.authority, name: '钱错号' })
    const tries: readonly [object, string][] = [
      [
        { idCard: `${idCard(21).slice(0, 17)}${idCard(21)[17] === '1' ? '2' : '1'}` },
        'id_card.check_character',
      ],
      [{ idCard: idCard(22) }, 'id_card.other_sex'],
      [{ idCard: '990101900101001' }, 'id_card.of_fifteen_digits'],
      [{ ...warrant('W', '2019-01-01') }, 'inspector.warrant_turned_round'],
      [{ warrantUntil: '2030-01-01' }, 'inspector.warrant_without_number'],
      [{ category: 'NOBODY' }, 'inspector.category_unknown'],
    ]
    for (const [fields, code] of tries)
      expect((await enter(cast.clerk.client, { personId, ...fields })).body).toMatchObject({ code })
    await cast.system.client.post(`/people/${personId}/departure`, { leftOn: TODAY() })
    expect((await enter(cast.clerk.client, { personId })).body).toMatchObject({ code: 'person.left' })
  })

  it('is kept by the clerk of the authority and by the conference office, and by nobody else', async () => {
    const { id } = await giveInspector(cast)
    for (const { client } of [cast.reader, cast.head, cast.overseer])
      expect((await client.patch(`/inspectors/${id}`, 1, { level: 'township' })).status).toBe(403)
    for (const { client } of [cast.system, cast.security])
      expect((await client.get(`/inspectors/${id}`)).status).toBe(404)
    const edited = await cast.office.client.patch(`/inspectors/${id}`, 1, { specialisms: ['计量'] })
    expect(edited.body).toMatchObject({ version: 2, specialisms: ['计量'] })
    expect((await cast.clerk.client.patch(`/inspectors/${id}`, 1, { level: 'city' })).status).toBe(400)
    expect((await cast.clerk.client.patch(`/inspectors/${id}`, 1, { level: 'township' })).status).toBe(412)
    const other = await giveAuthority(app, { division: '990101', name: '青石县水利局' })
    const elsewhere = await makePerson(cast.system.client, { authorityId: other, name: '水利人' })
    expect((await enter(cast.clerk.client, { personId: elsewhere })).status).toBe(403)
    expect(lasting(await cast.clerk.client.get(`/inspectors/${MISSING}`))).toMatchObject({ status: 404 })
  })

  it('leaves the register in the very act by which he leaves the authority, or is moved', async () => {
    const gone = await giveInspector(cast, warrant('QS-T-031'))
    const moved = await giveInspector(cast, { idCard: idCard(31), ...warrant('QS-T-032') })
    await cast.system.client.post(`/people/${gone.personId}/departure`, { leftOn: TODAY() })
    const to = await giveAuthority(app, { division: '990101', name: '青石县城市管理局' })
    await cast.system.client.post(`/people/${moved.personId}/transfer`, { authorityId: to })
    for (const { id } of [gone, moved]) {
      const { body } = await cast.clerk.client.get(`/inspectors/${id}`)
      expect(body).toMatchObject({ state: 'left', endedOn: TODAY(), whyNotDraw: { code: 'inspector.left' } })
      expect(canIn(body)).toMatchObject({
        edit: { code: 'inspector.left' },
        reveal: { code: 'inspector.left' },
      })
    }
    const { rows } = await app.migrated.superuser.query(
      `select e.action from audit.change c join audit.event e on e.id = c.event_id
        where c.table_name = 'registers.inspector' and c.op = 'update' and c.row_key = any($1)
        order by e.action`,
      [[gone.id, moved.id]],
    )
    expect(rows).toEqual([{ action: 'person.leave' }, { action: 'person.transfer' }])
    // There he may enter again, with the same numbers.
    const again = await enter(cast.office.client, {
      personId: moved.personId,
      idCard: idCard(31),
      ...warrant('QS-T-032'),
    })
    expect(again.status).toBe(201)
  })

  it('is found by name, staff number, warrant number and pinyin initials, also after a change of name', async () => {
    const { id, personId } = await giveInspector(
      cast,
      { ...warrant('ZJ-330-9'), level: 'township', qualifications: ['食品检查员'], specialisms: ['广告'] },
      { name: '欧阳示例', staffNumber: 'OY9' },
    )
    const found = async (query: string) =>
      itemsOf(await cast.reader.client.get(`/inspectors?${query}`)).map((one) => one['id'])
    const word = encodeURIComponent
    for (const query of [
      `q=${word('欧阳')}`,
      'q=OY9',
      'q=ZJ-330',
      'q=oysl',
      'q=OYS',
      `specialism=${word('广告')}`,
      `qualification=${word('食品检查员')}`,
      'level=township',
      `person=${personId}`,
    ])
      expect([query, await found(query)]).toEqual([query, [id]])
    const { body } = await cast.system.client.get(`/people/${personId}`)
    await cast.system.client.patch(`/people/${personId}`, Number(body['version']), { name: '司徒示例' })
    expect([await found('q=oysl'), await found('q=stsl')]).toEqual([[], [id]])
    const tags = await cast.clerk.client.get('/inspector-tags?kind=specialism')
    expect(itemsOf(tags)).toContainEqual({ word: '广告', inspectors: 1 })
  })

  it('pages by initials, each once', async () => {
    for (const name of ['安一', '安二', '安三']) await giveInspector(cast, {}, { name })
    const seen: unknown[] = []
    for (let after = ''; ;) {
      const page = await cast.reader.client.get(`/inspectors?limit=2${after && `&after=${after}`}`)
      seen.push(...itemsOf(page).map(({ id }) => id))
      if (page.body['next'] === undefined) break
      after = page.body['next']
    }
    const whole = itemsOf(await cast.reader.client.get('/inspectors?limit=200')).map(({ id }) => id)
    expect(seen).toEqual(whole)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('warns the clerk before a warrant ends and when it has ended', async () => {
    const soon = await giveInspector(cast, warrant('QS-T-051', dayFromNow(10)))
    const over = await giveInspector(cast, warrant('QS-T-052', dayFromNow(-1)))
    const { body } = await cast.reader.client.get(`/inspectors?warrant=expiring`)
    expect(itemsOf({ body }).map(({ id }) => id)).toEqual([soon.id])
    const links = itemsOf(await cast.clerk.client.get('/todo')).map(({ code, link }) => [code, link])
    expect(links).toContainEqual(['inspector.warrant_expiring', `/registers/inspectors/${soon.id}`])
    expect(links).toContainEqual(['inspector.warrant_expired', `/registers/inspectors/${over.id}`])
    const others = itemsOf(await cast.reader.client.get('/todo')).map(({ code }) => code)
    expect(others).not.toContain('inspector.warrant_expiring')
  })

  it('is suspended and taken up again with a reason, and ends', async () => {
    const { id } = await giveInspector(cast, warrant('QS-T-061'))
    const act = (verb: string, body: object = { reason: '接受调查' }) =>
      cast.clerk.client.post(`/inspectors/${id}/${verb}`, body)
    expect((await act('resumption')).body).toMatchObject({ code: 'inspector.not_suspended' })
    expect((await act('suspension')).body).toMatchObject({ state: 'suspended', stateReason: '接受调查' })
    expect((await act('suspension')).body).toMatchObject({ code: 'inspector.suspended' })
    expect((await act('resumption')).body).toMatchObject({ state: 'active', whyNotDraw: null })
    const end = (endedOn: string) => act('ending', { endedOn, reason: '不再从事执法' })
    expect((await end('2999-01-01')).body).toMatchObject({ code: 'day_in_future' })
    expect((await end('2001-01-01')).body).toMatchObject({ code: 'inspector.ended_before_entered' })
    expect((await end(TODAY())).body).toMatchObject({
      state: 'left',
      can: { end: { code: 'inspector.left' } },
    })
  })

  it('away, is shown as away to all, and why to his own authority alone', async () => {
    const { id } = await giveInspector(cast, warrant('QS-T-071'))
    const leave = { from: TODAY(), until: dayFromNow(3), reason: '家中有事' }
    const made = await cast.clerk.client.post(`/inspectors/${id}/leaves`, leave)
    expect(made.status).toBe(201)
    expect((await cast.clerk.client.post(`/inspectors/${id}/leaves`, leave)).body).toMatchObject({
      code: 'leave.overlaps',
    })
    const seen = await cast.reader.client.get(`/inspectors/${id}`)
    expect(seen.body).toMatchObject({
      state: 'onLeave',
      leaveUntil: leave.until,
      whyNotDraw: { code: 'inspector.on_leave' },
    })
    expect((await cast.reader.client.get(`/inspectors/${id}/leaves`)).status).toBe(403)
    expect(itemsOf(await cast.head.client.get(`/inspectors/${id}/leaves`))).toMatchObject([
      { reason: '家中有事', recordedByName: cast.clerk.name },
    ])
    const ended = await cast.clerk.client.post(`/inspector-leaves/${idIn(made)}/ending`)
    expect(ended.body).toMatchObject({ isWithdrawn: true, can: { end: { code: 'leave.over' } } })
    expect((await cast.reader.client.get(`/inspectors/${id}`)).body).toMatchObject({ state: 'active' })
  })
})
