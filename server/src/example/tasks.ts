// The inspection tasks of 青石县: one on which another authority is asked, three that are agreed, one outside the plan that is
// being drafted.

import type { ExampleLines, PlanHands } from './plans.ts'
import type { Speaker, Spoken } from './speaker.ts'

interface Candidate {
  readonly inspectorId: string
  readonly whyNot: object | null
}

/** The agreed tasks that are drawn. */
export interface ExampleTasks {
  readonly registration: string
  readonly food: string
}

/** Draws the tasks up, through the platform's own rules. */
export async function addTasks(hands: PlanHands, lines: ExampleLines): Promise<ExampleTasks> {
  await consult(hands, lines.catering)
  const registration = await settle(hands, {
    planLineId: lines.registration,
    name: '登记事项和公示信息抽查',
    strataBy: 'class',
  })
  const food = await settle(hands, { planLineId: lines.food, name: '食品销售单位抽查', strataBy: 'class' })
  await settle(hands, { planLineId: lines.equipment, name: '特种设备使用单位抽查', strataBy: 'whole' })
  await draftOutsidePlan(hands)
  return { registration, food }
}

/** Sent out, with the health authority asked until the end of next week. */
async function consult({ as, market, health, today }: PlanHands, planLineId: string): Promise<void> {
  const clerk = as('zhouwu')
  const task = await clerk.post('/tasks', {
    leadAuthorityId: market,
    planLineId,
    name: '餐饮服务单位部门联合抽查（第一批）',
    strataBy: 'class',
    matching: 'subjects',
    teamCount: null,
    loadCap: 15,
    tauHundredths: 100,
    ...period(today),
  })
  await prepareOwn(clerk, task.id, market)
  // Each of the two may be the only one that inspects a place: it comes with two.
  await clerk.put(`/tasks/${task.id}/participations/${health}`, 0, { members: 2 })
  const { version } = await clerk.get(`/tasks/${task.id}`)
  await as('zhengqi').post(
    `/tasks/${task.id}/dispatch`,
    { replyBy: daysAfter(today, 12) },
    { 'if-match': `"${version}"` },
  )
  await as('chenshi').post(`/tasks/${task.id}/opinions`, {
    text: '建议住宿业一并检查集中空调通风系统的清洗记录。',
  })
}

/** Of one authority alone: nobody has to be asked. */
async function settle(
  { as, market, today }: PlanHands,
  said: { readonly planLineId: string; readonly name: string; readonly strataBy: 'whole' | 'class' },
): Promise<string> {
  const clerk = as('zhouwu')
  const task = await clerk.post('/tasks', {
    leadAuthorityId: market,
    ...said,
    matching: 'subjects',
    teamCount: null,
    loadCap: 15,
    tauHundredths: 100,
    ...period(today),
  })
  await prepareOwn(clerk, task.id, market)
  const { version } = await clerk.get(`/tasks/${task.id}`)
  await as('zhengqi').post(`/tasks/${task.id}/settlement`, {}, { 'if-match': `"${version}"` })
  return task.id
}

/** With a ground, and the paper that it rests on. */
async function draftOutsidePlan({ as, market, today }: PlanHands): Promise<void> {
  const clerk = as('zhouwu')
  const { items } = await clerk.get('/items?limit=200')
  const item = (items as readonly (Spoken & { readonly code: string })[]).find(
    ({ code }) => code === 'SJ-003',
  )
  const { hash } = await clerk.upload(
    '/task-evidence',
    '县政府办通知.txt',
    '关于开展节前食品安全检查的通知（示例）',
  )
  await clerk.post('/tasks', {
    leadAuthorityId: market,
    name: '节前食品销售单位抽查',
    field: 'market',
    tier: 'PRIORITY',
    mode: null,
    crossRegion: false,
    drawType: 'TARGETED',
    drawLevel: 'county',
    inspectLevel: 'county',
    scope: {
      divisions: ['990101'],
      register: null,
      industries: ['F'],
      entityTypes: [],
      kinds: [],
      licenceKinds: [],
      pools: [],
      tags: [],
      classes: [],
    },
    strataBy: 'class',
    design: { kind: 'ratio', ratio: 500, byClass: { A: 300, B: 500, C: 1000, D: 2000 } },
    waived: {},
    methods: ['ON_SITE'],
    ...period(today),
    matching: 'subjects',
    teamCount: null,
    loadCap: 15,
    tauHundredths: 100,
    drawnListPublished: true,
    capGround: null,
    capNote: null,
    outsideGround: 'GOVERNMENT_ORDER',
    outsideNote: '县政府部署节前食品安全检查',
    outsideEvidence: hash,
    parts: [{ authorityId: market, members: 2, itemIds: [item?.id ?? ''] }],
  })
}

/** The lead's own items, inspectors who may be drawn, and that conflicts were asked for. */
async function prepareOwn(clerk: Speaker, taskId: string, authorityId: string): Promise<void> {
  const { items } = await clerk.get(`/tasks/${taskId}/participations`)
  const own = (items as readonly (Spoken & { readonly authorityId: string })[]).find(
    (one) => one.authorityId === authorityId,
  )
  const { inspectors } = await clerk.get(`/participations/${own?.id}/candidates`)
  const pool = (inspectors as readonly Candidate[])
    .filter(({ whyNot }) => whyNot === null)
    .map(({ inspectorId }) => ({ inspectorId }))
  await clerk.patch(`/participations/${own?.id}`, own?.version ?? 0, {
    pool,
    members: 2,
    drawn: pool.length,
    conflictsConfirmed: true,
  })
}

function period(today: string): { readonly startsOn: string; readonly endsOn: string } {
  const lastOfYear = `${today.slice(0, 4)}-12-31`
  const inFourWeeks = daysAfter(today, 28)
  return { startsOn: today, endsOn: inFourWeeks < lastOfYear ? inFourWeeks : lastOfYear }
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
