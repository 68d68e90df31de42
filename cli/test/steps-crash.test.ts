// Every act with the machine stopped before each of its changes to the disk, then done again: as if it had never stopped.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { County, type StepName } from './steps-county.ts'
import { chance, machine, stopAfter, Stopped } from './steps-faults.ts'

vi.mock('../src/steps/software.ts', () => import('./steps-software.ts'))
vi.mock('node:fs', async (original) =>
  (await import('./steps-faults.ts')).faultyFs(await original<typeof import('node:fs')>()),
)
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  const { chance: dealt } = await import('./steps-faults.ts')
  // Secrets and salts repeat; the names of files written aside, and of locks, never do.
  return { ...real, randomBytes: (size: number) => (size < 16 ? real.randomBytes(size) : dealt.bytes(size)) }
})

const SOAK = process.env['SOAK'] === '1'
const SEALED_STEPS: readonly StepName[] = SOAK ? ['commit', 'close', 'draw', 'open'] : ['open']

let base: County
let here: County
beforeAll(async () => {
  base = new County()
  here = new County()
})
afterAll(() => [base, here].forEach((one) => one.remove()))

/** An act on the county as `base` has it. */
async function begin(name: StepName, left: number, options = here.usual(name)): Promise<string> {
  chance.restart()
  stopAfter(left)
  try {
    return await here.outcome(name, {}, options)
  } catch (error) {
    if (error instanceof Stopped) return 'stopped'
    throw error
  } finally {
    machine.left = Infinity
    machine.stopped = false
  }
}

/** Stops an act before its first change, its second, and so on; returns how often, and what doing it again said. */
async function stopEverywhere(name: StepName): Promise<{ stops: number; again: Set<string> }> {
  here.takeOver(base)
  const options = here.usual(name)
  expect(await begin(name, Infinity)).toBe('done')
  const { paths } = machine
  const undisturbed = here.state()
  for (const verdict of here.verdicts()) expect(verdict).not.toContain('contradicted')
  const again = new Set<string>()
  // Until the act is noted nothing counts, whatever is there: of these stops a fourth will do, but for the last.
  const noted = paths.findIndex((path) => path.endsWith('acts.jsonl'))
  const stops = [...paths.keys()].filter((k) => SOAK || k % 4 === 0 || k > noted - 8)
  for (const left of stops) {
    here.takeOver(base)
    const stopped = await begin(name, left, options)
    here.orphanLocks()
    again.add(stopped === 'stopped' ? await begin(name, Infinity, options) : `not ${stopped}`)
    if (!same(here.state(), undisturbed)) expect([left, ...here.state()]).toEqual([left, ...undisturbed])
  }
  return { stops: stops.length, again }
}

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value)
}

describe.each<[string, boolean, readonly StepName[], readonly StepName[]]>([
  ['an open draw', false, [], ['commit', 'close', 'draw', 'skip', 'substitute', 'settle']],
  // Up to its opening a sealed draw is written as an open one is.
  ['a sealed draw', true, SOAK ? [] : ['commit', 'close', 'draw'], SEALED_STEPS],
])('%s', (_, sealed, before, names) => {
  beforeAll(async () => {
    base.remove()
    base = await (await new County().settleIn(sealed)).until(...before)
  })
  it.each(names)('is as if nothing had stopped: %s', async (name) => {
    const { stops, again } = await stopEverywhere(name)
    expect(stops).toBeGreaterThan(20)
    expect([...again].toSorted()).toEqual([...CLEAN[name]].toSorted())
    await base.act(name)
  })
})

/** What doing it again may say: it was not done before, or it was. */
const CLEAN: Readonly<Record<StepName, readonly string[]>> = {
  commit: ['done', 'out_exists'],
  close: ['done', 'already_closed'],
  draw: ['done', 'already_drawn'],
  skip: ['done', 'event_skip_not_member'],
  substitute: ['done', 'event_substitute_waiting'],
  settle: ['done', 'event_settled'],
  open: ['done', 'event_open_twice'],
}
