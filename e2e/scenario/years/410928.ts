// 濮阳县, 2023 (濮县双随机办〔2023〕13号).

import { type Administrators, type County, layGround } from '../county.ts'
import { importSubjects } from '../subjects.ts'
import type { Year } from '../year.ts'
import { CLUBS, GROUND, HOTELS, PLACE, REPORTS, SAFETY, VENUES } from './410928.ground.ts'
import { adopt, editLine, lineBody, propose, writePlan, type WrittenPlan } from './common.ts'
import {
  accept,
  agree,
  dispatch,
  draftTask,
  namePool,
  outsideBody,
  partOf,
  partsOf,
  publishScheme,
  setTerm,
  settle,
  writeScheme,
} from './joint-task.ts'

/** 濮阳县, 2023. */
export const puyang = { place: PLACE, play }

async function play(year: Year, administrators: Administrators): Promise<void> {
  const county = await layGround(year, GROUND, administrators)
  await importSubjects(year, 'market.clerk')
  await year.goTo('2023-03-20')
  await year.part('D-7', () => refuseUncapped(county))
  const market = await marketPlan(county)
  const clubs = await culturePlan(county)
  await year.part('汇总计划', () => consolidated(county))
  await year.goTo('2023-05-08')
  await year.part('综合联查', () => comprehensive(county, market))
  await year.part('书面检查', () => documentary(county, market))
  await year.part('计划外', () => outside(county))
  await year.part('备案去向', () => elsewhere(county, market))
  await year.part('调整计划', () => amend(county, market))
  await year.goTo('2023-06-30')
  await year.part('推进情况', () => report(county, 'market', '2023-07-01'))
  await year.goTo('2023-07-03')
  await year.part('逾期入库', () => late(county, clubs))
  await year.goTo('2023-11-20')
  await year.part('推进情况', () => report(county, 'market', '2023-11-15'))
}

/** D-7: 一般检查事项 … 设置上限. */
async function refuseUncapped({ year, ids, items }: County): Promise<void> {
  const { bases } = await year.get('market.clerk', `/items/${items.get('SJ-02')}`)
  const [basis] = bases as readonly { readonly citationId: string }[]
  const { id } = await year.must('market.clerk', 'POST', '/items', {
    authorityId: ids.get('market'),
    code: 'SJ-03',
    name: '广告经营检查',
    object: '广告经营单位',
    scope: '广告内容是否真实、合法。',
    field: 'market',
    isRandom: true,
    tier: 'GENERAL',
    frequency: '每年一次',
    methods: ['DOCUMENTARY'],
    implementingLevels: ['county'],
    bases: [{ citationId: basis?.citationId, article: '第三条' }],
  })
  await year.step({
    who: 'market.clerk',
    what: '一般检查事项不设上限，提交审定',
    path: `/items/${id}/proposal`,
    expect: { code: 'item.cap_needed', law: 'plans.general_item_cap_required' },
    shows: 'D-7',
  })
}

async function marketPlan(county: County): Promise<WrittenPlan> {
  const plan = await writePlan(county, {
    of: 'market',
    title: '濮阳县市场监管局2023年度抽查工作计划',
    lines: [HOTELS, VENUES, REPORTS],
  })
  await propose(county, plan, {
    what: '以3%的比例提交审核',
    expect: { code: 'plan.check_failed', law: 'plans.ratio_floor', params: { check: 'ratio_floor' } },
    shows: 'D-6',
  })
  await editLine(county, plan, plan.lines[0] ?? '', { ratio: 500 }, '比例提高到5%')
  await propose(county, plan)
  await adopt(county, plan)
  return plan
}

/** D-8: 年内要牵头开展2次以上; in the library by the end of June, which this one misses. */
async function culturePlan(county: County): Promise<WrittenPlan> {
  const plan = await writePlan(county, {
    of: 'culture',
    title: '濮阳县文广旅体局2023年度抽查工作计划',
    lines: [CLUBS],
  })
  await propose(county, plan, {
    what: '只有一项牵头的联合任务，提交审核',
    expect: {
      code: 'plan.check_failed_whole',
      law: 'plans.joint_inspections_led',
      params: { check: 'joint_led' },
    },
    shows: 'D-8',
  })
  await county.year.step({
    who: 'culture.clerk',
    what: '列入第二项联合任务',
    path: `/plans/${plan.id}/lines`,
    body: lineBody(county, SAFETY),
  })
  await propose(county, plan)
  return plan
}

/** 26 authorities, eleven lines of each, as the office collects them: read and taken over within the patience of an official. */
async function consolidated({ year, ids }: County): Promise<void> {
  const plan = await year.step({
    who: 'office',
    what: '编制濮阳县2023年度部门联合抽查汇总计划',
    path: '/plans',
    body: {
      authorityId: ids.get('market'),
      kind: 'consolidated',
      year: 2023,
      field: 'market',
      title: '濮阳县2023年度部门联合抽查工作计划',
    },
  })
  const rows = GROUND.authorities.flatMap(({ name }, a) =>
    Array.from({ length: 11 }, (_, at) =>
      [
        `${a + 1}-${at + 1}`,
        `${name}第${at + 1}项抽查`,
        '不定向',
        '有关经营单位',
        name,
        '',
        '5%',
        '实地核查',
        '2023年5月至10月',
        '',
      ].join(','),
    ),
  )
  const head =
    '抽查计划编号,任务名称,抽查类型,抽查对象,发起部门,参与部门,抽查比例(数量),检查方式,起止时间,抽查事项'
  const began = performance.now()
  const upload = await year.step({
    who: 'office',
    what: '导入26个部门的286项任务',
    path: `/plans/${plan.id}/imports`,
    body: [head, ...rows].join('\n'),
    fileName: '汇总表.csv',
  })
  await year.see('逐行核对：全部可导入', upload['counts'], { new: 286, changed: 0, same: 0, error: 0 })
  const { id, version } = upload
  await year.step({
    who: 'office',
    what: '全部导入',
    path: `/plan-imports/${id}/application`,
    body: {},
    version,
  })
  await year.see('导入和核对用时不到十秒', performance.now() - began < 10_000, true)
  const { about } = await year.get('office', `/plans/${plan.id}/lines?limit=1`)
  await year.see('计划中的任务', about, 286)
}

async function late(county: County, plan: WrittenPlan): Promise<void> {
  await adopt(county, plan)
  const { isLate, libraryDueOn } = await county.year.get('culture.clerk', `/plans/${plan.id}`)
  await county.year.see('6月30日后入库，显示逾期，不拦阻', [isLate, libraryDueOn], [true, '2023-06-30'])
}

async function comprehensive(county: County, plan: WrittenPlan): Promise<void> {
  const { year } = county
  const [line] = plan.lines
  await draftTask(
    county,
    'market',
    { name: '计划外的月份', planLineId: line, startsOn: '2023-11-10', endsOn: '2023-11-30' },
    {
      what: '计划为5至10月，任务排在11月',
      expect: { code: 'task.leaves_plan', params: { what: 'period' } },
    },
  )
  const { id } = await draftTask(county, 'market', {
    name: HOTELS.name,
    planLineId: line,
    startsOn: '2023-05-15',
    parts: partsOf(county, HOTELS, 2),
    waived: { INSPECTED_THIS_YEAR: '综合联查，一次完成' },
  })
  await namePool(county, id, 'market')
  await dispatch(county, id, 'market', '2023-05-12', {
    what: '不排除本部门已抽查的主体，发出会商',
    shows: 'D-12',
    law: 'tasks.dedup_scope',
  })
  await namePool(county, id, 'health', {
    who: 'market.clerk',
    what: '由牵头部门确定卫健委的备选人员',
    expect: { code: 'participation.pool_is_own', law: 'draws.organiser' },
    shows: 'D-10',
  })
  for (const key of ['health', 'fire']) {
    await namePool(county, id, key)
    await accept(county, id, key)
  }
  const task = await year.get('market.clerk', `/tasks/${id}`)
  await year.see('最后一个部门答复，任务即商定', task['state'], 'agreed')
  const { demands } = task['figures'] as { readonly demands: readonly unknown[] }
  await year.see('综合联查：各户到场的部门不尽相同', demands.length > 1, true)
  const part = await partOf(county, id, 'health')
  await year.step({
    who: 'health.head',
    what: '商定后改变答复',
    path: `/participations/${part.id}/reopening`,
    expect: 409,
  })
  await scheme(county, id)
}

async function scheme(county: County, taskId: string): Promise<void> {
  const { id } = await writeScheme(county, taskId, 'market')
  const unlawful = (law: string) => ({ code: 'scheme.term_unlawful', law })
  const deadline = unlawful('publication.result_deadline')
  await setTerm(county, id, 'market', { publicationDays: 15 }, { expect: deadline, shows: 'D-1' })
  await setTerm(
    county,
    id,
    'market',
    { publicationStartsAt: 'inspectionEnd' },
    { expect: deadline, shows: 'D-2' },
  )
  await setTerm(
    county,
    id,
    'market',
    { swapPermitted: true, replacementSteps: [] },
    { shows: 'D-4', law: 'draws.replacement_steps' },
  )
  await setTerm(
    county,
    id,
    'market',
    { objectionDays: 30 },
    { shows: 'D-9', law: 'objections.filing_window' },
  )
  await setTerm(
    county,
    id,
    'market',
    { platformName: '国家企业信用信息公示系统（部门协同监管平台-河南）' },
    { shows: 'D-16', law: 'tasks.platform_name' },
  )
  await publishScheme(county, id, 'market', 'WEBSITE')
}

/** D-5: nothing here says how many are in a team; on site two are the law of the nation. */
async function documentary(county: County, plan: WrittenPlan): Promise<void> {
  const line = plan.lines[2]
  const { id } = await draftTask(county, 'market', {
    name: REPORTS.name,
    planLineId: line,
    startsOn: '2023-06-05',
    parts: partsOf(county, REPORTS, 1),
  })
  await namePool(county, id, 'market')
  await settle(county, id, 'market', {
    what: '书面检查，每户一名检查人员，商定',
    shows: 'D-5',
    law: 'draws.team_size',
  })
}

/** D-17: 投诉举报、转办交办、数据监测, and nothing else. */
async function outside(county: County): Promise<void> {
  const body = await outsideBody(county, HOTELS, {
    name: '网络交易监测线索核查',
    period: ['2023-05-20', '2023-06-20'],
    note: '监测平台推送的线索，逐条核查。',
  })
  await draftTask(county, 'market', body, {
    what: '计划外检查，不说明理由',
    expect: { code: 'task.ground_needed' },
  })
  await draftTask(
    county,
    'market',
    { ...body, outsideGround: 'WORK_SAFETY' },
    {
      what: '计划外检查，理由：安全生产',
      expect: { code: 'task.ground_not_here', law: 'plans.case_lead_sources' },
      shows: 'D-17',
    },
  )
  await draftTask(
    county,
    'market',
    { ...body, outsideGround: 'MONITORING' },
    { what: '计划外检查，理由：数据监测' },
  )
}

/** D-15: the conference supervises; nothing is filed with the justice bureau. */
async function elsewhere({ year }: County, plan: WrittenPlan): Promise<void> {
  await year.step({
    who: 'market.clerk',
    what: '向司法局备案',
    path: `/plans/${plan.id}/filings`,
    body: { body: 'JUSTICE_BUREAU' },
    expect: { code: 'filing.no_such_duty', law: 'supervision.supervising_bodies' },
    shows: 'D-15',
  })
}

/** 年度抽查工作计划可根据工作实际动态调整: with a reason, by a second person, in public. */
async function amend(county: County, plan: WrittenPlan): Promise<void> {
  const { year } = county
  const lineId = plan.lines[1] ?? ''
  const task = { name: VENUES.name, planLineId: lineId, startsOn: '2023-10-10', endsOn: '2023-10-31' }
  await draftTask(county, 'market', task, {
    what: '计划为5至9月，任务排在10月',
    expect: { code: 'task.leaves_plan', params: { what: 'period' } },
  })
  const { version: lineVersion } = await year.get('market.clerk', `/plan-lines/${lineId}`)
  const change = { op: 'change', lineId, lineVersion, after: { endsOn: '2023-10-31' } }
  const { id } = await year.step({
    who: 'market.clerk',
    what: '调整计划：延至10月',
    path: `/plans/${plan.id}/amendments`,
    body: { reasonCode: 'RESOURCES', reason: '参与部门执法力量调整', changes: [change] },
  })
  const amendment = async () => (await year.get('market.clerk', `/amendments/${id}`)).version
  await year.step({
    who: 'market.clerk',
    what: '提交审核',
    path: `/amendments/${id}/proposal`,
    body: {},
    version: await amendment(),
  })
  await year.step({
    who: 'market.head',
    what: '审核通过，即行公布',
    path: `/amendments/${id}/approval`,
    body: {},
    version: await amendment(),
  })
  const { id: taskId } = await draftTask(county, 'market', task, { what: '调整公布后，任务排在10月' })
  await agree(county, taskId, { lead: 'market', others: ['culture'], replyBy: '2023-06-20' })
}

/** 7月1日、11月15日前报送工作推进情况总结. */
async function report({ year, ids }: County, key: string, dueOn: string): Promise<void> {
  const filed = await year.step({
    who: `${key}.clerk`,
    what: '报送工作推进情况总结',
    path: '/progress-reports',
    body: { authorityId: ids.get(key), summary: '按计划推进，未发现影响进度的问题。' },
  })
  await year.see(`应于${dueOn}前报送`, filed['dueOn'], dueOn)
}
