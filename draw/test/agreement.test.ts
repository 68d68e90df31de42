// Four who never saw each other's code agree on random draws: the library, the Python checker, PostgreSQL and DuckDB.
//
// `SOAK=1 npx vitest run draw/test/agreement.test.ts` runs a thousand draws; DRAWS=n FROM=n name others. A draw on which
// they do not agree is kept in a folder disagree-… of the temporary folder, with its policy and both reports.

import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Absent, type Engine, openEngines } from '../sql/engines.ts'
import { isL2 } from '../src/bundle/names.ts'
import { memoryFiles, type Report, verify } from '../src/index.ts'
import { stageKey } from '../src/stream.ts'
import { openPython, type Python } from './agreement-python.ts'
import { type RandomDraw, randomDraw } from './random-county.ts'

const FROM = Number(process.env.FROM ?? 0)
const DRAWS = Number(process.env.DRAWS ?? (process.env.SOAK ? 1_000 : 60))

let python: Python
let engines: Engine[]
let absent: Absent[]
const agreed = new Map<string, number>()

beforeAll(async () => {
  ;({ engines, absent } = await openEngines())
  python = openPython()
})

afterAll(async () => {
  python.close()
  for (const engine of engines) await engine.close()
  console.log(`agreed with the library: ${[...agreed].map(([who, n]) => `${who} ${n}`).join(', ')}`)
})

describe('random draws', () => {
  it(`${DRAWS} from number ${FROM}: every implementation that this machine has says the same`, async (test) => {
    const disagreements: string[] = []
    for (let seed = FROM; seed < FROM + DRAWS; seed++) {
      const draw = randomDraw(seed)
      const found = await disagreementsOn(draw)
      disagreements.push(...found.map((what) => `${seed} (${draw.title}): ${what}`))
    }
    expect(disagreements).toEqual([])
    for (const { name, why } of absent) await test.annotate(`${name} is left out: ${why}`)
    if (python.why) await test.annotate(`Python is left out: ${python.why}`)
  }, 3_600_000)
})

async function disagreementsOn(draw: RandomDraw): Promise<string[]> {
  const policy = { policy: draw.county.policy }
  const report = verify(memoryFiles(new Map(draw.files)), policy)
  const found = [...unexpected(draw, report), ...(await inPython(draw, draw.files, report))]
  const open = new Map([...draw.files].filter(([name]) => !isL2(name) && name !== 'people.json'))
  if (open.size < draw.files.size)
    found.push(...(await inPython(draw, open, verify(memoryFiles(open), policy))))
  for (const engine of engines) found.push(...(await inSql(draw, engine)))
  return found
}

function unexpected(draw: RandomDraw, report: Report): string[] {
  const { verdict, code } = report
  count(verdict)
  if (verdict === draw.expected) return []
  // Whether anybody may enter is known only when the event is there.
  const detail = report.checks.find((c) => c.id === code)?.detail.code
  if (detail === 'nobody_may_enter') return []
  return [`the library says ${verdict} (${code ?? 'no code'}), expected ${draw.expected}`]
}

/** What check.py says otherwise of a bundle: verdict, code, state and every check's answer by its id. */
async function inPython(draw: RandomDraw, files: RandomDraw['files'], report: Report): Promise<string[]> {
  if (python.why) return []
  const folder = mkdtempSync(join(tmpdir(), `disagree-${draw.seed}-`))
  const policy = join(folder, 'policy.json')
  for (const [name, bytes] of files) {
    const path = join(folder, 'bundle', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
  writeFileSync(policy, JSON.stringify(draw.county.policy))
  const answer = await python.verify(join(folder, 'bundle'), policy)
  const found = differences(summary(report), summary(answer))
  if (found.length === 0) {
    rmSync(folder, { recursive: true })
    count(`Python ${report.level}`)
    return []
  }
  writeFileSync(join(folder, 'library.json'), JSON.stringify(report, undefined, 1))
  writeFileSync(join(folder, 'python.json'), JSON.stringify(answer, undefined, 1))
  return found.map((what) => `${what}, kept in ${folder}`)
}

type Said = Pick<Report, 'verdict' | 'state' | 'level' | 'weak'> & {
  readonly code?: string | null
  readonly checks: readonly { readonly id: string; readonly holds: string }[]
}

function summary(said: Said): Map<string, string> {
  const { verdict, state, level, weak, code } = said
  return new Map([
    ...Object.entries({ verdict, state, level, weak: `${weak}`, code: code ?? '' }),
    ...said.checks.map((c) => [c.id, c.holds] as const),
  ])
}

function differences(library: Map<string, string>, checker: Map<string, string>): string[] {
  return [...new Set([...library.keys(), ...checker.keys()])]
    .filter((key) => library.get(key) !== checker.get(key))
    .map((key) => `${key}: library ${library.get(key) ?? 'absent'}, Python ${checker.get(key) ?? 'absent'}`)
}

/** What an engine computes otherwise, from the lists and manifests alone: the hash of the selection or batches. */
async function inSql(draw: RandomDraw, engine: Engine): Promise<string[]> {
  const { options, county } = draw
  if (options.alg === 'sm3') return []
  const file = (name: string): Uint8Array => county.files.get(name) ?? new Uint8Array()
  const text = (name: string): string => new TextDecoder().decode(file(name))
  await engine.load({
    population: file('population.tsv'),
    exclusions: file('exclusions.tsv'),
    inspectors: file('inspectors.tsv'),
  })
  await engine.run('parameters', { commit: text('commit.json'), certificate: text('certificate.json') })
  const name = options.design.kind === 'coverage' ? 'batches.tsv' : 'selection.tsv'
  const expected = createHash('sha256').update(file(name)).digest('hex')
  const found: string[] = []
  for (const [form, hash] of await hashesBy(engine, draw))
    if (hash !== expected) found.push(`${engine.name} gives another ${name} by ${form}`)
  const [drawn] = await drawnInspectors(engine, county.seed)
  const cuts = county.certificate.value.inspectors.map((i) => i.cut).join()
  if (!options.sealed && drawn !== cuts) found.push(`${engine.name} draws other inspectors`)
  if ((await engine.run('register')).length > 0) found.push(`${engine.name} sees a defect in the register`)
  if (found.length === 0) count(engine.name)
  return found
}

async function hashesBy(engine: Engine, draw: RandomDraw): Promise<[form: string, hash: unknown][]> {
  const { design } = draw.options
  const key = stageKey('sha256', draw.county.seed, design.kind === 'coverage' ? 'batch' : 'objects')
  if (design.kind === 'coverage') {
    const [row] = await engine.run('batches', { key, batches: design.batches })
    return [['batches', row?.hash]]
  }
  const forms = { ratio: ['ratio', 'ratio-large', 'quotas'], total: ['quotas'], pps: ['classes'] }[
    design.kind
  ]
  const hashes: [string, unknown][] = []
  for (const form of forms.map((f) => `selection-${f}`)) {
    const rows = await engine.run(form, { key, widen: 1 })
    if (form === 'selection-ratio-large' && rows.length > 0) hashes.push(['its count check', rows.length])
    const [row] = await engine.run('selection')
    hashes.push([form, row?.hash])
  }
  return hashes
}

/** The last ticket of each authority, as the certificate's cuts. */
async function drawnInspectors(engine: Engine, seed: string): Promise<[cuts: string]> {
  const rows = await engine.run('inspectors', { seed })
  const last = new Map(rows.map((r) => [r.authority, r.ticket]))
  return [[...last.values()].join()]
}

function count(who: string): void {
  agreed.set(who, (agreed.get(who) ?? 0) + 1)
}
