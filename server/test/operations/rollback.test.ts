// I19: an operator who brings back an old database to erase an act finds a server that only reads.

import { cpSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { COUNTY } from '../support/people.ts'
import { install } from './installation.ts'

it('I19: an old database beside the published log is served for reading alone', async () => {
  const place = await install('pglite')
  const [database, old] = [join(place.folder, 'database'), join(place.folder, 'old')]
  const write = async (address: string, name: string): Promise<string> => {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      cookie: `__Host-sunlot=${place.token}`,
    }
    const body = JSON.stringify({ divisionCode: COUNTY, name, shortName: name, inspects: true })
    const response = await fetch(`${address}/api/v1/authorities`, { method: 'POST', headers, body })
    const { code = '', params } = (await response.json()) as { code?: string; params?: { why?: string } }
    return [response.status, code, params?.why].filter(Boolean).join(' ')
  }
  const run = async (work: (address: string) => Promise<void>): Promise<void> => {
    const { child, address } = await place.start()
    await until(async () =>
      ['running', 'readOnly'].some((state) => child.lines.join().includes(`log_${state}`)),
    )
    await work(address)
    // A pass of the sequencer publishes what was written.
    await new Promise((go) => setTimeout(go, 1_500))
    process.kill(child.pid, 'SIGTERM')
    await child.ended
  }
  await run(async (address) => expect(await write(address, '青石县甲局')).toBe('201'))
  cpSync(database, old, { recursive: true })
  await run(async (address) => expect(await write(address, '青石县乙局')).toBe('201'))
  renameSync(database, join(place.folder, 'newer'))
  renameSync(old, database)
  await run(async (address) => {
    expect(await write(address, '青石县丙局')).toBe('503 read_only log_rolled_back')
    expect((await fetch(`${address}/api/v1/system`)).status).toBe(200)
    const ready = (await (await fetch(`${address}/readyz`)).json()) as { conditions: readonly object[] }
    expect(ready.conditions).toContainEqual({ id: 'log', holds: false, code: 'log_readOnly' })
  })
  place.remove()
}, 120_000)

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()) && tries < 200; tries++) await new Promise((go) => setTimeout(go, 50))
}
