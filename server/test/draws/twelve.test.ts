// Twelve things decide a draw. After the commitment each is tried to be changed: through the interface, in SQL with the
// rights of the server, and in the stored bytes with the rights of whoever owns the machine. All are refused (I2).

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Commitment } from '@sunlot/draw'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listsOfDraw } from '../../src/draws/draws/lists.store.ts'
import { drawItself } from '../../src/draws/draws/draws.store.ts'
import { witnessedPlaces } from '../../src/draws/draws/places.ts'
import { closedManifests, layOutFrozen } from '../../src/draws/drawing/frozen.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import { Files } from '../../src/platform/files/files.ts'
import { runnerOf } from '../../src/platform/log/index.ts'
import { record } from '../../src/platform/record.ts'
import { matching, scopeOf, versionOf } from '../plans/plans-kit.ts'
import { onEachEngine } from '../support/engines.ts'
import { partOf } from '../tasks/consultation-kit.ts'
import {
  again,
  type ClosedDraw,
  drawsApp,
  type DrawsApp,
  inState,
  pressAll,
  settled,
  shown,
} from './draws-kit.ts'

/** What is tried through the interface. */
type Try = (draw: ClosedDraw) => Promise<{ readonly status: number; readonly text: string }>

const task =
  (change: object): Try =>
  async ({ cast }) => {
    const { client } = cast.lead.clerk
    const version = versionOf(await client.get(`/tasks/${cast.task}`))
    return client.patch(`/tasks/${cast.task}`, version, change)
  }
const part =
  (change: object): Try =>
  async ({ cast }) => {
    const { client } = cast.other.clerk
    const { id, version } = await partOf(client, cast.task, cast.other.authority)
    return client.patch(`/participations/${id}`, version, change)
  }
const commitment =
  (change: object): Try =>
  async ({ app, cast, id }) => {
    const head = await again(app, cast.lead.head)
    const closeBy = new Date(app.clock.now().getTime() + 3_600_000).toISOString()
    const body = { closeBy, sources: [{ kind: 'dice', faces: 6, count: 40 }], ...change }
    return head.post(`/draws/${id}/commitment`, body, matching(versionOf(await head.get(`/draws/${id}`))))
  }

interface Parameter {
  readonly name: string
  readonly tries: readonly Try[]
  /** Statements about the draw `$id`, as the server's own role. */
  readonly statements: readonly string[]
  /** The stored file, or the manifest, that says it. */
  readonly said: string
}

const list = (name: string) => [
  `update draws.draw_list set file_hash = repeat('0', 64) where draw_id = $id and name = '${name}'`,
  `delete from draws.draw_list where draw_id = $id and name = '${name}'`,
]
const column = (set: string) => [`update draws.draw set ${set} where id = $id`]
const manifest = (name: string) => [
  `update draws.manifest set body = replace(body, '1', '2') where draw_id = $id and name = '${name}'`,
  `delete from draws.manifest where draw_id = $id and name = '${name}'`,
]

const TWELVE: readonly Parameter[] = [
  {
    name: 'who is drawn from',
    tries: [task({ scope: scopeOf('990101', { classes: ['A'] }) })],
    statements: list('population.tsv'),
    said: 'population.tsv',
  },
  {
    name: 'who is left out by name',
    tries: [
      ({ cast }) =>
        cast.lead.clerk.client.post(`/tasks/${cast.task}/exclusions`, {
          subjectId: cast.subjects[2],
          reason: '打过招呼',
          evidence: '没有材料',
        }),
    ],
    statements: list('exclusions.tsv'),
    said: 'exclusions.tsv',
  },
  {
    name: 'by what it is cut into strata',
    tries: [task({ strataBy: 'class' })],
    statements: column(`figures = '{}'`),
    said: 'plan.json',
  },
  {
    name: 'how many are drawn',
    tries: [task({ design: { kind: 'ratio', ratio: 100 } })],
    statements: column(`prepared = '{}'`),
    said: 'plan.json',
  },
  {
    name: 'which items each subject is inspected on',
    tries: [part({ itemIds: [] })],
    statements: list('demands.tsv'),
    said: 'demands.tsv',
  },
  {
    name: 'who takes part',
    tries: [
      ({ cast }) =>
        cast.lead.clerk.client.put(`/tasks/${cast.task}/participations/${cast.oversightAuthority}`, {
          members: 1,
        }),
      async ({ cast }) => {
        const { client } = cast.lead.clerk
        const { id, version } = await partOf(client, cast.task, cast.third.authority)
        return client.post(`/participations/${id}/release`, { reason: '不参加了' }, matching(version))
      },
    ],
    statements: column(`party_ids = party_ids || gen_random_uuid()`),
    said: 'commit.json',
  },
  {
    name: 'who may be drawn to inspect',
    tries: [part({ pool: [], drawn: 2 })],
    statements: [
      ...list('inspectors.tsv'),
      `delete from draws.drawn_from where draw_id = $id`,
      `update draws.drawn_from set alias = repeat('0', 48) where draw_id = $id`,
    ],
    said: 'inspectors.tsv',
  },
  {
    name: 'how many inspect, and what they must be able to do',
    tries: [part({ members: 1 }), part({ classes: ['食品'] })],
    statements: list('attributes.tsv'),
    said: 'attributes.tsv',
  },
  {
    name: 'how many subjects one may get, and how even it must be',
    tries: [task({ loadCap: 1 }), task({ tauHundredths: 1 })],
    statements: manifest('commit.json'),
    said: 'commit.json',
  },
  {
    name: 'teams or single inspectors',
    tries: [task({ matching: 'teams', teamCount: 2 })],
    statements: column(`mode = 'teams'`),
    said: 'commit.json',
  },
  {
    name: 'the sources',
    tries: [commitment({ sources: [{ kind: 'drand' }] })],
    statements: [...manifest('plan.json'), ...column(`commit_hash = repeat('0', 64)`)],
    said: 'commit.json',
  },
  {
    name: 'the times, and whether it is sealed',
    tries: [
      commitment({}),
      ({ cast }) => cast.lead.clerk.client.post(`/tasks/${cast.task}/draws`, { sealed: true }),
      ({ cast, id }) => cast.lead.clerk.client.patch(`/draws/${id}`, 1, { closeBy: '2027-01-01T00:00:00Z' }),
    ],
    statements: [
      ...column(`close_by = close_by + interval '1 hour'`),
      ...column(`is_sealed = true, open_at = close_by`),
      ...column(`secrets_cipher = ''`),
      ...column(`state = 'frozen', commit_hash = null, seq = null`),
    ],
    said: 'commit.json',
  },
]

onEachEngine((kind) => {
  describe('after the commitment', () => {
    let app: DrawsApp
    let draw: ClosedDraw

    beforeAll(async () => {
      app = await drawsApp(kind)
      draw = await settled(app)
    }, 180_000)
    afterAll(() => app?.close())

    it.each(TWELVE)('$name cannot be changed through the interface', async ({ tries }) => {
      for (const attempt of tries) {
        const { status, text } = await attempt(draw)
        expect(status, text).toBeGreaterThanOrEqual(404)
        expect(status, text).toBeLessThan(500)
      }
    })

    it.each(TWELVE)('$name cannot be changed in SQL', async ({ statements }) => {
      const before = await everything(app, draw.id)
      for (const statement of statements) {
        const text = statement.replaceAll('$id', `'${draw.id}'`)
        const act = { action: 'draw.tamper' }
        const parts = { database: app.database, newId: app.newId }
        await expect(
          record(parts, SYSTEM, act, (writer) => sql.raw(text).execute(writer)),
          statement,
        ).rejects.toThrow()
      }
      expect(await everything(app, draw.id)).toBe(before)
    })

    it.each(TWELVE)(
      '$name cannot be changed in what is stored: nothing is drawn from it',
      async ({ said }) => {
        await expect(checked(app, draw.id)).resolves.toBeUndefined()
        const undo = await alter(app, draw.id, said)
        try {
          // Empty lists are one file: any of them may be the one that is named.
          const found = await checked(app, draw.id).catch((error: unknown) => error)
          expect(found).toMatchObject({ refusal: { code: 'draw.frozen_differs' } })
        } finally {
          await undo()
        }
      },
    )

    it('a task with a commitment cannot be cancelled, and a press over altered bytes ends without a certificate', async () => {
      const cancelled = await draw.cast.lead.head.client.post(`/tasks/${draw.cast.task}/cancellation`, {
        reason: '重来一次',
      })
      expect(cancelled.body).toMatchObject({ code: 'task.draw_stands' })
      await alter(app, draw.id, 'commit.json')
      await pressAll(draw)
      await inState(draw, 'drawing')
      for (let k = 0; k < 100 && (await shown(draw)).failure === null; k++)
        await new Promise((resolve) => setTimeout(resolve, 100))
      expect(await shown(draw)).toMatchObject({
        state: 'drawing',
        certificateHash: null,
        failure: { code: 'draw.frozen_differs' },
      })
    })
  })
})

const toolsOf = (app: DrawsApp) => ({
  recording: { database: app.database, newId: app.newId },
  files: new Files(join(app.folder, 'files'), app.secrets),
  log: app.log.published,
  sql: runnerOf(app.migrated.engine.pool),
})

/** What the draw itself does before it draws. */
async function checked(app: DrawsApp, id: string): Promise<void> {
  const tools = toolsOf(app)
  const row = await app.database.read((reader) => drawItself(reader, id))
  const places = await witnessedPlaces(tools as never, id)
  if (!row || !places) throw new Error('not witnessed')
  const { commitment } = await closedManifests(tools, row, places)
  const folder = mkdtempSync(join(tmpdir(), 'frozen-'))
  try {
    await layOutFrozen(tools, id, { commitment: commitment as Commitment, folder })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Changes what is stored, with all rights; gives what puts it back. */
async function alter(app: DrawsApp, id: string, said: string): Promise<() => Promise<void>> {
  if (said.endsWith('.json')) {
    const at = `where draw_id = '${id}' and name = '${said}'`
    const write = (expression: string) =>
      app.migrated.superuser.query(
        `alter table draws.manifest disable trigger all;
         update draws.manifest set body = ${expression} ${at};
         alter table draws.manifest enable trigger all`,
      )
    const { rows } = await app.migrated.superuser.query<{ body: string }>(
      `select body from draws.manifest ${at}`,
    )
    await write(`overlay(body placing 'x' from length(body) - 3)`)
    return async () => void (await write(`'${rows[0]!.body.replaceAll("'", "''")}'`))
  }
  const lists = await app.database.read((reader) => listsOfDraw(reader, id))
  const { fileHash } = lists.find(({ name }) => name === said)!
  const path = join(app.folder, 'files', fileHash.slice(0, 2), fileHash)
  const before = readFileSync(path)
  const after = Buffer.concat([before, Buffer.of(1)])
  after[before.length - 1]! ^= 1
  writeFileSync(path, after)
  return () => Promise.resolve(writeFileSync(path, before))
}

/** Every row that says what was committed, as text. */
async function everything(app: DrawsApp, id: string): Promise<string> {
  const texts: string[] = []
  for (const [table, key] of [
    ['draws.draw', 'id'],
    ['draws.draw_list', 'draw_id'],
    ['draws.manifest', 'draw_id'],
    ['draws.drawn_from', 'draw_id'],
  ]) {
    const { rows } = await app.migrated.superuser.query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${table} t where ${key} = $1 order by 1`,
      [id],
    )
    texts.push(...rows.map(({ row }) => row))
  }
  return texts.join('\n')
}
