// The kernel on a synthetic register, on one core: npx tsx bench/kernel.bench.ts [million lines, default 10]
// Peer: node:crypto (OpenSSL), one createHash for each leaf, node and ticket. The first row of a kind includes the
// time in which the engine compiles.

import { createHash } from 'node:crypto'
import { jsKernel, type Kernel, kernelFor, type Running, thresholdFor } from '../draw/src/kernel/index.ts'

const CHUNK = 1 << 20
const KEY = createHash('sha256').update('bench').digest('hex')
const STRATA = Array.from({ length: 40 }, (_, i) => `d3301${String(i).padStart(2, '0')}/${'AB'[i % 2]}`)
const million = 1_000_000
const rows = Number(process.argv[2] ?? 10) * million

const one = population(million)
const kernel = kernelFor('sha256')
console.log(`${kernel.name}, node ${process.version}`)
for (let i = 0; i < 3; i++)
  measure('whole pass (file hash, line tree, id tree, scan), 1 M', one, million, () => whole(kernel, million))
measure('file hash, 1 M', one, million, () => [kernel.hash()])
measure('tree over lines, 1 M', one, million, () => [kernel.tree('line')])
measure('tree over ids, 1 M', one, million, () => [kernel.tree('id')])
measure('check and count only, 1 M', one, million, () => [kernel.scan({ strata: STRATA })])
const many = rows === million ? one : population(rows)
for (let i = 0; i < 2; i++) measure(`scan, ${rows / million} M`, many, rows, () => [scan(kernel, rows)])
measure(`tree over lines, ${rows / million} M`, many, rows, () => [kernel.tree('line')])
const js = jsKernel('sha256')
measure('js: scan, 1 M', one, million, () => [scan(js, million)])
measure('js: whole pass, 1 M', one, million, () => whole(js, million))
measure('node:crypto: file hash, 1 M', one, million, () => [peerHash()])
measure('node:crypto: tickets alone, 1 M', one, million, () => [peerTickets()])

/** `n` lines of 31 bytes: ids of 18 characters, 5 % to be drawn. */
function population(n: number): Uint8Array {
  const out = new Uint8Array(31 * n)
  const encoder = new TextEncoder()
  for (let i = 0; i < n; i++) {
    const line = `91330100MA${String(i * 9).padStart(8, '0')}\t${STRATA[(i * 7) % STRATA.length]}\t1\n`
    encoder.encodeInto(line, out.subarray(31 * i))
  }
  return out
}

function scan(kernel: Kernel, n: number): Running<unknown> {
  const N = n / STRATA.length
  const thresholds = STRATA.map(() => thresholdFor(Math.ceil(N / 20), N))
  return kernel.scan({ strata: STRATA, draw: { key: KEY, thresholds } })
}

function whole(kernel: Kernel, n: number): Running<unknown>[] {
  return [kernel.hash(), kernel.tree('line'), kernel.tree('id'), scan(kernel, n)]
}

function peerHash(): Running<Buffer> {
  const running = createHash('sha256')
  return { update: (chunk) => void running.update(chunk), finish: () => running.digest() }
}

/** Without the cutting of lines into columns: the bytes of each id are where this file has them. */
function peerTickets(): Running<number> {
  let count = 0
  let left: Uint8Array = new Uint8Array(0)
  return {
    update(chunk) {
      const bytes = Buffer.concat([left, chunk])
      let at = 0
      for (; at + 31 <= bytes.length; at += 31, count++) {
        createHash('sha256')
          .update(KEY)
          .update(bytes.subarray(at, at + 18))
          .digest()
      }
      left = bytes.subarray(at)
    },
    finish: () => count,
  }
}

function measure(name: string, bytes: Uint8Array, n: number, start: () => readonly Running<unknown>[]): void {
  const cpu = process.cpuUsage()
  const began = performance.now()
  const running = start()
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const chunk = bytes.subarray(at, at + CHUNK)
    for (const each of running) each.update(chunk)
  }
  for (const each of running) each.finish()
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const figures = [seconds.toFixed(3), ((user + system) / 1e6).toFixed(3), ((seconds * 1e9) / n).toFixed(1)]
  console.log(`${name.padEnd(58)} ${figures[0]} s  ${figures[1]} s CPU  ${figures[2]} ns/line`)
}
