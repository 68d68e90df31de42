import { it } from 'vitest'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { memoryFiles, verify } from '../src/index.ts'
import { COUNTY_NAMES, county } from './negatives/counties.ts'
import { forge } from './negatives/forge.ts'
it('x', () => {
  rmSync('/tmp/negative-good', { recursive: true, force: true })
  for (const name of COUNTY_NAMES) {
    const t = performance.now()
    const c = county(name)
    const files = forge(c, {})
    const t1 = performance.now()
    for (const f of [c.files, files]) {
      const r = verify(memoryFiles(f), { policy: c.policy })
      console.log(name, r.verdict, r.code ?? '', r.checks.filter((x) => x.holds !== 'yes').map((x) => `${x.id}:${x.holds}:${JSON.stringify(x.detail)}`).join(' '), Math.round(t1 - t), Math.round(performance.now() - t1))
    }
    const same = [...c.files].filter(([n, b]) => Buffer.compare(Buffer.from(b), Buffer.from(files.get(n)!)) !== 0).map(([n]) => n)
    console.log('differs', same)
    for (const [n, b] of files) { const p = join('/tmp/negative-good', name, n); mkdirSync(dirname(p), { recursive: true }); writeFileSync(p, b) }
    writeFileSync('/tmp/negative-good/policy.json', JSON.stringify(c.policy))
  }
})
