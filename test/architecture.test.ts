// What may import what, and what may stand nowhere. Reads the sources; every rule is also shown to be able to fail.

import { describe, expect, it } from 'vitest'
import {
  codeOf,
  imports,
  isGenerated,
  isTest,
  only,
  readTree,
  resolve,
  ROOT,
  type Sources,
  withoutText,
} from './tree.ts'

const WORKSPACES = ['draw', 'sheets', 'server', 'cli', 'web', 'tools']

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/**
 * The order inside draw/src, lowest first: a folder (or a file beside the folders) may import from itself and from what
 * stands in its row, and its row names only rows above it.
 */
const DRAW: ReadonlyMap<string, readonly string[]> = new Map([
  ['bytes.ts', []],
  ['sha256.ts', ['bytes.ts']],
  ['sm3.ts', ['bytes.ts']],
  ['hash.ts', ['bytes.ts', 'sha256.ts', 'sm3.ts']],
  ['jcs.ts', ['bytes.ts']],
  ['merkle.ts', ['bytes.ts', 'hash.ts']],
  ['keyed-hash.ts', ['bytes.ts', 'hash.ts', 'sha256.ts']],
  ['stream.ts', ['bytes.ts', 'hash.ts', 'keyed-hash.ts']],
  ['seed.ts', ['hash.ts', 'jcs.ts']],
  ['short-hash.ts', ['hash.ts', 'sha256.ts']],
  ['kernel', ['bytes.ts', 'hash.ts', 'sha256.ts', 'short-hash.ts']],
  ['subject-code.ts', []],
  ['matching', ['bytes.ts', 'hash.ts', 'keyed-hash.ts', 'stream.ts']],
  ['manifest', ['jcs.ts']],
  ['lists', ['bytes.ts', 'manifest']],
  ['bundle', ['bytes.ts', 'hash.ts', 'jcs.ts', 'lists', 'manifest']],
  ['sign', ['bytes.ts', 'manifest']],
  ['sources', ['bytes.ts', 'hash.ts', 'jcs.ts', 'manifest', 'sha256.ts', 'sign']],
  ['log', ['bytes.ts', 'jcs.ts', 'manifest', 'merkle.ts', 'sha256.ts', 'sign']],
  ['choose', ['bytes.ts', 'hash.ts', 'kernel', 'lists', 'manifest', 'stream.ts']],
  ['people', ['bytes.ts', 'choose', 'hash.ts', 'lists', 'manifest', 'matching', 'merkle.ts']],
  ['events', ['bundle', 'choose', 'hash.ts', 'manifest', 'matching', 'people', 'seed.ts', 'sources']],
])

/** Arrows that run back. Each is a debt: which lists a commitment has belongs below `bundle`. */
const DRAW_BACK: readonly (readonly [from: string, to: string])[] = [['manifest', 'bundle']]

/** May import everything above, and what is named. Nothing else imports them. */
const DRAW_TOP: ReadonlyMap<string, readonly string[]> = new Map([
  ['verify', []],
  ['build', ['verify']],
  ['list-proof.ts', []],
  ['list-index.ts', []],
  ['explain.ts', ['verify', 'list-proof.ts']],
  ['index.ts', ['verify', 'build', 'list-proof.ts', 'list-index.ts', 'explain.ts']],
])

/** A package inside draw/src, and the one file that may import it. */
const DRAW_PACKAGES: ReadonlyMap<string, string> = new Map([
  ['@noble/curves/bls12-381.js', 'draw/src/sources/drand.ts'],
  ['@noble/curves/ed25519.js', 'draw/src/sign/ed25519.ts'],
  ['sm-crypto-v2', 'draw/src/sign/sm2.ts'],
])

/** Which workspaces and packages a source folder may import; `node` stands for Node's own modules. */
const MAY_IMPORT: readonly (readonly [folder: string, ...allowed: string[]])[] = [
  ['draw/src', ...DRAW_PACKAGES.keys()],
  ['sheets/src', 'node', '@e965/xlsx'],
  [
    'cli/src',
    'node',
    '@sunlot/draw',
    '@sunlot/sheets',
    '@sunlot/server',
    'words',
    '@clack/prompts',
    'commander',
    'fflate',
    'yaml',
  ],
  ['web/src/verifier', '@sunlot/draw', 'words', 'fflate'],
  ['web/src/stage', '@sunlot/draw', 'words', 'uqr'],
  // A year is played by whoever has nothing but an address: what it shows, any client could do.
  ['e2e/scenario', 'node'],
]

/** Who may import the server: it is loaded only when an operator asks, and a citizen's `verify` must not need it. */
const SERVER_DOOR_USER = 'cli/src/steps/operator.ts'

const BELOW_REGISTERS = [
  'ui',
  'api.ts',
  'use-write.ts',
  'me.ts',
  'may.ts',
  'operations',
  'audit',
  'agencies',
  'law',
]

/**
 * The order inside web/src, lowest first, as in DRAW. `ui` knows no domain; only api.ts reaches the server. The verifier
 * stands apart: its row is in MAY_IMPORT.
 */
const WEB: ReadonlyMap<string, readonly string[]> = new Map([
  ['ui', []],
  ['api.gen.ts', []],
  ['api.ts', ['ui', 'api.gen.ts']],
  ['use-write.ts', ['ui', 'api.ts']],
  ['english.ts', []],
  ['language.ts', ['ui', 'api.ts', 'english.ts']],
  ['i18next.d.ts', ['language.ts']],
  ['language-button.tsx', ['ui', 'language.ts']],
  ['me.ts', ['ui', 'api.ts', 'use-write.ts']],
  ['may.ts', ['me.ts']],
  ['operations', ['ui', 'api.ts', 'use-write.ts', 'me.ts']],
  ['audit', ['ui', 'api.ts', 'may.ts']],
  ['agencies', ['ui', 'api.ts', 'use-write.ts', 'me.ts', 'audit']],
  ['law', ['ui', 'api.ts', 'use-write.ts', 'me.ts', 'agencies']],
  ['registers', [...BELOW_REGISTERS]],
  ['plans', [...BELOW_REGISTERS, 'registers']],
  ['tasks', [...BELOW_REGISTERS, 'registers', 'plans']],
  ['draws', [...BELOW_REGISTERS, 'registers', 'plans', 'tasks']],
  ['accounts', ['ui', 'api.ts', 'use-write.ts', 'me.ts', 'language-button.tsx', 'operations', 'agencies']],
])
/** May import everything above. Nothing else imports it. */
const WEB_TOP = 'console'

const SOURCE_LINES = 300
const TEST_LINES = 400
const PUT_OFF = /\b(?:TODO|FIXME|XXX)\b/

const files = readTree(ROOT)
const sources = only(files, (path) => /\.(ts|tsx|mjs)$/.test(path) && !isGenerated(path))
const shown = (faults: readonly string[]) => faults.join('\n')

describe('the tree', () => {
  it('is being read', () => expect(sources.size).toBeGreaterThan(100))
  it('imports only what its place allows', () => expect(shown(wrongImports(sources))).toBe(''))
  it('keeps the order inside draw', () => expect(shown(wrongArrows(sources))).toBe(''))
  it('keeps the order inside web', () => expect(shown(wrongWebArrows(sources))).toBe(''))
  it('has an order inside draw that runs one way', () => {
    const rows = [...DRAW.keys()]
    const back = [...DRAW].flatMap(([a, row], k) =>
      row.filter((b) => !rows.slice(0, k).includes(b)).map((b) => `${a} → ${b}`),
    )
    expect(back).toEqual([])
  })
  it('has a draw without clock, chance or outside world', () => expect(shown(impure(sources))).toBe(''))
  it(`has sources of at most ${SOURCE_LINES} lines, tests of ${TEST_LINES}`, () =>
    expect(shown(tooLong(sources))).toBe(''))
  it('has a reason for each dependency in ADR 0002', () => expect(shown(unexplained(files))).toBe(''))
  it('has no any, nothing put off, and no path of one machine', () => expect(shown(banned(files))).toBe(''))
})

describe('the rules', () => {
  it.each([
    ['draw/src/a.ts', `import { readFileSync } from 'node:fs'`, 'node:fs'],
    ['draw/src/a.ts', `import {\n  sha256,\n} from '@noble/hashes'`, '@noble/hashes'],
    ['draw/src/log/a.ts', `export * from 'sm-crypto-v2'`, 'sm-crypto-v2'],
    ['draw/src/a.ts', `const x = await import('@sunlot/sheets')`, '@sunlot/sheets'],
    ['draw/src/a.ts', `import '../../sheets/src/index.ts'`, '../../sheets/src/index.ts'],
    ['sheets/src/a.ts', `import type { Alg } from '@sunlot/draw'`, '@sunlot/draw'],
    ['cli/src/a.ts', `import { hash } from '@sunlot/draw/src/hash.ts'`, '@sunlot/draw/src/hash.ts'],
    ['cli/src/steps/verify.ts', `import { serve } from '@sunlot/server'`, 'the server'],
    [
      'cli/src/a.ts',
      `import { page } from '../../web/src/verifier/main.ts'`,
      '../../web/src/verifier/main.ts',
    ],
    ['web/src/verifier/a.ts', `import { join } from 'node:path'`, 'node:path'],
  ])('refuse in %s the import %s', (path, text, what) => {
    expect(wrongImports(new Map([[path, text]]))).toEqual([expect.stringContaining(`imports ${what}`)])
  })

  it.each([
    ['draw/src/matching/a.ts', '../verify/verify.ts'],
    ['draw/src/kernel/a.ts', '../merkle.ts'],
    ['draw/src/verify/a.ts', '../build/close.ts'],
    ['draw/src/people/a.ts', '../explain.ts'],
  ])('refuse in %s the arrow to %s', (path, to) => {
    expect(wrongArrows(new Map([[path, `import { x } from '${to}'`]]))).toHaveLength(1)
  })

  it.each([
    ['web/src/ui/a.tsx', `import { api } from '../api.ts'`],
    ['web/src/agencies/a.tsx', `import { useLaw } from '../law/queries.ts'`],
    ['web/src/law/a.tsx', `import { Shell } from '../console/shell.tsx'`],
    ['web/src/law/a.tsx', `import createClient from 'openapi-fetch'`],
    ['web/src/law/a.tsx', `const reply = await fetch('/api/v1/me')`],
    ['web/src/other/a.tsx', `import { api } from '../api.ts'`],
  ])('refuse in %s what breaks the order of the web: %s', (path, text) => {
    expect(wrongWebArrows(new Map([[path, text]]))).toHaveLength(1)
  })

  it('allow what the tree may do', () => {
    const good = new Map([
      ['draw/src/verify/a.ts', `import { x } from '../log/leaf.ts'\nimport { y } from './report.ts'`],
      ['cli/src/a.ts', `import zh from '../../words/zh-CN/command.json' with { type: 'json' }`],
      ['draw/src/sign/sm2.ts', `import { sm2 } from 'sm-crypto-v2' // never Math.random`],
      ['draw/test/a.test.ts', `import { x } from '../src/bytes.ts'\nimport fc from 'fast-check'`],
    ])
    expect([...wrongImports(good), ...wrongArrows(good), ...impure(good), ...banned(good)]).toEqual([])
  })

  it.each([
    'Math.random()',
    'Date.now()',
    'new Date(0)',
    'performance.now()',
    'crypto.getRandomValues(b)',
    'fetch(u)',
  ])('refuse %s in draw/src', (call) => {
    expect(impure(new Map([['draw/src/a.ts', `export const x = () => ${call}`]]))).toHaveLength(1)
    expect(impure(new Map([['cli/src/a.ts', `export const x = () => ${call}`]]))).toEqual([])
  })

  it('refuse long files', () => {
    const lines = (n: number) => 'x\n'.repeat(n)
    expect(tooLong(new Map([['draw/src/a.ts', lines(300)]]))).toEqual([])
    expect(tooLong(new Map([['draw/src/a.ts', lines(301)]]))).toHaveLength(1)
    expect(tooLong(new Map([['draw/test/a.test.ts', lines(400)]]))).toEqual([])
    expect(tooLong(new Map([['draw/test/a.test.ts', lines(401)]]))).toHaveLength(1)
  })

  it.each([
    ['draw/src/a.ts', 'const x: any = 1'],
    ['draw/src/a.ts', 'const x = y as any'],
    ['draw/src/a.ts', 'const x: Map<string, any> = y'],
    ['cli/src/a.ts', '// TODO later'],
    ['draw/src/a.ts', `const data = '../../../shared/data'`],
    ['draw/test/a.test.ts', `const data = '../../../shared/data'`],
    ['README.md', 'see /home/somebody/data'],
  ])('refuse in %s the text %s', (path, text) => {
    expect(banned(new Map([[path, text]]))).toHaveLength(1)
  })

  it('refuse a dependency without a reason', () => {
    const adr = ['docs/adr/0002-dependencies.md', '| cli | yaml | the plan file |'] as const
    const manifest = (name: string) =>
      ['cli/package.json', `{ "dependencies": { "${name}": "1.0.0" } }`] as const
    expect(unexplained(new Map([adr, manifest('yaml')]))).toEqual([])
    expect(unexplained(new Map([adr, manifest('left-pad')]))).toHaveLength(1)
  })

  it('allow data outside the repository in a test that does without it', () => {
    const text = `const DATA = '../../../shared/data'\ndescribe.skipIf(!existsSync(DATA))`
    expect(banned(new Map([['draw/test/a.test.ts', text]]))).toEqual([])
  })
})

function wrongImports(tree: Sources): string[] {
  return imports(tree).flatMap(({ from, to }) => {
    const owner = from.startsWith('draw/src/') ? DRAW_PACKAGES.get(to) : undefined
    if (owner !== undefined && owner !== from) return [`${from} imports ${to}, which only ${owner} may`]
    if (to === '@sunlot/server' && from !== SERVER_DOOR_USER) return [`${from} imports the server`]
    if (to.startsWith('@sunlot/') && !WORKSPACES.some((name) => to === `@sunlot/${name}`))
      return [`${from} imports ${to}: a workspace is entered by its door`]
    const [folder, ...allowed] = MAY_IMPORT.find(([place]) => from.startsWith(`${place}/`)) ?? ['']
    const fine = folder === '' || [...allowed, folder].includes(targetOf(from, to, folder))
    return fine ? [] : [`${from} imports ${to}`]
  })
}

/** What an import is of: `node`, a package, `words`, the folder itself, or else a path. */
function targetOf(from: string, to: string, folder: string): string {
  if (!to.startsWith('.')) return to.startsWith('node:') ? 'node' : to
  const path = resolve(from, to)
  return ['words', folder].find((place) => path.startsWith(`${place}/`)) ?? path
}

function wrongArrows(tree: Sources): string[] {
  return imports(tree).flatMap(({ from, to }) => {
    if (!from.startsWith('draw/src/') || !to.startsWith('.')) return []
    const [a, b] = [drawPart(from), drawPart(resolve(from, to))]
    const allowed =
      DRAW.get(a) ?? (DRAW_TOP.has(a) ? [...DRAW.keys(), ...(DRAW_TOP.get(a) ?? [])] : undefined)
    if (!allowed) return [`${from}: ${a} stands in no row of this test; add it with what it may import`]
    const back = DRAW_BACK.some((arrow) => arrow[0] === a && arrow[1] === b)
    return a === b || back || allowed.includes(b) ? [] : [`${from}: ${a} may not import ${b}`]
  })
}

function wrongWebArrows(tree: Sources): string[] {
  const console = only(
    tree,
    (path) => path.startsWith('web/src/') && !/^web\/src\/(verifier|stage)\//.test(path),
  )
  const arrows = imports(console).flatMap(({ from, to }) => {
    if (to === 'openapi-fetch' && from !== 'web/src/api.ts') return [`${from} reaches the server by itself`]
    const target = to.startsWith('.') ? resolve(from, to) : ''
    if (!target.startsWith('web/src/')) return []
    const [a, b] = [drawPart(from), drawPart(target)]
    const allowed = a === WEB_TOP ? [...WEB.keys()] : WEB.get(a)
    if (!allowed) return [`${from}: ${a} stands in no row of this test; add it with what it may import`]
    return a === b || allowed.includes(b) ? [] : [`${from}: ${a} may not import ${b}`]
  })
  const direct = [...console].filter(
    ([path, text]) => path !== 'web/src/api.ts' && /\bfetch\(|XMLHttpRequest/.test(codeOf(text)),
  )
  return [...arrows, ...direct.map(([path]) => `${path} reaches the server by itself`)]
}

/** `draw/src/log/leaf.ts` → `log`; `draw/src/hash.ts` → `hash.ts`. */
function drawPart(path: string): string {
  return path.split('/')[2] ?? ''
}

function impure(tree: Sources): string[] {
  const outside =
    /\bMath\.random\b|\bDate\.now\b|\bnew Date\(|\bperformance\.now\b|\bgetRandomValues\b|\bfetch\(|\bprocess\./
  return [...tree].flatMap(([path, text]) => {
    const found = path.startsWith('draw/src/') ? outside.exec(codeOf(text)) : undefined
    return found ? [`${path}: ${found[0]}`] : []
  })
}

function tooLong(tree: Sources): string[] {
  return [...tree].flatMap(([path, text]) => {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
    const most = isTest(path) ? TEST_LINES : SOURCE_LINES
    return lines > most ? [`${path}: ${lines} lines, at most ${most}`] : []
  })
}

function banned(tree: Sources): string[] {
  return [...tree].flatMap(([path, text]) => {
    if (path === 'test/architecture.test.ts') return []
    const isCode = /\.(ts|tsx)$/.test(path) && !isGenerated(path)
    const faults: string[] = []
    if (isCode && /(?::|\bas|<|,|\|)\s*any\b(?!\s*[:(])/.test(withoutText(codeOf(text)))) faults.push('any')
    if (PUT_OFF.test(text)) faults.push('something is put off')
    if (/(^|[\s'"`(])\/(home|root|Users|work)\//m.test(text)) faults.push('a path of one machine')
    const guarded = path.startsWith('bench/') || (isTest(path) && text.includes('existsSync'))
    if (/\.\.\/shared\b/.test(text) && !guarded)
      faults.push('data outside the repository, not guarded by existsSync')
    return faults.map((fault) => `${path}: ${fault}`)
  })
}

function unexplained(tree: Sources): string[] {
  const adr = tree.get('docs/adr/0002-dependencies.md') ?? ''
  const explained = new Set(adr.split(/[\s|,]+/))
  return ['package.json', ...WORKSPACES.map((name) => `${name}/package.json`)].flatMap((path) => {
    const { dependencies, devDependencies } = JSON.parse(tree.get(path) ?? '{}') as Manifest
    const names = Object.keys({ ...dependencies, ...devDependencies })
    const missing = names.filter((name) => !name.startsWith('@sunlot/') && !explained.has(name))
    return missing.map((name) => `${path}: ${name} has no line in docs/adr/0002-dependencies.md`)
  })
}
