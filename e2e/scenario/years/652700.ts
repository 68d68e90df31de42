// 博尔塔拉蒙古自治州, 2019 and 2020 (博州政办发〔2019〕33号): counties submit, the prefecture consolidates; the lead draws, publishes and keeps.

import { type Administrators, type County, type Ground, layGround } from '../county.ts'
import { importSubjects } from '../subjects.ts'
import type { Place, Year } from '../year.ts'
import { adopt, type LineSketch, propose, writePlan, type WrittenPlan } from './common.ts'
import { receive, submit } from './filings.ts'
import {
  accept,
  dispatch,
  draftTask,
  confirmPool,
  namePool,
  outsideBody,
  partsOf,
  publishScheme,
  setTerm,
  writeScheme,
} from './joint-task.ts'

const PLACE: Place = { division: '652700', name: '博尔塔拉蒙古自治州', document: '博州政办发〔2019〕33号' }

const COUNTIES = [
  ['bole', '652701', '博乐市'],
  ['jinghe', '652722', '精河县'],
  ['wenquan', '652723', '温泉县'],
] as const

const FOOD = '中华人民共和国食品安全法'

const GROUND: Ground = {
  conference: '自治州“双随机、一公开”监管工作联席会议',
  authorities: [
    {
      key: 'market',
      name: '博尔塔拉蒙古自治州市场监督管理局',
      short: '州市场监管局',
      hands: true,
      inspectors: 7,
    },
    {
      key: 'health',
      name: '博尔塔拉蒙古自治州卫生健康委员会',
      short: '州卫健委',
      hands: true,
      inspectors: 7,
    },
    ...COUNTIES.flatMap(([key, division, name]) => [
      {
        key,
        division,
        name: `${name}市场监督管理局`,
        short: `${name}市场监管局`,
        superior: 'market',
        hands: true,
      },
      { key: `${key}-health`, division, name: `${name}卫生健康委员会`, short: `${name}卫健委`, hands: true },
    ]),
  ],
  items: [
    { of: 'market', code: 'SJ-01', name: '食品经营检查', tier: 'PRIORITY', law: FOOD },
    // D-7: a general item without a cap; nothing here asks for one.
    { of: 'market', code: 'SJ-02', name: '公示信息检查', tier: 'GENERAL', law: '企业信息公示暂行条例' },
    { of: 'health', code: 'WJ-01', name: '公共场所卫生检查', tier: 'PRIORITY', law: '公共场所卫生管理条例' },
    ...COUNTIES.flatMap(([key]) => [
      {
        of: key,
        code: `${key.toUpperCase()}-01`,
        name: '食品经营检查',
        tier: 'PRIORITY' as const,
        law: FOOD,
      },
      {
        of: `${key}-health`,
        code: `${key.toUpperCase()}-02`,
        name: '公共场所卫生检查',
        tier: 'PRIORITY' as const,
        law: '公共场所卫生管理条例',
      },
    ]),
  ],
}

const OWN: LineSketch = {
  name: '全州住宿餐饮联合抽查',
  lead: 'market',
  parts: { market: ['SJ-01', 'SJ-02'], health: ['WJ-01'] },
  divisions: COUNTIES.map(([, division]) => division),
  industries: ['H'],
  mode: 'COMPREHENSIVE',
  period: ['2020-05-01', '2020-10-31'],
  more: { ratio: 300, draws: 2, crossRegion: true, drawLevel: 'prefecture', inspectLevel: 'prefecture' },
}

/** The prefecture wants the same hotels as the city of 博乐. */
const CITY: LineSketch = {
  ...OWN,
  name: '博乐市住宿餐饮联合抽查（州级）',
  divisions: ['652701'],
  mode: 'SECTORAL',
  more: { ratio: 500 },
}

/** 博尔塔拉蒙古自治州, 2019 to 2020. */
export const bortala = { place: PLACE, play }

async function play(year: Year, administrators: Administrators): Promise<void> {
  const county = await layGround(year, GROUND, administrators)
  for (const [key, division] of COUNTIES) await importSubjects(year, `${key}.clerk`, { division, rows: 100 })
  await year.part('一般事项不设上限', () => uncapped(county))
  await year.goTo('2020-03-09')
  const plans = await countyPlans(county)
  for (const plan of plans.slice(0, 2)) await year.part('按期报送', () => inTime(county, plan))
  await year.goTo('2020-03-12')
  await year.part('逾期报送', () => tooLate(county, plans[2]!))
  const whole = await writePlan(county, {
    of: 'office',
    kind: 'consolidated',
    title: '自治州2020年度部门联合随机抽查工作计划',
    lines: [OWN, CITY],
  })
  await year.part('汇总', () => consolidate(county, whole, plans))
  await year.goTo('2020-04-09')
  await propose(county, whole)
  await adopt(county, whole)
  await year.goTo('2020-05-06')
  await year.part('跨区域任务', () => crossRegion(county, whole))
  await year.part('计划外', () => outside(county))
}

async function uncapped({ year, items }: County): Promise<void> {
  const { state, ratioCap } = await year.step({
    who: 'market.clerk',
    what: '一般检查事项不设上限，已审定公布',
    method: 'GET',
    path: `/items/${items.get('SJ-02')}`,
    law: 'plans.general_item_cap_required',
    shows: 'D-7',
  })
  await year.see('事项有效，无上限', [state, ratioCap], ['effective', null])
}

/** Each county leads one, with its health commission. */
async function countyPlans(county: County): Promise<readonly WrittenPlan[]> {
  const plans: WrittenPlan[] = []
  for (const [key, division, name] of COUNTIES) {
    const plan = await writePlan(county, {
      of: key,
      title: `${name}2020年度联合随机抽查计划`,
      lines: [
        {
          name: `${name}住宿餐饮联合抽查`,
          lead: key,
          parts: { [key]: [`${key.toUpperCase()}-01`], [`${key}-health`]: [`${key.toUpperCase()}-02`] },
          divisions: [division],
          industries: ['H'],
          mode: 'SECTORAL',
          period: ['2020-05-01', '2020-10-31'],
          more: { ratio: 500 },
        },
      ],
    })
    await propose(county, plan)
    const { version } = await county.year.get(`${key}.head`, `/plans/${plan.id}`)
    await county.year.step({
      who: `${key}.head`,
      what: '审核通过',
      path: `/plans/${plan.id}/approval`,
      body: {},
      version,
    })
    plans.push(plan)
  }
  return plans
}

/** 应于每年3月10日前向州市场监管局报送. */
async function inTime(county: County, plan: WrittenPlan): Promise<void> {
  const filing = await submit(county, plan, { law: 'plans.submission_dates' })
  await county.year.see('报送日期在3月10日前', [filing['dueOn'], filing['lateDays'] ?? 0], ['2020-03-10', 0])
  await receive(county, filing, 'office')
}

async function tooLate(county: County, plan: WrittenPlan): Promise<void> {
  const filing = await submit(county, plan, {
    law: 'plans.submission_dates',
    what: '3月12日报送：逾期，照收',
  })
  await county.year.see('逾期两个工作日', [filing['dueOn'], filing['lateDays']], ['2020-03-10', 2])
  await receive(county, filing, 'office')
}

/** 统筹制定自治州年度部门联合随机抽查工作计划: taken over, and where two want the same subjects, one inspection of them. */
async function consolidate(county: County, whole: WrittenPlan, plans: readonly WrittenPlan[]): Promise<void> {
  const { year } = county
  const { items } = await year.get('office', `/plans/${whole.id}/candidates`)
  await year.see('三县市报送的联合任务可供汇总', items.length, 3)
  const lineIds = plans.flatMap(({ lines }) => lines)
  await year.step({
    who: 'office',
    what: '纳入汇总计划',
    path: `/plans/${whole.id}/consolidation`,
    body: { lineIds },
  })
  const lines = await year.get('office', `/plans/${whole.id}/lines`)
  const taken = lines.items.filter(({ sourceLineIds }) => (sourceLineIds as readonly string[]).length > 0)
  await year.step({
    who: 'office',
    what: '州、市两项重叠的任务合并为一次联合检查',
    path: `/plans/${whole.id}/merges`,
    body: {
      lineIds: [whole.lines[1], taken[0]?.id],
      taskName: '博乐市住宿餐饮联合抽查（州市合并）',
      leadAuthorityId: county.ids.get('market'),
      ratio: 500,
    },
  })
}

async function crossRegion(county: County, whole: WrittenPlan): Promise<void> {
  const body = { name: OWN.name, planLineId: whole.lines[0], parts: partsOf(county, OWN, 2) }
  const sealed = await draftTask(county, 'market', {
    ...body,
    name: '名单不公示的任务',
    drawnListPublished: false,
  })
  await namePool(county, sealed.id, 'market')
  await dispatch(county, sealed.id, 'market', '2020-05-15', {
    what: '抽查名单不公示，发出会商',
    expect: { code: 'task.drawn_list_public', law: 'publication.drawn_list_published' },
    shows: 'D-13',
  })
  const { id } = await draftTask(county, 'market', body)
  await namePool(county, id, 'market')
  await dispatch(county, id, 'market', '2020-05-15')
  // 发起部门 … 随机抽取检查对象和执法检查人员: the lead may name the others' pool too.
  await namePool(county, id, 'health', {
    who: 'market.clerk',
    what: '由发起部门确定卫健委的备选人员',
    law: 'draws.organiser',
  })
  await confirmPool(county, id, 'health')
  await accept(county, id, 'health')
  const { state, figures } = await county.year.get('market.clerk', `/tasks/${id}`)
  await county.year.see('跨区域任务商定', state, 'agreed')
  await county.year.see(
    '三县市的主体都在范围内',
    (figures as { readonly scopeCount: number }).scopeCount,
    102,
  )
  await scheme(county, id)
}

async function scheme(county: County, taskId: string): Promise<void> {
  const { id } = await writeScheme(county, taskId, 'market')
  const deadline = 'publication.result_deadline'
  await setTerm(county, id, 'market', { publicationDays: 15 }, { shows: 'D-1', law: deadline })
  await setTerm(
    county,
    id,
    'market',
    { publicationStartsAt: 'inspectionEnd' },
    { shows: 'D-2', law: deadline },
  )
  await setTerm(
    county,
    id,
    'market',
    { publisher: 'LEAD_AUTHORITY' },
    { shows: 'D-3', law: 'publication.publisher' },
  )
  await setTerm(
    county,
    id,
    'market',
    { archiveKeptBy: 'LEAD_AUTHORITY' },
    { shows: 'D-18', law: 'inspections.archive_kept_by' },
  )
  await publishScheme(county, id, 'market', 'WEBSITE', {
    expect: { code: 'scheme.channel_not_here', law: 'publication.scheme_published_through' },
    shows: 'D-14',
  })
  await publishScheme(county, id, 'market', 'PLATFORM')
}

/** 投诉举报、转办交办: leads from monitoring are none here. */
async function outside(county: County): Promise<void> {
  const body = await outsideBody(county, CITY, {
    name: '数据监测线索核查',
    period: ['2020-05-20', '2020-06-20'],
    note: '监测平台推送的线索。',
  })
  await draftTask(
    county,
    'market',
    { ...body, outsideGround: 'MONITORING' },
    {
      what: '计划外检查，理由：数据监测',
      expect: { code: 'task.ground_not_here', law: 'plans.case_lead_sources' },
    },
  )
}
