// What a test of events asks of a certified draw: who stands where, and who is behind an alias.

import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Answer, Client, TestApp } from '../support/app.ts'
import type { DrawCast } from './draws-kit.ts'

/** A place that somebody holds now. */
export interface Post {
  readonly place: string
  readonly alias: string
  readonly authorityId: string
  readonly personId: string
  readonly accountId: string
}

/** Everybody who stands in a draw now. */
export async function postsNow(app: TestApp, drawId: string): Promise<readonly Post[]> {
  const { rows } = await app.database.read((reader) =>
    sql<Post>`
      select p.place, p.alias, f.authority_id as "authorityId", i.person_id as "personId", a.id as "accountId"
        from draws.post p
        join draws.drawn_from f on f.draw_id = p.draw_id and f.alias = p.alias
        join registers.inspector i on i.id = f.inspector_id
        join accounts.account a on a.person_id = i.person_id
       where p.draw_id = ${drawId} and p.left_n is null
       order by p.place, p.alias`.execute(reader),
  )
  return rows
}

/** A file that shows a reason; its hash. */
export async function giveProof(client: Client, text = '说明材料'): Promise<string> {
  const given = await client.send('POST', '/draw-evidence', {
    body: Buffer.from(text),
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect(given.status, given.text).toBe(201)
  return (given.body as unknown as { hash: string }).hash
}

/** Somebody applies to be replaced. */
export async function apply(
  app: TestApp,
  { id }: Pick<DrawCast, 'id'>,
  post: Post,
  more: object = {},
): Promise<Answer> {
  const client = await app.as(post.accountId)
  const evidence = await giveProof(client)
  const said = { reasonCode: 'RECUSAL', statement: '与检查对象有利害关系', evidence, ...more }
  return client.post(`/draws/${id}/replacements`, said)
}
