// The bulk of the register of 青石县, as a county gets it: a file of fictional subjects, imported by a clerk.

import { readFileSync } from 'node:fs'
import { projectPath } from '../platform/root.ts'
import { ExampleFailed, type Speaker } from './speaker.ts'

/** As many as make lists, charts and filters look like a county, and no start wait for them. */
const ROWS = 400
const PATIENCE_MS = 120_000
const PAUSE_MS = 150

/** What the file of the command's demonstration calls by a wider word, as GB/T 4754 codes it. */
const INDUSTRIES: Readonly<Record<string, string>> = {
  食堂: 'H6210',
  面馆: 'H6210',
  火锅店: 'H6210',
  饭庄: 'H6210',
  小吃店: 'H6291',
  粮油店: 'F5221',
  水果店: 'F5223',
  超市: 'F5212',
  便利店: 'F5213',
  宾馆: 'H6110',
  旅馆: 'H6129',
  客栈: 'H6130',
  歌厅: 'R9011',
  网吧: 'R9013',
  剧场: 'R8820',
}

/** Brings the file, has it compared, and applies it. Throws ExampleFailed where the platform does not take it. */
export async function importRegister(clerk: Speaker): Promise<void> {
  const fileName = '登记机关推送名单（示例）.csv'
  const { hash } = await clerk.upload('/files', fileName, fileText())
  const { id, guess } = await clerk.post('/register-imports', {
    file: hash,
    fileName,
    register: 'subject',
    mode: 'merge',
  })
  await clerk.post(`/register-imports/${id}/check`, { mapping: { columns: guess } })
  await reach(clerk, id, 'checked')
  await clerk.post(`/register-imports/${id}/application`)
  await reach(clerk, id, 'applied')
}

async function reach(clerk: Speaker, id: string, wanted: 'checked' | 'applied'): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const { state, failure } = await clerk.get(`/register-imports/${id}`)
    if (state === wanted) return
    if (state !== 'checking' && state !== 'applying')
      throw new ExampleFailed(`the import is ${String(state)}: ${JSON.stringify(failure)}`)
    await new Promise((go) => setTimeout(go, PAUSE_MS))
  }
  throw new ExampleFailed(`the import is not ${wanted}`)
}

/** The first rows of the demonstration's register, each with its industry's code and a day of establishment. */
function fileText(): string {
  const file = readFileSync(projectPath('cli', 'example', 'qingshi', 'register.csv'), 'utf8')
  const [header = '', ...rows] = file.split(/\r?\n/)
  const kept = rows.slice(0, ROWS).map((row, at) => {
    const [name = '', code, industry = '', ...rest] = row.split(',')
    const ending = Object.keys(INDUSTRIES).find((one) => name.endsWith(one)) ?? ''
    const since = `20${String(5 + (at % 20)).padStart(2, '0')}-${String((at % 12) + 1).padStart(2, '0')}-15`
    return [name, code, INDUSTRIES[ending] ?? industry, ...rest, since].join(',')
  })
  return [`${header},成立日期`, ...kept].join('\n')
}
