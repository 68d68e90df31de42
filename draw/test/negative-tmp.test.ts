import { it } from 'vitest'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { memoryFiles, verify } from '../src/index.ts'
import { county } from './negatives/counties.ts'
import { NEGATIVES } from './negatives/all.ts'
import { filesOf } from './negatives/negative.ts'
it('x', () => {
  rmSync('/tmp/negative-set', { recursive: true, force: true })
  const out: unknown[] = []
  for (const [i, n] of NEGATIVES.entries()) {
    const dir = join('/tmp/negative-set', String(i).padStart(3, '0'))
    try {
      const t = performance.now()
      const files = filesOf(n)
      const t1 = performance.now()
      const c = county(n.of)
      const r = verify(memoryFiles(files), n.policy === 'none' ? {} : { policy: c.policy })
      const bad = r.checks.filter((x) => x.holds !== 'yes').map((x) => `${x.id}:${x.holds}:${JSON.stringify(x.detail)}`)
      out.push({ i, name: n.name, of: n.of, expect: n.expect, verdict: r.verdict, code: r.code ?? null, bad, policy: n.policy, ms: [t1 - t, performance.now() - t1] })
      for (const [name, b] of files) { const p = join(dir, name); mkdirSync(dirname(p), { recursive: true }); writeFileSync(p, b) }
    } catch (e) { out.push({ i, name: n.name, of: n.of, expect: n.expect, error: String((e as Error).stack).slice(0, 600) }) }
  }
  writeFileSync('/tmp/negative-set/lib.json', JSON.stringify(out))
  writeFileSync('/tmp/negative-set/policy.json', JSON.stringify(county('open').policy))
})
