import { readdirSync, readFileSync } from 'node:fs'
import { CHECK_IDS, CHECKS } from '@sunlot/draw'
import { describe, expect, test } from 'vitest'
import { chanceText, checkSentence, timeText, VERIFY } from '../../words/index.ts'
import enPage from '../../words/en/verifier-page.json' with { type: 'json' }
import zhPage from '../../words/zh-CN/verifier-page.json' with { type: 'json' }

const DRAW = new URL('../../draw/src/', import.meta.url)
const { en, 'zh-CN': zh } = VERIFY

/** Detail codes as the source writes them: each pattern is one of the ways in which a check names its code. */
const CODE_PATTERNS = [
  /check\([^,()]+,\s*'(?:yes|no|unknown)',\s*'(\w+)'/g,
  /check\([^,()]+,\s*'(?:yes|no|unknown)',\s*[^'),]*\?\s*'(\w+)'\s*:\s*'\w+'/g,
  /check\([^,()]+,\s*'(?:yes|no|unknown)',\s*[^'),]*\?\s*'\w+'\s*:\s*'(\w+)'/g,
  /because\(\s*'(\w+)'/g,
  /fault\('(\w+)'\)/g,
  /unknown\('(\w+)'/g,
  /&& '(event_\w+)'/g,
  /code: '(\w+)'/g,
  /return '(fresh_values|fresh_log|beacon|record_time|record_unsigned)'/g,
  /\? undefined : '(\w+)'/g,
]

describe('every sentence is there in both languages', () => {
  test('the same keys, with the same placeholders', () => {
    expect(shapeOf(en)).toEqual(shapeOf(zh))
    expect(shapeOf(enPage)).toEqual(shapeOf(zhPage))
  })

  test('every check has a claim and every part a name', () => {
    expect(Object.keys(zh.claims)).toEqual([...CHECK_IDS])
    expect(Object.keys(zh.found).filter((id) => !(id in CHECKS))).toEqual([])
    expect(Object.keys(zh.parts)).toEqual(expect.arrayContaining(CHECK_IDS.map((id) => CHECKS[id].part)))
  })

  test('every detail code in the source has a sentence', () => {
    const codes = detailCodes()
    expect(codes.length).toBeGreaterThan(90)
    expect(codes.filter((code) => !(code in zh.details))).toEqual([])
    const said = Object.keys(zh.details).filter((key) => !key.includes('/') && !key.startsWith('source_'))
    expect(said.filter((code) => !codes.includes(code))).toEqual([])
  })

  test('every rule of a commitment and every defect of a list has words', () => {
    expect(unionOf('manifest/rules.ts', 'CommitmentFault')).toEqual(Object.keys(zh.terms.rule).toSorted())
    const faults = [
      ...unionOf('kernel/population-line.ts', 'Fault'),
      ...(/reason: ((?:'\w+'(?: \| )?)+)/.exec(sourceOf('lists/form.ts'))?.[1] ?? '').match(/\w+/g)!,
    ]
    expect(faults.filter((f) => !(f in zh.terms.reason))).toEqual([])
  })

  test('every fault of a source has a sentence', () => {
    const faults = unionOf('sources/rules.ts', 'SourceFault').map((f) => `source_${f}`)
    expect(faults.filter((f) => !(f in zh.details))).toEqual([])
  })

  test('Chinese sentences are Chinese: full-width punctuation', () => {
    const halfWidth = strings([zh, zhPage]).filter((s) =>
      /[\u4e00-\u9fff][,;:?!()]|[,;?!]\s*[\u4e00-\u9fff]/.test(s),
    )
    expect(halfWidth).toEqual([])
  })
})

describe('sentences', () => {
  test('name figures, times and codes', () => {
    const late = { code: 'closed_late', params: { at: 1_795_395_661, close_by: 1_795_395_600 } }
    expect(checkSentence('zh-CN', { id: 'close.commit', holds: 'no', detail: late })).toBe(
      '封口时间 2026年11月23日 09:01:01（北京时间）不在承诺与封口时限 2026年11月23日 09:00:00（北京时间）之间。',
    )
    const rule = { code: 'commitment_rule', params: { rule: 'oversight' } }
    expect(checkSentence('en', { id: 'commit.rules', holds: 'no', detail: rule })).toBe(
      'The commitment breaks a rule: the oversight authority must differ from the lead authority.',
    )
  })

  test('a check that holds says what was found', () => {
    const detail = { code: 'holds', params: { rows: 3012, excluded: 12 } }
    expect(checkSentence('en', { id: 'register.partition', holds: 'yes', detail })).toContain(
      '3,012 subjects',
    )
  })

  test('the same code may have words of its own in one check', () => {
    const detail = { code: 'beacon', params: { n: 2 } }
    expect(checkSentence('en', { id: 'events.substitute', holds: 'no', detail })).toMatch(/^Change 2/)
  })

  test('a chance is said exactly where it is exact', () => {
    expect(chanceText('en', { num: '1', den: '20' })).toBe('5.0 % (1 in 20)')
    expect(chanceText('en', { num: '151', den: '3012' })).toBe('5.0 % (about 1 in 20)')
    expect(chanceText('zh-CN', { num: '151', den: '3012' })).toBe('5.0%（约每 20 个抽 1 个）')
    expect(chanceText('en', { num: '1', den: '1' })).toBe('100 %')
    expect(chanceText('en', { num: '3', den: '4' })).toBe('75.0 %')
    expect(chanceText('en', { num: '1', den: '3000' })).toBe('0.033 % (1 in 3,000)')
    expect(chanceText('en', { num: '0', den: '5' })).toBe('0.000 %')
  })

  test('a time is China’s', () => {
    expect(timeText('en', 0)).toBe('1 Jan 1970, 08:00:00 (China time)')
  })
})

function detailCodes(): string[] {
  const files = [
    ...['verify', 'events'].flatMap((dir) => readdirSync(new URL(dir, DRAW)).map((f) => `${dir}/${f}`)),
    'people/preflight.ts',
  ]
  const source = files.map(sourceOf).join('\n')
  return [...new Set(CODE_PATTERNS.flatMap((p) => [...source.matchAll(p)].map((m) => m[1] as string)))]
}

function sourceOf(path: string): string {
  return readFileSync(new URL(path, DRAW), 'utf8')
}

function unionOf(path: string, name: string): string[] {
  const body =
    new RegExp(`export type ${name} =([^\\n]*(?:\\n +\\|[^\\n]*)*)`).exec(sourceOf(path))?.[1] ?? ''
  return [...body.matchAll(/'(\w+)'/g)].map((m) => m[1] as string).toSorted()
}

/** Keys by path, each with its placeholders. */
function shapeOf(words: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, (value.match(/\{\w+\}/g) ?? []).toSorted().join()]]
        : Object.entries(shapeOf(value as object, `${path}${key} › `)),
    ),
  )
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}
