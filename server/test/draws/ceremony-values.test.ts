import { recordHash, timeOfRound } from '@sunlot/draw'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchBeacons } from '../../src/draws/ceremony/beacons.ts'
import { settledValues } from '../../src/draws/ceremony/values.ts'
import { writeManifest } from '../../src/draws/draws/manifests.store.ts'
import { linkEvent } from '../../src/draws/events/chain.rules.ts'
import { insertEvent } from '../../src/draws/events/events.store.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import { record } from '../../src/platform/record.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import {
  ceremonyOf,
  closed,
  codeOf,
  dice,
  giveCommitted,
  joined,
  openRoom,
  Phone,
  type CommittedDraw,
  stateAt,
  toDice,
} from './ceremony-kit.ts'

const DICE = '0123456789012345678901234'

const path = new URL('../../../draw/vectors/drand.json', import.meta.url)
const { beacons } = JSON.parse(readFileSync(path, 'utf8')) as {
  beacons: readonly { chain: string; round: number; signature: string; randomness: string }[]
}
const [right, wrong] = beacons.filter(({ chain }) => chain === 'quicknet')

onEachEngine((kind) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp(kind)
    await app.start()
  }, 60_000)
  afterAll(() => app.close())

  const type = (
    draw: CommittedDraw,
    who: 'clerk' | 'overseer' | 'participant' | 'otherClerk',
    text: string,
  ) => draw.cast[who].client.post(`/draws/${draw.id}/values/dice/typings`, { text })

  it('settles dice when two people of two authorities read the same and two outsiders have signed', async () => {
    const draw = await giveCommitted(app)
    const code = await openRoom(draw)
    const outsiders = [await joined(app, code), await joined(app, code, { role: 'MEDIA' })] as const
    await closed(draw)
    expect(codeOf(await type(draw, 'clerk', DICE))).toBe('value.early')
    toDice(app, draw)
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
    toDice(app, draw)
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
  })

  it('takes a beacon’s signature of its round, and of no other', async () => {
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
      ({
        recording: { database: app.database, newId: app.newId },
        clock: app.clock,
        log: app.log.published,
        drand,
      }) as never
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

  it('fetches the beacon of a substitute too, by the round that its event names', async () => {
    const draw = await giveCommitted(app)
    await closed(draw)
    const source = { id: 'fresh', kind: 'drand', round: right!.round } as const
    const { clerk, head } = draw.cast
    const [by, approvedBy] = [clerk.personId, head.personId]
    const said = {
      type: 'substitute',
      id: 'a'.repeat(48),
      reason: 'special',
      evidence: 'e'.repeat(64),
      source,
    } as const
    const at = timeOfRound(right!.round) - 30
    const link = {
      alg: 'sha256',
      draw: draw.name,
      n: 1,
      prev: draw.commitHash,
      by: 'p1',
      approvedBy: 'p2',
      at,
    } as const
    const built = linkEvent(said, link)
    const now = app.clock.now()
    const recording = { database: app.database, newId: app.newId }
    await record(recording, SYSTEM, { action: 'test.prepare' }, async (writer) => {
      await writeManifest(writer, { drawId: draw.id, name: 'events/0001.json', built, at: now })
      const { type, reason, evidence, id: alias } = said
      const event = {
        drawId: draw.id,
        n: 1,
        type,
        reason,
        evidence,
        code: null,
        alias,
        entered: null,
        source,
      }
      await insertEvent(writer, { ...event, by, approvedBy, at: now })
    })
    const give = (signature: string) =>
      clerk.client.post(`/draws/${draw.id}/values/fresh/beacon`, { signature, eventN: 1 })
    expect(codeOf(await give(wrong!.signature))).toBe('value.other_round')
    const server = createServer((_request, answer) =>
      answer.end(JSON.stringify({ round: right!.round, signature: right!.signature })),
    ).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const tools = { recording, clock: app.clock, log: app.log.published, drand: [`http://127.0.0.1:${port}`] }
    await fetchBeacons(tools as never, now)
    const values = await app.database.read((reader) => settledValues(reader, draw.id, 1))
    expect(values).toMatchObject([{ id: 'fresh', value: right!.randomness, round: right!.round }])
    server.close()
  })

  it('knows no dice without the committed source', async () => {
    const draw = await giveCommitted(app, {
      sources: (closeBy) => [dice(closeBy, { id: 'cubes', faces: 6 })],
    })
    await closed(draw)
    toDice(app, draw)
    expect((await type(draw, 'clerk', DICE)).status).toBe(404)
  })
})
