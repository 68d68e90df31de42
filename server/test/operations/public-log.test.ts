// What whoever mirrors the log reads: checkpoint, keys, tiles, and nothing else of the disk.

import { parseCheckpoint } from '@sunlot/draw'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Running } from '../../src/operations/serve.ts'
import { operateWitness } from '../../src/operations/witness.ts'
import { install, type Installation } from './installation.ts'
import { serving } from './serving.ts'

let place: Installation
let running: Running
beforeAll(async () => {
  place = await install('pglite')
  running = await serving(place.settings)
}, 240_000)
afterAll(async () => {
  await running.stop()
  place.remove()
})

const ask = (path: string): Promise<Response> => fetch(new URL(path, running.address))

it('a checkpoint is asked for again each time, and may be read from pages of others', async () => {
  const answer = await ask('/log/checkpoint')
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(parseCheckpoint(await answer.text())?.size).toBeGreaterThan(0)
})

it('a full tile is kept for ever, an unfinished one for a minute', async () => {
  const size = parseCheckpoint(await (await ask('/log/checkpoint')).text())?.size ?? 0
  const partial = await ask(`/log/tile/0/000.p/${size % 256}`)
  expect([partial.status, partial.headers.get('cache-control')]).toEqual([200, 'public, max-age=60'])
  expect((await partial.arrayBuffer()).byteLength).toBe((size % 256) * 32)
  if (size >= 256) expect((await ask('/log/tile/0/000')).headers.get('cache-control')).toContain('immutable')
  expect((await ask('/log/tile/0/000')).status).toBe(size >= 256 ? 200 : 404)
})

it.each([
  '/log/tile/',
  '/log/tile/0/999',
  '/log/tile/0/0',
  '/log/tile/00/000',
  '/log/tile/0/000.p/0',
  '/log/tile/..%2f..%2fkeys%2flog.key',
  '/log/tile/0/..%2f..%2f..%2fkeys%2flog.key',
  '/log/tile/%00',
  '/log/keys/log.key',
])('%s is no tile', async (path) => {
  const answer = await ask(path)
  expect(answer.status).not.toBe(200)
  expect(await answer.text()).not.toContain('ed25519')
})

it('a witness takes the line of the key as it is published, and says its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunlot-witness-'))
  const options = { name: 'witness-1', folder, host: '127.0.0.1', port: 0 }
  await expect(operateWitness(options)).rejects.toMatchObject({ code: 'witness_logs' })
  writeFileSync(join(folder, 'logs.txt'), 'no key\n')
  await expect(operateWitness(options)).rejects.toMatchObject({ code: 'witness_logs' })
  writeFileSync(join(folder, 'logs.txt'), await (await ask('/log/key')).text())
  const witness = await operateWitness(options)
  const note = await (await ask('/log/checkpoint')).text()
  const answer = await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body: `old 0\n\n${note}` })
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('— witness-1 ')])
  await expect(operateWitness(options)).rejects.toMatchObject({ code: 'witness_running' })
  await witness.close()
  rmSync(join(folder, 'state.json'))
  await expect(operateWitness(options)).rejects.toMatchObject({ code: 'witness_state_lost' })
  rmSync(folder, { recursive: true, force: true })
})
