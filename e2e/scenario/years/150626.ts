// 乌审旗, 2023 (乌审旗双随机抽查工作细则): everybody is asked; who does not come writes why; who was inspected this year is spared.

import { type Administrators, type County, type Ground, layGround } from '../county.ts'
import { importSubjects } from '../subjects.ts'
import type { Place, Year } from '../year.ts'
import { type LineSketch, plainPlan, type WrittenPlan } from './common.ts'
import {
  accept,
  dispatch,
  draftTask,
  namePool,
  PAPER,
  partOf,
  partsOf,
  publishScheme,
  setTerm,
  writeScheme,
} from './joint-task.ts'

const PLACE: Place = { division: '150626', name: '乌审旗', document: '乌审旗双随机抽查工作细则（2023）' }

const GROUND: Ground = {
  conference: '乌审旗“双随机、一公开”工作联席会议',
  office: 'market',
  authorities: [
    { key: 'city', name: '鄂尔多斯市市场监督管理局', short: '市市场监管局', division: '150600', hands: true },
    {
      key: 'market',
      name: '乌审旗市场监督管理局',
      short: '旗市场监管局',
      superior: 'city',
      hands: true,
      inspectors: 7,
    },
    { key: 'health', name: '乌审旗卫生健康委员会', short: '旗卫健委', hands: true, inspectors: 7 },
    { key: 'safety', name: '乌审旗应急管理局', short: '旗应急局', hands: true, inspectors: 6 },
  ],
  items: [
    { of: 'market', code: 'SJ-01', name: '食品经营检查', tier: 'PRIORITY', law: '中华人民共和国食品安全法' },
    { of: 'health', code: 'WJ-01', name: '公共场所卫生检查', tier: 'PRIORITY', law: '公共场所卫生管理条例' },
    {
      of: 'safety',
      code: 'YJ-01',
      name: '安全生产条件检查',
      tier: 'PRIORITY',
      law: '中华人民共和国安全生产法',
    },
  ],
}

const HOTELS: LineSketch = {
  name: '住宿业部门联合抽查',
  lead: 'market',
  parts: { market: ['SJ-01'], health: ['WJ-01'], safety: ['YJ-01'] },
  industries: ['H61'],
  mode: 'SECTORAL',
  period: ['2023-04-01', '2023-10-31'],
  more: { ratio: 300, draws: 2 },
}

/** 乌审旗, 2023. */
export const uxin = { place: PLACE, play }

async function play(year: Year, administrators: Administrators): Promise<void> {
  const county = await layGround(year, GROUND, administrators)
  await importSubjects(year, 'market.clerk')
  const plan = await thin(county)
  await year.goTo('2023-04-10')
  await year.part('市局已查', () => visitedByCity(county))
  await year.part('排除不得放弃', () => dedup(county, plan))
  await year.part('征求意见', () => consultation(county, plan))
}

/** D-6 and D-8: nothing here says how many; three in a hundred and one joint inspection will do. */
async function thin(county: County): Promise<WrittenPlan> {
  const plan = await plainPlan(county, {
    of: 'market',
    title: '乌审旗市场监督管理局2023年度抽查工作计划',
    lines: [HOTELS],
  })
  const { year } = county
  for (const [law, shows] of [
    ['plans.ratio_floor', 'D-6'],
    ['plans.joint_inspections_led', 'D-8'],
  ] as const)
    await year.step({
      who: 'market.clerk',
      what: '一项联合任务、比例3%的计划已公布',
      method: 'GET',
      path: `/plans/${plan.id}`,
      law,
      shows,
    })
  const { state } = await year.get('market.clerk', `/plans/${plan.id}`)
  await year.see('计划状态', state, 'published')
  return plan
}

/** 排除市级对应监管部门同一年度内已抽查过的主体: what the city declares is known in the banner. */
async function visitedByCity({ year, ids }: County): Promise<void> {
  const { items } = await year.get('city.clerk', '/subjects?division=150626&industry=H61&limit=1')
  const shown = await year.must('city.clerk', 'POST', '/task-evidence?purpose=visit', PAPER, {
    fileName: '抽查结果表.pdf',
  })
  const { id, divisionCode } = await year.step({
    who: 'city.clerk',
    what: '登记市局对一户旅馆的检查',
    path: '/visits',
    body: {
      subjectId: items[0]?.id,
      onDay: '2023-04-06',
      level: 'prefecture',
      authorityId: ids.get('city'),
      evidenceId: shown.id,
      evidence: '市局2023年第一季度抽查结果表',
    },
  })
  await year.step({
    who: 'city.head',
    what: '确认登记的检查，确认后才排除',
    path: `/visits/${String(divisionCode)}/${id}/confirmation`,
    body: {},
  })
}

async function dedup(county: County, plan: WrittenPlan): Promise<void> {
  const { id } = await draftTask(county, 'market', {
    name: '不排除已抽查主体的任务',
    planLineId: plan.lines[0],
    parts: partsOf(county, HOTELS, 2),
    waived: { INSPECTED_BY_UPPER: '本次一并核查' },
  })
  if (!id) return
  await namePool(county, id, 'market')
  await dispatch(county, id, 'market', '2023-04-20', {
    what: '不排除市局已抽查的主体，发出会商',
    expect: { code: 'task.dedup_needed', law: 'tasks.dedup_scope' },
    shows: 'D-12',
  })
}

async function consultation(county: County, plan: WrittenPlan): Promise<void> {
  const { year } = county
  const { id } = await draftTask(county, 'market', {
    name: HOTELS.name,
    planLineId: plan.lines[0],
    parts: partsOf(county, HOTELS, 2),
  })
  await namePool(county, id, 'market')
  await dispatch(county, id, 'market', '2023-04-20')
  const { figures } = await year.get('market.clerk', `/tasks/${id}`)
  const { exclusions } = figures as {
    readonly exclusions: readonly { readonly code: string; readonly subjects: number }[]
  }
  const upper = exclusions.find(({ code }) => code === 'INSPECTED_BY_UPPER')
  await year.see('市局已抽查的一户不进入抽取', upper?.subjects, 1)
  await opinion(county, id)
  await refuse(county, id)
  await namePool(county, id, 'health')
  await accept(county, id, 'health')
  const { state } = await year.get('market.clerk', `/tasks/${id}`)
  await year.see('全部答复，任务商定', state, 'agreed')
  await scheme(county, id)
}

/** 征求其他参与部门关于当次部门联合抽查工作方案的意见. */
async function opinion({ year }: County, taskId: string): Promise<void> {
  const { id } = await year.step({
    who: 'health.clerk',
    what: '对方案提出意见',
    path: `/tasks/${taskId}/opinions`,
    body: { section: 'TIME', text: '建议避开五月上旬的专项行动。' },
  })
  await year.step({
    who: 'market.clerk',
    what: '采纳意见',
    path: `/opinions/${id}/reply`,
    body: { adopted: true, reply: '已调整检查日程。' },
  })
}

/** 对于决定不参加联合抽查的，书面函告理由. */
async function refuse(county: County, taskId: string): Promise<void> {
  const { year } = county
  const { id, version } = await partOf(county, taskId, 'safety')
  const reason = '同期承担汛期安全检查，人员不足。'
  await year.step({
    who: 'safety.head',
    what: '不参加，没有书面函告',
    path: `/participations/${id}/decline`,
    version,
    body: { reason },
    expect: { code: 'participation.statement_needed', law: 'tasks.refusal_statement_required' },
  })
  const { hash } = await year.must('safety.clerk', 'POST', `/participations/${id}/statement`, PAPER, {
    fileName: '函告.pdf',
  })
  await year.step({
    who: 'safety.head',
    what: '不参加，附书面函告',
    path: `/participations/${id}/decline`,
    version,
    body: { reason, statement: hash },
  })
}

async function scheme(county: County, taskId: string): Promise<void> {
  const { id } = await writeScheme(county, taskId, 'market')
  await setTerm(
    county,
    id,
    'market',
    { swapPermitted: true },
    {
      what: '约定检查人员可以互换',
      expect: { code: 'scheme.term_unlawful', law: 'draws.swap_permitted' },
      shows: 'D-4',
    },
  )
  await publishScheme(county, id, 'market', 'PLATFORM')
}
