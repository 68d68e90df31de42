// What a fictional rule of 青石县 asks for by which day, so that the first page shows clocks and plans have where to go.

import type { Speaker } from './speaker.ts'

const LISTS = [
  ['registers.catalogue_dates', '抽查事项清单'],
  ['registers.register_dates', '“两库”信息'],
  ['registers.operating_rules_dates', '随机抽查工作细则和工作指引'],
  ['registers.joint_catalogue_dates', '部门联合抽查事项清单'],
] as const

const PLANS = [
  ['plans.submission_dates', ['12-20'], '联合抽查计划每年12月20日前报联席会议办公室'],
  ['plans.consolidation_dates', ['12-31'], '联席会议办公室每年12月31日前汇总联合抽查计划'],
  ['plans.filing_dates', ['12-20'], '年度抽查计划每年12月20日前备案'],
  ['plans.filed_with', ['JUSTICE_BUREAU'], '年度抽查计划报县司法局备案'],
  ['plans.joint_plan_reviewed_by', 'JUSTICE_BUREAU', '其他领域的联合抽查计划由县司法局备案审核'],
] as const

/** Proposed by the conference's office, approved by whoever oversees; in force from the first day of the year. */
export async function nameDueDays(
  by: { readonly office: Speaker; readonly oversight: Speaker },
  { division, year }: { readonly division: string; readonly year: string },
): Promise<void> {
  const lists = LISTS.map(([parameter, what]) => [parameter, ['12-15'], `每年12月15日前完成${what}`] as const)
  for (const [parameter, value, phrase] of [...lists, ...PLANS]) {
    const { id, version } = await by.office.post('/law/entries', {
      division,
      parameter,
      value,
      kind: 'default',
      from: `${year}-01-01`,
      source: { document: `青双联办〔${year}〕1号（示例）`, article: '第四条', phrase },
    })
    await by.oversight.post(`/law/entries/${id}/approval`, {}, { 'if-match': `"${version}"` })
  }
}
