// 300 fictional subjects of a county, as the registering body hands them over: a table that a clerk imports.

import type { Year } from './year.ts'

const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const TRADES = [
  ['旅馆', 'H6110'],
  ['饭店', 'H6210'],
  ['超市', 'F5212'],
  ['歌厅', 'R9011'],
  ['药房', 'F5251'],
  ['浴室', 'O8051'],
] as const
const PATIENCE_MS = 120_000

/** Brings the table, has it compared, applies it. Throws where the platform does not take it. */
export async function importSubjects(
  year: Year,
  clerk: string,
  { division = year.place.division, rows = 300 } = {},
): Promise<void> {
  const fileName = `登记机关推送名单-${division}.csv`
  const { hash } = await year.must(clerk, 'POST', '/files', tableOf(division, rows), { fileName })
  const { id, guess } = await year.must(clerk, 'POST', '/register-imports', {
    file: hash,
    fileName,
    register: 'subject',
    mode: 'merge',
  })
  await year.must(clerk, 'POST', `/register-imports/${id}/check`, { mapping: { columns: guess } })
  await reach(year, clerk, id, 'checked')
  await year.must(clerk, 'POST', `/register-imports/${id}/application`)
  await reach(year, clerk, id, 'applied')
}

async function reach(year: Year, clerk: string, id: string, wanted: string): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const { state, failure } = await year.get(clerk, `/register-imports/${id}`)
    if (state === wanted) return
    if (state !== 'checking' && state !== 'applying')
      throw new Error(`the import is ${String(state)}: ${JSON.stringify(failure)}`)
    await new Promise((go) => setTimeout(go, 200))
  }
  throw new Error(`the import is not ${wanted}`)
}

function tableOf(division: string, rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const [trade, industry] = TRADES[at % TRADES.length]!
    const name = `演练${division}第${at + 1}${trade}`
    const since = `20${String(5 + (at % 13)).padStart(2, '0')}-0${(at % 9) + 1}-15`
    return [name, codeOf(division, at), industry, 'ABCD'.charAt(at % 4), `演练路${at + 1}号`, since].join(',')
  })
  return ['名称,统一社会信用代码,行业,信用风险等级,经营场所,成立日期', ...lines].join('\n')
}

/** GB 32100: right in its check character; who would have it is nobody. */
function codeOf(division: string, number: number): string {
  const body = `91${division}MAYL${String(number).padStart(5, '0')}`
  const sum = [...body].reduce((all, each, at) => all + CREDIT.indexOf(each) * (3 ** at % 31), 0)
  return body + CREDIT.charAt((31 - (sum % 31)) % 31)
}
