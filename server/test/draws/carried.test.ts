// Whoever was skipped comes again with certainty in the next draw of its line of the plan, and in the one in place of that where it
// is void: from the plan to the lists, by nothing but what people can do.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawItself } from '../../src/draws/draws/draws.store.ts'
import { carriedOf } from '../../src/draws/freeze/freeze.store.ts'
import { giveLine, givePlan, lineBody, publish } from '../plans/plans-kit.ts'
import { idOf } from '../registers/catalogue-kit.ts'
import { giveSubject, moved } from '../registers/subjects-kit.ts'
import type { Answer } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY } from '../support/people.ts'
import { act, settle } from '../tasks/consultation-kit.ts'
import {
  afresh,
  again,
  agreedTask,
  certified,
  commitDraw,
  type DrawCast,
  type DrawsApp,
  drawsApp,
  type DrawsCast,
  frozen,
  shown,
} from './draws-kit.ts'
import { giveProof } from './events-kit.ts'
import { bytesOf, listed, whileMoving } from './tools-kit.ts'

const WHEN = { startsOn: '2026-12-01', endsOn: '2026-12-31' }

onEachEngine((kind) => {
  let app: DrawsApp
  let cast: DrawsCast
  let first: DrawCast
  let comes: string
  let gone: string
  let second: DrawCast

  beforeAll(async () => {
    app = await drawsApp(kind)
    cast = await agreedTask(app)
    const { lead } = cast
    const plan = await givePlan(lead.clerk.client, lead.authority, { year: 2026 })
    const parts = [{ authorityId: lead.authority, itemIds: [cast.item] }]
    const body = lineBody(lead.authority, COUNTY, { ...WHEN, draws: 2, parts })
    const line = await giveLine(lead.clerk.client, plan, body)
    await publish(lead, plan)
    first = await certified(app, { cast: { ...cast, task: await taskOf(cast, line) } })
    const clerk = await again(app, lead.clerk)
    const { items } = (await clerk.get(`/draws/${first.id}/selected?limit=2`)).body as unknown as {
      items: readonly { code: string }[]
    }
    ;[comes, gone] = [items[0]!.code, items[1]!.code]
    for (const code of [comes, gone]) await skip(first, code)
    cast = await afresh(app, cast)
    cast = { ...cast, task: await taskOf(cast, line) }
    // One of them leaves the register meanwhile.
    await moved(cast.lead, await subjectOf(gone), 'removal')
  }, 240_000)
  afterAll(() => app?.close())

  it('takes in whoever was skipped before, with certainty, and nobody who is not there any more', async () => {
    expect(await metBy()).toEqual({ [comes]: null, [gone]: null })
    const given = await frozen(app, { cast })
    const { client } = cast.lead.clerk
    expect((await client.post(`/draws/${given.id}/discarding`)).status).toBe(200)
    second = await frozen(app, { cast })
    const carried = (await listed(app, second.id, 'population.tsv')).filter(([, code]) => code === 'carried')
    expect(carried.map(([code]) => code)).toEqual([comes])
    const { strata } = (await shown(second)).figures as unknown as { strata: readonly object[] }
    expect(strata).toContainEqual({ code: 'carried', rows: 1, n: 1 })
    expect(await metBy()).toEqual({ [comes]: second.id, [gone]: null })
  })

  it('takes it in again where that draw is void, whatever the register says by then', async () => {
    await voided(second)
    const client = await again(app, cast.lead.clerk)
    await giveSubject(client, { authorityId: cast.lead.authority, industryCode: 'H6110' })
    const path = `/tasks/${cast.task}/draws`
    expect((await client.post(path, { sealed: true })).body).toMatchObject({
      code: 'draw.supersedes_sealing',
      params: { draw: second.name },
    })
    expect((await client.post(path, { maxConflicts: '1/2' })).body).toMatchObject({
      code: 'draw.supersedes_caps',
      params: { most: '1/4' },
    })
    // It is promised to the draw in place of the void one, and free for no other of the line.
    const free = await app.database.read(async (reader) =>
      carriedOf(reader, (await drawItself(reader, second.id))!.planRef),
    )
    expect(free).toEqual(new Set([gone]))
    app.clock.advance(60_000)
    // Nor is it of matter what comes in while it is frozen.
    const third = await whileMoving(app, cast, () => frozen(app, { cast }))
    for (const name of ['population.tsv', 'exclusions.tsv'])
      expect(await bytesOf(app, third.id, name)).toEqual(await bytesOf(app, second.id, name))
    expect((await shown(third)).figures?.strata).toEqual((await shown(second)).figures?.strata)
    expect(await metBy()).toEqual({ [comes]: third.id, [gone]: null })
    const given = await commitDraw(third)
    expect(given.status, given.text).toBe(200)
    // Who changed in the register is told until its lists were read, and that was for the void one.
    const until = async ({ name }: DrawCast) =>
      (await app.anonymous.get(`/public/draws/${name}/changes`)).body['to']
    expect(await until(third)).toBe(await until(second))
  })

  /** The id of a subject. */
  async function subjectOf(code: string): Promise<string> {
    const { items } = (await cast.lead.clerk.client.get(`/subjects?q=${code}`)).body as unknown as {
      items: readonly { id: string; code: string }[]
    }
    return items.find((each) => each.code === code)!.id
  }

  /** A task of a line of the plan, agreed by its one authority. */
  async function taskOf({ lead, ...rest }: DrawsCast, line: string): Promise<string> {
    const body = { leadAuthorityId: lead.authority, planLineId: line, ...WHEN, matching: 'subjects' }
    const made = await lead.clerk.client.post('/tasks', body)
    expect(made.status, made.text).toBe(201)
    const task = idOf(made)
    const settled = await settle({ lead, ...rest }, lead, task)
    expect(settled.status, settled.text).toBe(200)
    const agreed = await act(lead.head.client, task, 'settlement')
    expect(agreed.status, agreed.text).toBe(200)
    return task
  }

  /** Skips a subject that could not be found, on the word of two. */
  async function skip(draw: DrawCast, code: string): Promise<void> {
    const clerk = await again(app, draw.cast.lead.clerk)
    await decided(
      draw,
      await clerk.post(`/draws/${draw.id}/requests`, {
        kind: 'skip',
        code,
        reason: 'not_found_twice',
        statement: '两次上门，均未找到',
        evidence: await giveProof(clerk),
      }),
    )
  }

  /** Commits a draw, and ends it on the word of two. */
  async function voided(draw: DrawCast): Promise<void> {
    const given = await commitDraw(draw)
    expect(given.status, given.text).toBe(200)
    const head = await again(app, draw.cast.lead.head)
    await decided(
      draw,
      await head.post(`/draws/${draw.id}/requests`, {
        kind: 'void',
        reason: 'cancelled',
        statement: '当事部门机构改革',
        evidence: await giveProof(head),
      }),
    )
  }

  /** The oversight agrees to what was proposed last. */
  async function decided({ cast: { overseer } }: DrawCast, proposed: Answer): Promise<void> {
    expect(proposed.status, proposed.text).toBe(201)
    const { requests } = proposed.body as unknown as {
      requests: readonly { id: string; state: string }[]
    }
    const { id } = requests.find(({ state }) => state === 'proposed')!
    const approved = await (await again(app, overseer)).post(`/draw-requests/${id}/approval`)
    expect(approved.status, approved.text).toBe(200)
  }

  /** By which draw each of the skipped is met. */
  async function metBy(): Promise<Readonly<Record<string, string | null>>> {
    const rows = await app.database.read((reader) =>
      reader
        .selectFrom('draws.carried')
        .select(['code', 'met_draw_id as met'])
        .where('draw_id', '=', first.id)
        .execute(),
    )
    return Object.fromEntries(rows.map(({ code, met }) => [code, met]))
  }
})
