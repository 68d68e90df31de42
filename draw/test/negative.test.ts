// The negative set: every verifier refuses every bundle of it, with the same code.

import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryFiles, verify } from '../src/index.ts'
import { NEGATIVES } from './negatives/all.ts'
import { COUNTY_NAMES, county } from './negatives/counties.ts'
import { askPython, askScript, hasPython, hasScript, type Said, shelf } from './negatives/folders.ts'
import { forge } from './negatives/forge.ts'
import { filesOf, type Negative } from './negatives/negative.ts'

/** The rows of the protocol's table of attacks. Collusion of everybody is out of scope, and said so. */
const ATTACKS = [
  'choosing contributions, slots or files after the beacon; closing late',
  'backdating the commitment; grinding free-form fields',
  'a private beacon chain',
  'void after seeing the result, refusal to open',
  'planted defect or declared conflicts to force a rerun',
  'many commitments, one certified',
  'grinding fresh substitutes',
  'skip until a friend is out, or a target is in',
  'hiding a friend in a stratum of quota 0, or mis-tagging',
  'enumerating a sealed list',
  'one alias, two people; ghosts',
  'steering a match by conflicts',
  'mistyped or invented dice',
  'showing each observer another certificate',
  'verifier swapped with the data',
]

const bundles = new Map<string, Map<string, Uint8Array>>()

function bundleOf(n: Negative): Map<string, Uint8Array> {
  const files = bundles.get(n.name) ?? filesOf(n)
  bundles.set(n.name, files)
  return files
}

function library(n: Negative): Said {
  const policy = n.policy === 'none' ? {} : { policy: county(n.of).policy }
  const report = verify(memoryFiles(bundleOf(n)), policy)
  const unknown = report.checks.filter((c) => c.holds === 'unknown').map((c) => c.id)
  return { verdict: report.verdict, code: report.code ?? null, unknown }
}

function expectSaid(n: Negative, said: Said): void {
  const { verdict, code, unknown } = said
  if (typeof n.expect === 'string') {
    expect({ verdict, code }).toEqual({ verdict: 'contradicted', code: n.expect })
    return
  }
  expect({ verdict, code }).toEqual({ verdict: 'indeterminate', code: null })
  expect(unknown).toEqual(expect.arrayContaining([...n.expect.unknown]))
}

const NAMED = NEGATIVES.map((n) => [n.name, n] as const)

describe('the set', () => {
  it('has a name for every negative, and something for every attack', () => {
    expect(new Set(NEGATIVES.map((n) => n.name)).size).toBe(NEGATIVES.length)
    const shown = new Set(NEGATIVES.map((n) => n.shows))
    expect(ATTACKS.filter((a) => !shown.has(`attack: ${a}`))).toEqual([])
  })

  it.each(COUNTY_NAMES)(
    '%s: the bundle is good before anything is done to it, and so is its unchanged forgery',
    (name) => {
      const good = county(name)
      for (const files of [good.files, forge(good, {})]) {
        const report = verify(memoryFiles(files), { policy: good.policy })
        expect(report.verdict).toBe(good.commit.value.sealed ? 'indeterminate' : 'verified')
      }
    },
  )
})

describe('the library refuses', () => {
  it.each(NAMED)('%s', (_name, n) => expectSaid(n, library(n)))
})

describe.skipIf(!hasPython)(
  `the independent checker refuses${hasPython ? '' : ' (not run: no python3)'}`,
  () => {
    const root = shelf()
    const said = new Map<string, Said>()
    beforeAll(() => {
      const cases = NEGATIVES.map((n) => ({ files: bundleOf(n), pinned: n.policy !== 'none' }))
      askPython(root, cases).forEach((s, i) => said.set(NEGATIVES[i]!.name, s))
    })
    afterAll(() => rmSync(root, { recursive: true, force: true }))

    it.each(NAMED)('%s', (name, n) => expectSaid(n, said.get(name)!))

    it.skipIf(!hasScript)(
      `the shell script passes none, and contradicts what it can see${hasScript ? '' : ' (not run: no verify.sh)'}`,
      async () => {
        const wrong: string[] = []
        // It takes a third of a second each: all that it can see, and every twentieth of the others.
        const queue = NEGATIVES.map((n, i) => [n, `${root}/${i}`] as const).filter(
          ([n], i) => n.shell === 1 || i % 20 === 0,
        )
        const work = async (): Promise<void> => {
          for (let next = queue.pop(); next; next = queue.pop()) {
            const [n, folder] = next
            const exit = await askScript(folder)
            if (exit === 0 || (n.shell === 1 && exit !== 1)) wrong.push(`${n.name}: exit ${exit}`)
          }
        }
        await Promise.all([work(), work()])
        expect(wrong).toEqual([])
      },
    )
  },
)
