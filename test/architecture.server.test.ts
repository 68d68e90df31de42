// Who imports whom inside the server, and who may write. Every rule is also shown to be able to fail.

import { describe, expect, it } from 'vitest'
import { codeOf, imports, isGenerated, isTest, only, readTree, resolve, ROOT, type Sources } from './tree.ts'

/** The order of the flow. A feature imports only those before it, and only through their index.ts. */
const FEATURES = [
  'law',
  'agencies',
  'accounts',
  'registers',
  'plans',
  'tasks',
  'draws',
  'supervision',
  'system',
  'home',
] as const

/** What stands on all features: the assembly, the example county, the operator's commands; and the witness, a process apart. */
const TOP = ['app', 'policy', 'main', 'operator', 'example', 'operations', 'witness'] as const

/** Only these begin a transaction that may write. Everything else is given a Writer by `record`. */
const WRITERS: readonly string[] = [
  'server/src/platform/record.ts',
  'server/src/platform/jobs/jobs.ts',
  // Sessions and throttles are touched by every request and are no business tables.
  'server/src/accounts/sessions.store.ts',
  'server/src/accounts/throttle.store.ts',
]

/** May open Kysely: SQL stands in stores. */
const MAY_QUERY = /(^|[./-])store\.ts$|^server\/src\/platform\//

const sources = only(
  readTree(ROOT),
  (path) => /^server\/src\/.*\.ts$/.test(path) && !isGenerated(path) && !isTest(path),
)
const shown = (faults: readonly string[]) => faults.join('\n')

describe('the server', () => {
  it('is being read', () => expect(sources.size).toBeGreaterThan(30))
  it('has features that import only earlier ones, by their door', () =>
    expect(shown(wrongFeatures(sources))).toBe(''))
  it('has a platform that knows no feature', () => expect(shown(knowingPlatform(sources))).toBe(''))
  it('has rules without outside world', () => expect(shown(impureRules(sources))).toBe(''))
  it('has its SQL in stores', () => expect(shown(strayQueries(sources))).toBe(''))
  it('writes through record alone', () => expect(shown(strayWriters(sources))).toBe(''))
})

describe('the rules', () => {
  const one = (path: string, text: string): Sources => new Map([[path, text]])

  it.each([
    ['server/src/agencies/a.ts', '../accounts/index.ts'],
    ['server/src/accounts/a.ts', '../agencies/people.store.ts'],
    ['server/src/law/a.ts', '../app.ts'],
    ['server/src/nowhere/a.ts', '../platform/clock.ts'],
  ])('refuse in %s the import %s', (path, to) => {
    expect(wrongFeatures(one(path, `import { x } from '${to}'`))).toHaveLength(1)
  })

  it('refuse a platform that imports a feature', () => {
    expect(
      knowingPlatform(one('server/src/platform/a.ts', `import { x } from '../law/index.ts'`)),
    ).toHaveLength(1)
  })

  it.each([
    `import fs from 'node:fs'`,
    `import { x } from './store.ts'`,
    `import { sql } from 'kysely'`,
    'const t = Date.now()',
  ])('refuse in rules: %s', (text) =>
    expect(impureRules(one('server/src/law/rules.ts', text))).toHaveLength(1),
  )

  it('refuse SQL outside stores', () => {
    expect(strayQueries(one('server/src/law/routes.ts', `import { sql } from 'kysely'`))).toHaveLength(1)
  })

  it('refuse a write transaction that record did not make', () => {
    const text = `await database.transaction('sunlot_app', work)`
    expect(strayWriters(one('server/src/law/store.ts', text))).toHaveLength(1)
  })
})

function wrongFeatures(tree: Sources): string[] {
  return imports(tree).flatMap(({ from, to }) => {
    const place = placeOf(from)
    if (place === 'platform' || isTop(place)) return []
    const order = FEATURES.indexOf(place as (typeof FEATURES)[number])
    if (order < 0) return [`${from}: ${place} is no feature of this test; add it in the flow's order`]
    if (!to.startsWith('.')) return []
    const path = resolve(from, to)
    const target = placeOf(path)
    if (!path.startsWith('server/src/') || target === place || target === 'platform') return []
    const earlier = FEATURES.slice(0, order).some((feature) => feature === target)
    return earlier && path.endsWith('/index.ts') ? [] : [`${from} imports ${to}`]
  })
}

function knowingPlatform(tree: Sources): string[] {
  return imports(tree).flatMap(({ from, to }) => {
    if (placeOf(from) !== 'platform' || !to.startsWith('.')) return []
    const path = resolve(from, to)
    return path.startsWith('server/src/platform/') || path.startsWith('words/')
      ? []
      : [`${from} imports ${to}`]
  })
}

function impureRules(tree: Sources): string[] {
  const rules = only(tree, (path) => /(^|[./])rules\.ts$/.test(path))
  const wrong = imports(rules)
    .filter(({ to }) => /^node:|^kysely|^pg|store\.ts$|routes\.ts$|platform\/(database|http|record)/.test(to))
    .map(({ from, to }) => `${from} imports ${to}`)
  const outside = [...rules].flatMap(([path, text]) => {
    const found = /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\bprocess\.|\bfetch\(/.exec(codeOf(text))
    return found ? [`${path}: ${found[0]}`] : []
  })
  return [...wrong, ...outside]
}

function strayQueries(tree: Sources): string[] {
  return imports(tree)
    .filter(({ from, to }) => to === 'kysely' && !MAY_QUERY.test(from))
    .map(({ from }) => `${from} imports kysely; SQL stands in stores`)
}

function strayWriters(tree: Sources): string[] {
  return [...tree].flatMap(([path, text]) => {
    const found = /\.transaction\(\s*['"]sunlot_app/.exec(codeOf(text))
    return found && !WRITERS.includes(path) ? [`${path} begins a transaction of its own`] : []
  })
}

/** `server/src/law/rules.ts` → `law`; `server/src/app.ts` → `app`. */
function placeOf(path: string): string {
  return (path.split('/')[2] ?? '').replace(/\.ts$/, '')
}

function isTop(place: string): boolean {
  return TOP.some((top) => top === place)
}
