// Makes a bundle with a population of any size (no match; drand quicknet round 1000 as its beacon), and verifies one in
// this process: `npx tsx bench/verify-bundle.ts make FOLDER ROWS`, `… verify FOLDER`. Prints JSON.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { folderFiles } from '../cli/src/desk/files.ts'
import { verifySteps } from '../draw/src/verify/verify.ts'

const [command, folder = ''] = process.argv.slice(2)
if (command === 'make') await make(folder, Number(process.argv[4]))
else measure(folder)

async function make(to: string, rows: number): Promise<void> {
  const { makeCounty } = await import('../draw/test/county.ts')
  const { STRATA } = await import('./population.ts')
  const beacons = JSON.parse(
    readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../draw/vectors/drand.json'), 'utf8'),
  ) as { beacons: { chain: string; round: number; randomness: string; signature: string }[] }
  const beacon = beacons.beacons.find((b) => b.chain === 'quicknet' && b.round === 1000)!
  const county = makeCounty({
    subjects: Array.from({ length: rows }, (_, i) => [
      `91330100MA${String(i).padStart(8, '0')}`,
      STRATA[(i * 7919) % STRATA.length] as string,
      1,
    ]),
    staff: [],
    design: { kind: 'ratio', ratios: STRATA.map((stratum) => ({ stratum, num: 1, den: 20, min: 1 })) },
    demands: [],
    matching: { mode: 'none' },
    closeBy: 1_692_806_304,
    sources: [
      { id: 'close', kind: 'close' },
      { id: 'beacon', kind: 'drand', round: 1000 },
    ],
    values: [{ id: 'beacon', value: beacon.randomness, round: 1000, signature: beacon.signature }],
  })
  for (const [name, bytes] of county.files) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    writeFileSync(join(to, name), bytes)
  }
  writeFileSync(`${to}.policy.json`, JSON.stringify(county.policy))
}

function measure(from: string): void {
  const policy = JSON.parse(readFileSync(`${from}.policy.json`, 'utf8'))
  const start = process.cpuUsage()
  const wall = performance.now()
  const steps = verifySteps(folderFiles(from), { policy })
  const each: Record<string, number> = {}
  let last = performance.now()
  let step = steps.next()
  while (!step.done) {
    const now = performance.now()
    if (now - last > 5) each[step.value.id] = Math.round(now - last)
    last = now
    step = steps.next()
  }
  const cpu = process.cpuUsage(start)
  console.log(
    JSON.stringify({
      verdict: step.value.verdict,
      cpu_seconds: (cpu.user + cpu.system) / 1e6,
      seconds: (performance.now() - wall) / 1000,
      peak_mb: Math.round(process.resourceUsage().maxRSS / 1024),
      milliseconds: each,
    }),
  )
}
