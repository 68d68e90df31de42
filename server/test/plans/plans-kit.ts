// Plans of the fictional county, made over HTTP by the people of the catalogue's cast.

import { expect } from 'vitest'
import type { Answer, Client } from '../support/app.ts'
import { type CatalogueCast, fieldOf, idOf } from '../registers/catalogue-kit.ts'

/** A scope that restricts nothing in a division. */
export const scopeOf = (division: string, more: object = {}) => ({
  divisions: [division],
  register: null,
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
  classes: [],
  ...more,
})

/** What a good line of one authority says. */
export function lineBody(lead: string, division: string, more: object = {}) {
  return {
    taskName: '示例经营场所抽查',
    drawType: 'UNTARGETED',
    tier: 'GENERAL',
    field: 'market',
    leadAuthorityId: lead,
    object: '示例经营单位',
    scope: scopeOf(division),
    ratio: 500,
    methods: ['ON_SITE'],
    startsOn: '2024-03-01',
    endsOn: '2024-11-30',
    drawLevel: 'county',
    inspectLevel: 'county',
    parts: [{ authorityId: lead, itemIds: [] }],
    ...more,
  }
}

export const versionOf = (answer: Answer): number => fieldOf(answer, 'version') as number
export const matching = (version: number) => ({ 'if-match': `"${version}"` })

/** A draft of a year; its id. */
export async function givePlan(client: Client, authorityId: string, more: object = {}): Promise<string> {
  const answer = await client.post('/plans', {
    authorityId,
    kind: 'annual',
    year: 2024,
    field: 'market',
    title: '2024年度抽查工作计划',
    ...more,
  })
  expect(answer.text).toContain('draft')
  return idOf(answer)
}

/** Adds a line; gives its id. */
export async function giveLine(client: Client, planId: string, body: object): Promise<string> {
  const answer = await client.post(`/plans/${planId}/lines`, body)
  expect(answer.status, answer.text).toBe(201)
  return idOf(answer)
}

/** Proposes a plan as it stands, with an answer to every warning. */
export async function propose(client: Client, planId: string): Promise<Answer> {
  const version = versionOf(await client.get(`/plans/${planId}`))
  const warnings = [
    'frequency_cap',
    'overlap',
    'class_monotone',
    'same_line',
    'mode_draw_type',
    'library_late',
  ]
  const acknowledged = [...warnings, 'filing_late', 'disclosure_floor', 'joint_led'].map((code) => ({
    code,
    reason: '示例县只作测试',
  }))
  return client.post(`/plans/${planId}/proposal`, { acknowledged }, matching(version))
}

export async function approve(client: Client, planId: string): Promise<Answer> {
  const version = versionOf(await client.get(`/plans/${planId}`))
  return client.post(`/plans/${planId}/approval`, {}, matching(version))
}

/** Brings a draft to publication by two persons. */
export async function publish(cast: CatalogueCast, planId: string): Promise<void> {
  for (const answer of [
    await propose(cast.clerk.client, planId),
    await approve(cast.leader.client, planId),
    await cast.leader.client.post(`/plans/${planId}/publication`, { publishedIn: '青石县人民政府网站' }),
  ])
    expect(answer.status, answer.text).toBe(200)
}
