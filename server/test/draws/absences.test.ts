// People who cannot come, one after another, at random: who comes instead is each time the one whom the protocol names, as these
// few lines compute it from the public values alone.

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { publicKeyEd25519, recordHash, signEd25519, toHex, utf8 } from '@sunlot/draw'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SYSTEM } from '../../src/platform/actor.ts'
import { Files } from '../../src/platform/files/files.ts'
import { record } from '../../src/platform/record.ts'
import { Refused } from '../../src/platform/refusal.ts'
import { setRecord, settle } from '../../src/draws/ceremony/values.store.ts'
import { drawItself, lockDrawItself } from '../../src/draws/draws/draws.store.ts'
import { listsOfDraw } from '../../src/draws/draws/lists.store.ts'
import { appendLeaf, insertSignature, manifestsOf } from '../../src/draws/draws/manifests.store.ts'
import { addEvent, tryEvent } from '../../src/draws/events/adding.ts'
import { eventsOf } from '../../src/draws/events/events.store.ts'
import { freshSourceOf } from '../../src/draws/events/replacements.rules.ts'
import { settleFresh } from '../../src/draws/events/settling.ts'
import { onPostgres } from '../support/engines.ts'
import { giveInspectors } from '../tasks/consultation-kit.ts'
import {
  afresh,
  agree,
  agreedTask,
  certified,
  type ClosedDraw,
  drawsApp,
  type DrawsApp,
  type DrawsCast,
} from './draws-kit.ts'
import { verified } from './verified-kit.ts'

const SOAK = process.env['SOAK'] === '1'
const ABSENCES = SOAK ? 1_000 : 12
const OF_ONE_DRAW = SOAK ? 100 : 12
const PEOPLE_MORE = SOAK ? 40 : 3

onPostgres(() => {
  let app: DrawsApp
  let cast: DrawsCast

  beforeAll(async () => {
    app = await drawsApp('postgres')
    cast = await agreedTask(app)
    const inspectors = new Map(cast.inspectors)
    for (const one of [cast.lead, cast.other, cast.third]) {
      const more = await giveInspectors(app, one, PEOPLE_MORE)
      inspectors.set(one.authority, [...(inspectors.get(one.authority) ?? []), ...more])
    }
    cast = { ...cast, inspectors }
  }, 600_000)
  afterAll(async () => app.close())

  it(`draws whom the protocol names, ${ABSENCES} times`, async () => {
    let done = 0
    let hopeless = 0
    for (let mode = 0; done + hopeless < ABSENCES; mode++) {
      const task = mode % 2 === 0 ? { matching: 'teams', teamCount: 1 } : {}
      cast = await afresh(app, cast)
      const draw = await certified(app, { cast: { ...cast, task: await agree(cast, task) } })
      const mine = new Protocol(await filesOf(draw))
      for (let k = 0; k < OF_ONE_DRAW && done + hopeless < ABSENCES; k++) {
        const said = await absent(draw, mine, `${mode} ${k}`)
        if (said === 'nobody') hopeless++
        else done++
      }
      await app.growing.turn()
      const report = await verified(app, draw, 'L2')
      expect(report.checks.filter(({ holds }) => holds !== 'yes')).toEqual([])
      expect(report.verdict).toBe('verified')
    }
    expect(done).toBeGreaterThan(ABSENCES / 2)
  }, 3_600_000)

  /** Somebody at a place of a draw, by a chance that a failed test can repeat, cannot come. */
  async function absent(draw: ClosedDraw, mine: Protocol, name: string): Promise<string> {
    const { place, alias } = mine.somebody(name)
    const now = app.clock.now()
    const at = Math.floor(now.getTime() / 1000)
    const [by, approvedBy] = [draw.cast.lead.clerk.personId, draw.cast.lead.head.personId]
    const parts = { recording: recording(), files: files(), secrets: app.secrets }
    const source = freshSourceOf('dice', { at })
    const subject = mine.isTeams ? {} : { subject: place }
    const evidence = sha256(name)
    const act = { action: 'replacement.approve', about: { type: 'draw', id: draw.id } } as const
    const said = { type: 'substitute', alias, ...subject, reason: 'special', evidence, source } as const
    const given = { ...said, by, approvedBy, now }
    const add = async () => {
      const trial = await tryEvent(parts, async (reader) => {
        const row = await drawItself(reader, draw.id)
        return row && { draw: row, given }
      })
      return record(recording(), SYSTEM, act, async (writer) =>
        addEvent(writer, parts, (await lockDrawItself(writer, draw.id))!, given, trial),
      )
    }
    const added = await add().catch((error: unknown) => {
      if (error instanceof Refused && error.refusal.code === 'replacement.hopeless') return undefined
      throw error
    })
    const candidates = mine.candidates(place, alias)
    expect(added === undefined).toBe(candidates.length === 0)
    if (!added) return 'nobody'
    await app.growing.turn()
    await app.later(61_000)
    const value = [...sha256(`dice ${name}`)]
      .map((c) => Number.parseInt(c, 16) % 10)
      .slice(0, 10)
      .join('')
    await signed(draw, { ...added, value })
    await settleFresh(tools(), app.clock.now())
    const events = await app.database.read((reader) => eventsOf(reader, draw.id))
    const named = mine.enters({ n: added.n, event: added.hash, value, candidates })
    expect(events.find(({ n }) => n === added.n)?.entered).toBe(named)
    mine.replace(place, alias, named)
    return named
  }

  /** What fell, with the signatures of two outsiders under its record. */
  async function signed(
    draw: ClosedDraw,
    { n, hash, value }: { n: number; hash: string; value: string },
  ): Promise<void> {
    const now = app.clock.now()
    const outsiders = draw.observers.slice(0, 2)
    const by = outsiders.map(({ mark }) => mark).toSorted()
    const at = Math.floor(now.getTime() / 1000)
    const of = recordHash('sha256', { event: hash }, { id: 'fresh', value, at, by })
    const key = { drawId: draw.id, eventN: n, source: 'fresh' }
    await record(recording(), SYSTEM, { action: 'draw.nameOutsiders' }, async (writer) => {
      await setRecord(writer, key, { value, at: new Date(at * 1000), by, recordHash: of })
      for (const { mark, secret } of outsiders) {
        const signature = toHex(signEd25519(secret, utf8(of)))
        const key1 = toHex(publicKeyEd25519(secret))
        const made = {
          of: 'contrib',
          hash: of,
          by: mark,
          alg: 'ed25519',
          key: key1,
          value: signature,
        } as const
        await insertSignature(writer, draw.id, { ...made, now })
      }
      await appendLeaf(writer, draw.id, { v: 'vdp1', type: 'record', draw: draw.name, hash: of, at })
      await settle(writer, key, now)
    })
  }

  async function filesOf({ id }: ClosedDraw): Promise<ReadonlyMap<string, string>> {
    return app.database.read(async (reader) => {
      const texts = new Map([...(await manifestsOf(reader, id))].map(([name, { body }]) => [name, body]))
      for (const { name, fileHash } of await listsOfDraw(reader, id)) {
        const chunks: Buffer[] = []
        for await (const chunk of await files().read(fileHash)) chunks.push(chunk as Buffer)
        texts.set(name, Buffer.concat(chunks).toString())
      }
      return texts
    })
  }

  function files(): Files {
    return new Files(join(app.folder, 'files'), app.secrets)
  }
  function recording() {
    return { database: app.database, newId: app.newId }
  }
  function tools() {
    const tell = () => Promise.resolve()
    const { clock, secrets, log } = app
    const parts = { recording: recording(), clock, secrets, log: log.published, files: files(), tell }
    return parts as unknown as Parameters<typeof settleFresh>[0]
  }
})

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The rules of section 7 of draw-v1, once more and by hand; the items of this county ask for no class. */
class Protocol {
  readonly #seed: string
  readonly #commit: string
  readonly #authorityOf: ReadonlyMap<string, string>
  readonly #conflicts: ReadonlyMap<string, readonly string[]>
  readonly #places = new Map<string, string[]>()
  readonly #left = new Set<string>()
  readonly #held = new Map<string, string[]>()
  readonly isTeams: boolean

  constructor(texts: ReadonlyMap<string, string>) {
    const lines = (name: string) =>
      (texts.get(name) ?? '')
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t'))
    const listed = (name: string) =>
      new Map(lines(name).map(([id = '', all = '']) => [id, all.split(',').filter(Boolean)]))
    const { seed } = JSON.parse(texts.get('certificate.json')!) as { seed: string }
    this.#seed = seed
    this.#commit = sha256(`vdp1:commit\n${texts.get('commit.json')}`)
    this.#authorityOf = new Map(
      lines('inspectors.tsv').map(([alias = '', authority = '']) => [alias, authority]),
    )
    this.#conflicts = listed('conflicts.tsv')
    this.isTeams = texts.has('teams.tsv')
    const assigned = [...texts.keys()].filter(
      (name) => name === 'teams.tsv' || name.startsWith('assignment-d'),
    )
    for (const name of assigned)
      for (const [place, aliases] of listed(name))
        this.#places.set(place, [...(this.#places.get(place) ?? []), ...aliases])
    for (const [code = '', team = ''] of this.isTeams ? lines('assignment.tsv') : [])
      this.#held.set(team, [...(this.#held.get(team) ?? []), code])
  }

  somebody(name: string): { place: string; alias: string } {
    const all = [...this.#places].flatMap(([place, aliases]) => aliases.map((alias) => ({ place, alias })))
    return all[Number.parseInt(sha256(name).slice(0, 8), 16) % all.length]!
  }

  candidates(place: string, leaver: string): readonly string[] {
    const busy = new Set(this.isTeams ? [...this.#places.values()].flat() : this.#places.get(place))
    const visited = this.isTeams ? (this.#held.get(place) ?? []) : [place]
    return [...this.#authorityOf]
      .filter(([alias, authority]) => authority === this.#authorityOf.get(leaver) && !busy.has(alias))
      .filter(([alias]) => !this.#left.has(alias))
      .filter(([alias]) => !visited.some((code) => this.#conflicts.get(alias)?.includes(code)))
      .map(([alias]) => alias)
  }

  enters(of: { n: number; event: string; value: string; candidates: readonly string[] }): string {
    const { n, event, value, candidates } = of
    const values = `[{"id":"fresh","value":"${value}"}]`
    const seed = `{"commit":"${this.#commit}","event":"${event}","parent":"${this.#seed}","values":${values}}`
    const key = sha256(`vdp1:key\n${sha256(`vdp1:seed\n${seed}`)}\nsubstitute/${n}`)
    const ticket = (alias: string) => `${sha256(key + alias)} ${alias}`
    return candidates.toSorted((a, b) => (ticket(a) < ticket(b) ? -1 : 1))[0] ?? ''
  }

  replace(place: string, leaver: string, enters: string): void {
    this.#left.add(leaver)
    this.#places.set(
      place,
      (this.#places.get(place) ?? []).map((alias) => (alias === leaver ? enters : alias)),
    )
  }
}
