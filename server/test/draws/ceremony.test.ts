import { contributionOf, publicKeyOf, receiptHash, recordHash, signHash, tag } from '@sunlot/draw'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchBeacons } from '../../src/draws/ceremony/beacons.ts'
import { settledValues } from '../../src/draws/ceremony/values.ts'
import { secretsOf } from '../../src/draws/draws/keys.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import {
  ceremonyOf,
  closed,
  closing,
  dice,
  giveCommitted,
  joined,
  openRoom,
  Phone,
  restarted,
  type CommittedDraw,
  stateAt,
} from './ceremony-kit.ts'

const DICE = '0123456789012345678901234'

onEachEngine((kind) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp(kind)
    await app.start()
  }, 60_000)
  afterAll(() => app.close())

  const codeOf = (answer: { readonly body: object }) => (answer.body as { code?: string }).code
  const type = (
    draw: CommittedDraw,
    who: 'clerk' | 'overseer' | 'participant' | 'otherClerk',
    text: string,
  ) => draw.cast[who].client.post(`/draws/${draw.id}/values/dice/typings`, { text })
  const toDice = (draw: CommittedDraw) =>
    app.clock.advance(draw.commit.close_by * 1000 + 61_000 - app.clock.now().getTime())

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

  it('settles dice when two people of two authorities read the same and two outsiders have signed', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const outsiders = [await joined(app, code), await joined(app, code, { role: 'MEDIA' })] as const
    await closed(draw)
    expect(codeOf(await type(draw, 'clerk', DICE))).toBe('value.early')
    toDice(draw)
    expect(codeOf(await type(draw, 'clerk', '12'))).toBe('value.form')
    const { clerk } = draw.cast
    expect((await type(draw, 'clerk', DICE)).status).toBe(200)
    expect(codeOf(await type(draw, 'clerk', DICE))).toBe('value.typed_before')
    expect(codeOf(await type(draw, 'otherClerk', DICE))).toBe('value.same_authority')
    // Whoever types second is not shown what the first one typed.
    const [source] = (await ceremonyOf(draw.cast.overseer.client, draw.id)).sources
    expect([source?.state, source?.value, source?.mine]).toEqual(['typedOnce', null, false])
    expect((await stateAt(app.anonymous, code)).sources[0]).toMatchObject({ state: 'typedOnce', value: null })
    // One reads wrong: both are told, nothing is settled, and what they read stays.
    expect((await type(draw, 'overseer', DICE.replace('9', '8'))).status).toBe(200)
    const [differed] = (await ceremonyOf(clerk.client, draw.id)).sources
    expect(differed).toMatchObject({ state: 'differed', attempt: 2, value: null })
    expect(differed?.differences[0]?.readings.map(({ text }) => text).toSorted()).toEqual(
      [DICE, DICE.replace('9', '8')].toSorted(),
    )
    await type(draw, 'participant', DICE)
    await type(draw, 'overseer', DICE)
    const naming = { observers: outsiders.map(({ number }) => number) }
    const named = await clerk.client.post(`/draws/${draw.id}/values/dice/outsiders`, naming)
    expect(named.status, named.text).toBe(200)
    const [shown] = (await stateAt(app.anonymous, code)).sources
    expect(shown).toMatchObject({ state: 'signing', value: DICE, by: ['w001', 'w002'], signed: [] })
    const hash = shown!.recordHash!
    await outsiders[0].sign('contrib', hash)
    expect(await app.database.read((reader) => settledValues(reader, draw.id, 0))).toBeUndefined()
    await Promise.all(outsiders.map((phone) => phone.sign('contrib', hash)))
    expect((await stateAt(app.anonymous, code)).sources[0]).toMatchObject({
      state: 'settled',
      signed: ['w001', 'w002'],
    })
    const values = await app.database.read((reader) => settledValues(reader, draw.id, 0))
    expect(values?.map(({ id }) => id)).toEqual(['close', 'dice'])
    expect(recordHash('sha256', { commit: draw.commitHash }, values![1]!)).toBe(hash)
    const leaves = await app.database.read((reader) =>
      reader
        .selectFrom('draws.leaf')
        .select(['type', 'hash'])
        .where('draw_id', '=', draw.id)
        .orderBy('id')
        .execute(),
    )
    expect(leaves.map((leaf) => leaf.type)).toEqual(['commit', 'close', 'record'])
    expect(leaves[2]?.hash).toBe(hash)
    expect(codeOf(await type(draw, 'clerk', DICE))).toBe('value.settled')
    expect((await stateAt(app.anonymous, code)).seed).toBeNull()
  })

  it('lets another outsider sign where a phone fails, and nobody who signed the commitment', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const insider = new Phone(app.anonymous, code)
    const signer = draw.commit.signers[0]!.key
    Object.defineProperty(insider, 'publicKey', { value: signer })
    expect((await insider.join()).status).toBe(201)
    const phones = [await joined(app, code), await joined(app, code), await joined(app, code)] as const
    await closed(draw)
    toDice(draw)
    await type(draw, 'clerk', DICE)
    await type(draw, 'overseer', DICE)
    const name = (...observers: number[]) =>
      draw.cast.clerk.client.post(`/draws/${draw.id}/values/dice/outsiders`, { observers })
    expect(codeOf(await name(1, 2))).toBe('value.outsider_inside')
    expect(codeOf(await name(2, 2))).toBe('value.two_outsiders')
    expect(codeOf(await name(2, 99))).toBe('not_found')
    expect((await name(2, 3)).status).toBe(200)
    const before = (await stateAt(app.anonymous, code)).sources[0]!.recordHash!
    await phones[0].sign('contrib', before)
    expect((await name(2, 4)).status).toBe(200)
    const after = (await stateAt(app.anonymous, code)).sources[0]!.recordHash!
    expect(after).not.toBe(before)
    expect(codeOf(await phones[1].sign('contrib', after))).toBe('room.not_yours')
    await phones[0].sign('contrib', after)
    await phones[2].sign('contrib', after)
    expect((await stateAt(app.anonymous, code)).sources[0]?.state).toBe('settled')
    expect(codeOf(await name(2, 3))).toBe('value.settled')
    expect(publicKeyOf({ by: '', alg: 'ed25519', secret: 'ab'.repeat(32) })).toHaveLength(64)
  })

  it('takes a beacon’s signature of its round, and of no other', async () => {
    const path = new URL('../../../draw/vectors/drand.json', import.meta.url)
    const { beacons } = JSON.parse(readFileSync(path, 'utf8')) as {
      beacons: readonly { chain: string; round: number; signature: string; randomness: string }[]
    }
    const [right, wrong] = beacons.filter(({ chain }) => chain === 'quicknet')
    const beacon = { id: 'beacon', kind: 'drand', round: right!.round }
    const draw = await giveCommitted(app, { sources: () => [beacon] })
    await closed(draw)
    const give = (signature: string) =>
      draw.cast.clerk.client.post(`/draws/${draw.id}/values/beacon/beacon`, { signature })
    expect(codeOf(await give(wrong!.signature))).toBe('value.other_round')
    expect(codeOf(await give('zz'))).toBe('value.form')
    expect(
      codeOf(await draw.cast.clerk.client.post(`/draws/${draw.id}/values/beacon/typings`, { text: '1' })),
    ).toBe('value.is_beacon')
    expect((await give(right!.signature.toUpperCase())).status).toBe(200)
    const values = await app.database.read((reader) => settledValues(reader, draw.id, 0))
    expect(values?.[1]).toMatchObject({ value: right!.randomness, round: right!.round })
  })

  it('fetches a beacon when its round may exist, from the first address that gives the right one', async () => {
    const path = new URL('../../../draw/vectors/drand.json', import.meta.url)
    const { beacons } = JSON.parse(readFileSync(path, 'utf8')) as {
      beacons: readonly { chain: string; round: number; signature: string; randomness: string }[]
    }
    const [right, wrong] = beacons.filter(({ chain }) => chain === 'quicknet')
    const draw = await giveCommitted(app, {
      sources: () => [{ id: 'beacon', kind: 'drand', round: right!.round }],
    })
    const asked: string[] = []
    const server = createServer((request, answer) => {
      asked.push(String(request.url))
      const { signature } = request.url?.startsWith('/forged') ? wrong! : right!
      answer.end(JSON.stringify({ round: right!.round, signature }))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const tools = (...drand: string[]) =>
      ({ recording: { database: app.database, newId: app.newId }, clock: app.clock, drand }) as never
    // Not before the close, whatever the hour: nothing is asked for, and nothing can be known.
    await fetchBeacons(tools(`http://127.0.0.1:${port}/true`), app.clock.now())
    expect(asked).toEqual([])
    await closed(draw)
    const value = () => app.database.read((reader) => settledValues(reader, draw.id, 0))
    await fetchBeacons(tools(), app.clock.now())
    await fetchBeacons(tools(`http://127.0.0.1:${port}/forged`), app.clock.now())
    expect(await value()).toBeUndefined()
    await fetchBeacons(
      tools(`http://127.0.0.1:1/gone`, `http://127.0.0.1:${port}/true/`),
      new Date(app.clock.now().getTime() + 10_000),
    )
    expect((await value())?.[1]).toMatchObject({ id: 'beacon', value: right!.randomness })
    expect(asked.at(-1)).toMatch(/^\/true\/52db9ba7[0-9a-f]{56}\/public\/\d+$/)
    server.close()
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
    toDice(draw)
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

  it('ends a day after the draw has ended, and tells too many guesses to wait', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    expect(codeOf(await joined(app, code).then((phone) => phone.sign('cert', '0'.repeat(64))))).toBe(
      'room.not_yours',
    )
    const statuses: number[] = []
    for (let k = 0; k < 25; k++) statuses.push((await app.anonymous.get('/public/rooms/222222')).status)
    expect(statuses.slice(0, 15).every((status) => status === 404)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    // Who has the right code is not kept out by those who guess.
    expect((await app.anonymous.get(`/public/rooms/${code}`)).status).toBe(200)
  })

  it('knows no dice without the committed source', async () => {
    const draw = await giveCommitted(app, {
      sources: (closeBy) => [dice(closeBy, { id: 'cubes', faces: 6 })],
    })
    await closed(draw)
    toDice(draw)
    expect((await type(draw, 'clerk', DICE)).status).toBe(404)
  })
})
