// Tasks of the fictional county, made over HTTP.

import { expect } from 'vitest'
import type { Answer, Client, TestApp } from '../support/app.ts'
import { type CatalogueCast, catalogueCast, giveItem, idOf } from '../registers/catalogue-kit.ts'
import { giveSubject } from '../registers/subjects-kit.ts'
import { scopeOf, versionOf, matching } from '../plans/plans-kit.ts'
import { COUNTY } from '../support/people.ts'

export interface TasksCast {
  readonly lead: CatalogueCast
  readonly other: CatalogueCast
  readonly item: string
  readonly othersItem: string
  readonly subjects: readonly string[]
}

/** Two authorities with an item each, and so many subjects of hotels and shops. */
export async function tasksCast(app: TestApp, subjects = 12): Promise<TasksCast> {
  const lead = await catalogueCast(app)
  const other = await catalogueCast(app, { name: '青石县文化和旅游局' })
  const item = await giveItem(lead)
  const othersItem = await giveItem(other)
  const made: string[] = []
  for (let k = 0; k < subjects; k++) {
    const fields = { authorityId: lead.authority, industryCode: k % 3 === 0 ? 'F5211' : 'H6110' }
    made.push((await giveSubject(lead.clerk.client, fields)).id)
  }
  return { lead, other, item, othersItem, subjects: made }
}

/** What a good task outside the plan says; `evidence`: the hash of its file. */
export function outsideBody(cast: TasksCast, evidence: string, more: object = {}) {
  return {
    leadAuthorityId: cast.lead.authority,
    name: '示例住宿业专项抽查',
    field: 'market',
    tier: 'GENERAL',
    drawType: 'UNTARGETED',
    drawLevel: 'county',
    inspectLevel: 'county',
    scope: scopeOf(COUNTY),
    design: { kind: 'ratio', ratio: 500 },
    methods: ['ON_SITE'],
    startsOn: '2026-12-01',
    endsOn: '2026-12-31',
    outsideGround: 'COMPLAINT',
    outsideNote: '连续收到同一类投诉',
    outsideEvidence: evidence,
    parts: [{ authorityId: cast.lead.authority, members: 2, itemIds: [cast.item] }],
    ...more,
  }
}

/** A file that shows a ground; its hash. */
export async function giveEvidence(client: Client): Promise<string> {
  const answer = await client.send('POST', '/task-evidence', {
    body: Buffer.from('投诉登记单'),
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect(answer.status, answer.text).toBe(201)
  return (answer.body as unknown as { hash: string }).hash
}

/** A file that shows a visit; its id. */
export async function giveVisitEvidence(client: Client): Promise<string> {
  const answer = await client.send('POST', '/task-evidence?purpose=visit', {
    body: Buffer.from('现场检查记录'),
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect(answer.status, answer.text).toBe(201)
  return idOf(answer)
}

/** A drafted task; its id. */
export async function giveTask(cast: TasksCast, more: object = {}): Promise<string> {
  const { client } = cast.lead.clerk
  const answer = await client.post('/tasks', outsideBody(cast, await giveEvidence(client), more))
  expect(answer.status, answer.text).toBe(201)
  return idOf(answer)
}

export async function act(client: Client, id: string, step: string, body: object = {}): Promise<Answer> {
  const shown = await client.get(`/tasks/${id}`)
  return client.post(`/tasks/${id}/${step}`, body, matching(versionOf(shown)))
}
