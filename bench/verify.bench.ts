// Verification of a certificate over a population of a million, the beacon's BLS included, no match: CPU in Node, and time in
// Chromium's main thread. The peer is sha256sum over the same population, which is the least that anybody must do.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { cpus, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { listFiles } from '../cli/src/desk/files.ts'
import { openBrowser } from '../e2e/browser.ts'

const ROWS = 1_000_000
const RUNS = 5
const here = dirname(fileURLToPath(import.meta.url))
const bundle = join(tmpdir(), 'sunlot-bench-bundle')
const PAGE = `
  import { memoryFiles, verify } from '../draw/src/index.ts'
  globalThis.timed = async (names) => {
    const files = new Map()
    for (const name of names) files.set(name, new Uint8Array(await (await fetch('/' + name)).arrayBuffer()))
    const policy = await (await fetch('/policy')).json()
    const start = performance.now()
    const { verdict, checks } = verify(memoryFiles(files), { policy })
    if (verdict !== 'verified') throw new Error(JSON.stringify(checks.filter((c) => c.holds !== 'yes')))
    return { verdict, seconds: (performance.now() - start) / 1000 }
  }`

const run = (...args: string[]): string =>
  execFileSync(
    'taskset',
    ['-c', '1', process.execPath, '--import', 'tsx', join(here, 'verify-bundle.ts'), ...args],
    { encoding: 'utf8' },
  )

interface Measured {
  readonly verdict: string
  readonly cpu_seconds: number
  readonly peak_mb: number
  readonly milliseconds: Readonly<Record<string, number>>
}

console.log(
  `${ROWS} subjects, 40 strata, quicknet round 1000 · one core of ${cpus().length} (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB`,
)
if (!existsSync(`${bundle}.policy.json`)) run('make', bundle, String(ROWS))
const peer = median(
  Array.from({ length: RUNS }, () =>
    seconds(() => execFileSync('taskset', ['-c', '1', 'sha256sum', join(bundle, 'population.tsv')])),
  ),
)
const node = Array.from({ length: RUNS }, () => JSON.parse(run('verify', bundle)) as Measured).toSorted(
  (a, b) => a.cpu_seconds - b.cpu_seconds,
)[RUNS >> 1]!
console.log(
  `Node: ${node.verdict}, ${node.cpu_seconds.toFixed(2)} s of CPU (goal 1.0: ${node.cpu_seconds <= 1 ? 'met' : 'not met'}), peak ${node.peak_mb} MB, ${(node.cpu_seconds / peer).toFixed(1)} × sha256sum of the list`,
)
console.log(`  ms by check (over 5): ${JSON.stringify(node.milliseconds)}`)
const chromium = await inChromium()
console.log(
  `Chromium: ${chromium.verdict}, median ${chromium.seconds.toFixed(2)} s (goal 1.5: ${chromium.seconds <= 1.5 ? 'met' : 'not met'})`,
)

/** The library bundled for a page, the bundle's files fetched first; only verify() is timed. */
async function inChromium(): Promise<{ verdict: string; seconds: number }> {
  const script = await build({
    stdin: { contents: PAGE, resolveDir: here, loader: 'ts' },
    bundle: true,
    format: 'iife',
    minify: true,
    write: false,
  })
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '/').slice(1))
    if (name === '')
      return void response
        .setHeader('content-type', 'text/html')
        .end('<meta charset="utf-8"><script src="/script.js"></script>')
    response.end(
      name === 'script.js'
        ? script.outputFiles[0]?.text
        : readFileSync(name === 'policy' ? `${bundle}.policy.json` : join(bundle, name)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const browser = await openBrowser()
  try {
    const found: { verdict: string; seconds: number }[] = []
    for (let i = 0; i < 3; i++) {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${port}/`)
      found.push(
        await page.evaluate(
          (names) =>
            (
              globalThis as unknown as {
                timed: (n: string[]) => Promise<{ verdict: string; seconds: number }>
              }
            ).timed(names),
          listFiles(bundle),
        ),
      )
      await page.close()
    }
    return found.toSorted((a, b) => a.seconds - b.seconds)[1]!
  } finally {
    await browser.close()
    server.close()
  }
}

function seconds(work: () => void): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[all.length >> 1] as number
}
