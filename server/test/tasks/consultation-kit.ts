// A joint task of the fictional county up to the point where participants are asked, made over HTTP.

import { expect } from 'vitest'
import type { Answer, Client, TestApp } from '../support/app.ts'
import { givePerson } from '../support/people.ts'
import { matching } from '../plans/plans-kit.ts'
import { type CatalogueCast, catalogueCast, fieldOf, giveItem, idOf } from '../registers/catalogue-kit.ts'
import { enter, warrant } from '../registers/inspectors-kit.ts'
import { act, giveTask, tasksCast, type TasksCast } from './tasks-kit.ts'

/** Three authorities: a lead and two others, each with an item and five inspectors. */
export interface ConsultationCast extends TasksCast {
  readonly third: CatalogueCast
  readonly thirdsItem: string
  /** By the id of the authority. */
  readonly inspectors: ReadonlyMap<string, readonly string[]>
}

let numbers = 0

export async function consultationCast(app: TestApp): Promise<ConsultationCast> {
  const cast = await tasksCast(app, 24)
  const third = await catalogueCast(app, { name: '青石县卫生健康局' })
  const thirdsItem = await giveItem(third)
  const inspectors = new Map<string, readonly string[]>()
  for (const one of [cast.lead, cast.other, third])
    inspectors.set(one.authority, await giveInspectors(app, one, 5))
  return { ...cast, third, thirdsItem, inspectors }
}

/** So many inspectors of an authority whose warrants are valid; their ids. */
export async function giveInspectors(
  app: TestApp,
  cast: CatalogueCast,
  count: number,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let k = 0; k < count; k++) {
    const { personId } = await givePerson(app, { authority: cast.authority, name: `孙示例${++numbers}` })
    const answer = await enter(cast.clerk.client, { personId, ...warrant(`ZF-${numbers}`) })
    expect(answer.status, answer.text).toBe(201)
    ids.push(idOf(answer))
  }
  return ids
}

/** A participation as it is shown. */
export interface Shown {
  readonly id: string
  readonly version: number
  readonly taskVersion: number
  readonly scheme: { readonly id: string; readonly version: number } | null
  readonly authorityId: string
  readonly state: string
  readonly can: Readonly<Record<string, { readonly code: string } | null>>
}

export async function participations(client: Client, task: string): Promise<readonly Shown[]> {
  const answer = await client.get(`/tasks/${task}/participations`)
  expect(answer.status, answer.text).toBe(200)
  return fieldOf(answer, 'items') as readonly Shown[]
}

export async function partOf(client: Client, task: string, authority: string): Promise<Shown> {
  const one = (await participations(client, task)).find(({ authorityId }) => authorityId === authority)
  if (!one) throw new Error('no such participation')
  return one
}

/** What an authority settles: its item, all of its inspectors, two drawn. */
export function settled(cast: ConsultationCast, authority: string, more: object = {}): object {
  const item = { [cast.lead.authority]: cast.item, [cast.other.authority]: cast.othersItem }[authority]
  return {
    itemIds: [item ?? cast.thirdsItem],
    pool: poolOf(cast, authority),
    members: 2,
    drawn: 2,
    conflictsConfirmed: true,
    ...more,
  }
}

/** All of its inspectors. */
export function poolOf({ inspectors }: ConsultationCast, authority: string): readonly object[] {
  return (inspectors.get(authority) ?? []).map((inspectorId) => ({ inspectorId }))
}

/** An authority settles its part. */
export async function settle(
  cast: ConsultationCast,
  by: CatalogueCast,
  task: string,
  more: object = {},
): Promise<Answer> {
  const { id, version } = await partOf(by.clerk.client, task, by.authority)
  return by.clerk.client.patch(`/participations/${id}`, version, settled(cast, by.authority, more))
}

/** A drafted joint task with two others in it, the lead's part settled. */
export async function giveJoint(cast: ConsultationCast, more: object = {}): Promise<string> {
  const { lead, other, third } = cast
  const id = await giveTask(cast, { mode: 'COMPREHENSIVE', ...more })
  for (const { authority } of [other, third])
    expect(
      (await lead.clerk.client.put(`/tasks/${id}/participations/${authority}`, { members: 2 })).status,
    ).toBe(200)
  const answer = await settle(cast, lead, id)
  expect(answer.status, answer.text).toBe(200)
  return id
}

/** The same, dispatched: both others are asked. */
export async function giveConsulting(cast: ConsultationCast, more: object = {}): Promise<string> {
  const id = await giveJoint(cast, more)
  const sent = await act(cast.lead.head.client, id, 'dispatch', { replyBy: '2026-11-30' })
  expect(sent.status, sent.text).toBe(200)
  return id
}

/** An authority settles its part, and its head answers. */
export async function answer(
  cast: ConsultationCast,
  by: CatalogueCast,
  task: string,
  how: 'acceptance' | 'decline' = 'acceptance',
): Promise<Answer> {
  if (how === 'acceptance') expect((await settle(cast, by, task)).status).toBe(200)
  const part = await partOf(by.head.client, task, by.authority)
  return how === 'acceptance' ? accept(by.head.client, part) : decline(by.head.client, part)
}

/** Somebody agrees to a part as he saw it. */
export function accept(client: Client, { id, version, taskVersion, scheme }: Shown): Promise<Answer> {
  return client.post(`/participations/${id}/acceptance`, { taskVersion, scheme }, matching(version))
}

/** Somebody declines a part as he saw it. */
export function decline(client: Client, { id, version }: Shown, more: object = {}): Promise<Answer> {
  return client.post(`/participations/${id}/decline`, { reason: '人员不足', ...more }, matching(version))
}

/** The lead generates the scheme of a task. */
export async function generate({ lead }: ConsultationCast, task: string): Promise<Answer> {
  const made = await lead.clerk.client.post(`/tasks/${task}/schemes`)
  expect(made.status, made.text).toBe(200)
  return made
}

/** How far a task is, as its lead sees it. */
export async function stateOf({ lead }: ConsultationCast, task: string): Promise<unknown> {
  return (await lead.clerk.client.get(`/tasks/${task}`)).body['state']
}

export { act }
