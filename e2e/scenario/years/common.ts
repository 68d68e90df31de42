// What happens in every place alike: a plan is written, reviewed and published; a task is drafted, agreed and written down
// as a scheme. The years only say what differs.

import type { County } from '../county.ts'
import type { Body } from '../http.ts'
import type { Expected } from '../year.ts'

/** A line of a plan, by the keys of the ground: authority → codes of its items. */
export interface LineSketch {
  readonly name: string
  readonly lead: string
  readonly parts: Readonly<Record<string, readonly string[]>>
  readonly industries?: readonly string[]
  readonly divisions?: readonly string[]
  readonly tier?: 'PRIORITY' | 'GENERAL'
  readonly field?: 'market' | 'nonMarket'
  readonly mode?: string
  readonly period: readonly [startsOn: string, endsOn: string]
  /** What else is said, in the words of the contract: ratio, quantity, fullCoverage … */
  readonly more: Readonly<Record<string, unknown>>
}

/** A plan that is being written. */
export interface WrittenPlan {
  readonly id: string
  /** By whom: the key of its authority, or `office`. */
  readonly of: string
  /** Ids of its lines, in their order. */
  readonly lines: readonly string[]
}

/** Everybody's clerk and head; the office's papers are decided by the head of its authority. */
export const clerkOf = (key: string): string => (key === 'office' ? 'office' : `${key}.clerk`)
export const headOf = (county: County, key: string): string =>
  `${key === 'office' ? county.office : key}.head`

/** A line as the contract has it. */
export function lineBody(county: County, sketch: LineSketch): object {
  const {
    name,
    lead,
    parts,
    industries = [],
    tier = 'PRIORITY',
    field = 'market',
    mode,
    period,
    more,
  } = sketch
  const [startsOn, endsOn] = period
  return {
    taskName: name,
    drawType: mode === 'THEMATIC' ? 'TARGETED' : 'UNTARGETED',
    tier,
    field,
    ...(mode === undefined ? {} : { mode }),
    leadAuthorityId: county.ids.get(lead),
    object: '有关经营单位',
    scope: scopeOf(sketch.divisions ?? [county.year.place.division], industries),
    startsOn,
    endsOn,
    drawLevel: 'county',
    inspectLevel: 'county',
    methods: ['ON_SITE'],
    parts: Object.entries(parts).map(([key, codes]) => ({
      authorityId: county.ids.get(key),
      itemIds: codes.map((code) => county.items.get(code)),
    })),
    ...more,
  }
}

export function scopeOf(divisions: readonly string[], industries: readonly string[] = []): object {
  const free = {
    register: null,
    entityTypes: [],
    kinds: [],
    licenceKinds: [],
    pools: [],
    tags: [],
    classes: [],
  }
  return { ...free, divisions, industries }
}

/** Writes a plan with its lines: a draft. */
export async function writePlan(
  county: County,
  plan: {
    readonly of: string
    readonly title: string
    readonly lines: readonly LineSketch[]
    readonly kind?: 'annual' | 'halfYear' | 'consolidated'
    readonly field?: 'market' | 'nonMarket' | 'all'
    readonly more?: object
  },
): Promise<WrittenPlan> {
  const { year } = county
  const { of, title, kind = 'annual', field = 'market', more = {} } = plan
  const who = clerkOf(of)
  const { id } = await year.step({
    who,
    what: `编制${title}`,
    path: '/plans',
    body: {
      authorityId: county.ids.get(of === 'office' ? county.office : of),
      kind,
      year: Number((await year.today()).slice(0, 4)),
      field,
      title,
      ...more,
    },
  })
  const lines: string[] = []
  for (const line of plan.lines) lines.push((await addLine(county, { id, of, lines }, line)).id)
  return { id, of, lines }
}

export function addLine(county: County, { id, of }: WrittenPlan, line: LineSketch): Promise<Body> {
  return county.year.step({
    who: clerkOf(of),
    what: `列入任务：${line.name}`,
    path: `/plans/${id}/lines`,
    body: lineBody(county, line),
  })
}

/** Changes a line as it stands now. */
export async function editLine(
  county: County,
  plan: WrittenPlan,
  lineId: string,
  body: object,
  what: string,
): Promise<Body> {
  const { version } = await county.year.get(clerkOf(plan.of), `/plan-lines/${lineId}`)
  return county.year.step({
    who: clerkOf(plan.of),
    what,
    method: 'PATCH',
    path: `/plan-lines/${lineId}`,
    body,
    version,
  })
}

/** Hands it in for review: each warning of the checks is answered; what the law forbids is refused. */
export async function propose(
  county: County,
  plan: WrittenPlan,
  how: {
    readonly expect?: Expected
    readonly shows?: string
    readonly law?: string
    readonly what?: string
  } = {},
): Promise<Body> {
  const { year } = county
  const who = clerkOf(plan.of)
  const { items } = await year.get(who, `/plans/${plan.id}/checks`)
  const acknowledged = items
    .filter(({ severity }) => severity === 'warning')
    .flatMap(({ code, lineIds }) => {
      const lines = lineIds as readonly string[]
      const answer = { code, reason: '已会商，分批错开实施' }
      return lines.length === 0 ? [answer] : lines.map((lineId) => ({ ...answer, lineId }))
    })
  const { version } = await year.get(who, `/plans/${plan.id}`)
  const { what = '提交审核', ...rest } = how
  return year.step({
    who,
    what,
    path: `/plans/${plan.id}/proposal`,
    body: { acknowledged },
    version,
    ...rest,
  })
}

/** Approved by a second person, and published. */
export async function adopt(county: County, plan: WrittenPlan): Promise<void> {
  const { year } = county
  const who = headOf(county, plan.of)
  const { version } = await year.get(who, `/plans/${plan.id}`)
  await year.step({ who, what: '审核通过', path: `/plans/${plan.id}/approval`, body: {}, version })
  await year.step({
    who,
    what: '公布计划',
    path: `/plans/${plan.id}/publication`,
    body: { publishedIn: '政府网站' },
    expect: 200,
  })
}

/** Written, reviewed, published: nothing about it is special. */
export async function plainPlan(county: County, plan: Parameters<typeof writePlan>[1]): Promise<WrittenPlan> {
  const written = await writePlan(county, plan)
  await propose(county, written)
  await adopt(county, written)
  return written
}
