// A committed draw of the fictional county as its room finds it: the frozen lists of the specification's example, under a
// commitment of its own. What comes before it is other tests' business.

import { type Alg, canonical, type Commitment, type Json, publicKeyOf, signHash, tag } from '@sunlot/draw'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect } from 'vitest'
import { type App, buildApp } from '../../src/app.ts'
import { appendLeaf, writeManifest } from '../../src/draws/draws/manifests.store.ts'
import { authorityCode, closeSecrets, newSecrets, publicKeyOfAuthority } from '../../src/draws/draws/keys.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import { Files } from '../../src/platform/files/files.ts'
import { settingsFrom } from '../../src/platform/settings.ts'
import { record } from '../../src/platform/record.ts'
import { type Answer, Client, LAW, type TestApp } from '../support/app.ts'
import { COUNTY, giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'
import { giveTask, tasksCast } from '../tasks/tasks-kit.ts'

const EXAMPLE = join(import.meta.dirname, '../../../draw/spec/example')
const ALG: Alg = 'sha256'

/** Who runs a ceremony. */
export interface CeremonyCast {
  readonly clerk: GivenPerson
  readonly otherClerk: GivenPerson
  readonly head: GivenPerson
  /** Of the authority that oversees. */
  readonly overseer: GivenPerson
  readonly lead: string
  readonly oversight: string
  readonly participant: GivenPerson
  readonly participantId: string
}

/** A draw that is committed. */
export interface CommittedDraw {
  readonly id: string
  readonly name: string
  readonly commit: Commitment
  readonly commitHash: string
  readonly cast: CeremonyCast
}

/** What a test has otherwise than twenty-five dice, thrown a minute after a close that is due in ten. */
export interface DrawSaid {
  readonly closeInSeconds?: number
  readonly sources?: (closeBy: number) => readonly object[]
  readonly isSealed?: boolean
  readonly maxConflicts?: { readonly num: number; readonly den: number }
}

export const dice = (closeBy: number, over: object = {}): object => ({
  id: 'dice',
  kind: 'dice',
  faces: 10,
  count: 25,
  not_before: closeBy + 60,
  roller: 'visitor-1',
  ...over,
})

let draws = 0

/** Commits a draw, without freezing anything. */
export async function giveCommitted(app: TestApp, said: DrawSaid = {}): Promise<CommittedDraw> {
  const cast = await ceremonyCast(app)
  const taskId = await taskOf(app, cast)
  const now = app.clock.now()
  const at = Math.floor(now.getTime() / 1000)
  const closeBy = at + (said.closeInSeconds ?? 600)
  const id = app.newId()
  const recording = { database: app.database, newId: app.newId }
  const parts = { secrets: app.secrets, recording, clock: app.clock }
  const isSealed = said.isSealed ?? false
  const secrets = newSecrets(isSealed)
  const lists = await storeLists(app)
  return record(recording, SYSTEM, { action: 'test.prepare' }, async (writer) => {
    const codes = {
      lead: await authorityCode(writer, cast.lead),
      over: await authorityCode(writer, cast.oversight),
    }
    const keys = [
      { by: codes.lead, role: 'authority', ...(await publicKeyOfAuthority(writer, parts, cast.lead)) },
      { by: codes.over, role: 'oversight', ...(await publicKeyOfAuthority(writer, parts, cast.oversight)) },
    ]
    const holders = { authority: codes.lead, oversight: codes.over }
    const example = JSON.parse(readFileSync(join(EXAMPLE, 'commit.json'), 'utf8')) as Commitment
    const name = `${codes.lead}-2026-1-${id.slice(-12)}`
    const commit = {
      ...example,
      draw_id: name,
      seq: ++draws,
      ...(draws > 1 ? { prev: tag(ALG, 'commit', name) } : {}),
      authority: codes.lead,
      oversight: codes.over,
      at,
      close_by: closeBy,
      certify_by: closeBy + 86_400,
      sealed: isSealed,
      ...(isSealed ? { open_at: closeBy + 172_800 } : {}),
      matching: { ...example.matching, max_conflicts: said.maxConflicts ?? { num: 1, den: 4 } },
      signers: keys,
      sources: [
        { id: 'close', kind: 'close' },
        ...(said.sources?.(closeBy) ?? [dice(closeBy)]),
        ...secrets.sealed.map(({ id: source, value }) => ({
          id: source,
          kind: 'server',
          holder: holders[source],
          secret: tag(ALG, 'secret', value),
        })),
      ],
    } as unknown as Commitment
    const text = canonical(commit as unknown as Json)
    const hash = tag(ALG, 'commit', text)
    await writer
      .insertInto('draws.draw')
      .values({
        id,
        name,
        task_id: taskId,
        division_code: COUNTY,
        lead_authority_id: cast.lead,
        oversight_authority_id: cast.oversight,
        party_ids: [cast.lead, cast.participantId, cast.oversight],
        serial: 1,
        plan_ref: `task-${taskId}`,
        draw_no: 1,
        state: 'committed',
        is_sealed: isSealed,
        mode: 'teams',
        law_version: hash,
        snapshot_at: now,
        figures: JSON.stringify(FIGURES),
        findings: '[]',
        prepared: '{}',
        secrets_cipher: closeSecrets(app.secrets, secrets),
        seq: commit.seq,
        close_by: new Date(closeBy * 1000),
        certify_by: new Date((closeBy + 86_400) * 1000),
        open_at: isSealed ? new Date((closeBy + 172_800) * 1000) : null,
        commit_hash: hash,
        frozen_by: cast.clerk.personId,
        frozen_at: now,
        committed_by: cast.head.personId,
        committed_at: now,
      })
      .execute()
    await writer
      .insertInto('draws.draw_list')
      .values(lists.map((list) => ({ draw_id: id, is_result: false, ...list })))
      .execute()
    const leaf = {
      v: 'vdp1',
      type: 'commit',
      draw: name,
      hash,
      at,
      authority: codes.lead,
      seq: commit.seq,
    } as const
    const leafId = await appendLeaf(writer, id, {
      ...leaf,
      prev: commit.prev,
      plan_ref: commit.plan.ref,
      draw_no: 1,
    })
    const built = { bytes: new TextEncoder().encode(text), hash }
    await writeManifest(writer, { drawId: id, name: 'commit.json', built, leafId, at: now })
    return { id, name, commit, commitHash: hash, cast }
  })
}

const FIGURES = {
  scopeCount: 9,
  population: 8,
  exclusions: [{ code: 'NOT_ACTIVE', subjects: 1 }],
  strata: [
    { code: 'food/A', rows: 4, n: 1 },
    { code: 'food/C', rows: 4, n: 1 },
  ],
  demands: [],
  pools: [],
  classes: [],
  conflicts: 0,
  short: 0,
  teams: 3,
}

async function ceremonyCast(app: TestApp): Promise<CeremonyCast> {
  const lead = await giveAuthority(app, { division: COUNTY })
  const oversight = await giveAuthority(app, { division: COUNTY, name: '青石县司法局' })
  const participantId = await giveAuthority(app, { division: COUNTY, name: '青石县文化和旅游局' })
  return {
    lead,
    oversight,
    participantId,
    clerk: await givePerson(app, { authority: lead, roles: ['clerk'] }),
    otherClerk: await givePerson(app, { authority: lead, roles: ['clerk'] }),
    head: await givePerson(app, { authority: lead, roles: ['unitHead'] }),
    overseer: await givePerson(app, { authority: oversight, roles: ['oversight'] }),
    participant: await givePerson(app, { authority: participantId, roles: ['clerk'] }),
  }
}

async function taskOf(app: TestApp, _cast: CeremonyCast): Promise<string> {
  return giveTask(await tasksCast(app, 1))
}

async function storeLists(app: TestApp) {
  const files = new Files(join(app.folder, 'files'), app.secrets)
  const names = ['attributes', 'conflicts', 'exclusions', 'inspectors', 'population', 'rejected', 'short']
  return Promise.all(
    names.map(async (name) => {
      const bytes = readFileSync(join(EXAMPLE, `${name}.tsv`))
      const stored = await files.put(Readable.from([bytes]), 1 << 20)
      const rows = bytes.toString().split('\n').length - 1
      return { name: `${name}.tsv`, file_hash: stored.hash, bytes: stored.bytes, rows }
    }),
  )
}

/** Why an answer refuses. */
export const codeOf = (answer: { readonly body: object }) => (answer.body as { code?: string }).code

/** Moves the clock to when the dice may be thrown. */
export function toDice(app: TestApp, { commit }: CommittedDraw): void {
  app.clock.advance(commit.close_by * 1000 + 61_000 - app.clock.now().getTime())
}

/** Somebody in the room, with a device that has a key. */
export class Phone {
  /** Another server may answer it, after a restart. */
  client: Client
  readonly code: string
  readonly #key = { by: '', alg: 'ed25519', secret: randomBytes(32).toString('hex') } as const
  token = ''
  number = 0
  mark = ''

  constructor(client: Client, code: string) {
    this.client = client
    this.code = code
  }

  get publicKey(): string {
    return publicKeyOf(this.#key)
  }

  async join(more: object = {}): Promise<Answer> {
    const answer = await this.client.post(`/public/rooms/${this.code}/observers`, {
      role: 'PEOPLES_CONGRESS_DEPUTY',
      publicKey: this.publicKey,
      ...more,
    })
    const { token, number, mark } = answer.body as { token?: string; number?: number; mark?: string }
    this.token = token ?? ''
    this.number = number ?? 0
    this.mark = mark ?? ''
    return answer
  }

  contribute(text: string): Promise<Answer> {
    return this.client.put(`/public/rooms/${this.code}/contribution`, { text }, this.#headers())
  }

  sign(tagged: 'contrib' | 'cert', hash: string, value?: string): Promise<Answer> {
    const signed = value ?? signHash({ ...this.#key, by: this.mark }, tagged, hash).value
    const body = { tag: tagged, hash, value: signed }
    return this.client.post(`/public/rooms/${this.code}/signatures`, body, this.#headers())
  }

  #headers(): Record<string, string> {
    return { 'x-observer': this.token }
  }
}

/** The code of the room of a draw, opened by its clerk. */
export async function openRoom(draw: CommittedDraw): Promise<string> {
  const answer = await draw.cast.clerk.client.post(`/draws/${draw.id}/room`)
  expect(answer.status, answer.text).toBe(200)
  return (answer.body as unknown as { room: { code: string } }).room.code
}

/** A phone that has come in. */
export async function joined(
  app: { readonly anonymous: Client },
  code: string,
  more: object = {},
): Promise<Phone> {
  const phone = new Phone(app.anonymous, code)
  const answer = await phone.join(more)
  expect(answer.status, answer.text).toBe(201)
  return phone
}

/** What a room shows now. */
export async function stateAt(client: Client, code: string) {
  const answer = await client.get(`/public/rooms/${code}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body as unknown as RoomShown
}

export interface SourceShown {
  readonly id: string
  readonly state: string
  readonly attempt: number
  readonly value: string | null
  readonly by: readonly string[]
  readonly signed: readonly string[]
  readonly recordHash: string | null
}

export interface RoomShown {
  readonly revision: number
  readonly step: number
  readonly state: string
  readonly observers: readonly {
    readonly number: number
    readonly role: string
    readonly contributed: string | null
  }[]
  readonly contributions: readonly {
    readonly id: string
    readonly value: string
    readonly note: string | null
  }[]
  readonly close: { readonly hash: string | null; readonly signed: boolean } | null
  readonly sources: readonly SourceShown[]
  readonly seed: string | null
  readonly commit: { readonly hash: string; readonly file: string }
}

/** What those who run it are shown. */
export interface CeremonyShown {
  readonly state: string
  readonly version: number
  readonly room: { readonly code: string } | null
  readonly countersignature: { readonly needed: boolean; readonly signed: boolean }
  readonly close: {
    readonly hash: string
    readonly preflight: string
    readonly failure: { readonly code: string } | null
  } | null
  readonly sources: readonly (SourceShown & {
    readonly mine: boolean
    readonly differences: readonly {
      readonly attempt: number
      readonly readings: readonly { readonly text: string }[]
    }[]
    readonly can: Readonly<Record<string, { readonly code: string } | null>>
  })[]
  readonly can: Readonly<Record<string, { readonly code: string } | null>>
}

export async function ceremonyOf(client: Client, id: string): Promise<CeremonyShown> {
  const answer = await client.get(`/draws/${id}/ceremony`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body as unknown as CeremonyShown
}

/** Contributions stopped, preflight passed. Gives the hash to sign. */
export async function closing(draw: CommittedDraw): Promise<string> {
  const { clerk } = draw.cast
  const answer = await clerk.client.post(`/draws/${draw.id}/closing`)
  expect(answer.status, answer.text).toBe(200)
  await expect
    .poll(async () => (await ceremonyOf(clerk.client, draw.id)).close?.preflight, {
      timeout: 60_000,
      interval: 100,
    })
    .toBe('passed')
  return (await ceremonyOf(clerk.client, draw.id)).close!.hash
}

/** Closed, as the oversight authority signs it. */
export async function closed(draw: CommittedDraw): Promise<string> {
  const hash = await closing(draw)
  const answer = await draw.cast.overseer.client.post(`/draws/${draw.id}/close`, { hash })
  expect(answer.status, answer.text).toBe(200)
  return hash
}

/** Another server on the same database, as after a restart; `clientOf` speaks to it as the same person did before. */
export async function restarted(
  app: TestApp,
): Promise<App & { readonly clientOf: (client: Client) => Client }> {
  const next = await buildApp({
    engine: app.migrated.engine,
    clock: app.clock,
    log: app.log.published,
    settings: settingsFrom({ SUNLOT_FOLDER: app.folder, SUNLOT_DRAND: 'none' }),
    secrets: app.secrets,
    law: LAW,
    logger: false,
  })
  return { ...next, clientOf: ({ token }) => new Client(next, token) }
}
