// No number of days, no ratio and no list of departments stands in code: they are values of law/, with a source.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './law.ts'

const WORDS =
  '(?:working_?days?|workdays?|deadline|overdue|retention|ratio|share|quota|frequency|team_?size|officers|inspectors_?per|objection_?window|due_?in|publish_?within|recusal_?window)'
const NUMBER = '(?<![\\w.$#-])(?!0(?![\\d.]))(?:\\d[\\d_]*(?:\\.\\d+)?)(?![\\w.%-])'

/** What a legal literal looks like. A number stands near a word of the law in one expression, or is written out in Chinese. */
const RULES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a named number', new RegExp(`\\b\\w*${WORDS}\\w*\\b['"]?\\s*(?::\\s*number\\s*)?[:=]\\s*${NUMBER}`, 'i')],
  ['a compared number', new RegExp(`\\b\\w*${WORDS}\\w*\\b\\)?\\s*[<>]=?\\s*${NUMBER}`, 'i')],
  ['a counted number', new RegExp(`\\baddWorkingDays\\([^)]*,\\s*${NUMBER}\\s*[,)]`)],
  ['a number of working days in words', /\d+\s*个?工作日|\d+ working days/],
  ['a share in words', /不(?:少|低|超)[于过][^，。]{0,12}\d+\s*%/],
  [
    'a list of departments',
    /(?:['"`][^'"`]*(?:市场监管|公安|财政|教育|司法|卫健|应急|税务|农业农村)[^'"`]*局?['"`]\s*,\s*){2}/,
  ],
]

const SOURCE = /\.(?:ts|tsx|sql)$/

describe('the code', () => {
  const files = ['server/src', 'web/src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      // The example county is a place of its own: what stands there is its papers and people, not ours.
      .filter((path) => SOURCE.test(path) && !path.endsWith('.gen.ts') && !path.startsWith('example/'))
      .map((path) => `${folder}/${path}`),
  )

  it('is being read', () => expect(files.length).toBeGreaterThan(50))

  it('has no legal literal', () => {
    expect(files.flatMap((file) => literalsIn(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
  })
})

describe('a legal literal', () => {
  it.each([
    'const RESULT_DEADLINE = 20',
    'const publishWithin = { deadline: 20 }',
    'const workingDays: number = 60',
    '  retentionYears: 5,',
    'if (workingDays > 20) refuse()',
    'if (ratio < 0.05) refuse()',
    'const ratioFloor = 500',
    'const teamSize = 2',
    'addWorkingDays(calendars, start, 20, counting)',
    "return '应在20个工作日内公示'",
    "const hint = 'within 10 working days'",
    "throw new Refusal('抽查比例不少于监管对象的5%')",
    "const departments = ['市场监管局', '公安局', '财政局']",
    'annual_frequency: 4,',
  ])('is found in %s', (line) => expect(literalsIn('a.ts', line)).toHaveLength(1))

  it.each([
    "deadlineOf(law, 'publication.result_deadline', place, start)",
    'const deadline = deadlineOf(law, key, place, start)',
    'let remaining = 0',
    'deadline: 0,',
    'if (workingDays.length > limit) return',
    'const timeoutMs = 30_000',
    '// The deadline was 20 in the old system.',
    'aspectRatio: "16 / 9"',
  ])('is not found in %s', (line) => expect(literalsIn('a.ts', line)).toEqual([]))
})

/** `file:line: what: text`; comments do not count. */
function literalsIn(file: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*(?:\/\/|\*|\/\*|--)/.test(line)) return []
    const found = RULES.find(([, pattern]) => pattern.test(line.replace(/\s\/\/ .*$/, '')))
    return found ? [`${file}:${index + 1}: ${found[0]}: ${line.trim()}`] : []
  })
}
