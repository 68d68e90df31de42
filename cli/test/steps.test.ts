// Every act on a draw of a tiny county: what it writes, who may read it, and what it refuses before anything is written.

import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isL2 } from '@sunlot/draw'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { listFiles } from '../src/desk/files.ts'
import { run as verify } from '../src/steps/verify.ts'
import { County, TIMES } from './steps-county.ts'

vi.mock('../src/steps/software.ts', () => import('./steps-software.ts'))

const made: County[] = []
const county = async (sealed = false): Promise<County> => {
  const one = await new County().settleIn(sealed)
  made.push(one)
  return one
}
afterAll(() => made.forEach((one) => one.remove()))

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

/** Which files of oversight/ others of this machine could read if the folder were open to them. */
function readable(c: County): string[] {
  const whole = join(c.out, 'oversight')
  return listFiles(whole).filter((name) => modeOf(join(whole, name)) !== '600')
}

const lists = (names: readonly string[]): string[] => names.filter((name) => name.endsWith('.tsv'))

function expectKeptApart(c: County): void {
  for (const part of ['oversight', 'private']) expect(modeOf(join(c.out, part))).toBe('700')
  expect(c.publicNames().filter((name) => isL2(name) || name === 'people.json')).toEqual([])
  expect(readable(c)).toEqual(c.publicNames())
  for (const name of listFiles(join(c.out, 'private')))
    expect(modeOf(join(c.out, 'private', name))).toBe('600')
  for (const name of c.publicNames()) expect(modeOf(join(c.out, 'public', name))).toBe('644')
  for (const verdict of c.verdicts()) expect(verdict).not.toContain('contradicted')
}

describe('an open draw', () => {
  it('goes from the plan to a substitute, and shows nothing of the people’s qualifications', async () => {
    const c = await county()
    for (const name of ['commit', 'close', 'draw', 'skip', 'substitute', 'settle'] as const) {
      await c.act(name)
      expectKeptApart(c)
    }
    expect(lists(c.publicNames())).toContain('selection.tsv')
    expect(c.said.join('\n')).toContain(c.io.t('notes.outsiders_one_desk'))
    const values = JSON.parse(readFileSync(join(c.out, 'public', 'events', '0002.values.json'), 'utf8')) as {
      log: { checkpoint: string; index: number }
    }
    const [, size] = values.log.checkpoint.split('\n')
    expect(Number(size)).toBe(values.log.index + 1)
  })

  it('binds to a substitute the checkpoint of its announcement, not a later one', async () => {
    const c = await county()
    await c.until('commit', 'close', 'draw', 'substitute')
    const [then] =
      readFileSync(join(c.out, 'public', 'proofs.json'), 'utf8').match(/"checkpoint":"[^"]*"/) ?? []
    await c.act('skip', { at: `${TIMES.settle - 10}` })
    await c.act('settle', { event: '1' })
    expect(readFileSync(join(c.out, 'public', 'events', '0001.values.json'), 'utf8')).toContain(then)
  })
})

describe('a sealed draw', () => {
  it('shows no list before its opening, and then all but those of the people', async () => {
    const c = await county(true)
    for (const name of ['commit', 'close', 'draw'] as const) {
      await c.act(name)
      expectKeptApart(c)
      expect(lists(c.publicNames())).toEqual([])
    }
    expect(c.said.join('\n')).toContain(c.io.t('notes.secrets_one_desk'))
    await c.act('open')
    expectKeptApart(c)
    expect(lists(c.publicNames())).toContain('selection.tsv')
  })
})

describe('refused, with nothing written', () => {
  const refuses = async (
    c: County,
    ...[name, options, code]: [Parameters<County['act']>[0], Record<string, unknown>, string]
  ): Promise<void> => {
    const before = c.state()
    expect(await c.outcome(name, options)).toBe(code)
    expect(c.state()).toEqual(before)
  }

  it('what no rule, no clock and no second look would bear', async () => {
    const c = await county()
    await refuses(c, 'commit', { at: '12345' }, 'time_form')
    await refuses(c, 'commit', { at: '2023-08-23T09:00:00' }, 'time_form')
    await c.act('commit')
    await refuses(c, 'close', { at: `${TIMES.commit - 1}` }, 'clock_back')
    await c.act('close')
    await refuses(c, 'draw', { by: ['dice=d90,v2'] }, 'outsider_inside')
    await refuses(c, 'draw', { valueAt: `dice=${TIMES.draw + 1}` }, 'value_late')
    await c.act('draw')
    await refuses(c, 'skip', { at: `${TIMES.draw - 1}` }, 'clock_back')
    await refuses(c, 'substitute', { id: c.member('d02') }, 'substitute_hopeless')
    const thrown = { value: ['31415926535'], again: ['31415926535'], event: '1', at: `${TIMES.settle}` }
    await c.act('substitute', { source: 'dice:10x11', roller: 'v1', by: 'v1' })
    await refuses(c, 'settle', { ...thrown, by: ['fresh=v1,v2'] }, 'outsider_inside')
  })

  it('a second act on a folder from an older copy', async () => {
    const c = await county()
    for (const [name, next] of [
      ['commit', 'close'],
      ['close', 'draw'],
      ['draw', 'skip'],
    ] as const) {
      if (name === 'commit') await c.act(name)
      cpSync(c.out, `${c.out}.copy`, { recursive: true })
      await c.act(next)
      cpSync(c.out, `${c.out}.new`, { recursive: true })
      rmSync(c.out, { recursive: true })
      cpSync(`${c.out}.copy`, c.out, { recursive: true })
      await refuses(c, next, {}, 'folder_behind')
      rmSync(c.out, { recursive: true })
      cpSync(`${c.out}.new`, c.out, { recursive: true })
      for (const old of ['copy', 'new']) rmSync(`${c.out}.${old}`, { recursive: true })
    }
  })

  it('but a draw after its time to certify goes on, with a warning', async () => {
    const c = await (await county()).until('commit', 'close')
    await c.act('draw', { at: `${TIMES.certifyBy + 1}` })
    expect(c.said.join('\n')).toContain('出证期限')
  })
})

describe('verifying with a policy', () => {
  it('that names no witness is refused in a sentence of its own, before anything is read', async () => {
    const c = await county()
    const path = join(c.folder, 'policy.json')
    const log = { origin: 'sunlot', key: 'a'.repeat(64) }
    writeFileSync(path, JSON.stringify({ v: 'vdp1', log, witnesses: [], quorum: 0, faults: 0 }))
    const args = { positionals: [c.out], options: { policy: path } }
    await expect(verify(args, c.io)).rejects.toMatchObject({ code: 'policy_nobody', exit: 3 })
  })
})
