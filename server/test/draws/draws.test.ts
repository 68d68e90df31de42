// What stands between a commitment and whoever would change it, and what a draw is when nobody does anything.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SYSTEM } from '../../src/platform/actor.ts'
import { runnerOf } from '../../src/platform/log/index.ts'
import { record } from '../../src/platform/record.ts'
import { idOf } from '../registers/catalogue-kit.ts'
import { onEachEngine } from '../support/engines.ts'
import { act } from '../tasks/tasks-kit.ts'
import {
  agree,
  again,
  commitDraw,
  type DrawCast,
  type DrawsApp,
  drawsApp,
  committed,
  frozen,
  inState,
  shown,
  TIMES,
} from './draws-kit.ts'

onEachEngine((kind) => {
  let app: DrawsApp
  let draw: DrawCast

  beforeAll(async () => {
    app = await drawsApp(kind)
    draw = await committed(app)
  })
  afterAll(async () => app.close())

  const change = (what: string) =>
    record({ database: app.database, newId: app.newId }, SYSTEM, { action: 'draw.test' }, (writer) =>
      sql`update draws.draw set ${sql.raw(what)} where id = ${draw.id}`.execute(writer),
    )

  it('keeps a committed draw as it is, whoever may write rows', async () => {
    for (const what of [
      `close_by = close_by + interval '1 hour'`,
      `is_sealed = true, open_at = close_by + interval '1 day'`,
      'figures = null',
      `commit_hash = repeat('0', 64)`,
      'seq = seq + 1',
      'draw_no = draw_no + 1',
      `state = 'frozen', commit_hash = null, seq = null`,
      `state = 'certified', certificate_hash = repeat('1', 64)`,
    ])
      await expect(change(what), what).rejects.toThrow(/stays as it is|goes from|check constraint|violates/)
  })

  it('has one manifest of a name, one leaf of a kind, and none of either is changed', async () => {
    const parts = { database: app.database, newId: app.newId }
    const write = (text: string) =>
      record(parts, SYSTEM, { action: 'draw.test' }, (writer) =>
        sql.raw(text.replaceAll('$', `'${draw.id}'`)).execute(writer),
      )
    await expect(write(`update draws.manifest set body = '{}' where draw_id = $`)).rejects.toThrow()
    await expect(write(`delete from draws.leaf where draw_id = $`)).rejects.toThrow()
    const copy = `insert into draws.manifest (draw_id, name, body, hash, made_at) values ($, 'commit.json', '{}', repeat('0', 64), now())`
    await expect(write(copy)).rejects.toThrow(/duplicate/)
    const leaf = `insert into draws.leaf (id, draw_id, type, hash, body) values (0, $, 'commit', repeat('2', 64), '{}')`
    await expect(write(leaf)).rejects.toThrow(/duplicate/)
    const around = leaf.replace(`'commit'`, `'close'`).replaceAll('$', `'${draw.id}'`)
    const runner = runnerOf(app.migrated.engine.pool)
    const asServer = runner.transaction('sunlot_app', (tx) => tx.query(around))
    await expect(asServer).rejects.toThrow(/without an audit event/)
  })

  it('has one draw of a task, and the task of a committed one is not cancelled any more', async () => {
    const { lead, task } = draw.cast
    const second = await (await again(app, lead.clerk)).post(`/tasks/${task}/draws`, {})
    expect(second.body).toMatchObject({ status: 409, code: 'draw.there_already' })
    const cancelled = await act(await again(app, lead.head), task, 'cancellation', { reason: '不再需要' })
    expect(cancelled.body).toMatchObject({ status: 409, code: 'task.draw_stands' })
  })

  it('gives up what was frozen with its task, and what somebody discards; then it may be frozen anew', async () => {
    const task = await agree(draw.cast)
    const first = await frozen(app, { cast: { ...draw.cast, task } })
    const clerk = await again(app, draw.cast.lead.clerk)
    const given = await clerk.post(`/draws/${first.id}/discarding`)
    expect(given.body).toMatchObject({ state: 'discarded', endReason: 'discarded' })
    const second = await frozen(app, { cast: { ...draw.cast, task } })
    const head = await again(app, draw.cast.lead.head)
    const cancelled = await act(head, task, 'cancellation', { reason: '不再需要' })
    expect(cancelled.status, cancelled.text).toBe(200)
    expect(await shown(second)).toMatchObject({ state: 'discarded' })
  })

  it('gives its exact bytes to everybody, and no list that is not public', async () => {
    const commit = await app.anonymous.get(`/public/draws/${draw.name}/files/commit.json`)
    const { commitHash } = await shown(draw)
    expect(commit.status).toBe(200)
    expect(commit.text).toContain(`"draw_id":"${draw.name}"`)
    const clerk = await again(app, draw.cast.lead.clerk)
    expect((await clerk.get(`/draws/${draw.id}/manifests/commit.json`)).text).toBe(commit.text)
    expect(commitHash).toMatch(/^[0-9a-f]{64}$/)
    for (const file of ['conflicts.tsv', 'attributes.tsv', 'short.tsv', 'people.json', 'close.json'])
      expect((await app.anonymous.get(`/public/draws/${draw.name}/files/${file}`)).status, file).toBe(404)
    expect((await app.anonymous.get(`/public/draws/${draw.name}/files/population.tsv`)).status).toBe(200)
  })

  it('is void by itself where nobody closed it in time; the next one of the task says what it supersedes', async () => {
    await app.later(TIMES.closeBy + 2000)
    const ended = await inState(draw, 'void')
    expect(ended).toMatchObject({ endReason: 'not_closed' })
    // Nobody was drawn, and no witness is needed for that: its page offers neither question nor list of witnesses.
    const page = await app.anonymous.get(`/public/draws/${draw.name}.html`)
    expect(page.text).toContain('未采用：抽取已作废')
    for (const gone of ['/why', 'policy.json', '尚未产生']) expect(page.text).not.toContain(gone)
    // Rows of a draw may stand before its certificate does: of an alias nothing is said until then.
    const claim = { draw: draw.name, alias: '0'.repeat(48), salt: '0'.repeat(32), staffNumber: 'x' }
    expect((await app.anonymous.post('/public/alias-checks', claim)).body).toMatchObject({ isDrawn: null })
    const late = await (await again(app, draw.cast.lead.clerk)).post(`/draws/${draw.id}/closing`)
    expect(late.body).toMatchObject({ code: 'draw.not_in_this_state' })
    const head = await again(app, draw.cast.lead.head)
    const cancelled = await act(head, draw.cast.task, 'cancellation', { reason: '不再需要' })
    expect(cancelled.body).toMatchObject({ code: 'task.draw_stands' })
    const clerk = await again(app, draw.cast.lead.clerk)
    const given = await clerk.post(`/tasks/${draw.cast.task}/draws`, {})
    expect(given.status, given.text).toBe(202)
    const next = { ...draw, id: idOf(given) }
    await inState(next, 'frozen')
    expect(await shown(next)).toMatchObject({ supersedes: { id: draw.id } })
    const answer = await commitDraw(next)
    expect(answer.status, answer.text).toBeLessThan(300)
  })
})
