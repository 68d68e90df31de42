// The annual plans of 青石县: published, submitted and filed, waiting for a head; and the plan of all, being drafted.

import type { Speaker, Spoken } from './speaker.ts'

const DIVISION = '990101'

/** Who plans, for which authorities, in which year. */
export interface PlanHands {
  readonly as: (username: string) => Speaker
  readonly market: string
  readonly health: string
  /** The day of the county's clock: YYYY-MM-DD. */
  readonly today: string
}

/** The lines that tasks are made from. */
export interface ExampleLines {
  readonly catering: string
  readonly equipment: string
  readonly registration: string
  readonly food: string
}

const NOBODY_LEFT_OUT = {
  divisions: [DIVISION],
  register: null,
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
  classes: [],
}
const COUNTY = { drawLevel: 'county', inspectLevel: 'county' }

/** Draws the plans up, through the platform's own rules. */
export async function addPlans(hands: PlanHands): Promise<ExampleLines> {
  const items = await itemsOf(hands)
  const lines = await publishMarketPlan(hands, items)
  await submitHealthPlan(hands, items)
  await proposeHealthPlan(hands, items)
  await consolidate(hands)
  return lines
}

type Items = (code: string) => string

async function itemsOf({ as }: PlanHands): Promise<Items> {
  const { items } = await as('zhouwu').get('/items?limit=200')
  const found = items as readonly (Spoken & { readonly code: string })[]
  return (code) => found.find((item) => item.code === code)?.id ?? ''
}

async function publishMarketPlan(
  { as, market, health, today }: PlanHands,
  item: Items,
): Promise<ExampleLines> {
  const clerk = as('zhouwu')
  const year = Number(today.slice(0, 4))
  const plan = await clerk.post('/plans', {
    authorityId: market,
    kind: 'annual',
    year,
    field: 'market',
    title: `青石县市场监督管理局${year}年度抽查工作计划`,
  })
  const line = (written: object) =>
    clerk.post(`/plans/${plan.id}/lines`, {
      field: 'market',
      leadAuthorityId: market,
      ...COUNTY,
      startsOn: today,
      endsOn: `${year}-12-31`,
      ...written,
    })
  const catering = await line({
    code: `QS-${year}-01`,
    taskName: '餐饮服务单位部门联合抽查',
    drawType: 'UNTARGETED',
    tier: 'PRIORITY',
    mode: 'COMPREHENSIVE',
    object: '全县住宿业、餐饮业经营主体',
    scope: { ...NOBODY_LEFT_OUT, industries: ['H'] },
    content: '许可和从业人员健康证明、加工制作过程、餐饮具消毒、公共场所卫生',
    ratio: 1000,
    frequencyMost: 1,
    methods: ['ON_SITE'],
    parts: [
      { authorityId: market, itemIds: [item('SJ-004')] },
      { authorityId: health, itemIds: [item('WJ-001')] },
    ],
  })
  const equipment = await line({
    code: `QS-${year}-02`,
    taskName: '特种设备使用单位抽查',
    drawType: 'TARGETED',
    tier: 'PRIORITY',
    object: '使用特种设备的企业',
    scope: { ...NOBODY_LEFT_OUT, entityTypes: ['enterprise'] },
    quantity: 12,
    frequencyMost: 1,
    methods: ['ON_SITE'],
    parts: [{ authorityId: market, itemIds: [item('SJ-005')] }],
  })
  const registration = await line({
    code: `QS-${year}-03`,
    taskName: '登记事项和公示信息抽查',
    drawType: 'UNTARGETED',
    tier: 'GENERAL',
    object: '全县企业',
    scope: { ...NOBODY_LEFT_OUT, entityTypes: ['enterprise'] },
    ratio: 400,
    classRatios: { A: 300, B: 400, C: 500, D: 500, N: 400 },
    frequencyMost: 1,
    methods: ['DOCUMENTARY', 'ON_SITE'],
    parts: [{ authorityId: market, itemIds: [item('SJ-001'), item('SJ-002')] }],
  })
  const food = await line({
    code: `QS-${year}-04`,
    taskName: '食品销售单位抽查',
    drawType: 'UNTARGETED',
    tier: 'PRIORITY',
    object: '全县食品、饮料专门零售经营主体',
    scope: { ...NOBODY_LEFT_OUT, industries: ['F522'] },
    ratio: 2000,
    frequencyMost: 1,
    methods: ['ON_SITE'],
    parts: [{ authorityId: market, itemIds: [item('SJ-003')] }],
  })
  await propose(clerk, plan.id)
  await approve(as('wuliu'), plan.id)
  await as('zhengqi').post(`/plans/${plan.id}/publication`, { publishedIn: '青石县人民政府网站' })
  await amend(as, plan.id, equipment)
  const submission = await clerk.post(`/plans/${plan.id}/submission`)
  await as('lisi').post(`/filings/${submission.id}/receipt`)
  return {
    catering: catering.id,
    equipment: equipment.id,
    registration: registration.id,
    food: food.id,
  }
}

/** A published plan is changed by an amendment alone, which everybody sees. */
async function amend(as: PlanHands['as'], planId: string, line: Spoken): Promise<void> {
  const current = await as('zhouwu').get(`/plan-lines/${line.id}`)
  const amendment = await as('zhouwu').post(`/plans/${planId}/amendments`, {
    reasonCode: 'RISK_CHANGED',
    reason: '近期检验不合格的较多，增加抽查数量',
    changes: [{ op: 'change', lineId: line.id, lineVersion: current.version, after: { quantity: 15 } }],
  })
  await as('zhouwu').post(`/amendments/${amendment.id}/proposal`)
  await as('wuliu').post(`/amendments/${amendment.id}/approval`, {})
}

/** Published, on its way to the office, which has not received it, and to whom reviews it (备案审核). */
async function submitHealthPlan({ as, market, health, today }: PlanHands, item: Items): Promise<void> {
  const clerk = as('chenshi')
  const year = Number(today.slice(0, 4))
  const plan = await clerk.post('/plans', {
    authorityId: health,
    kind: 'annual',
    year,
    field: 'all',
    title: `青石县卫生健康局${year}年度抽查工作计划`,
  })
  await clerk.post(`/plans/${plan.id}/lines`, {
    taskName: '住宿场所卫生联合抽查',
    drawType: 'UNTARGETED',
    tier: 'GENERAL',
    field: 'nonMarket',
    mode: 'COMPREHENSIVE',
    leadAuthorityId: health,
    object: '全县住宿业经营主体',
    scope: { ...NOBODY_LEFT_OUT, industries: ['H61'] },
    ratio: 800,
    frequencyMost: 1,
    methods: ['ON_SITE'],
    startsOn: today,
    endsOn: `${year}-12-31`,
    ...COUNTY,
    parts: [
      { authorityId: health, itemIds: [item('WJ-001')] },
      { authorityId: market, itemIds: [item('SJ-004')] },
    ],
  })
  await propose(clerk, plan.id)
  await approve(as('chushiyi'), plan.id)
  await as('chushiyi').post(`/plans/${plan.id}/publication`, { publishedIn: '青石县人民政府网站' })
  await clerk.post(`/plans/${plan.id}/submission`)
  await clerk.post(`/plans/${plan.id}/filings`, { body: 'JUSTICE_BUREAU' })
}

/** The office's plan of all, with what it has received; being drafted. */
async function consolidate({ as, market, today }: PlanHands): Promise<void> {
  const office = as('lisi')
  const year = Number(today.slice(0, 4))
  const plan = await office.post('/plans', {
    authorityId: market,
    kind: 'consolidated',
    year,
    field: 'all',
    title: `青石县${year}年度部门联合抽查工作计划`,
  })
  const { items } = await office.get(`/plans/${plan.id}/candidates`)
  const lineIds = (items as readonly Spoken[]).map(({ id }) => id)
  await office.post(`/plans/${plan.id}/consolidation`, { lineIds })
}

async function proposeHealthPlan({ as, health, today }: PlanHands, item: Items): Promise<void> {
  const clerk = as('chenshi')
  const year = Number(today.slice(0, 4)) + 1
  const plan = await clerk.post('/plans', {
    authorityId: health,
    kind: 'annual',
    year,
    field: 'all',
    title: `青石县卫生健康局${year}年度抽查工作计划`,
  })
  await clerk.post(`/plans/${plan.id}/lines`, {
    taskName: '公共场所卫生抽查',
    drawType: 'UNTARGETED',
    tier: 'GENERAL',
    field: 'market',
    leadAuthorityId: health,
    object: '住宿、理发、沐浴等公共场所经营主体',
    scope: { ...NOBODY_LEFT_OUT, industries: ['H', 'O'] },
    ratio: 800,
    frequencyMost: 1,
    methods: ['ON_SITE'],
    startsOn: `${year}-04-01`,
    endsOn: `${year}-10-31`,
    ...COUNTY,
    parts: [{ authorityId: health, itemIds: [item('WJ-001')] }],
  })
  await propose(clerk, plan.id)
}

/** Findings that are only warnings are answered with the reason why the plan is so all the same. */
async function propose(clerk: Speaker, id: string): Promise<void> {
  const { items } = await clerk.get(`/plans/${id}/checks`)
  const findings = items as readonly {
    readonly code: string
    readonly severity: string
    readonly lineIds: readonly string[]
  }[]
  const acknowledged = findings
    .filter(({ severity }) => severity === 'warning')
    .map(({ code, lineIds: [lineId] }) => ({
      code,
      ...(lineId === undefined ? {} : { lineId }),
      reason: '已与有关部门商量，按现有力量安排',
    }))
  const { version } = await clerk.get(`/plans/${id}`)
  await clerk.post(`/plans/${id}/proposal`, { acknowledged }, { 'if-match': `"${version}"` })
}

async function approve(head: Speaker, id: string): Promise<void> {
  const { version } = await head.get(`/plans/${id}`)
  await head.post(
    `/plans/${id}/approval`,
    { note: '任务安排与人员力量相当，同意' },
    { 'if-match': `"${version}"` },
  )
}
