import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { creditCodeCheck, isCreditCode, isIdCardNumber } from '@sunlot/draw'
import { describe, expect, it } from 'vitest'
import { asCommandError, CommandError, EXIT } from '../src/errors.ts'
import { discardPartial, freezeInspectors, freezeRegister } from '../src/freeze/index.ts'

import { mergeRuns, SortedRuns } from '../src/freeze/sorted-runs.ts'
import { judgeId } from '../src/freeze/subject-id.ts'
import { parsePlanFile, readPlanFile } from '../src/plan-file/index.ts'
import { silentProgress } from '../src/progress.ts'
import { translator } from '../src/words.ts'
import { codeOf, Office, quiet, stoppedBy } from './freeze-office.ts'

const rows = (n: number): string[] => Array.from({ length: n }, (_, i) => `某店,${codeOf(i)},城关街道,A`)
const officeOf = (n: number): Office => {
  const office = new Office()
  office.register(rows(n))
  return office
}
const codeThrown = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: unknown) => asCommandError(error)?.code ?? String(error),
  )

describe('credit codes (GB 32100)', () => {
  it('have the check digit of the standard’s own weights', () => {
    // The example of the standard's annex, and one with a letter for its check digit.
    expect(isCreditCode('91350100M000100Y43')).toBe(true)
    expect(creditCodeCheck('91350100M000100Y4')).toBe('3')
    expect(isCreditCode('91350100M000100Y44')).toBe(false)
    expect(isCreditCode('91350100m000100y43')).toBe(false)
    expect(creditCodeCheck('91350100I000100Y4')).toBeUndefined()
  })
  it('notice every single wrong character and every swap of neighbours', () => {
    const code = codeOf(123456)
    for (let i = 0; i < 18; i++) {
      for (const c of '0123456789ABCDEFGHJKLMNPQRTUWXY')
        if (c !== code[i]) expect(isCreditCode(code.slice(0, i) + c + code.slice(i + 1))).toBe(false)
      const swapped = code.slice(0, i) + (code[i + 1] ?? '') + (code[i] ?? '') + code.slice(i + 2)
      if (i < 17 && swapped !== code) expect(isCreditCode(swapped)).toBe(false)
    }
  })
  it('are told from id-card numbers', () => {
    expect(isIdCardNumber('110101199003070011')).toBe(true)
    expect(isIdCardNumber('110101199013070011')).toBe(false)
    expect(judgeId('110101199003070011').usable).toBe(false)
  })
})

describe('sorted runs', () => {
  it('give back every line in byte order, however small the arena', () => {
    const office = new Office()
    const runs = new SortedRuns(office.folder, 'x', { encoding: 'latin1', arenaBytes: 300 })
    const lines = Array.from({ length: 1000 }, (_, i) => `${(i * 7919) % 1000}\t${i}`)
    for (const line of lines) runs.add(line)
    const paths = runs.finish()
    expect(paths.length).toBeGreaterThan(20)
    expect([...mergeRuns(paths, 'latin1')].flat()).toEqual(lines.toSorted())
    expect([...mergeRuns([], 'latin1')]).toEqual([])
  })
})

describe('a freeze begun before', () => {
  it('is taken up where its steps were complete, and begun anew where an input changed', async () => {
    const office = officeOf(50)
    expect((await office.freeze('')).reused).toEqual([])
    const population = readFileSync(join(office.out, 'population.tsv'))
    rmSync(office.out, { recursive: true })
    expect((await office.freeze('')).reused).toEqual(['read', 'lists'])
    expect(readFileSync(join(office.out, 'population.tsv'))).toEqual(population)
    utimesSync(join(office.folder, '名录.csv'), 1, 1)
    expect((await office.freeze('')).reused).toEqual([])
    expect((await office.freeze('lower_case: as_upper')).reused).toEqual([])
  })
  it('does not trust a list that was cut', async () => {
    const office = officeOf(50)
    await office.freeze('')
    const [kept] = readdirSync(join(office.folder, 'out', '.sunlot-partial'))
    const list = join(office.folder, 'out', '.sunlot-partial', kept ?? '', 'lists', 'population.tsv')
    rmSync(list)
    writeFileSync(list, 'half')
    expect((await office.freeze('')).reused).toEqual(['read'])
    expect(office.list('population.tsv')).toHaveLength(50)
  })
  it('leaves nothing of a step that was interrupted, and says so with exit code 130', async () => {
    const office = officeOf(2000)
    const stop = new AbortController()
    stop.abort()
    const error = await office.freeze('', '', { ...quiet, signal: stop.signal }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(CommandError)
    expect(error).toMatchObject({ code: 'interrupted', exit: EXIT.interrupted })
    expect(existsSync(office.out)).toBe(false)
    const [kept = ''] = readdirSync(join(office.folder, 'out', '.sunlot-partial'))
    expect(readdirSync(join(office.folder, 'out', '.sunlot-partial', kept))).toEqual([])
  })
  it('interrupted between its steps goes on from the first', async () => {
    const office = officeOf(2000)
    const stop = new AbortController()
    const progress = {
      ...silentProgress,
      task: (label: string) => ({
        at: () => undefined,
        done: () => (label === 'progress.read' ? stop.abort() : undefined),
        fail: () => undefined,
      }),
    }
    expect(await codeThrown(office.freeze('', '', { ...quiet, progress, signal: stop.signal }))).toBe(
      'interrupted',
    )
    expect((await office.freeze('')).reused).toEqual(['read'])
  })
  it('is not shared by two processes, and its steps go when the bundle stands', async () => {
    const office = officeOf(5)
    await office.freeze('')
    const plan = await readPlanFile(join(office.folder, '方案.yaml'))
    const parent = join(office.folder, 'out', '.sunlot-partial')
    const [kept = ''] = readdirSync(parent)
    writeFileSync(join(parent, `${kept}.lock`), String(process.ppid))
    expect(await codeThrown(freezeRegister(plan, office.out, quiet))).toBe('partial_busy')
    writeFileSync(join(parent, `${kept}.lock`), '4194305')
    await freezeRegister(plan, office.out, quiet)
    await discardPartial(plan, office.out)
    expect(existsSync(parent)).toBe(false)
    expect(office.list('population.tsv')).toHaveLength(5)
  })
})

describe('a file', () => {
  it('cut in the middle of a row is refused, whatever the policies', async () => {
    const office = officeOf(3)
    office.write('名录.csv', `名称,代码,乡镇,等级\n${rows(2).join('\n')}\n某店,91999`)
    expect(await stoppedBy(office.freeze('wrong_width: leave_out, missing_id: leave_out'))).toEqual([
      'register_cut',
    ])
  })
  it('with fewer rows than the plan states is refused', async () => {
    const office = officeOf(3)
    const text = readFileSync(office.plan(), 'utf8').replace('  columns:', '  rows: 4\n  columns:')
    office.plan = () => office.write('方案.yaml', text)
    expect(await stoppedBy(office.freeze(''))).toEqual(['register_rows'])
  })
  it('without the column, without rows of names, or not there, is a sentence with the place', async () => {
    const office = officeOf(3)
    office.register(rows(3), '名称,统一代码,乡镇,等级')
    const error = asCommandError(await office.freeze('').catch((e: unknown) => e))
    expect(error?.code).toBe('sheets.column-missing')
    const sentence = translator('zh-CN')(`errors.${error?.code}`, error?.params)
    expect(sentence).toContain('没有“代码”这一列')
    expect(sentence).toContain('最接近的是“统一代码”')
    rmSync(join(office.folder, '名录.csv'))
    expect(await codeThrown(office.freeze(''))).toBe('sheets.not-found')
  })
  it('that maps an id column as a stratum is refused', async () => {
    const office = officeOf(3)
    const text = readFileSync(office.plan(), 'utf8')
      .replace('[乡镇, 等级]', '[等级, 名称]')
      .replace(/codes:\n.*\n/, '')
    office.plan = () => office.write('方案.yaml', text)
    expect(await stoppedBy(office.freeze(''))).toContain('2 unknown_stratum')
  })
})

const mount = join(new Office().folder, 'small')
mkdirSync(mount)
const [MOUNT, UNMOUNT] = ['mount', 'umount'] as const
const mounted = spawnSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mount]).status === 0

describe('a full disk', () => {
  it('is a sentence and exit code 4', () => {
    const error = asCommandError(Object.assign(new Error('write'), { code: 'ENOSPC', path: '/x' }))
    expect(error).toMatchObject({ code: 'system.ENOSPC', exit: EXIT.system, params: { path: '/x' } })
    expect(translator('zh-CN')('errors.system.ENOSPC', error?.params)).toContain('磁盘满了')
  })
  it.skipIf(!mounted)('leaves no list behind', async () => {
    try {
      const office = officeOf(3000)
      const plan = await readPlanFile(office.plan())
      expect(await codeThrown(freezeRegister(plan, join(mount, 'lists'), quiet))).toBe('system.ENOSPC')
      expect(existsSync(join(mount, 'lists'))).toBe(false)
    } finally {
      spawnSync(UNMOUNT, [mount])
    }
  })
})

describe('inspectors', () => {
  const more = `inspectors:
  file: 人员.csv
  columns: { staff_no: 证号, name: 姓名, authority: 单位, classes: 资质, conflicts: 回避 }
  authorities: { 市场监管局: d01 }
  classes: { 食品: food, 消防: fire }
demands: { general: { strata: ["*"], authorities: { d01: { members: 2 } } } }
matching: { mode: subjects }
`
  const freezing = async (lines: readonly string[], change = (text: string): string => text) => {
    const office = officeOf(3)
    office.write('人员.csv', ['证号,姓名,单位,资质,回避', ...lines, ''].join('\n'))
    const bytes = new TextEncoder().encode(change(readFileSync(office.plan(more), 'utf8')))
    return freezeInspectors(parsePlanFile(join(office.folder, '方案.yaml'), bytes), quiet)
  }
  it('are read with their classes and conflicts', async () => {
    const conflicts = `${codeOf(2)}、${codeOf(1)}`
    const { people } = await freezing([`S1,甲,市场监管局,消防；食品,${conflicts}`, 'S2,乙,d01,无,'])
    expect(people).toEqual([
      {
        staffNo: 'S1',
        name: '甲',
        authority: 'd01',
        classes: ['fire', 'food'],
        conflicts: [codeOf(1), codeOf(2)].toSorted(),
      },
      { staffNo: 'S2', name: '乙', authority: 'd01', classes: [], conflicts: [] },
    ])
  })
  it.each([
    ['a staff number twice', ['S1,甲,d01,,', 'S1,乙,d01,,'], 'twice'],
    ['no staff number', [',甲,d01,,'], 'no_staff_no'],
    ['an authority without a code', ['S1,甲,文旅局,,'], 'authority'],
    ['an authority that takes no part', ['S1,甲,d07,,'], 'other_authority'],
    ['a class without a code', ['S1,甲,d01,焊接,'], 'class'],
    ['a conflict that is no id', ['S1,甲,d01,,某某饭店（城关）'], 'conflict'],
    ['a row too short', ['S1,甲'], 'row'],
  ])('are refused for %s, with the row', async (_, lines, expected) => {
    const error = await freezing(lines).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'inspector_defects' })
    const [detail] = (error as CommandError).details
    expect(detail?.code).toBe(`inspector.${expected}`)
    expect(detail?.params['row']).toBe(lines.length + 1)
  })
  it('of other authorities are left out where the plan says so', async () => {
    const leave = (text: string): string =>
      text.replace('inspectors:\n', 'inspectors:\n  others: leave_out\n')
    expect(await freezing(['S1,甲,d07,,', 'S2,乙,d01,,'], leave)).toMatchObject({ rows: 2, others: 1 })
  })
})
