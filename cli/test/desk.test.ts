// The desk: its lock against other processes, its log after a torn write, its keys after a making that was cut short.

import { spawn } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { clockOf, makeDesk, openDesk } from '../src/desk/desk.ts'
import { LocalLog } from '../src/desk/local-log.ts'
import { takeLock, withDeskLock } from '../src/desk/lock.ts'
import { County, TIMES } from './steps-county.ts'

vi.mock('../src/steps/software.ts', () => import('./steps-software.ts'))

const folder = mkdtempSync(join(tmpdir(), 'qingshi-desk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const GONE = 2 ** 22 + 5
const holder = (more: object): string =>
  JSON.stringify({ id: 'aa', pid: GONE, started: '', host: hostname(), ...more })

/** Runs a module's text in processes of their own, all at once; what each wrote. */
function inProcesses(count: number, text: string): Promise<string[]> {
  const script = join(folder, 'process.ts')
  writeFileSync(script, text)
  return Promise.all(
    Array.from({ length: count }, async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', script], { cwd: import.meta.dirname })
      let out = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (out += String(bytes)))
      await new Promise((resolve) => child.on('close', resolve))
      return out
    }),
  )
}

const moduleAt = (path: string): string => pathToFileURL(join(import.meta.dirname, '..', 'src', path)).href

describe('a lock', () => {
  const path = join(folder, 'a.lock')
  const taken = (text: string): (() => unknown) => {
    writeFileSync(path, text)
    return () => takeLock(path, 'desk_locked')
  }

  it('is never taken from a live process, another machine, or one that cannot be read', () => {
    for (const text of [holder({ pid: process.pid }), holder({ host: 'elsewhere' })]) {
      expect(taken(text)).toThrow('desk_locked')
      expect(readFileSync(path, 'utf8')).toBe(text)
    }
    for (const text of ['', '{"pid"', 'null', '{}']) {
      expect(taken(text)).toThrow('lock_strange')
      expect(readFileSync(path, 'utf8')).toBe(text)
    }
  })

  it('is taken from a process that is gone, also where another has its number now', () => {
    for (const text of [holder({}), holder({ pid: process.pid, started: '1' })]) {
      if (text.includes('"1"') && !existsSync('/proc/self/stat')) continue
      writeFileSync(path, text)
      takeLock(path, 'desk_locked').release()
      expect(readdirSync(folder).filter((name) => name.startsWith('a.lock'))).toEqual([])
    }
  })

  it('is left alone by one who no longer holds it', () => {
    const lock = takeLock(path, 'desk_locked')
    writeFileSync(path, holder({}))
    lock.release()
    expect(readFileSync(path, 'utf8')).toBe(holder({}))
    rmSync(path)
  })

  it('is held by one process at a time, however many take it from a dead one', async () => {
    writeFileSync(path, holder({}))
    const count = join(folder, 'count')
    writeFileSync(count, '0')
    const out = await inProcesses(
      4,
      `import { readFileSync, renameSync, writeFileSync } from 'node:fs'
       import { takeLock } from ${JSON.stringify(moduleAt('desk/lock.ts'))}
       const orphan = ${JSON.stringify(holder({}))}
       for (let done = 0; done < 50;) {
         let lock
         try { lock = takeLock(${JSON.stringify(path)}, 'desk_locked') } catch (error) {
           if (error.code !== 'desk_locked') throw error
           continue
         }
         writeFileSync(${JSON.stringify(count)}, String(Number(readFileSync(${JSON.stringify(count)}, 'utf8')) + 1))
         if (++done % 5) lock.release()
         else {
           const aside = ${JSON.stringify(path)} + process.pid
           writeFileSync(aside, orphan.replace('"aa"', JSON.stringify(process.pid + '-' + done)))
           renameSync(aside, ${JSON.stringify(path)})
         }
       }`,
    )
    expect(out).toEqual(['', '', '', ''])
    expect(readFileSync(count, 'utf8')).toBe('200')
  })
})

describe('a desk', () => {
  it('is made although an earlier making was cut short, with the keys that this left', () => {
    const place = join(folder, 'desk')
    makeDesk(place, ['d01'], true)
    const key = readFileSync(join(place, 'keys', 'd01.json'), 'utf8')
    rmSync(join(place, 'desk.json'))
    rmSync(join(place, 'keys', 'witness-demo.json'))
    makeDesk(place, ['d01', 'd90'], true)
    expect(readFileSync(join(place, 'keys', 'd01.json'), 'utf8')).toBe(key)
    expect(() => makeDesk(place, ['d01'], true)).toThrow('desk_exists')
  })

  it('takes only times that everybody reads alike', () => {
    const desk = openDesk(join(folder, 'desk'))
    expect(clockOf(desk, '1795395600')).toBe(1_795_395_600)
    expect(clockOf(desk, '2026-11-24T09:00:00+08:00')).toBe(clockOf(desk, '2026-11-24T01:00Z'))
    for (const at of [
      '2026-11-24',
      '2026-11-24T09:00:00',
      '11/12/2026',
      '179539560',
      '-1795395600',
      '',
      '1e9',
    ])
      expect(() => clockOf(desk, at), at).toThrow('time_form')
  })

  it('cuts off what is torn, completes what was noted, and refuses an older log', async () => {
    const c = await new County().settleIn()
    await c.until('commit', 'close')
    const whole = c.state()
    const path = join(c.desk, 'log', 'leaves.jsonl')
    const text = readFileSync(path, 'utf8')
    appendFileSync(join(c.desk, 'log', 'acts.jsonl'), '{"id":"torn')
    appendFileSync(path, '{"v":"vdp1","type"')
    expect(await c.outcome('close')).toBe('already_closed')
    writeFileSync(path, text.slice(0, -10))
    expect(await c.outcome('close')).toBe('already_closed')
    expect(readFileSync(path, 'utf8')).toBe(text)
    writeFileSync(path, text.split('\n').slice(0, 1).join('\n') + '\n')
    expect(await c.outcome('close')).toBe('log_behind')
    writeFileSync(path, text)
    await c.act('draw')
    expect([...whole.keys()].every((name) => c.state().has(name))).toBe(true)
    expect(withDeskLock(openDesk(c.desk), () => new LocalLog(openDesk(c.desk)).tree.size)).toBe(5)
    c.remove()
  })
})

describe('two processes', () => {
  it('commit one draw to one output: the others are refused, and what stands is whole', async () => {
    const c = await new County().settleIn()
    const out = await inProcesses(
      3,
      `import { run } from ${JSON.stringify(moduleAt('steps/commit.ts'))}
       import { translator } from ${JSON.stringify(moduleAt('words.ts'))}
       import { silentProgress } from ${JSON.stringify(moduleAt('progress.ts'))}
       const io = { out() {}, err() {}, progress: silentProgress, t: translator('en') }
       const options = ${JSON.stringify({ desk: c.desk, out: c.out, at: `${TIMES.commit}` })}
       run({ positionals: [${JSON.stringify(join(c.folder, 'plan.yaml'))}], options }, io).then(
         () => console.log('done'), (error) => console.log(error.code ?? error.stack))`,
    )
    const said = out.map((text) => text.trim()).toSorted()
    const built = existsSync(join(import.meta.dirname, '..', '..', 'web', 'dist', 'verifier.html'))
    if (built) expect(said.filter((text) => text === 'done')).toHaveLength(1)
    for (const text of said) expect(['done', 'out_locked', 'out_exists', 'not_built']).toContain(text)
    if (built) expect(c.verdicts().join()).not.toContain('contradicted')
    c.remove()
  })
})
