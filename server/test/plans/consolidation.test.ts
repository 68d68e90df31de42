// What is submitted is taken into the plan of all, and overlapping tasks become one joint visit.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overlapsOf } from '../../src/plans/checks/overlaps.rules.ts'
import { countsOf, membershipOf } from '../../src/plans/checks/population.rules.ts'
import { mergedLine, whyNotMerge } from '../../src/plans/consolidation/consolidation.rules.ts'
import {
  catalogueCast,
  type CatalogueCast,
  fieldOf,
  giveConference,
  giveItem,
  idOf,
} from '../registers/catalogue-kit.ts'
import { giveSubject } from '../registers/subjects-kit.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { giveLine, givePlan, lineBody, publish } from './plans-kit.ts'
import { JOINT, LINE, PROFILES } from './checks-kit.ts'

const merging = (more: object) => ({
  ...JOINT,
  guidedBy: null,
  content: null,
  requirement: null,
  remark: null,
  ...more,
})

describe('merging', () => {
  const fire = merging({
    id: 'line-2',
    leadAuthorityId: 'fire',
    startsOn: '2026-05-01',
    endsOn: '2026-12-31',
    parts: [{ authorityId: 'fire', itemIds: ['item-2', 'item-3'] }],
    scope: { ...LINE.scope, industries: ['H'] },
    ratio: 800,
  })
  const merge = { taskName: '合并检查', leadAuthorityId: 'market' }

  it('keeps everybody with his items, the lead first, in the time that all have', () => {
    expect(mergedLine([fire, merging({})], merge, [])).toMatchObject({
      leadAuthorityId: 'market',
      parts: [
        { authorityId: 'market', itemIds: ['item-1'] },
        { authorityId: 'fire', itemIds: ['item-2', 'item-3'] },
      ],
      startsOn: '2026-05-01',
      endsOn: '2026-10-31',
      ratio: 800,
      sourceLineIds: ['line-2', 'line-1'],
      mode: 'COMPREHENSIVE',
    })
    expect(mergedLine([fire, merging({})], { ...merge, quantity: 30 }, [])).toMatchObject({
      ratio: null,
      quantity: 30,
    })
  })

  it.each([
    ['consolidation.two_needed', [merging({})], 1, merge],
    ['consolidation.line_gone', [merging({})], 2, merge],
    ['consolidation.line_gone', [merging({}), merging({ state: 'ended' })], 2, merge],
    ['consolidation.periods_apart', [merging({ endsOn: '2026-04-01' }), fire], 2, merge],
    ['consolidation.lead_takes_no_part', [merging({}), fire], 2, { ...merge, leadAuthorityId: 'health' }],
    ['planLine.ratio_or_quantity', [merging({}), fire], 2, { ...merge, ratio: 1, quantity: 1 }],
  ])('is refused: %s', (code, lines, wanted, body) => {
    expect(whyNotMerge(lines, wanted, body)?.code).toBe(code)
  })

  it('leaves no overlap, and leaves nobody out', () => {
    const lineOf = fc.record({
      industries: fc.constantFrom([], ['H'], ['H61'], ['F']),
      classes: fc.constantFrom([], ['A' as const], ['B' as const, 'D' as const]),
      leadAuthorityId: fc.constantFrom('market', 'fire'),
    })
    fc.assert(
      fc.property(fc.array(lineOf, { minLength: 2, maxLength: 6 }), (drawn) => {
        const lines = drawn.map(({ industries, classes, leadAuthorityId }, at) =>
          merging({ id: `line-${at}`, leadAuthorityId, scope: { ...LINE.scope, industries, classes } }),
        )
        const one = { ...merging({}), ...mergedLine(lines, merge, []), id: 'merged' }
        const all = [one, ...lines]
        const membership = membershipOf(
          PROFILES,
          all.map(({ scope }) => scope),
        )
        for (const here of membership) if (here.length > 0) expect(here).toContain(0)
        const left = [{ ...one, authorityIds: ['market'], isOwn: true }]
        const counts = countsOf(PROFILES, membership, 1 + lines.length)
        const own = membership.map((here) => here.filter((line) => line === 0))
        expect(overlapsOf({ lines: left, profiles: PROFILES, membership: own, counts })).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

const PREFECTURE = '652700'
const JINGHE = '652722'

onEachEngine((kind) => {
  let app: TestApp
  let office: CatalogueCast
  let market: CatalogueCast
  let fire: CatalogueCast
  let year: number
  beforeAll(async () => {
    app = await startApp(kind)
    office = await catalogueCast(app, { division: PREFECTURE, name: '博州市场监督管理局' })
    market = await catalogueCast(app, { division: JINGHE, name: '精河县市场监督管理局' })
    fire = await catalogueCast(app, { division: JINGHE, name: '精河县消防救援大队' })
    await giveConference(app, { division: PREFECTURE, office: office.authority, oversight: office.authority })
    year = app.clock.now().getUTCFullYear() + 1
  })
  afterAll(() => app.close())

  const ofYear = () => ({ startsOn: `${year}-03-01`, endsOn: `${year}-11-30` })
  const consolidated = () =>
    givePlan(office.office.client, office.authority, { year, kind: 'consolidated', field: 'all' })

  it('takes joint tasks of what was submitted and received, once, and of nothing else', async () => {
    const county = await givePlan(market.clerk.client, market.authority, { year })
    const own = { authorityId: market.authority, itemIds: [await giveItem(market)] }
    const parts = [own, { authorityId: fire.authority, itemIds: [await giveItem(fire)] }]
    const of = (more: object) => lineBody(market.authority, JINGHE, { ...ofYear(), ...more })
    const line = await giveLine(market.clerk.client, county, of({ parts, mode: 'COMPREHENSIVE' }))
    await giveLine(market.clerk.client, county, of({ parts: [own], taskName: '单独任务' }))
    await publish(market, county)
    const plan = await consolidated()
    const candidates = () => office.office.client.get(`/plans/${plan}/candidates`)
    const consolidate = (lineIds: readonly string[]) =>
      office.office.client.post(`/plans/${plan}/consolidation`, { lineIds })
    expect((await candidates()).body).toMatchObject({
      items: [],
      about: { plans: 0 },
      can: { consolidate: null },
    })
    expect((await consolidate([line])).body).toMatchObject({ code: 'consolidation.not_a_candidate' })

    const filing = await market.clerk.client.post(`/plans/${county}/submission`, {})
    expect(filing.status, filing.text).toBe(201)
    const received = await office.office.client.post(`/filings/${idOf(filing)}/receipt`, {})
    expect(received.status, received.text).toBe(200)
    expect((await candidates()).body).toMatchObject({
      items: [{ id: line, authorityName: '精河县市场监督管理局', receipt: fieldOf(received, 'receipt') }],
      about: { plans: 1, taken: 0 },
    })
    expect((await consolidate([line])).body).toEqual({ taken: 1 })
    expect((await candidates()).body).toMatchObject({ items: [], about: { plans: 1, taken: 1 } })
    expect((await consolidate([line])).body).toMatchObject({ code: 'consolidation.not_a_candidate' })
    expect((await office.office.client.get(`/plans/${plan}/lines`)).body).toMatchObject({
      items: [{ sourceLineIds: [line], lead: { id: market.authority } }],
    })
    const invited = { authorityIds: [fire.authority] }
    expect((await office.office.client.post(`/plans/${plan}/invitations`, invited)).status).toBe(200)
    expect((await fire.clerk.client.get(`/plans/${plan}/candidates`)).status).toBe(403)
    // What was taken is not held against what it was taken from.
    expect((await office.office.client.get(`/plans/${plan}/overlaps`)).body).toMatchObject({ items: [] })
  })

  it('takes what was submitted as it stood then, and says that it has changed since', async () => {
    year += 1
    const county = await givePlan(market.clerk.client, market.authority, { year })
    const parts = [
      { authorityId: market.authority, itemIds: [await giveItem(market)] },
      { authorityId: fire.authority, itemIds: [await giveItem(fire)] },
    ]
    const words = { ...ofYear(), parts, mode: 'COMPREHENSIVE', ratio: 500 }
    const line = await giveLine(market.clerk.client, county, lineBody(market.authority, JINGHE, words))
    await publish(market, county)
    const filing = idOf(await market.clerk.client.post(`/plans/${county}/submission`))
    await office.office.client.post(`/filings/${filing}/receipt`)
    const plan = await consolidated()
    const candidates = () => office.office.client.get(`/plans/${plan}/candidates`)
    expect((await candidates()).body).toMatchObject({ items: [{ id: line, ratio: 500, isChanged: false }] })
    const amendment = idOf(
      await market.clerk.client.post(`/plans/${county}/amendments`, {
        reasonCode: 'RISK_CHANGED',
        reason: '风险变化',
        changes: [{ op: 'change', lineId: line, lineVersion: 1, after: { ratio: 400 } }],
      }),
    )
    await market.clerk.client.post(`/amendments/${amendment}/proposal`)
    const approved = await market.leader.client.post(`/amendments/${amendment}/approval`, {})
    expect(approved.status, approved.text).toBe(200)
    expect((await candidates()).body).toMatchObject({ items: [{ id: line, ratio: 500, isChanged: true }] })
    await office.office.client.post(`/plans/${plan}/consolidation`, { lineIds: [line] })
    expect((await office.office.client.get(`/plans/${plan}/lines`)).body).toMatchObject({
      items: [{ ratio: 500, sourceLineIds: [line], parts: [{ isLead: true }, { isLead: false }] }],
    })
  })

  it('is the business of a consolidated plan alone', async () => {
    year += 1
    const own = await givePlan(market.clerk.client, market.authority, { year })
    const lineIds = ['01900000-0000-7000-8000-000000000001']
    expect((await market.clerk.client.post(`/plans/${own}/consolidation`, { lineIds })).body).toMatchObject({
      code: 'consolidation.consolidated_only',
    })
    expect((await fire.clerk.client.get(`/plans/${own}/candidates`)).status).toBe(404)
  })

  it('merges overlapping tasks into one joint task', async () => {
    year += 1
    const plan = await consolidated()
    const lineOf = async (cast: CatalogueCast) =>
      giveLine(
        office.office.client,
        plan,
        lineBody(cast.authority, JINGHE, {
          ...ofYear(),
          parts: [{ authorityId: cast.authority, itemIds: [await giveItem(cast)] }],
        }),
      )
    const lineIds = [await lineOf(market), await lineOf(fire)]
    const merge = { lineIds, taskName: '市场监管、消防联合检查', leadAuthorityId: fire.authority, ratio: 400 }
    const merged = await office.office.client.post(`/plans/${plan}/merges`, merge)
    expect(merged.status, merged.text).toBe(201)
    expect(merged.body).toMatchObject({
      number: 3,
      ratio: 400,
      sourceLineIds: lineIds,
      parts: [{ isLead: true }, { isLead: false }],
    })
    expect((await office.office.client.get(`/plans/${plan}/lines`)).body).toMatchObject({
      items: [{ id: idOf(merged) }],
    })
    expect((await office.office.client.post(`/plans/${plan}/merges`, merge)).body).toMatchObject({
      code: 'consolidation.line_gone',
    })
  })

  it('is preceded by what the checks say of the same subjects in other plans, named only to whom they are shown', async () => {
    year += 1
    for (const n of [1, 2, 3, 4])
      await giveSubject(market.clerk.client, {
        authorityId: market.authority,
        divisionCode: JINGHE,
        name: `精河县示例${n}号店`,
      })
    const planOf = async (cast: CatalogueCast, ratio: number) => {
      const plan = await givePlan(cast.clerk.client, cast.authority, { year })
      const parts = [{ authorityId: cast.authority, itemIds: [await giveItem(cast, { ratioCap: 5000 })] }]
      await giveLine(cast.clerk.client, plan, lineBody(cast.authority, JINGHE, { ...ofYear(), parts, ratio }))
      return plan
    }
    const other = await planOf(fire, 5000)
    const own = await planOf(market, 5000)
    const overlaps = async () => (await market.clerk.client.get(`/plans/${own}/overlaps`)).body
    expect(await overlaps()).toMatchObject({ items: [] })
    await publish(fire, other)
    expect(await overlaps()).toMatchObject({
      items: [{ lines: [{ subjects: 4 }, { subjects: 4 }], hidden: 0, subjects: 4, expectedDouble: 1 }],
    })
    const checks = fieldOf(
      await market.clerk.client.get(`/plans/${own}/checks`),
      'items',
    ) as readonly object[]
    expect(checks).toContainEqual(
      expect.objectContaining({
        code: 'overlap',
        severity: 'warning',
        sentence: expect.stringContaining('4 户') as string,
        law: expect.objectContaining({ key: 'plans.single_visit' }) as object,
      }),
    )
    // Across the plans of the division, with what each may make of it.
    const all = async (cast: CatalogueCast, who: 'clerk' | 'office' = 'clerk') =>
      (await cast[who].client.get(`/plan-overlaps?division=${JINGHE}&year=${year}`)).body
    const ownLine = (await market.clerk.client.get(`/plans/${own}/lines`)).body as never as {
      items: readonly { id: string }[]
    }
    const otherLine = (await fire.clerk.client.get(`/plans/${other}/lines`)).body as never as {
      items: readonly { id: string }[]
    }
    const [mine, theirs] = [ownLine.items[0]!.id, otherLine.items[0]!.id]
    expect(await all(market)).toMatchObject({
      items: [{ subjects: 4, hidden: 0, offers: [{ act: 'join', planId: own, lineId: mine }] }],
    })
    // Who does not see the draft sees no pair.
    expect(await all(fire)).toMatchObject({ items: [] })
    const joining = { lineId: theirs, reason: '示例：同一批对象' }
    const joined = await market.clerk.client.post(`/plan-lines/${mine}/joining`, joining)
    expect(joined.status, joined.text).toBe(200)
    expect((await market.clerk.client.get(`/plan-lines/${mine}`)).body).toMatchObject({
      mode: expect.any(String) as string,
      parts: [{ isLead: true }, { authorityId: fire.authority, items: [{}] }],
    })
    // Another's draft enters nothing that is published.
    const early = await fire.clerk.client.post(`/plan-lines/${theirs}/joining`, { ...joining, lineId: mine })
    expect([404, 409]).toContain(early.status)
    await publish(market, own)
    expect(await all(fire)).toMatchObject({
      items: [{ offers: [{ act: 'amend', planId: other, lineId: theirs }] }],
    })
    const amended = await fire.clerk.client.post(`/plan-lines/${theirs}/joining`, {
      ...joining,
      lineId: mine,
    })
    expect(amended.body).toMatchObject({ planId: other, amendmentId: expect.any(String) as string })
    const again = await fire.clerk.client.post(`/plan-lines/${theirs}/joining`, { ...joining, lineId: mine })
    expect(again.body).toMatchObject({ code: 'amendment.open_already' })
    // The office makes one task of both in the plan of all, which goes back to them.
    const plan = await consolidated()
    expect(await all(office, 'office')).toMatchObject({
      items: [{ offers: [{ act: 'merge', planId: plan, lineId: null }] }],
    })
    const merge = {
      lineIds: [mine, theirs],
      taskName: '联合检查',
      leadAuthorityId: fire.authority,
      ratio: 500,
    }
    const merged = await office.office.client.post(`/plans/${plan}/merges`, merge)
    expect(merged.status, merged.text).toBe(201)
    expect((merged.body['sourceLineIds'] as unknown as string[]).toSorted()).toEqual(
      [mine, theirs].toSorted(),
    )
    expect(await all(office, 'office')).toMatchObject({ items: [] })
    // Once is enough: what is part of a line is chosen by that line.
    expect((await office.office.client.post(`/plans/${plan}/merges`, merge)).body).toMatchObject({
      code: 'consolidation.taken_already',
      params: { line: 1 },
    })
  })

  it('shows nobody what would meet in another’s draft', async () => {
    year += 1
    const own = await givePlan(market.clerk.client, market.authority, { year })
    expect((await fire.clerk.client.get(`/plans/${own}/overlaps`)).status).toBe(404)
  })
})
