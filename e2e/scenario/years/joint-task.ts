// A task as every place has it: drafted, sent to those who take part, answered by each, agreed, and written down.

import type { County } from '../county.ts'
import type { Body } from '../http.ts'
import type { Expected } from '../year.ts'
import { type LineSketch, scopeOf } from './common.ts'

/** A file that is a PDF and says nothing. */
export const PAPER = '%PDF-1.4\n% yanlian\n%%EOF\n'

/** What a step of a task expects, and which difference it shows. */
interface Judged {
  readonly expect?: Expected
  readonly shows?: string
  readonly law?: string
  readonly what?: string
}

/** Drafts a task of an authority, from a line or outside the plan. */
export function draftTask(county: County, lead: string, body: object, judged: Judged = {}): Promise<Body> {
  const { what = '起草抽查任务', ...rest } = judged
  return county.year.step({
    who: `${lead}.clerk`,
    what,
    path: '/tasks',
    body: { leadAuthorityId: county.ids.get(lead), ...body },
    ...rest,
  })
}

/** A task of one authority outside the plan, on the subjects of a line that it knows. */
export async function outsideBody(
  county: County,
  sketch: LineSketch,
  said: { readonly name: string; readonly period: readonly [string, string]; readonly note: string },
): Promise<Readonly<Record<string, unknown>>> {
  const { lead, divisions = [county.year.place.division], industries, field = 'market', parts } = sketch
  const who = `${lead}.clerk`
  const { hash } = await county.year.must(who, 'POST', '/task-evidence', PAPER, { fileName: '材料.pdf' })
  const [startsOn, endsOn] = said.period
  return {
    name: said.name,
    field,
    tier: 'PRIORITY',
    drawType: 'TARGETED',
    drawLevel: 'county',
    inspectLevel: 'county',
    scope: scopeOf(divisions, industries),
    methods: ['ON_SITE'],
    design: { kind: 'total', n: 5 },
    startsOn,
    endsOn,
    parts: partsOf(county, { ...sketch, parts: { [lead]: (parts[lead] ?? []).slice(0, 1) } }, 2),
    outsideNote: said.note,
    outsideEvidence: hash,
  }
}

/** Who takes part with which items, as a line has it, each authority with so many inspectors to a subject. */
export function partsOf(county: County, { parts }: LineSketch, members: number): readonly object[] {
  return Object.entries(parts).map(([key, codes]) => ({
    authorityId: county.ids.get(key),
    members,
    itemIds: codes.map((code) => county.items.get(code)),
  }))
}

/** The part of an authority in a task. */
export async function partOf(
  county: County,
  taskId: string,
  key: string,
  who = `${key}.clerk`,
): Promise<Body> {
  const { items } = await county.year.get(who, `/tasks/${taskId}/participations`)
  const part = items.find(({ authorityId }) => authorityId === county.ids.get(key))
  if (!part) throw new Error(`${key} takes no part in ${taskId}`)
  return part
}

/** Names everybody of an authority for the draw, by itself or by the lead. */
export async function namePool(
  county: County,
  taskId: string,
  key: string,
  judged: Judged & {
    readonly who?: string
    readonly members?: number
    readonly itemCodes?: readonly string[]
  } = {},
): Promise<Body> {
  const {
    who = `${key}.clerk`,
    members,
    itemCodes,
    what = '确定本部门事项、备选人员并核实利害关系',
    ...rest
  } = judged
  const { id, version } = await partOf(county, taskId, key, who)
  const inspectors = county.inspectors.get(key) ?? []
  return county.year.step({
    who,
    what,
    method: 'PATCH',
    path: `/participations/${id}`,
    version,
    body: {
      pool: inspectors.map((inspectorId) => ({ inspectorId })),
      // Of its people an authority says itself whether they have conflicts, whoever named them.
      ...(who.startsWith(`${key}.`) ? confirming(inspectors.length) : {}),
      ...(members === undefined ? {} : { members }),
      ...(itemCodes === undefined ? {} : { itemIds: itemCodes.map((code) => county.items.get(code)) }),
    },
    ...rest,
  })
}

/** An authority confirms the conflicts of the pool that the lead named for it. */
export async function confirmPool(county: County, taskId: string, key: string): Promise<Body> {
  const { id, version } = await partOf(county, taskId, key)
  const body = confirming(county.inspectors.get(key)?.length ?? 0)
  return county.year.step({
    who: `${key}.clerk`,
    what: '核实牵头部门所列备选人员的利害关系',
    method: 'PATCH',
    path: `/participations/${id}`,
    version,
    body,
  })
}

function confirming(inspectors: number) {
  return { drawn: Math.max(1, inspectors - 1), conflictsConfirmed: true }
}

/** Sends it to those who take part. */
export async function dispatch(
  county: County,
  taskId: string,
  lead: string,
  replyBy: string,
  judged: Judged = {},
): Promise<Body> {
  const { version } = await county.year.get(`${lead}.head`, `/tasks/${taskId}`)
  const { what = '发出会商', ...rest } = judged
  const path = `/tasks/${taskId}/dispatch`
  return county.year.step({ who: `${lead}.head`, what, path, body: { replyBy }, version, ...rest })
}

/** One authority alone: agreed without asking anybody. */
export async function settle(
  county: County,
  taskId: string,
  lead: string,
  judged: Judged = {},
): Promise<Body> {
  const { version } = await county.year.get(`${lead}.head`, `/tasks/${taskId}`)
  const { what = '商定（单部门）', ...rest } = judged
  return county.year.step({
    who: `${lead}.head`,
    what,
    path: `/tasks/${taskId}/settlement`,
    version,
    ...rest,
  })
}

/** An authority says that it takes part. */
export async function accept(
  county: County,
  taskId: string,
  key: string,
  judged: Judged = {},
): Promise<Body> {
  const { id, version, taskVersion, scheme } = await partOf(county, taskId, key)
  const { what = '同意参加', ...rest } = judged
  const path = `/participations/${id}/acceptance`
  return county.year.step({ who: `${key}.head`, what, path, body: { taskVersion, scheme }, version, ...rest })
}

/** Sent out, everybody answers with his whole pool, and with the last answer it is agreed. */
export async function agree(
  county: County,
  taskId: string,
  {
    lead,
    others,
    replyBy,
  }: { readonly lead: string; readonly others: readonly string[]; readonly replyBy: string },
): Promise<void> {
  await namePool(county, taskId, lead)
  await dispatch(county, taskId, lead, replyBy)
  for (const key of others) {
    await namePool(county, taskId, key)
    await accept(county, taskId, key)
  }
  const { state } = await county.year.get(`${lead}.clerk`, `/tasks/${taskId}`)
  await county.year.see('最后一个部门答复，任务即商定', state, 'agreed')
}

/** Writes the scheme from the task: a draft. */
export function writeScheme(county: County, taskId: string, lead: string): Promise<Body> {
  return county.year.step({ who: `${lead}.clerk`, what: '生成实施方案', path: `/tasks/${taskId}/schemes` })
}

/** Settles a term otherwise than generated. */
export async function setTerm(
  county: County,
  schemeId: string,
  lead: string,
  term: Readonly<Record<string, unknown>>,
  judged: Judged = {},
): Promise<Body> {
  const who = `${lead}.clerk`
  const { version } = await county.year.get(who, `/schemes/${schemeId}`)
  const { what = `约定：${JSON.stringify(term)}`, ...rest } = judged
  return county.year.step({
    who,
    what,
    method: 'PATCH',
    path: `/schemes/${schemeId}`,
    body: { terms: Object.entries(term).map(([code, value]) => ({ code, value })) },
    version,
    ...rest,
  })
}

/** Published through a channel. */
export async function publishScheme(
  county: County,
  schemeId: string,
  lead: string,
  channel: string,
  judged: Judged = {},
): Promise<Body> {
  const { version } = await county.year.get(`${lead}.head`, `/schemes/${schemeId}`)
  const { what = `公布实施方案（${channel}）`, ...rest } = judged
  const path = `/schemes/${schemeId}/publication`
  return county.year.step({ who: `${lead}.head`, what, path, body: { channel }, version, ...rest })
}
