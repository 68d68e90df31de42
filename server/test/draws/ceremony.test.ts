import { contributionOf, receiptHash, signHash, tag } from '@sunlot/draw'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { secretsOf } from '../../src/draws/draws/keys.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import {
  ceremonyOf,
  closed,
  closing,
  codeOf,
  giveCommitted,
  joined,
  openRoom,
  Phone,
  restarted,
  stateAt,
  toDice,
} from './ceremony-kit.ts'

const DICE = '0123456789012345678901234'

onEachEngine((kind) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp(kind)
    await app.start()
  }, 60_000)
  afterAll(() => app.close())

  it('takes what each adds once, in the order in which they come; who is silent is not listed', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const phones: Phone[] = []
    for (const role of ['PEOPLES_CONGRESS_DEPUTY', 'MEDIA', 'TRADE_ASSOCIATION', 'OTHER', 'CPPCC_MEMBER'])
      phones.push(await joined(app, code, { role }))
    const [first, second, third, fourth, silent] = phones as [Phone, Phone, Phone, Phone, Phone]
    expect((await second.contribute('31415926')).body).toEqual({ id: 'o001', value: '31415926', note: null })
    const said = await first.contribute('山高月小，水落石出')
    expect(said.body).toEqual(contributionOf('sha256', 2, '山高月小，水落石出'))
    // A phone that was not answered asks again, and is given the same; another text is refused.
    expect((await second.contribute('31415926')).body).toMatchObject({ id: 'o001' })
    expect(codeOf(await second.contribute('27182818'))).toBe('room.contributed')
    await third.contribute('7')
    const hash = await closing(draw)
    expect(codeOf(await fourth.contribute('8'))).toBe('room.closed')
    const state = await stateAt(app.anonymous, code)
    expect(state.contributions.map(({ id, value }) => [id, value.length])).toEqual([
      ['o001', 8],
      ['o002', 64],
      ['o003', 1],
    ])
    expect(state.observers.map(({ contributed }) => contributed)).toEqual([
      'o002',
      'o001',
      'o003',
      null,
      null,
    ])
    await draw.cast.overseer.client.post(`/draws/${draw.id}/close`, { hash })
    const late = await joined(app, code, { role: 'MEDIA' })
    expect(late.number).toBe(6)
    expect(codeOf(await late.contribute('9'))).toBe('room.closed')
    expect(codeOf(await silent.contribute('9'))).toBe('room.closed')
    const close = await app.database.read((reader) =>
      reader
        .selectFrom('draws.manifest')
        .select(['body', 'hash'])
        .where('draw_id', '=', draw.id)
        .where('name', '=', 'close.json')
        .executeTakeFirstOrThrow(),
    )
    expect(close.hash).toBe(tag('sha256', 'close', close.body))
    expect(close.hash).toBe(hash)
    expect((JSON.parse(close.body) as { observers: object[] }).observers).toHaveLength(3)
  })

  it('keeps no number and no name beyond the room, and shows what is public alone', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const phone = await joined(app, code, { name: '钱示例' })
    expect(codeOf(await new Phone(app.anonymous, code).join({ role: 'KING' }))).toBe('room.role_unknown')
    expect(codeOf(await new Phone(app.anonymous, code).join({ mobile: '13800000000' }))).toBe('invalid_input')
    await phone.contribute('12')
    const { text } = await app.anonymous.get(`/public/rooms/${code.toLowerCase()}`)
    expect(text).toContain('钱示例')
    expect(text).not.toContain(phone.token)
    expect(text).not.toContain(phone.publicKey)
    const events = await app.database.read((reader) =>
      reader.selectFrom('audit.change').select('after').where('table_name', '=', 'draws.observer').execute(),
    )
    const kept = JSON.stringify(events)
    expect(kept).not.toContain(phone.token)
    expect(kept).not.toContain('127.0.0.1')
  })

  it('gives a phone whose answer was lost the same place again, and nobody else', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const phone = await joined(app, code)
    const { token, number } = phone
    const again = await phone.join()
    expect([again.status, phone.token, phone.number]).toEqual([201, token, number])
    app.clock.advance(121_000)
    expect(codeOf(await phone.join())).toBe('room.key_taken')
  })

  it('lets in nobody who is signed in, nobody by a code that was taken back, and twenty of one address', async () => {
    const draw = await giveCommitted(app)
    const { clerk, participant } = draw.cast
    const code = await openRoom(draw)
    for (const { client } of [clerk, participant])
      expect(codeOf(await new Phone(client, code).join())).toBe('room.signed_in')
    const phones: Phone[] = []
    for (let k = 0; k < 20; k++) phones.push(await joined(app, code))
    expect((await new Phone(app.anonymous, code).join()).status).toBe(429)
    expect(codeOf(await draw.cast.overseer.client.post(`/draws/${draw.id}/room/code`))).toBe('not_allowed')
    const renewed = await clerk.client.post(`/draws/${draw.id}/room/code`)
    expect(renewed.status, renewed.text).toBe(200)
    const { code: next } = (renewed.body as unknown as { room: { code: string } }).room
    expect(next).not.toBe(code)
    expect(codeOf(await new Phone(app.anonymous, code).join())).toBe('room.code_ended')
    expect((await joined(app, next)).number).toBe(21)
    // Whoever is in goes on with what his phone knows, and is not told the new code.
    expect((await phones[0]!.contribute('7')).status).toBe(200)
    const seen = await app.anonymous.get(`/public/rooms/${code}`)
    expect(seen.body).toMatchObject({ renewed: true })
    expect(seen.text).not.toContain(next)
    const out = (number: number) =>
      clerk.client.post(`/draws/${draw.id}/room/observers/${number}/removal`, { reason: '无人使用的设备' })
    expect(codeOf(await out(1))).toBe('room.has_contributed')
    expect((await out(2)).status).toBe(200)
    expect((await out(2)).status).toBe(404)
    expect(codeOf(await phones[1]!.contribute('8'))).toBe('room.not_in')
    const shown = await stateAt(app.anonymous, next)
    expect(shown.observers.map(({ number }) => number)).not.toContain(2)
    const at = app.clock.now().toISOString()
    expect(shown).toMatchObject({ putOut: [{ number: 2, at }] })
    const known = await app.anonymous.get(`/public/draws/${draw.commit.draw_id}`)
    expect(known.body['putOut']).toEqual([{ number: 2, at }])
    const page = await app.anonymous.get(`/public/draws/${draw.commit.draw_id}.html`)
    expect(page.text).toContain('另有 1 台没有写过贡献的设备被经办人员请出：w002')
    expect((await joined(app, next)).number).toBe(22)
    await closing(draw)
    expect(codeOf(await out(3))).toBe('draw.not_in_this_state')
  })

  it('takes only signatures of what is one’s own, made with one’s own key', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const [phone, other] = [await joined(app, code), await joined(app, code)]
    const given = await phone.contribute('4242')
    const receipt = receiptHash('sha256', draw.commitHash, given.body as never)
    expect(codeOf(await other.sign('contrib', receipt))).toBe('room.not_yours')
    const forged = signHash({ by: phone.mark, alg: 'ed25519', secret: 'ab'.repeat(32) }, 'contrib', receipt)
    expect(codeOf(await phone.sign('contrib', receipt, forged.value))).toBe('room.signature_wrong')
    expect((await phone.sign('contrib', receipt)).status).toBe(200)
    expect((await phone.sign('contrib', receipt)).status).toBe(200)
    expect(codeOf(await phone.sign('cert', draw.commitHash))).toBe('room.not_yours')
    phone.token = ''
    expect(codeOf(await phone.contribute('1'))).toBe('room.not_in')
  })

  it('closes by the oversight authority, over the hash that it saw; reopening makes another', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const { clerk, head, overseer } = draw.cast
    const seen = await closing(draw)
    expect(codeOf(await head.client.post(`/draws/${draw.id}/close`, { hash: seen }))).toBe('not_allowed')
    expect((await clerk.client.post(`/draws/${draw.id}/reopening`)).status).toBe(200)
    await (await joined(app, code)).contribute('99')
    app.clock.advance(1_000)
    const hash = await closing(draw)
    expect(hash).not.toBe(seen)
    expect(codeOf(await overseer.client.post(`/draws/${draw.id}/close`, { hash: seen }))).toBe(
      'draw.hash_differs',
    )
    expect((await overseer.client.post(`/draws/${draw.id}/close`, { hash })).status).toBe(200)
    expect(codeOf(await clerk.client.post(`/draws/${draw.id}/reopening`))).toBe('draw.not_in_this_state')
    expect((await stateAt(app.anonymous, code)).close).toMatchObject({ hash, signed: true })
  })

  it('takes nothing after the time to close', async () => {
    const draw = await giveCommitted(app, { closeInSeconds: 60 })
    const { clerk, overseer } = draw.cast
    const hash = await closing(draw)
    app.clock.advance(61_000)
    const late = [await overseer.client.post(`/draws/${draw.id}/close`, { hash })]
    late.push(await clerk.client.post(`/draws/${draw.id}/reopening`))
    // It becomes void by itself within a second.
    for (const answer of late) expect(codeOf(answer)).toMatch(/^draw\.(close_late|not_in_this_state)$/)
  })

  it('takes no contribution once they were stopped, even in the same moment', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const phones = await Promise.all(Array.from({ length: 8 }, () => joined(app, code)))
    const [stopped, ...given] = await Promise.all([
      draw.cast.clerk.client.post(`/draws/${draw.id}/closing`),
      ...phones.map((phone, k) => phone.contribute(String(k))),
    ])
    expect(stopped.status, stopped.text).toBe(200)
    const taken = given.filter(({ status }) => status === 200).length
    expect(given.every((answer) => answer.status === 200 || codeOf(answer) === 'room.closed')).toBe(true)
    const state = await stateAt(app.anonymous, code)
    expect(state.contributions.map(({ id }) => id)).toEqual(
      Array.from({ length: taken }, (_, k) => `o${String(k + 1).padStart(3, '0')}`),
    )
  })

  it('needs the oversight authority’s signature under a commitment with many conflicts', async () => {
    const draw = await giveCommitted(app, { maxConflicts: { num: 1, den: 2 } })
    const { overseer, head } = draw.cast
    const hash = await closing(draw)
    expect(codeOf(await overseer.client.post(`/draws/${draw.id}/close`, { hash }))).toBe(
      'draw.commit_unsigned',
    )
    expect(codeOf(await head.client.post(`/draws/${draw.id}/countersignature`))).toBe('not_allowed')
    expect((await overseer.client.post(`/draws/${draw.id}/countersignature`)).status).toBe(200)
    expect((await ceremonyOf(overseer.client, draw.id)).countersignature).toEqual({
      needed: true,
      signed: true,
    })
    expect((await overseer.client.post(`/draws/${draw.id}/close`, { hash })).status).toBe(200)
  })

  it('does not close a sealed draw whose secret is lost; an intact one names both holders', async () => {
    const draw = await giveCommitted(app, { isSealed: true })
    await closed(draw)
    const { body } = await app.database.read((reader) =>
      reader
        .selectFrom('draws.manifest')
        .select('body')
        .where('draw_id', '=', draw.id)
        .where('name', '=', 'close.json')
        .executeTakeFirstOrThrow(),
    )
    const { authority, oversight } = draw.commit
    const { escrow } = JSON.parse(body) as { escrow: { id: string; holder: string }[] }
    expect(escrow.map(({ id, holder }) => [id, holder])).toEqual([
      ['authority', oversight],
      ['oversight', authority],
    ])
    expect(() => secretsOf(app.secrets, '{"people":"v1.x","sealed":[]}')).toThrow()
  })

  it('answers who waits as soon as there is something new, and otherwise goes on waiting', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const { revision } = await stateAt(app.anonymous, code)
    const waiting = app.anonymous.get(`/public/rooms/${code}?after=${revision}`)
    const begun = performance.now()
    await joined(app, code)
    const news = (await waiting).body as unknown as { revision: number; observers: object[] }
    expect(performance.now() - begun).toBeLessThan(10_000)
    expect(news.revision).toBeGreaterThan(revision)
    expect(news.observers).toHaveLength(1)
    expect((await app.anonymous.get('/public/rooms/ZZZZZZ')).status).toBe(404)
  })

  it('ends the same way where the server is started anew between any two steps', async () => {
    const draw = await giveCommitted(app)
    const { clerk, overseer } = draw.cast
    const code = await openRoom(draw)
    let server = await restarted(app)
    const nobody = { token: undefined } as never
    const phones = [
      new Phone(server.clientOf(nobody), code),
      new Phone(server.clientOf(nobody), code),
    ] as const
    const anew = async (): Promise<void> => {
      await server.close()
      server = await restarted(app)
      for (const phone of phones) phone.client = server.clientOf(nobody)
    }
    for (const phone of phones) await phone.join()
    await anew()
    for (const phone of phones) expect((await phone.contribute(`第${phone.number}号写的话`)).status).toBe(200)
    await anew()
    const hash = await closing(draw)
    await anew()
    const close = await server.clientOf(overseer.client).post(`/draws/${draw.id}/close`, { hash })
    expect(close.status, close.text).toBe(200)
    toDice(app, draw)
    const typing = `/draws/${draw.id}/values/dice`
    await server.clientOf(clerk.client).post(`${typing}/typings`, { text: DICE })
    await anew()
    await server.clientOf(overseer.client).post(`${typing}/typings`, { text: DICE })
    await server.clientOf(clerk.client).post(`${typing}/outsiders`, { observers: [1, 2] })
    const record = (await stateAt(server.clientOf(nobody), code)).sources[0]!.recordHash!
    await phones[0].sign('contrib', record)
    await anew()
    await phones[1].sign('contrib', record)
    const state = await stateAt(server.clientOf(nobody), code)
    expect([state.close?.hash, state.sources[0]?.state, state.step]).toEqual([hash, 'settled', 4])
    await server.close()
  })

  it('tells who guesses codes too often to wait, and keeps nobody out who has the right one', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const statuses: number[] = []
    for (let k = 0; k < 25; k++) statuses.push((await app.anonymous.get('/public/rooms/222222')).status)
    expect(statuses.slice(0, 15).every((status) => status === 404)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    // A code that was taken back opens nothing either.
    const renewed = await draw.cast.clerk.client.post(`/draws/${draw.id}/room/code`)
    expect(renewed.status, renewed.text).toBe(200)
    expect((await new Phone(app.anonymous, code).join()).status).toBe(429)
    expect((await app.anonymous.get(`/public/rooms/${code}`)).status).toBe(200)
  })

  it('ends a day after the draw has ended', async () => {
    const draw = await giveCommitted(app, { closeInSeconds: 60 })
    const code = await openRoom(draw)
    app.clock.advance(61_000)
    const state = async () => (await stateAt(app.anonymous, code)).state
    await expect.poll(state, { timeout: 20_000 }).toBe('void')
    app.clock.advance(25 * 3_600_000)
    const status = async () => (await app.anonymous.get(`/public/rooms/${code}`)).status
    await expect.poll(status, { timeout: 20_000, interval: 500 }).not.toBe(200)
  })
})
