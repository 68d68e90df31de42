// One stratified draw in a process of its own: prints JSON with seconds and peak memory. `npx tsx bench/draw-ours.ts ROWS`.

import { drawByStratum, thresholdsOf } from '../draw/src/choose/subjects.ts'
import { kernelFor } from '../draw/src/kernel/index.ts'
import { stageKey } from '../draw/src/stream.ts'
import { fileChunks } from '../cli/src/desk/files.ts'
import { populationFile, STRATA, strataRows } from './population.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const path = populationFile(rows)
const quotas = strataRows(rows).map((n, i) => ({ code: STRATA[i] as string, rows: n, n: Math.ceil(n / 20) }))
const key = stageKey('sha256', 'ab'.repeat(32), 'objects')

const start = process.cpuUsage()
const wall = performance.now()
const scan = kernelFor('sha256').scan({ strata: STRATA, draw: { key, thresholds: thresholdsOf(quotas) } })
for (const chunk of fileChunks(path)) scan.update(chunk)
const scanned = scan.finish()
if (!scanned.ok) throw new Error(`line ${scanned.line}: ${scanned.fault}`)
const counted = performance.now()
const drawn = drawByStratum(quotas, scanned.candidates)
const cpu = process.cpuUsage(start)
console.log(
  JSON.stringify({
    rows,
    drawn: drawn.drawn.length,
    seconds: (performance.now() - wall) / 1000,
    scan_seconds: (counted - wall) / 1000,
    cpu_seconds: (cpu.user + cpu.system) / 1e6,
    peak_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
