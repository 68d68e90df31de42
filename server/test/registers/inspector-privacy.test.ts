import { afterAll, beforeAll, expect, it } from 'vitest'
import { REVEALS_A_DAY } from '../../src/platform/reveals.ts'
import { conflictsOf } from '../../src/registers/index.ts'
import { type Client, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { giveAuthority, givePerson } from '../support/people.ts'
import { idIn, itemsOf, lasting, MISSING } from '../agencies/kit.ts'
import { enter, giveInspector, idCard, type RegisterCast, registerCastOf, warrant } from './inspectors-kit.ts'

const CARD = idCard(501, '19850615')
const MOBILE = '19900001234'
const CONTACT = '0990-8765432'
const SUBJECT = { subjectCode: '91990101MA0000000X', subjectName: '青石县万家超市有限公司' }
const PURPOSE = '核对执法人员身份'

onEachEngine((kind) => {
  let app: TestApp
  let cast: RegisterCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await registerCastOf(app)
  })
  afterAll(() => app.close())

  it('shows numbers masked, and keeps them in the clear nowhere: no table, no trail, no export, no refusal', async () => {
    const { id, personId } = await giveInspector(cast, { idCard: CARD, mobile: MOBILE })
    const { body } = await cast.reader.client.get(`/inspectors/${id}`)
    const masked = `990***********${CARD.slice(-4)}`
    expect(body).toMatchObject({ idCard: masked, mobile: '199****1234' })
    const exported = await cast.reader.client.get('/inspector-export')
    expect(exported.headers['content-type']).toContain('text/csv')
    expect(exported.text).toContain(masked)
    const expert = await cast.clerk.client.post('/technical-experts', {
      authorityId: cast.authority,
      kind: 'expert',
      name: '孔示例',
      contact: CONTACT,
    })
    expect(expert.body).toMatchObject({ contact: '099****32' })
    await cast.clerk.client.post('/declarations', { inspectorId: id, kind: 'kinship', ...SUBJECT })
    const texts = [
      exported.text,
      (await enter(cast.clerk.client, { personId, idCard: CARD })).text,
      (await enter(cast.clerk.client, { personId, idCard: CARD, mobile: `${MOBILE}9` })).text,
      (await cast.reader.client.get('/inspectors?limit=200')).text,
      (await cast.clerk.client.get(`/inspectors?q=${CARD}`)).text,
    ]
    const { rows } = await app.migrated.superuser.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    for (const { name } of rows) {
      const held = await app.migrated.superuser.query(`select t::text as row from ${name} t`)
      texts.push(JSON.stringify(held.rows))
    }
    for (const secret of [CARD, MOBILE, CONTACT, SUBJECT.subjectCode, SUBJECT.subjectName])
      for (const text of texts) expect(text).not.toContain(secret)
  })

  it('reveals one value at a time, for a purpose, to the authority’s own, shortly after a new proof', async () => {
    const { id } = await giveInspector(cast, { idCard: idCard(511), mobile: '19900005678' })
    const reveal = (client: Client, body: object = { field: 'mobile', purpose: PURPOSE }) =>
      client.post(`/inspectors/${id}/reveals`, body)
    expect((await reveal(cast.head.client)).body).toEqual({ value: '19900005678' })
    expect((await reveal(cast.head.client, { field: 'idCard', purpose: PURPOSE })).body).toEqual({
      value: idCard(511),
    })
    expect((await reveal(cast.head.client, { field: 'idCard' })).body).toMatchObject({
      code: 'purpose_needed',
    })
    for (const { client } of [cast.reader, cast.overseer]) expect((await reveal(client)).status).toBe(403)
    const otherAuthority = await giveAuthority(app, { division: '990101', name: '青石县教育局' })
    const stranger = await givePerson(app, { authority: otherAuthority, roles: ['clerk'] })
    expect((await reveal(stranger.client)).body).toMatchObject({ code: 'not_allowed' })
    const { rows } = await app.migrated.superuser.query(
      `select outcome, count(*)::int as times from audit.event
        where action = 'inspector.reveal' and object_id = $1 group by outcome order by outcome`,
      [id],
    )
    expect(rows).toEqual([
      { outcome: 'read', times: 2 },
      { outcome: 'refused', times: 4 },
    ])
  })

  it('reveals so many a day and no more, however they are asked for', async () => {
    const { id } = await giveInspector(cast, { mobile: '19900009999' })
    const curious = await givePerson(app, { roles: ['clerk'], authority: cast.authority })
    const reveal = () =>
      curious.client.post(`/inspectors/${id}/reveals`, { field: 'mobile', purpose: PURPOSE })
    const answers = await Promise.all(Array.from({ length: REVEALS_A_DAY + 5 }, reveal))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(REVEALS_A_DAY)
    const refused = answers.find(({ status }) => status === 403)
    expect(refused?.body).toMatchObject({
      code: 'reveal.quota_used',
      params: { seen: REVEALS_A_DAY, most: REVEALS_A_DAY },
    })
    app.clock.advance(24 * 3_600_000)
    const next = await app.as(curious.accountId)
    // The trail has the time of the database, which no test moves: its day is over for the server.
    expect((await next.post(`/inspectors/${id}/reveals`, { field: 'mobile', purpose: PURPOSE })).status).toBe(
      200,
    )
    app.clock.advance(-24 * 3_600_000)
  })

  it('a declaration is made by the inspector himself or his clerk, read by few, withdrawn and never deleted', async () => {
    const himself = await givePerson(app, { roles: ['inspector'], authority: cast.authority })
    const entered = await enter(cast.clerk.client, { personId: himself.personId, ...warrant('QS-P-001') })
    const inspectorId = idIn(entered)
    const declare = (client: Client, fields: object = {}) =>
      client.post('/declarations', { inspectorId, kind: 'shareholding', ...SUBJECT, ...fields })
    const mine = await declare(himself.client, { note: '配偶持股 5%' })
    expect([mine.status, mine.body]).toEqual([201, { id: idIn(mine), version: 1 }])
    expect((await declare(cast.clerk.client, { kind: 'formerPost', until: '2020-01-01' })).status).toBe(201)
    expect((await declare(cast.clerk.client, { from: '2021-01-01', until: '2020-01-01' })).status).toBe(422)
    for (const { client } of [cast.reader, cast.head, cast.overseer])
      expect((await declare(client)).status).toBe(403)

    const list = (client: Client) => client.get(`/inspectors/${inspectorId}/declarations`)
    for (const { client } of [himself, cast.clerk, cast.head, cast.leader, cast.office])
      expect(itemsOf(await list(client))).toHaveLength(2)
    const colleague = await givePerson(app, { roles: ['inspector'], authority: cast.authority })
    for (const { client } of [colleague, cast.reader, cast.overseer])
      expect((await list(client)).body).toMatchObject({ code: 'not_allowed' })
    const { rows } = await app.migrated.superuser.query(
      `select count(*)::int as read from audit.event
        where action = 'declaration.list' and outcome = 'read' and object_id = $1`,
      [inspectorId],
    )
    expect(rows).toEqual([{ read: 5 }])

    const today = new Date().toISOString().slice(0, 10)
    const conflicts = () =>
      app.database.read((reader) =>
        conflictsOf(reader, [inspectorId], { secrets: app.secrets, onDay: today }),
      )
    expect(await conflicts()).toEqual([
      { inspectorId, declarationId: idIn(mine), kind: 'shareholding', ...SUBJECT },
    ])
    const withdraw = (client: Client) =>
      client.post(`/declarations/${idIn(mine)}/withdrawal`, { reason: '股份已转让' })
    expect((await withdraw(cast.head.client)).status).toBe(403)
    expect((await withdraw(himself.client)).body).toEqual({ id: idIn(mine), version: 2 })
    expect((await withdraw(himself.client)).body).toMatchObject({ code: 'declaration.withdrawn_already' })
    expect(await conflicts()).toEqual([])
    const kept = itemsOf(await list(himself.client)).find(({ id }) => id === idIn(mine))
    expect(kept).toMatchObject({ isInForce: false, withdrawalReason: '股份已转让', note: '配偶持股 5%' })
  })

  it('a declaration goes along with whoever is moved, out of sight of where he was', async () => {
    const { id, personId } = await giveInspector(cast)
    const made = await cast.clerk.client.post('/declarations', { inspectorId: id, kind: 'other', ...SUBJECT })
    const to = await giveAuthority(app, { division: '990101', name: '青石县统计局' })
    await cast.system.client.post(`/people/${personId}/transfer`, { authorityId: to })
    const clerk = await givePerson(app, { roles: ['clerk'], authority: to })
    const again = await enter(clerk.client, { personId })
    const seen = await clerk.client.get(`/inspectors/${idIn(again)}/declarations`)
    expect(itemsOf(seen)).toMatchObject([{ id: idIn(made), subjectName: SUBJECT.subjectName }])
    expect(itemsOf(await cast.clerk.client.get(`/inspectors/${id}/declarations`))).toEqual([])
  })

  it('a search finds no inspector for whoever may not list them', async () => {
    const { answer } = await giveInspector(cast)
    const name = String((answer.body as Record<string, unknown>)['name'])
    const found = async (client: Client) =>
      itemsOf(await client.get(`/search?q=${encodeURIComponent(name)}`)).filter(
        ({ type }) => type === 'inspector',
      )
    expect(await found(cast.reader.client)).toMatchObject([{ title: name }])
    expect(await found(cast.system.client)).toEqual([])
  })

  it('experts and support staff stand apart, and are in no list of inspectors', async () => {
    const made = await cast.clerk.client.post('/technical-experts', {
      authorityId: cast.authority,
      kind: 'supportStaff',
      name: '颜示例',
      organisation: '青石县检验检测中心',
      fields: ['食品检验'],
      contact: '13800005555',
    })
    const path = `/technical-experts/${idIn(made)}`
    const found = await cast.reader.client.get(`/technical-experts?q=ysl&kind=supportStaff`)
    expect(itemsOf(found)).toMatchObject([{ id: idIn(made), contact: '138****55' }])
    expect(itemsOf(await cast.reader.client.get('/inspectors?q=ysl'))).toEqual([])
    const reveal = await cast.clerk.client.post(`${path}/reveals`, { purpose: PURPOSE })
    expect(reveal.body).toEqual({ value: '13800005555' })
    expect((await cast.reader.client.patch(path, 1, { name: '他人' })).status).toBe(403)
    const edited = await cast.clerk.client.patch(path, 1, { fields: ['食品检验', '计量'] })
    expect(edited.body).toMatchObject({ version: 2, fields: ['食品检验', '计量'] })
    const ended = await cast.clerk.client.post(`${path}/ending`, { endedOn: '2026-01-01' })
    expect(ended.body).toMatchObject({ endedOn: '2026-01-01', can: { edit: { code: 'expert.ended' } } })
    expect(lasting(await cast.reader.client.get(`/technical-experts/${MISSING}`))).toMatchObject({
      status: 404,
    })
  })
})
