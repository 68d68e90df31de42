import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { loadLaw } from '../../src/law/index.ts'
import { dutiesOf } from '../../src/plans/filings/due.rules.ts'
import {
  bodiesOf,
  dueIn,
  filingWay,
  isReviewed,
  progressWay,
  receiverIn,
  submissionWay,
  whyNotDecideFiling,
  whyNotFile,
} from '../../src/plans/filings/filings.rules.ts'
import {
  catalogueCast,
  type CatalogueCast,
  fieldOf,
  giveConference,
  giveItem,
  idOf,
} from '../registers/catalogue-kit.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { giveLine, givePlan, lineBody, publish } from './plans-kit.ts'

const law = loadLaw(join(import.meta.dirname, '../../../law'))
const NINGAN = '231084'
const PUYANG = '410928'
const BOERTALA = '652722'
const at = (division: string, on: string) => ({ division, on })
const plan = { state: 'published', kind: 'annual', year: 2020, half: null, field: 'nonMarket' } as const

describe('to whom a plan goes', () => {
  it('is what the document of the place says; where none says, nowhere (D-15)', () => {
    expect(filingWay(law, plan, 'JUSTICE_BUREAU', at(NINGAN, '2020-01-10'))).toEqual({
      way: { body: 'JUSTICE_BUREAU', law: 'plans.filing_dates', division: NINGAN, dueOn: '2020-01-15' },
    })
    expect(filingWay(law, plan, 'JUSTICE_BUREAU', at(PUYANG, '2023-06-01'))).toMatchObject({
      refusal: { code: 'filing.no_such_duty', law: 'supervision.supervising_bodies' },
    })
  })

  it('is two bodies for the market field in one place, and for other fields one', () => {
    const bodies = (field: 'market' | 'nonMarket' | 'all') =>
      bodiesOf(law, field, at(NINGAN, '2020-01-10')).map(({ body }) => body)
    expect(bodies('nonMarket')).toEqual(['JUSTICE_BUREAU'])
    expect(bodies('market')).toEqual(['JUSTICE_BUREAU', 'MARKET_REGULATION'])
    expect(bodies('all')).toEqual(['JUSTICE_BUREAU', 'MARKET_REGULATION'])
  })

  it('is upward from a county by the document of its prefecture', () => {
    expect(submissionWay(law, plan, at(BOERTALA, '2020-03-01'))).toEqual({
      way: {
        body: 'MARKET_REGULATION',
        law: 'plans.submission_dates',
        division: '652700',
        dueOn: '2020-03-10',
      },
    })
  })

  it('has another day in the year of the document, and each half of a year its own', () => {
    const due = (year: number, half: number | null, key = 'plans.filing_dates') =>
      dueIn(law, key, NINGAN, { year, half })
    expect(due(2019, null)).toBe('2019-06-20')
    expect(due(2020, null)).toBe('2020-01-15')
    const halves = 'plans.half_year_filing_dates'
    expect([due(2019, 1, halves), due(2019, 2, halves)]).toEqual([undefined, '2019-06-15'])
    expect([due(2020, 1, halves), due(2020, 2, halves)]).toEqual(['2020-01-15', '2020-06-15'])
  })

  it('comes after publication where a document says so', () => {
    const approved = { ...plan, state: 'approved' } as const
    expect(whyNotFile(approved, law, at(NINGAN, '2020-01-10'))).toMatchObject({
      code: 'filing.publish_first',
      law: 'plans.published_before_filing',
    })
    expect(whyNotFile(approved, law, at(BOERTALA, '2020-01-10'))).toBeUndefined()
    expect(whyNotFile({ ...plan, state: 'draft' }, law, at(NINGAN, '2020-01-10'))).toMatchObject({
      code: 'plan.not_in_this_state',
    })
  })

  it('is a body of the joint conference, or nobody', () => {
    const conference = { officeId: 'office', oversightId: null }
    expect(receiverIn(conference, 'MARKET_REGULATION')).toEqual({ receiverId: 'office' })
    expect(receiverIn(conference, 'JUSTICE_BUREAU')).toMatchObject({
      refusal: { code: 'filing.no_receiver' },
    })
    expect(receiverIn(undefined, 'JOINT_CONFERENCE')).toMatchObject({
      refusal: { code: 'filing.no_receiver' },
    })
  })
})

describe('a progress report', () => {
  it('is for the first day of the year that is open', () => {
    const way = (done: readonly string[]) => progressWay(law, at(PUYANG, '2023-07-05'), done)
    expect(way([])).toMatchObject({ way: { dueOn: '2023-07-01', body: 'JOINT_CONFERENCE' } })
    expect(way(['2023-07-01'])).toMatchObject({ way: { dueOn: '2023-11-15' } })
    expect(way(['2023-07-01', '2023-11-15'])).toMatchObject({ refusal: { code: 'filing.open_already' } })
    expect(progressWay(law, at(NINGAN, '2020-07-05'), [])).toMatchObject({
      refusal: { code: 'filing.progress_needs_dates' },
    })
  })
})

describe('what is received', () => {
  it('is reviewed where it is a joint plan of other fields', () => {
    const lines = (field: string, mode: string | null) => [{ field, mode }]
    const here = at(NINGAN, '2020-01-10')
    expect(isReviewed(law, here, 'JUSTICE_BUREAU', lines('nonMarket', 'THEMATIC'))).toBe(true)
    expect(isReviewed(law, here, 'JUSTICE_BUREAU', lines('nonMarket', null))).toBe(false)
    expect(isReviewed(law, here, 'JUSTICE_BUREAU', lines('market', 'THEMATIC'))).toBe(false)
    expect(isReviewed(law, here, 'MARKET_REGULATION', lines('nonMarket', 'THEMATIC'))).toBe(false)
  })

  it('is not decided on by who sent it, nor returned where it is only filed', () => {
    const filing = { kind: 'filing', state: 'submitted', isReviewed: false, submittedById: 'a' } as const
    expect(whyNotDecideFiling(filing, 'receive', 'a')).toMatchObject({ code: 'filing.own_submission' })
    expect(whyNotDecideFiling(filing, 'receive', 'b')).toBeUndefined()
    expect(whyNotDecideFiling(filing, 'return', 'b')).toMatchObject({ code: 'filing.not_reviewed' })
    expect(whyNotDecideFiling({ ...filing, isReviewed: true }, 'return', 'b')).toBeUndefined()
    expect(whyNotDecideFiling({ ...filing, state: 'received' }, 'return', 'b')).toMatchObject({
      code: 'filing.not_in_this_state',
    })
  })
})

describe('the duties of a year', () => {
  const owing = { isOffice: false, inspects: true, plans: [], filings: [] }
  it('are those of the place and the year, by their days', () => {
    const of = (division: string, year: number, more = {}) =>
      dutiesOf(law, { ...owing, division, year, ...more }).map(({ kind, dueOn }) => `${kind} ${dueOn}`)
    expect(of(PUYANG, 2023)).toEqual(['library 2023-06-30', 'progress 2023-07-01', 'progress 2023-11-15'])
    expect(of(PUYANG, 2024)).toEqual([])
    expect(of(NINGAN, 2020)).toEqual(['filing 2020-01-15', 'filing 2020-01-15', 'filing 2020-06-15'])
    expect(of('652700', 2020, { isOffice: true })).toEqual([
      'submission 2020-03-10',
      'consolidation 2020-04-10',
    ])
  })

  it('say when each was done', () => {
    const own = { id: 'p', kind: 'annual', half: null, field: 'market', state: 'published' } as const
    const plans = [{ ...own, publishedOn: '2023-07-03' }]
    const [library] = dutiesOf(law, { ...owing, plans, division: PUYANG, year: 2023 })
    expect(library).toMatchObject({ kind: 'library', doneOn: '2023-07-03', planId: 'p' })
  })
})

onEachEngine((kind) => {
  let app: TestApp
  let office: CatalogueCast
  let oversight: CatalogueCast
  let own: CatalogueCast
  beforeAll(async () => {
    app = await startApp(kind)
    office = await catalogueCast(app, { division: NINGAN, name: '宁安市市场监督管理局' })
    oversight = await catalogueCast(app, { division: NINGAN, name: '宁安市司法局' })
    own = await catalogueCast(app, { division: NINGAN, name: '宁安市应急管理局' })
    await giveConference(app, { division: NINGAN, office: office.authority, oversight: oversight.authority })
  })
  afterAll(() => app.close())

  describe('a plan in a place that has it filed', () => {
    let year = 2030
    const published = async (more: object = {}) => {
      const id = await givePlan(own.clerk.client, own.authority, { year: ++year, field: 'all' })
      const parts = [
        { authorityId: own.authority, itemIds: [await giveItem(own)] },
        { authorityId: office.authority, itemIds: [await giveItem(office)] },
      ]
      const joint = { mode: 'THEMATIC', drawType: 'TARGETED', field: 'nonMarket', parts }
      const days = { startsOn: `${year}-03-01`, endsOn: `${year}-11-30` }
      await giveLine(own.clerk.client, id, lineBody(own.authority, NINGAN, { ...joint, ...days, ...more }))
      await publish(own, id)
      return id
    }
    const file = (id: string, body: string) => own.clerk.client.post(`/plans/${id}/filings`, { body })

    it('goes to the bodies that the document names, and is received with a receipt', async () => {
      const id = await published()
      expect((await oversight.clerk.client.get(`/plans/${id}`)).status).toBe(200)
      const filed = await file(id, 'MARKET_REGULATION')
      expect(filed.status, filed.text).toBe(201)
      expect(filed.body).toMatchObject({
        receiver: { id: office.authority },
        isReviewed: false,
        state: 'submitted',
        dueOn: `${year}-01-15`,
        can: { withdraw: null, receive: { code: 'not_allowed' } },
      })
      expect((await file(id, 'MARKET_REGULATION')).body).toMatchObject({ code: 'filing.open_already' })
      expect((await file(id, 'JOINT_CONFERENCE')).body).toMatchObject({ code: 'filing.no_such_duty' })
      const path = `/filings/${idOf(filed)}`
      expect((await own.clerk.client.post(`${path}/receipt`)).status).toBe(403)
      expect((await oversight.clerk.client.get(path)).status).toBe(404)
      expect((await office.clerk.client.post(`${path}/return`, { reason: '请补正' })).body).toMatchObject({
        code: 'filing.not_reviewed',
      })
      const received = await office.office.client.post(`${path}/receipt`)
      expect(received.body).toMatchObject({ state: 'received' })
      expect(received.text).toMatch(/收〔\d{4}〕1号/)
      expect((await office.clerk.client.get('/filings?direction=in')).text).toContain(idOf(filed))
      expect((await office.clerk.client.get('/filings?direction=out')).text).not.toContain(idOf(filed))
    })

    it('is reviewed where it is joint and of other fields: returned, and filed again', async () => {
      const id = await published()
      const first = idOf(await file(id, 'JUSTICE_BUREAU'))
      const returned = await oversight.oversight.client.post(`/filings/${first}/return`, {
        reason: '参与部门不全',
      })
      expect(returned.body).toMatchObject({
        isReviewed: true,
        state: 'returned',
        returnReason: '参与部门不全',
      })
      const waiting = async () => (await own.clerk.client.get('/todo')).text
      expect(await waiting()).toContain('filing.returned')
      const second = await file(id, 'JUSTICE_BUREAU')
      expect(second.status).toBe(201)
      expect(await waiting()).not.toContain('filing.returned')
      expect((await oversight.oversight.client.post(`/filings/${idOf(second)}/receipt`)).status).toBe(200)
      const duties = await own.clerk.client.get(`/filing-duties?authority=${own.authority}&year=${year}`)
      expect(duties.text).toContain('收〔')
    })

    it('is filed after it is published, and taken back before it is received', async () => {
      const id = await givePlan(own.clerk.client, own.authority, { year: ++year, field: 'all' })
      expect((await file(id, 'JUSTICE_BUREAU')).body).toMatchObject({ code: 'plan.not_in_this_state' })
      const filed = idOf(await file(await published(), 'JUSTICE_BUREAU'))
      expect((await own.clerk.client.post(`/filings/${filed}/withdrawal`)).body).toMatchObject({
        state: 'withdrawn',
      })
      expect((await oversight.oversight.client.post(`/filings/${filed}/receipt`)).body).toMatchObject({
        code: 'filing.not_in_this_state',
      })
    })

    it('says beforehand what is on its way, and to whom it may still go', async () => {
      const id = await published()
      const seen = async () => (await own.clerk.client.get(`/plans/${id}`)).body
      const choice = (body: string, code: string | null) => ({ body, can: { file: code ? { code } : null } })
      expect(await seen()).toMatchObject({
        filedWith: [choice('JUSTICE_BUREAU', null), choice('MARKET_REGULATION', null)],
        can: { file: null, submit: { code: 'filing.no_such_duty' } },
      })
      await file(id, 'JUSTICE_BUREAU')
      expect(await seen()).toMatchObject({
        filedWith: [choice('JUSTICE_BUREAU', 'filing.open_already'), choice('MARKET_REGULATION', null)],
        can: { file: null },
      })
      await file(id, 'MARKET_REGULATION')
      expect(await seen()).toMatchObject({ can: { file: { code: 'filing.open_already' } } })
    })

    it('leaves no receiver among those who see it when it is taken back, save whom it invited', async () => {
      const id = await published()
      const parties = async () =>
        (fieldOf(await own.clerk.client.get(`/plans/${id}`), 'parties') as readonly { id: string }[]).map(
          (party) => party.id,
        )
      const withdrawn = async (body: string) =>
        own.clerk.client.post(`/filings/${idOf(await file(id, body))}/withdrawal`)
      expect(await parties()).toEqual([own.authority])
      const sent = idOf(await file(id, 'JUSTICE_BUREAU'))
      expect(await parties()).toContain(oversight.authority)
      await own.clerk.client.post(`/filings/${sent}/withdrawal`)
      expect(await parties()).toEqual([own.authority])
      // One that was received stays a party, whatever is sent and taken back afterwards.
      const kept = idOf(await file(id, 'JUSTICE_BUREAU'))
      await oversight.oversight.client.post(`/filings/${kept}/receipt`)
      await withdrawn('JUSTICE_BUREAU')
      expect(await parties()).toContain(oversight.authority)
    })

    it('has no way upward where no document asks for it, and no progress report', async () => {
      const id = await published()
      expect((await own.clerk.client.post(`/plans/${id}/submission`)).body).toMatchObject({
        code: 'filing.no_such_duty',
      })
      const report = { authorityId: own.authority, summary: '上半年工作推进情况' }
      expect((await own.clerk.client.post('/progress-reports', report)).body).toMatchObject({
        code: 'filing.progress_needs_dates',
      })
    })

    it('keeps its duties to the authority itself', async () => {
      const path = `/filing-duties?authority=${own.authority}&year=2031`
      expect((await own.reader.client.get(path)).status).toBe(200)
      expect((await office.reader.client.get(path)).status).toBe(404)
    })
  })
})
