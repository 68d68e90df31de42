// What tables call authorities and items, and what is nearly so.

import { expect, it } from 'vitest'
import { AUTHORITIES, frame, known, outcomes } from './tables-kit.ts'

it('finds an authority by its short name, without its county, and without what it is', () => {
  const { findAuthority } = frame()
  const said = [
    '青石县卫生健康委员会',
    '县卫健委',
    '卫健委',
    '卫生健康局',
    '消防救援大队',
    '文旅局',
    '民政局',
  ]
  expect(said.map((text) => findAuthority(text)?.id)).toEqual([
    'health',
    'health',
    'health',
    'health',
    'fire',
    'culture',
    undefined,
  ])
  expect(AUTHORITIES).toHaveLength(4)
})

it('names the item that is called nearly so, and nothing where none is', () => {
  const header = ['任务名称', '发起部门', '抽查比例', '抽查时间', '抽查事项']
  const of = (items: string) => outcomes([header, ['任务', '县市场监管局', '5%', '全年', items]])[0]?.reasons
  expect(of('食品经营监督检查')).toEqual([
    { code: 'unmatched_near', params: { text: '食品经营监督检查', near: '食品生产、经营监督检查' } },
  ])
  expect(of('特种设备')).toEqual([{ code: 'unmatched', params: { text: '特种设备' } }])
})

it('takes a task of another name for another task, whatever its items', () => {
  const header = ['任务名称', '发起部门', '抽查比例', '抽查时间', '抽查事项']
  const row = ['任务甲', '县市场监管局', '5%', '全年', '食品生产、经营监督检查']
  const [first] = outcomes([header, row])
  const lines = [known(first!.values!)]
  const results = (name: string, of = header) =>
    outcomes([of, of === header ? [name, ...row.slice(1)] : row.slice(1)], lines)[0]?.result
  expect(results('任务甲')).toBe('same')
  expect(results('任务乙')).toBe('new')
  expect(results('', header.slice(1))).toBe('same')
})
