// By when the lists of 青石县 are due: a fictional rule of the county, so that the first page shows clocks.

import type { Speaker } from './speaker.ts'

const PARAMETERS = [
  ['registers.catalogue_dates', '抽查事项清单'],
  ['registers.register_dates', '“两库”信息'],
  ['registers.operating_rules_dates', '随机抽查工作细则和工作指引'],
  ['registers.joint_catalogue_dates', '部门联合抽查事项清单'],
] as const

/** Proposed by the conference's office, approved by whoever oversees; in force from the first day of the year. */
export async function nameDueDays(
  by: { readonly office: Speaker; readonly oversight: Speaker },
  { division, year }: { readonly division: string; readonly year: string },
): Promise<void> {
  for (const [parameter, what] of PARAMETERS) {
    const { id, version } = await by.office.post('/law/entries', {
      division,
      parameter,
      value: ['12-15'],
      kind: 'default',
      from: `${year}-01-01`,
      source: {
        document: `青双联办〔${year}〕1号（示例）`,
        article: '第四条',
        phrase: `每年12月15日前完成${what}`,
      },
    })
    await by.oversight.post(`/law/entries/${id}/approval`, {}, { 'if-match': `"${version}"` })
  }
}
