// 奈曼旗, 2024 (奈文旅联发〔2024〕2号): three authorities; the third is named in the document's head and forgotten in its text.

import { type Administrators, type County, type Ground, layGround } from '../county.ts'
import { importSubjects } from '../subjects.ts'
import type { Place, Year } from '../year.ts'
import { type LineSketch, plainPlan, type WrittenPlan } from './common.ts'
import {
  accept,
  dispatch,
  draftTask,
  confirmPool,
  namePool,
  partsOf,
  publishScheme,
  setTerm,
  settle,
  writeScheme,
} from './joint-task.ts'

const PLACE: Place = { division: '150525', name: '奈曼旗', document: '奈文旅联发〔2024〕2号' }

const GROUND: Ground = {
  conference: '奈曼旗联合“双随机、一公开”监管工作会商',
  authorities: [
    { key: 'culture', name: '奈曼旗文化和旅游局', short: '旗文旅局', hands: true, inspectors: 7 },
    { key: 'market', name: '奈曼旗市场监督管理局', short: '旗市场监管局', hands: true, inspectors: 7 },
    { key: 'health', name: '奈曼旗卫生健康委员会', short: '旗卫健委', hands: true, inspectors: 7 },
  ],
  items: [
    { of: 'culture', code: 'WL-01', name: '娱乐场所检查', tier: 'PRIORITY', law: '娱乐场所管理条例' },
    {
      of: 'market',
      code: 'SJ-01',
      name: '公示信息检查',
      tier: 'GENERAL',
      law: '企业信息公示暂行条例',
      ratioCap: 3000,
    },
    { of: 'health', code: 'WJ-01', name: '公共场所卫生检查', tier: 'PRIORITY', law: '公共场所卫生管理条例' },
  ],
}

const VENUES: LineSketch = {
  name: '文化娱乐场所联合抽查',
  lead: 'culture',
  parts: { culture: ['WL-01'], market: ['SJ-01'], health: ['WJ-01'] },
  industries: ['R90'],
  mode: 'SECTORAL',
  period: ['2024-04-20', '2024-10-31'],
  more: { ratio: 2000 },
}
const PAPERS: LineSketch = {
  ...VENUES,
  name: '经营资料书面检查',
  parts: { culture: ['WL-01'] },
  more: { ratio: 500, methods: ['DOCUMENTARY'], mode: null },
}

/** 奈曼旗, 2024. */
export const naiman = { place: PLACE, play }

async function play(year: Year, administrators: Administrators): Promise<void> {
  const county = await layGround(year, GROUND, administrators)
  await importSubjects(year, 'culture.clerk')
  const plan = await plainPlan(county, {
    of: 'culture',
    title: '奈曼旗文化和旅游局2024年度抽查工作计划',
    lines: [VENUES, PAPERS],
  })
  await year.goTo('2024-04-22')
  await year.part('联合抽查', () => joint(county, plan))
  await year.part('书面检查', () => documentary(county, plan))
}

async function joint(county: County, plan: WrittenPlan): Promise<void> {
  const { id } = await draftTask(county, 'culture', {
    name: VENUES.name,
    planLineId: plan.lines[0],
    startsOn: '2024-05-06',
    parts: partsOf(county, VENUES, 2),
    drawnListPublished: false,
  })
  await namePool(county, id, 'culture')
  await dispatch(county, id, 'culture', '2024-04-30', {
    what: '抽查名单不公示，发出会商',
    shows: 'D-13',
    law: 'publication.drawn_list_published',
  })
  // D-10: 统一从部门执法检查人员名录库中，随机抽取各检查主体的执法检查人员.
  for (const key of ['market', 'health']) {
    await namePool(county, id, key, {
      who: 'culture.clerk',
      what: '由牵头部门统一确定各部门备选人员',
      shows: 'D-10',
      law: 'draws.organiser',
    })
    await confirmPool(county, id, key)
    await accept(county, id, key)
  }
  const { state } = await county.year.get('culture.clerk', `/tasks/${id}`)
  await county.year.see('三个部门商定', state, 'agreed')
  await scheme(county, id)
}

async function scheme(county: County, taskId: string): Promise<void> {
  const { id } = await writeScheme(county, taskId, 'culture')
  const unlawful = (law: string) => ({ code: 'scheme.term_unlawful', law })
  await setTerm(
    county,
    id,
    'culture',
    { objectionDays: 59 },
    {
      expect: unlawful('objections.filing_window'),
      shows: 'D-9',
    },
  )
  await setTerm(
    county,
    id,
    'culture',
    { replacementSteps: [] },
    {
      expect: unlawful('draws.replacement_steps'),
      shows: 'D-4',
    },
  )
  const { text } = await county.year.get('culture.clerk', `/schemes/${id}/text`)
  await county.year.see('方案写明文件遗漏的卫健委', String(text).includes('奈曼旗卫生健康委员会'), true)
  await publishScheme(county, id, 'culture', 'PLATFORM', {
    expect: { code: 'scheme.channel_not_here', law: 'publication.scheme_published_through' },
  })
  await publishScheme(county, id, 'culture', 'WEBSITE', {
    shows: 'D-14',
    law: 'publication.scheme_published_through',
  })
}

/** D-5: 每个检查小组不少于2人, be it on site or not. */
async function documentary(county: County, plan: WrittenPlan): Promise<void> {
  const { id } = await draftTask(county, 'culture', {
    name: PAPERS.name,
    planLineId: plan.lines[1],
    startsOn: '2024-05-06',
    parts: partsOf(county, PAPERS, 1),
  })
  await namePool(county, id, 'culture')
  await settle(county, id, 'culture', {
    what: '书面检查，每户一名检查人员，商定',
    expect: { code: 'task.team_too_small', law: 'draws.team_size' },
    shows: 'D-5',
  })
  await namePool(county, id, 'culture', { what: '每户改为两名检查人员', members: 2 })
  await settle(county, id, 'culture')
}
