import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY } from '../support/people.ts'
import { canIn, idIn, itemsOf } from '../agencies/kit.ts'
import {
  creditCode,
  enterSubject,
  freshCode,
  giveSubject,
  moved,
  NEIGHBOUR,
  openChangeOf,
  type SubjectCast,
  subjectCastOf,
} from './subjects-kit.ts'

const PHONE = '13800138000'
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

onEachEngine((kind) => {
  let app: TestApp
  let cast: SubjectCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await subjectCastOf(app)
  })
  afterAll(() => app.close())

  const show = async (id: string, by = cast.clerk) => (await by.client.get(`/subjects/${id}`)).body
  /** Acts of the same millisecond have no order. */
  const later = () => app.clock.advance(1000)
  const market = (fields: object) => enterSubject(cast.clerk.client, { authorityId: cast.market, ...fields })

  it('enters a subject with what its code and its words say of it', async () => {
    const code = freshCode()
    const answer = await market({
      code: code.toLowerCase(),
      name: '青石县万家超市',
      registeredType: '有限责任公司(自然人独资)',
      industryCode: 'F5212',
      telephone: PHONE,
      premises: '青石县城关街道北大街1号',
    })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      code,
      codeKind: 'uscc',
      kind: 'LEGAL_PERSON',
      entityType: 'enterprise',
      divisionCode: COUNTY,
      divisionName: '青石县',
      industryName: '超级市场零售',
      industryChain: [{ code: 'F' }, { code: 'F52' }, { code: 'F521' }, { code: 'F5212' }],
      telephone: '138****8000',
      authorities: [{ id: cast.market }],
      premises: [{ address: '青石县城关街道北大街1号', closedOn: null }],
      can: { edit: null, remove: null, return: { code: 'subject.not_left' } },
    })
    expect(answer.text).not.toContain(PHONE)
    const byPinyin = await cast.reader.client.get('/subjects?q=wjcs')
    expect(itemsOf(byPinyin)).toMatchObject([{ code, industryName: '超级市场零售', divisionName: '青石县' }])
  })

  it('takes the county from the address, and from the code only with a flag', async () => {
    const byAddress = await cast.clerk.client.post('/subjects', {
      authorityId: cast.market,
      code: freshCode(),
      name: '青石县城南饭店',
      registeredAddress: '示例省青石市青石县城南街道2号',
    })
    expect(byAddress.body).toMatchObject({ divisionCode: COUNTY, divisionBasis: 'address', flags: [] })
    const byCode = await cast.clerk.client.post('/subjects', {
      authorityId: cast.market,
      code: freshCode(),
      name: '城北饭店',
      registeredAddress: '城北街道3号',
    })
    expect(byCode.body).toMatchObject({ divisionBasis: 'registrar', flags: ['countyFromCode'] })
    const { id, version } = byCode.body as unknown as { id: string; version: number }
    const flagged = await cast.clerk.client.get('/subjects?flag=countyFromCode')
    expect(itemsOf(flagged).map((one) => one['id'])).toContain(id)
    const checked = await cast.clerk.client.patch(`/subjects/${id}`, version, {
      checkedFlags: ['countyFromCode'],
      reason: '已电话核实',
    })
    expect(checked.body).toMatchObject({ flags: [], divisionBasis: 'stated', proposed: null })
  })

  it('enters nobody twice, and says whose the code is and how to mend', async () => {
    const first = await giveSubject(cast.clerk.client, { authorityId: cast.market, name: '青石县甲店' })
    const again = await enterSubject(cast.healthClerk.client, {
      authorityId: cast.health,
      code: first.code,
      name: '另一名称',
    })
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({
      code: 'subject.code_taken',
      params: { subject: first.id, name: '青石县甲店', division: '青石县' },
    })
    await moved(cast, first.id, 'removal')
    expect((await market({ code: first.code, name: '再来' })).body).toMatchObject({
      code: 'subject.code_left',
    })
  })

  it('has one subject for a code however it is written', async () => {
    const code = freshCode()
    const blanks = ['', ' ', '\u3000', '\u200b', '\u202e']
    const spelling = fc
      .array(fc.tuple(fc.boolean(), fc.boolean(), fc.constantFrom(...blanks)), {
        minLength: 18,
        maxLength: 18,
      })
      .map((how) =>
        [...code]
          .map((c, i) => {
            const [wide, lower, blank] = how[i]!
            const cased = lower ? c.toLowerCase() : c
            return (wide ? String.fromCharCode(cased.charCodeAt(0) + 0xfee0) : cased) + blank
          })
          .join(''),
      )
    const answers = []
    for (const text of [code, ...fc.sample(spelling, 15)])
      answers.push(await market({ code: text, name: '一码一户' }))
    expect(answers.map(({ status }) => status)).toEqual([201, ...answers.slice(1).map(() => 409)])
  })

  it('refuses as a code what is none, by name', async () => {
    const refused = async (code: string) => (await market({ code, name: '某店' })).body['code']
    expect(await refused('11010519491231002X')).toBe('subject.code_is_id_card')
    expect(await refused(`${freshCode().slice(0, 17)}!`)).toBe('subject.code_malformed')
    expect(await refused('N/A')).toBe('subject.code_missing')
    expect((await market({ name: '某店' })).body['code']).toBe('subject.code_missing')
  })

  it('numbers whoever has no code, and never shows the number of a natural person', async () => {
    const idCard = '11010519491231002X'
    const person = await market({ name: '示例摊贩', kind: 'NATURAL_PERSON', idCard })
    expect(person.status).toBe(201)
    expect(person.body).toMatchObject({ codeKind: 'issued', hasIdCard: true, kind: 'NATURAL_PERSON' })
    expect(String(person.body['code'])).toMatch(/^SL990101-[0-9a-f]{12}$/)
    expect(person.text).not.toContain(idCard)
    const twice = await market({ name: '示例摊贩', kind: 'NATURAL_PERSON', idCard: idCard.toLowerCase() })
    expect(twice.body).toMatchObject({ code: 'subject.id_card_taken' })
    const project = await market({ name: '城东道路工程', kind: 'PROJECT' })
    expect(project.body).toMatchObject({ kind: 'PROJECT', codeKind: 'issued' })
    const unnumbered = await market({ name: '某代表处', noCodeReason: '境外机构，尚未赋码' })
    expect(unnumbered.body).toMatchObject({ codeKind: 'issued' })
  })

  it('changes at once what says nothing of who is drawn, and the rest after a second person', async () => {
    const subject = await giveSubject(cast.clerk.client, { authorityId: cast.market, creditClass: 'C' })
    const path = `/subjects/${subject.id}`
    const edit = { name: '青石县改名店', creditClass: 'A', tags: ['投诉举报'] }
    const bare = await cast.clerk.client.patch(path, subject.version, edit)
    expect(bare.body).toMatchObject({ code: 'subject.reason_needed' })
    const edited = await cast.clerk.client.patch(path, subject.version, { ...edit, reason: '年度评定' })
    expect(edited.body).toMatchObject({ name: '青石县改名店', creditClass: 'C', tags: [] })
    const change = String(edited.body['proposed'])
    const own = await cast.clerk.client.post(`/subject-changes/${change}/approval`, {})
    expect(own.body).toMatchObject({ code: 'not_allowed' })
    expect(canIn((await cast.head.client.get(`/subject-changes/${change}`)).body)).toMatchObject({
      approve: null,
      reject: null,
    })
    const approved = await cast.head.client.post(`/subject-changes/${change}/approval`, { note: '同意' })
    expect(approved.body).toMatchObject({
      state: 'effective',
      fields: [
        { field: 'creditClass', before: 'C', after: 'A' },
        { field: 'tags', before: null, after: '投诉举报' },
      ],
    })
    expect(await show(subject.id)).toMatchObject({ creditClass: 'A', tags: ['投诉举报'], openChanges: [] })
  })

  it('lets nobody decide on his own proposal, and nothing take effect that was overtaken', async () => {
    const subject = await giveSubject(cast.clerk.client, { authorityId: cast.market })
    const asked = await cast.office.client.post(`/subjects/${subject.id}/removal`, { reason: '已注销' })
    expect(asked.status).toBe(201)
    const change = await openChangeOf(cast.office.client, subject.id)
    for (const decision of ['approval', 'rejection']) {
      const own = await cast.office.client.post(`/subject-changes/${change}/${decision}`, {
        reason: '本人',
        ...(decision === 'approval' ? { reason: undefined } : {}),
      })
      expect(own.body).toMatchObject({ code: 'subjectChange.own_proposal' })
    }
    const second = await cast.clerk.client.post(`/subjects/${subject.id}/removal`, { reason: '已注销' })
    expect(second.body).toMatchObject({ code: 'subject.change_open' })
    const rejected = await cast.head.client.post(`/subject-changes/${change}/rejection`, {
      reason: '仍在经营',
    })
    expect(rejected.body).toMatchObject({ state: 'rejected', decisionNote: '仍在经营' })
    expect(await show(subject.id)).toMatchObject({ leftOn: null })
    const late = await cast.head.client.post(`/subject-changes/${change}/approval`, {})
    expect(late.body).toMatchObject({ code: 'subjectChange.already_decided' })
  })

  it('moves a subject to another county with its premises and licences, and knows it there and here', async () => {
    const subject = await giveSubject(cast.clerk.client, {
      authorityId: cast.market,
      premises: '青石县旧址1号',
    })
    const path = `/subjects/${subject.id}`
    later()
    const licensed = await cast.clerk.client.post(`${path}/licences`, {
      kind: '食品经营许可证',
      number: 'JY-0001',
      authorityId: cast.market,
    })
    later()
    const asked = await cast.clerk.client.patch(path, Number(licensed.body['version']), {
      divisionCode: NEIGHBOUR,
      reason: '迁往邻县',
    })
    expect(asked.status).toBe(200)
    const change = String(asked.body['proposed'])
    expect((await cast.head.client.post(`/subject-changes/${change}/approval`, {})).status).toBe(200)
    expect(await show(subject.id, cast.city)).toMatchObject({
      divisionCode: NEIGHBOUR,
      leftOn: null,
      movedTo: null,
      premises: [{ address: '青石县旧址1号' }],
      licences: [{ number: 'JY-0001' }],
    })
    expect(await show(subject.id)).toMatchObject({
      divisionCode: COUNTY,
      movedTo: NEIGHBOUR,
      can: { edit: { code: 'subject.moved' } },
    })
    const history = await cast.neighbour.client.get(`${path}/history`)
    expect(itemsOf(history).map((one) => one['kind'])).toEqual(['moved', 'moved', 'changed', 'entered'])
    const there = await cast.city.client.get(`/subjects?q=${subject.code}`)
    expect(itemsOf(there)).toMatchObject([{ divisionCode: NEIGHBOUR }])
  })

  it('makes whoever licenses a supervisor, until the licence ends (谁审批、谁监管)', async () => {
    const subject = await giveSubject(cast.clerk.client, { authorityId: cast.market })
    const path = `/subjects/${subject.id}`
    const licence = {
      kind: '公共场所卫生许可证',
      number: 'WS-0001',
      authorityId: cast.health,
      validUntil: '2030-12-31',
    }
    const licensed = await cast.office.client.post(`${path}/licences`, licence)
    expect(licensed.status).toBe(201)
    expect(
      (licensed.body['authorities'] as unknown as { id: string }[]).map(({ id }) => id).toSorted(),
    ).toEqual([cast.health, cast.market].toSorted())
    expect((await cast.office.client.post(`${path}/licences`, licence)).body).toMatchObject({
      code: 'licence.registered_already',
    })
    // It stands in the register of both now, and either may keep it.
    const edited = await cast.healthClerk.client.patch(path, Number(licensed.body['version']), {
      station: '卫生监督所',
    })
    expect(edited.status).toBe(200)
    const [{ id }] = licensed.body['licences'] as unknown as [{ id: string }]
    const revoked = await cast.office.client.post(`/licences/${id}/revocation`, {
      revokedOn: '2026-01-01',
      reason: '到期未延续',
    })
    expect(revoked.body).toMatchObject({ authorities: [{ id: cast.market }] })
    later()
    const added = await cast.office.client.post(`${path}/authorities`, {
      authorityId: cast.health,
      reason: '主管部门',
    })
    expect(added.status).toBe(201)
    const again = await cast.office.client.post(`${path}/licences`, { ...licence, number: 'WS-0002' })
    const [other] = again.body['licences'] as unknown as [{ id: string }]
    const kept = await cast.office.client.post(`/licences/${other.id}/revocation`, {
      revokedOn: '2026-01-02',
      reason: '注销',
    })
    expect(kept.body['authorities']).toHaveLength(2)
  })

  it('keeps premises as rows of their own, opened and closed', async () => {
    const subject = await giveSubject(cast.clerk.client, { authorityId: cast.market })
    const opened = await cast.clerk.client.post(`/subjects/${subject.id}/premises`, {
      address: '青石县城西街道9号',
      openedOn: '2020-01-01',
    })
    const [{ id, version }] = opened.body['premises'] as unknown as [{ id: string; version: number }]
    const stale = await cast.clerk.client.patch(`/premises/${id}`, version + 1, { name: '总店' })
    expect(stale.status).toBe(412)
    await cast.clerk.client.patch(`/premises/${id}`, version, { name: '总店' })
    const early = await cast.clerk.client.post(`/premises/${id}/closure`, { closedOn: '2019-12-31' })
    expect(early.body).toMatchObject({ code: 'premises.closed_before_opened' })
    const closed = await cast.clerk.client.post(`/premises/${id}/closure`, { closedOn: '2026-01-01' })
    expect(closed.body).toMatchObject({ premises: [{ name: '总店', closedOn: '2026-01-01' }] })
  })

  it('shows a telephone number one at a time, for a purpose, and writes it down', async () => {
    const subject = await giveSubject(cast.clerk.client, { authorityId: cast.market, telephone: PHONE })
    const path = `/subjects/${subject.id}/telephone-reveals`
    const silent = await cast.clerk.client.post(path, {})
    expect(silent.body).toMatchObject({ code: 'purpose_needed' })
    const shown = await cast.clerk.client.post(path, { purpose: '预约检查时间' })
    expect(shown.body).toEqual({ telephone: PHONE })
    expect((await cast.reader.client.post(path, { purpose: '预约检查时间' })).body).toMatchObject({
      code: 'not_allowed',
    })
    const rows = await app.database.read((reader) =>
      reader
        .selectFrom('audit.event')
        .select('purpose')
        .where('action', '=', 'subject.revealTelephone')
        .where('outcome', '=', 'read')
        .where('object_id', '=', subject.id)
        .execute(),
    )
    expect(rows).toEqual([{ purpose: '预约检查时间' }])
    later()
    const other = await cast.clerk.client.patch(`/subjects/${subject.id}`, subject.version, {
      telephone: '13900139000',
    })
    expect(other.body).toMatchObject({ telephone: '139****9000' })
    const history = await cast.clerk.client.get(`/subjects/${subject.id}/history`)
    expect(itemsOf(history)[0]).toMatchObject({
      fields: [{ field: 'telephone', before: '***', after: '***' }],
    })
  })

  it('refuses names that turn round or hide, and keeps rare characters', async () => {
    const unseen = [
      ...range(0x200b, 0x200f),
      ...range(0x202a, 0x202e),
      ...range(0x2060, 0x206f),
      ...range(0xfff9, 0xfffb),
      ...range(0xe0001, 0xe0001),
      ...range(0xe0020, 0xe007f),
      ...range(0x80, 0x9f),
      0xad,
      0x61c,
      0x180e,
      0xfeff,
      0x2028,
      0x2029,
      0x0a,
      0x0d,
      0x09,
      0x1b,
      0x7f,
    ].filter((point) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(String.fromCodePoint(point)))
    expect(unseen.length).toBeGreaterThan(150)
    const answers = []
    for (const point of unseen)
      answers.push(await market({ code: creditCode(1), name: `甲${String.fromCodePoint(point)}店` }))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]))
    expect((await market({ code: freshCode(), name: ' 甲店' })).status).toBe(400)
    const rare = await market({ code: freshCode(), name: '青石县𠮷㐂饭店' })
    expect(rare.body).toMatchObject({ name: '青石县𠮷㐂饭店' })
    const found = await cast.clerk.client.get(`/subjects?q=${encodeURIComponent('𠮷㐂')}`)
    expect(itemsOf(found)).toHaveLength(1)
  })

  it('hides nothing from the county and everything from the next', async () => {
    const subject = await giveSubject(cast.clerk.client, { authorityId: cast.market })
    expect((await cast.reader.client.get(`/subjects/${subject.id}`)).status).toBe(200)
    expect((await cast.neighbour.client.get(`/subjects/${subject.id}`)).status).toBe(404)
    expect((await cast.administrator.client.get('/subjects')).status).toBe(403)
    const search = `/search?q=${subject.code}`
    expect(itemsOf(await cast.reader.client.get(search))).toMatchObject([
      { type: 'subject', title: subject.name },
    ])
    expect(itemsOf(await cast.administrator.client.get(search))).toEqual([])
    const elsewhere = await enterSubject(cast.clerk.client, {
      authorityId: cast.market,
      divisionCode: NEIGHBOUR,
      code: creditCode(999_999),
      name: '邻县某店',
    })
    expect(elsewhere.body).toMatchObject({ code: 'subject.division_outside' })
    expect(idIn(elsewhere)).toBe('undefined')
  })
})
