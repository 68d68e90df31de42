// 宁安市, 2019 and 2020 (宁安市双随机实施方案): published before it is filed, filed with the justice bureau, which reviews joint plans
// of other fields; nothing outside the plan without a ground.

import { type Administrators, type County, type Ground, layGround } from '../county.ts'
import { importSubjects } from '../subjects.ts'
import type { Place, Year } from '../year.ts'
import { type LineSketch, plainPlan, propose, writePlan, type WrittenPlan } from './common.ts'
import { file, receive } from './filings.ts'
import {
  agree,
  draftTask,
  namePool,
  outsideBody,
  partsOf,
  setTerm,
  settle,
  writeScheme,
} from './joint-task.ts'

const PLACE: Place = { division: '231084', name: '宁安市', document: '宁安市双随机实施方案（2019）' }

const SAFETY = '中华人民共和国安全生产法'

const GROUND: Ground = {
  conference: '宁安市“双随机、一公开”监管工作联席会议',
  authorities: [
    { key: 'market', name: '宁安市市场监督管理局', short: '市市场监管局', hands: true, inspectors: 7 },
    { key: 'justice', name: '宁安市司法局', short: '市司法局', hands: true },
    { key: 'safety', name: '宁安市应急管理局', short: '市应急局', hands: true, inspectors: 7 },
    { key: 'fire', name: '宁安市消防救援大队', short: '市消防大队', hands: true, inspectors: 7 },
    { key: 'culture', name: '宁安市文体广电和旅游局', short: '市文旅局', hands: true, inspectors: 7 },
  ],
  items: [
    {
      of: 'safety',
      code: 'YJ-01',
      name: '安全生产条件检查',
      tier: 'PRIORITY',
      law: SAFETY,
      field: 'nonMarket',
    },
    {
      of: 'fire',
      code: 'XF-01',
      name: '消防安全检查',
      tier: 'PRIORITY',
      law: '中华人民共和国消防法',
      field: 'nonMarket',
    },
    { of: 'culture', code: 'WL-01', name: '娱乐场所检查', tier: 'PRIORITY', law: '娱乐场所管理条例' },
    { of: 'market', code: 'SJ-01', name: '食品经营检查', tier: 'PRIORITY', law: '中华人民共和国食品安全法' },
  ],
}

const VENUES: LineSketch = {
  name: '娱乐场所联合抽查',
  lead: 'culture',
  parts: { culture: ['WL-01'], market: ['SJ-01'] },
  industries: ['R90'],
  mode: 'SECTORAL',
  period: ['2019-06-20', '2019-11-30'],
  more: { ratio: 1000 },
}
const WORKS: LineSketch = {
  name: '人员密集场所安全联合抽查',
  lead: 'safety',
  parts: { safety: ['YJ-01'], fire: ['XF-01'] },
  industries: ['H61'],
  field: 'nonMarket',
  mode: 'SECTORAL',
  period: ['2020-02-01', '2020-06-30'],
  more: { ratio: 1000 },
}
const FIRST = '非市场监管领域抽查工作计划'

/** 宁安市, 2019 to 2020. */
export const ningan = { place: PLACE, play }

async function play(year: Year, administrators: Administrators): Promise<void> {
  const county = await layGround(year, GROUND, administrators)
  await importSubjects(year, 'market.clerk')
  await year.goTo('2019-06-10')
  await year.part('2019年度计划', () => annual(county))
  await year.part('下半年计划', () =>
    halfYear(county, {
      half: 2,
      plan: `2019年下半年${FIRST}`,
      from: '2019-07-01',
      until: '2019-12-31',
      dueOn: '2019-06-15',
    }),
  )
  await year.part('计划外', () => outside(county))
  await year.goTo('2020-01-06')
  await year.part('上半年计划', () =>
    halfYear(county, {
      half: 1,
      plan: `2020年上半年${FIRST}`,
      from: '2020-02-01',
      until: '2020-06-30',
      dueOn: '2020-01-15',
    }),
  )
  await year.part('备案审核', () => reviewed(county))
}

/** 备案前检查计划要 … 向社会公布; 2019年度检查计划于6月20日前报; market lines with the market bureau too. */
async function annual(county: County): Promise<void> {
  const { year } = county
  const plan = await writePlan(county, {
    of: 'culture',
    title: '宁安市文旅局2019年度检查计划',
    lines: [VENUES],
  })
  await propose(county, plan)
  const { version } = await year.get('culture.head', `/plans/${plan.id}`)
  await year.step({
    who: 'culture.head',
    what: '审核通过',
    path: `/plans/${plan.id}/approval`,
    body: {},
    version,
  })
  await file(county, plan, 'JUSTICE_BUREAU', {
    what: '未公布即备案',
    expect: { code: 'filing.publish_first', law: 'plans.published_before_filing' },
  })
  await year.step({
    who: 'culture.head',
    what: '公布，不写在何处公布',
    path: `/plans/${plan.id}/publication`,
    body: {},
    expect: { code: 'plan.place_needed', law: 'publication.plan_published' },
  })
  await year.step({
    who: 'culture.head',
    what: '在政府网站公布',
    path: `/plans/${plan.id}/publication`,
    body: { publishedIn: '政府网站和部门网站' },
  })
  const filing = await file(county, plan, 'JUSTICE_BUREAU', { shows: 'D-15', law: 'plans.filed_with' })
  await year.see('应于6月20日前备案', filing['dueOn'], '2019-06-20')
  await receive(county, filing, 'oversight')
  const second = await file(county, plan, 'MARKET_REGULATION', {
    what: '市场监管领域，另向市场监管局备案',
    law: 'plans.market_field_filed_with',
  })
  await receive(county, second, 'office')
  await file(county, plan, 'JOINT_CONFERENCE', {
    what: '向联席会议备案',
    expect: { code: 'filing.no_such_duty', law: 'supervision.supervising_bodies' },
  })
  await exported(county, plan, 'attachment1', '年度行政执法检查计划表')
  await joint(county, plan)
}

/** The attachments of the document, as the offices hand them in. */
async function exported({ year }: County, plan: WrittenPlan, form: string, title: string): Promise<void> {
  const { text } = await year.step({
    who: `${plan.of}.clerk`,
    what: `导出${title}`,
    method: 'GET',
    path: `/plans/${plan.id}/export.csv?form=${form}`,
  })
  await year.see(`表头写明${title}`, String(text).includes(title), true)
}

/** D-3, D-16, D-18: who inspects publishes and keeps; the platform is that of 牡丹江市. */
async function joint(county: County, plan: WrittenPlan): Promise<void> {
  const { id } = await draftTask(county, 'culture', {
    name: VENUES.name,
    planLineId: plan.lines[0],
    parts: partsOf(county, VENUES, 2),
  })
  await agree(county, id, { lead: 'culture', others: ['market'], replyBy: '2019-06-30' })
  const scheme = await writeScheme(county, id, 'culture')
  const refuse = (term: object, law: string, shows: string) =>
    setTerm(
      county,
      scheme.id,
      'culture',
      { ...term },
      { expect: { code: 'scheme.term_unlawful', law }, shows },
    )
  await refuse({ publisher: 'LEAD_AUTHORITY' }, 'publication.publisher', 'D-3')
  await refuse(
    { platformName: '国家企业信用信息公示系统（部门协同监管平台-河南）' },
    'tasks.platform_name',
    'D-16',
  )
  await refuse({ archiveKeptBy: 'LEAD_AUTHORITY' }, 'inspections.archive_kept_by', 'D-18')
}

/** 各部门于每年1月15日前和6月15日前 … 报送市司法局备案 (attachment 4). */
async function halfYear(
  county: County,
  {
    half,
    plan: title,
    from,
    until,
    dueOn,
  }: {
    readonly half: 1 | 2
    readonly plan: string
    readonly from: string
    readonly until: string
    readonly dueOn: string
  },
): Promise<void> {
  const single: LineSketch = {
    ...WORKS,
    name: '安全生产抽查',
    parts: { safety: ['YJ-01'] },
    period: [from, until],
  }
  const { mode, ...alone } = single
  const plan = await plainPlan(county, {
    of: 'safety',
    title: `宁安市应急管理局${title}`,
    kind: 'halfYear',
    field: 'nonMarket',
    lines: [{ ...alone, more: { ...alone.more, ...(mode === undefined ? {} : { mode: null }) } }],
    more: { half },
  })
  const filing = await file(county, plan, 'JUSTICE_BUREAU', { law: 'plans.half_year_filing_dates' })
  await county.year.see('备案期限', filing['dueOn'], dueOn)
  await receive(county, filing, 'oversight')
  await exported(county, plan, 'attachment4', '非市场监管领域抽查工作计划表')
}

/** D-17: 未列入计划的，不得擅自检查, but for eight grounds. */
async function outside(county: County): Promise<void> {
  const { outsideNote, outsideEvidence, ...body } = await outsideBody(county, WORKS, {
    name: '安全生产专项检查',
    period: ['2019-06-20', '2019-07-20'],
    note: '邻县事故后的安全生产随机检查。',
  })
  await draftTask(county, 'safety', body, {
    what: '计划外检查，不说明理由',
    expect: { code: 'task.ground_needed', law: 'plans.unplanned_forbidden' },
  })
  const claimed = { ...body, outsideGround: 'WORK_SAFETY', outsideNote }
  await draftTask(county, 'safety', claimed, {
    what: '计划外检查，没有证明材料',
    expect: { code: 'task.evidence_needed' },
  })
  const { id } = await draftTask(
    county,
    'safety',
    { ...claimed, outsideEvidence },
    { what: '计划外检查，理由：安全生产，附材料', shows: 'D-17', law: 'plans.exemption_grounds' },
  )
  await namePool(county, id, 'safety')
  await settle(county, id, 'safety')
}

/** 其他执法领域 … 年度联合抽查工作计划，并报市司法局备案审核: returned, amended, filed again, received. */
async function reviewed(county: County): Promise<void> {
  const { year } = county
  const plan = await plainPlan(county, {
    of: 'safety',
    title: '宁安市应急管理局2020年度联合抽查工作计划',
    field: 'nonMarket',
    lines: [WORKS],
  })
  const filing = await file(county, plan, 'JUSTICE_BUREAU', {
    what: '报司法局备案审核',
    law: 'plans.joint_plan_reviewed_by',
  })
  await year.see('须经审核', filing['isReviewed'], true)
  await year.step({
    who: 'oversight',
    what: '退回：比例偏低',
    path: `/filings/${filing.id}/return`,
    body: { reason: '住宿业比例偏低，请提高。' },
  })
  await amend(county, plan)
  const again = await file(county, plan, 'JUSTICE_BUREAU', { what: '调整后再次报送' })
  await year.see('应于1月15日前备案', again['dueOn'], '2020-01-15')
  await receive(county, again, 'oversight')
}

async function amend(county: County, plan: WrittenPlan): Promise<void> {
  const { year } = county
  const lineId = plan.lines[0] ?? ''
  const { version: lineVersion } = await year.get('safety.clerk', `/plan-lines/${lineId}`)
  const { id } = await year.step({
    who: 'safety.clerk',
    what: '按备案审核意见调整：比例提高到15%',
    path: `/plans/${plan.id}/amendments`,
    body: {
      reasonCode: 'RETURNED',
      reason: '备案审核退回',
      changes: [{ op: 'change', lineId, lineVersion, after: { ratio: 1500 } }],
    },
  })
  for (const [who, verb, what] of [
    ['safety.clerk', 'proposal', '提交审核'],
    ['safety.head', 'approval', '审核通过，即行公布'],
  ] as const) {
    const { version } = await year.get(who, `/amendments/${id}`)
    await year.step({ who, what, path: `/amendments/${id}/${verb}`, body: {}, version })
  }
}
