// law/INDEX.md: every parameter with every value, its days, its words and its document, for a lawyer to read and to strike
// through. `npx tsx tools/generate-law-index.ts` writes it; with --check it only compares.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadLaw } from '../server/src/law/read-folder.ts'
import type { Kind, Law, LawEntry, Parameter, Unit } from '../server/src/law/rules.ts'

const FOLDER = fileURLToPath(new URL('../law/', import.meta.url))
const INDEX = join(FOLDER, 'INDEX.md')

const KIND: Readonly<Record<Kind, string>> = {
  default: '可另定',
  floor: '下限',
  cap: '上限',
  binding: '一律适用',
}
const UNIT: Readonly<Record<Unit, string>> = {
  working_day: '工作日',
  year: '年',
  person: '人',
  authority: '个部门',
  time: '次',
  ratio: '比例',
  boolean: '是或否',
  code: '选一项',
  codes: '选若干项',
  text: '文字',
  month_day: '月日',
  month_days: '每年的月日',
}

/** In the order of the work, not of the alphabet. */
const SECTIONS: Readonly<Record<string, string>> = {
  registers: '一单两库',
  plans: '年度计划',
  tasks: '任务与会商',
  draws: '抽取与匹配',
  inspections: '现场检查',
  publication: '结果公示',
  objections: '异议',
  followups: '后续处理',
  supervision: '监督与报送',
  clocks: '期限的计算',
}

const law = loadLaw(FOLDER)
const text = indexOf(law)
if (!process.argv.includes('--check')) writeFileSync(INDEX, text)
else if (readFileSync(INDEX, 'utf8') !== text) {
  console.error(
    'law/INDEX.md is not what law/ says now: npx tsx tools/generate-law-index.ts, and review the diff.',
  )
  process.exitCode = 1
}

function indexOf(law: Law): string {
  const parameters = [...law.parameters.values()]
  const sections = new Set([...Object.keys(SECTIONS), ...parameters.map(sectionOf)])
  return [
    '# 法规参数总表 / The law, value by value',
    '',
    '由 `law/` 生成，不手工修改。Generated from `law/`; never edited.',
    '',
    ...summary(law),
    ...[...sections].flatMap((name) => [
      `## ${SECTIONS[name] ?? ''} (${name})`,
      '',
      ...parameters.filter((one) => sectionOf(one) === name).flatMap((one) => parameterLines(law, one)),
    ]),
    ...codeListLines(law),
    ...calendarLines(law),
    ...documentLines(law),
  ].join('\n')
}

/** `publication.retention` → `publication`. */
function sectionOf({ key }: Parameter): string {
  return key.replace(/\..*$/, '')
}

function summary(law: Law): string[] {
  const entries = [...law.entries.values()].flat()
  const open = entries.filter(({ source }) => !source.confirmed)
  const unset = [...law.parameters.keys()].filter((key) => law.entries.get(key)?.length === 0)
  return [
    `${law.parameters.size} 个参数，${entries.length} 个值，其中 ${open.length} 个待核。`,
    '',
    '性质：**可另定** 下级可以自行规定；**下限**、**上限** 下级只能更严；**一律适用** 下级规定不起作用。',
    '工作日按国务院放假安排计算；“及时”等没有数字的期限只产生提醒，不产生逾期。',
    '',
    '## 待核 / To be confirmed',
    '',
    ...open.map(
      (entry) =>
        `- ${placeOf(law, entry)} **${law.parameters.get(entry.key)?.label['zh-CN']}** (${entry.key})：${valueOf(law, entry)}。${sourceOf(entry)}。${entry.source.note}`,
    ),
    '',
    '## 没有任何文件规定 / Set by no document',
    '',
    ...unset.map((key) => `- ${law.parameters.get(key)?.label['zh-CN']} (${key})`),
    '',
  ]
}

function parameterLines(law: Law, parameter: Parameter): string[] {
  const entries = law.entries.get(parameter.key) ?? []
  const title = `### ${parameter.label['zh-CN']} · ${parameter.label.en}`
  const unit = `\`${parameter.key}\` · ${UNIT[parameter.unit]}`
  if (entries.length === 0) return [title, '', `${unit} · 无规定`, '']
  return [
    title,
    '',
    unit,
    '',
    '| 地方 | 自 | 至 | 值 | 性质 | 起算 | 依据 |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...[...entries].sort(byPlace).map((entry) => {
      const start = entry.startsAt === undefined ? '' : labelOf(law, 'start-events', entry.startsAt)
      const open = entry.source.confirmed ? '' : '（待核）'
      const cells = [
        placeOf(law, entry),
        entry.from,
        entry.until ?? '',
        valueOf(law, entry),
        KIND[entry.kind],
        start,
      ]
      return `| ${cells.join(' | ')} | ${sourceOf(entry)}${open} |`
    }),
    '',
  ]
}

function codeListLines(law: Law): string[] {
  return [
    '## 代码 / Code lists',
    '',
    ...[...law.codeLists.values()].flatMap(({ id, label, codes }) => [
      `### ${label['zh-CN']} · ${label.en} (\`${id}\`)`,
      '',
      ...codes.map(({ code, label, from, until, attributes }) => {
        const said = Object.entries(attributes).map(([name, value]) => `${name} ${String(value)}`)
        return `- \`${code}\` ${label['zh-CN']} · ${label.en}（${from}–${until ?? ''}${said.length > 0 ? `；${said.join('、')}` : ''}）`
      }),
      '',
    ]),
  ]
}

function calendarLines(law: Law): string[] {
  return [
    '## 放假安排 / Calendars',
    '',
    ...[...law.calendars.years.values()].map(
      ({ year, holidays, workdays, notices }) =>
        `- ${year}：放假 ${holidays.length} 天，调休上班 ${workdays.length} 天；${notices.join('、')}`,
    ),
    '',
  ]
}

function documentLines(law: Law): string[] {
  return [
    '## 文件 / Documents',
    '',
    ...[...law.documents.values()].map(
      ({ id, title, issuer, issued }) => `- **${id}** 《${title}》，${issuer}，${issued}`,
    ),
    '',
  ]
}

function placeOf(law: Law, { division }: LawEntry): string {
  return law.divisions.get(division)?.name ?? '全国'
}

function valueOf(law: Law, { key, value }: LawEntry): string {
  const parameter = law.parameters.get(key)
  const list = parameter?.list ?? (parameter?.unit === 'working_day' ? 'soft-deadlines' : '')
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return parameter?.unit === 'ratio' ? `${value / 100} %` : String(value)
  return (typeof value === 'string' ? [value] : value).map((one) => labelOf(law, list, one)).join('、')
}

function labelOf(law: Law, list: string, code: string): string {
  return law.codeLists.get(list)?.codes.find((one) => one.code === code)?.label['zh-CN'] ?? code
}

function sourceOf({ source: { document, article, phrase } }: LawEntry): string {
  const where = [document, article].filter((part) => part !== undefined).join(' ')
  return phrase === undefined ? where : `${where}：「${phrase}」`
}

/** The nation first, then places by code, then by day. */
function byPlace(a: LawEntry, b: LawEntry): number {
  const [x, y] = [a, b].map(({ division, from }) => `${division === 'cn' ? '' : division} ${from}`) as [
    string,
    string,
  ]
  return x < y ? -1 : 1
}
