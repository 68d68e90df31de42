import { describe, expect, it } from 'vitest'
import { memoryFiles, verify } from '../src/index.ts'
import { exampleOptions, makeCounty } from './county.ts'

describe('a draw of the example county', () => {
  const county = makeCounty(exampleOptions())

  it('is verified from its oversight bundle under a pinned policy', () => {
    const report = verify(memoryFiles(county.files), { policy: county.policy })
    expect(report.checks.filter((c) => c.holds !== 'yes')).toEqual([])
    expect(report.verdict).toBe('verified')
    expect(report.level).toBe('L2')
  })

  it('is indeterminate from the public bundle: the match cannot be run again', () => {
    const report = verify(memoryFiles(county.l1()), { policy: county.policy })
    expect(report.checks.filter((c) => c.holds !== 'yes').map((c) => c.id)).toEqual([
      'close.preflight',
      'match',
      'pair',
    ])
    expect(report.verdict).toBe('indeterminate')
    expect(report.parts.subjects).toBe('yes')
  })

  it('is never shown to be fresh without a policy, nor under a demo witness', () => {
    for (const policy of [undefined, { ...county.policy, demo: true }]) {
      const report = verify(memoryFiles(county.files), policy ? { policy } : {})
      expect(report.checks.filter((c) => c.holds !== 'yes').map((c) => c.id)).toEqual(['freshness'])
      expect(report.verdict).toBe('indeterminate')
    }
  })
})
