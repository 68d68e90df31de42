// 冻结: who is in the lists, each once; what cannot be frozen; what stands in the way of a commitment.

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listsOfDraw } from '../../src/draws/draws/lists.store.ts'
import { drawItself, insertDraw, preparedOf } from '../../src/draws/draws/draws.store.ts'
import { freezeKind } from '../../src/draws/freeze/freezing.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import { record } from '../../src/platform/record.ts'
import { LAW } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY } from '../support/people.ts'
import { giveSubject, type Shown } from '../registers/subjects-kit.ts'
import { act, answer, giveJoint } from '../tasks/consultation-kit.ts'
import {
  agreedTask,
  type DrawCast,
  type DrawsApp,
  drawsApp,
  type DrawsCast,
  frozen,
  shown,
} from './draws-kit.ts'
import { bytesOf, listed, toolsOf, whileMoving } from './tools-kit.ts'

interface Counted {
  readonly frame: number
  readonly strata: readonly { readonly n: number }[]
}

const ID_CARD = '110101199003070337'

onEachEngine((kind) => {
  describe('a freeze', () => {
    let app: DrawsApp
    let cast: DrawsCast
    let person: Shown
    let left: string
    let draw: DrawCast

    beforeAll(async () => {
      app = await drawsApp(kind, { witnesses: 0 })
      cast = await agreedTask(app)
      const { client } = cast.lead.clerk
      const fields = { authorityId: cast.lead.authority, industryCode: 'H6110' }
      person = await giveSubject(client, {
        ...fields,
        kind: 'NATURAL_PERSON',
        code: undefined,
        idCard: ID_CARD,
      })
      const inspectorId = cast.inspectors.get(cast.lead.authority)?.[0]
      const related = await client.get(`/subjects/${cast.subjects[1]}`)
      const declared = await client.post('/declarations', {
        inspectorId,
        kind: 'kinship',
        subjectCode: (related.body as { code?: string }).code,
        subjectName: '示例',
      })
      expect(declared.status, declared.text).toBe(201)
      left = cast.subjects[0]!
      const task = await giveJoint(cast)
      const named = { subjectId: left, reason: '正在停业整改', evidence: '整改通知书1号' }
      expect((await client.post(`/tasks/${task}/exclusions`, named)).status).toBe(201)
      const sent = await act(cast.lead.head.client, task, 'dispatch', { replyBy: '2026-11-30' })
      expect(sent.status, sent.text).toBe(200)
      for (const one of [cast.other, cast.third]) expect((await answer(cast, one, task)).status).toBe(200)
      draw = await frozen(app, { cast: { ...cast, task } })
    }, 120_000)
    afterAll(() => app?.close())

    const linesOf = (name: string) => listed(app, draw.id, name)

    it('puts every subject of the scope into exactly one list, in the order of bytes', async () => {
      const population = (await linesOf('population.tsv')).map(([id]) => id!)
      const excluded = (await linesOf('exclusions.tsv')).map(([id]) => id!)
      const { rows } = await app.migrated.superuser.query<{ code: string }>(
        `select code from registers.subject where left_on is null and division_code = $1`,
        [COUNTY],
      )
      expect([...population, ...excluded].toSorted()).toEqual(rows.map(({ code }) => code).toSorted())
      for (const list of [population, excluded])
        expect(list).toEqual(
          [...new Set(list)].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
        )
      const { figures } = await shown(draw)
      expect(figures?.population).toBe(population.length)
      const counted = await cast.lead.clerk.client.get(`/tasks/${draw.cast.task}`)
      const { frame, strata } = (counted.body as unknown as { figures: Counted }).figures
      expect(frame).toBe(population.length)
      expect(figures?.strata.map(({ n }) => n)).toEqual(strata.map(({ n }) => n))
    })

    it('says of whoever is left out why, by a hash that whoever knows the reason can make again', async () => {
      const [[, reason, evidence] = []] = await linesOf('exclusions.tsv')
      const { rows } = await app.migrated.superuser.query<{ on: number; code: string }>(
        `select floor(extract(epoch from snapshot_at))::int as on, (select code from registers.subject where id = $2) as code
           from draws.draw where id = $1`,
        [draw.id, left],
      )
      const { on, code } = rows[0]!
      const said = sha256('正在停业整改\n整改通知书1号')
      expect(reason).toBe('by_name')
      expect(evidence).toBe(
        sha256(`{"draw":"${draw.name}","id":"${code}","on":${on},"reason":"by_name","said":"${said}"}`),
      )
    })

    it('keeps whoever is related from those to whom he is, and no number of a person in any list', async () => {
      expect(await linesOf('conflicts.tsv')).toHaveLength(1)
      const lists = await app.database.read((reader) => listsOfDraw(reader, draw.id))
      const all = await Promise.all(lists.map(({ name }) => bytesOf(app, draw.id, name)))
      for (const bytes of all) expect(bytes.toString()).not.toContain(ID_CARD)
      expect((await linesOf('population.tsv')).some(([id]) => id === person.code)).toBe(true)
      const people = await linesOf('inspectors.tsv')
      expect(people).toHaveLength(15)
      for (const [alias] of people) expect(alias).toMatch(/^[0-9a-f]{48}$/)
    })

    it('tells what one ought to know, and stands in nobody’s way for it', async () => {
      const given = await cast.lead.clerk.client.get(`/draws/${draw.id}/findings`)
      const { findings } = given.body as unknown as { findings: { code: string; severity: string }[] }
      expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['short_subjects warning'])
    })

    it('of a task that has one is refused', async () => {
      const again = await cast.lead.clerk.client.post(`/tasks/${draw.cast.task}/draws`, {})
      expect(again.body).toMatchObject({ code: 'draw.there_already' })
    })

    it('is refused where the list must be public, where it is not agreed, and to whom it is not his', async () => {
      const { client } = cast.lead.clerk
      const drafted = await giveJoint(cast, { drawnListPublished: true })
      const refused = await client.post(`/tasks/${drafted}/draws`, {})
      expect(refused.body).toMatchObject({ code: 'draw.task_not_agreed' })
      expect((await cast.other.clerk.client.post(`/tasks/${cast.task}/draws`, {})).status).toBe(403)
      const open = await agreeing(cast, { drawnListPublished: true })
      const sealed = await client.post(`/tasks/${open}/draws`, { sealed: true })
      expect(sealed.body).toMatchObject({ code: 'draw.list_public' })
    })

    it('waits for a file that is being written into the register', async () => {
      await whileMoving(app, cast, async () => {
        const refused = await cast.lead.clerk.client.post(`/tasks/${cast.task}/draws`, {})
        expect(refused.body).toMatchObject({ code: 'draw.register_moving', params: { file: '名录.xlsx' } })
      })
    })

    it('that is killed wherever it says how far it is, and repeated, freezes the same', async () => {
      const first = await frozen(app, { cast })
      const before = await preparedIn(app, first.id)
      expect((await cast.lead.clerk.client.post(`/draws/${first.id}/discarding`)).status).toBe(200)
      const id = await unbegun(app, first)
      const kindOfJob = freezeKind(toolsOf(app))
      const run = (killedAt: number) => {
        let told = 0
        const progress = () => (++told === killedAt ? Promise.reject(new Error('killed')) : Promise.resolve())
        const { signal } = new AbortController()
        return kindOfJob.run({
          id: app.newId(),
          signal,
          progress,
          input: { drawId: id, maxConflicts: { num: 1, den: 4 } },
          hold: () => Promise.resolve(),
        })
      }
      for (const killedAt of [1, 2, 3]) {
        await expect(run(killedAt)).rejects.toThrow('killed')
        expect((await shown({ cast, id })).state).toBe('freezing')
      }
      await run(0)
      const after = await preparedIn(app, id)
      const same = ['demands.tsv', 'population.tsv', 'rejected.tsv']
      const pick = ({ lists }: typeof before) => lists.filter(({ name }) => same.includes(name))
      expect(pick(after)).toEqual(pick(before))
      expect(after.register).toEqual(before.register)
    })
  })
})

/** The same draw once more, of which no job knows. */
async function unbegun(app: DrawsApp, { id: like, cast }: DrawCast): Promise<string> {
  const id = app.newId()
  const parts = { database: app.database, newId: app.newId }
  await record(parts, SYSTEM, { action: 'draw.begin' }, async (writer) => {
    const row = await drawItself(writer, like)
    if (!row) throw new Error('no such draw')
    await insertDraw(writer, {
      ...row,
      id,
      jobId: id,
      name: `${row.name}-again`,
      serial: row.serial + 1,
      now: app.clock.now(),
      lawVersion: LAW.version,
      frozenById: cast.lead.clerk.personId,
    })
  })
  return id
}

async function agreeing(cast: DrawsCast, more: object): Promise<string> {
  const task = await giveJoint(cast, more)
  expect((await act(cast.lead.head.client, task, 'dispatch', { replyBy: '2026-11-30' })).status).toBe(200)
  for (const one of [cast.other, cast.third]) expect((await answer(cast, one, task)).status).toBe(200)
  return task
}

async function preparedIn(app: DrawsApp, id: string) {
  const row = await app.database.read((reader) => preparedOf(reader, id))
  return row?.prepared as unknown as {
    readonly lists: readonly { readonly name: string; readonly hash?: string }[]
    readonly register: object
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
