// sunlot verify log|consistency|receipt|state|grants|backup, as an operator and as an outsider ask for them.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { backUp } from '../../src/operations/backup/backup.ts'
import { VERIFICATIONS, type VerifyRequest } from '../../src/operations/verify/installation.ts'
import { linesOfReport } from '../../src/operations/verify/lines.ts'
import { ownPolicy, publishedOrigin } from '../../src/operations/verify/policy.ts'
import type { VerifyReport } from '../../src/platform/log/index.ts'
import { onEachEngine } from '../support/engines.ts'
import { install, type Installation } from './installation.ts'
import { attempt, serving } from './serving.ts'

onEachEngine((kind) => {
  let place: Installation
  let receipt: string
  let older: string
  beforeAll(async () => {
    place = await install(kind)
    receipt = join(place.folder, 'receipt.json')
    older = join(place.folder, 'older.checkpoint')
    const { address, stop } = await serving(place.settings)
    writeFileSync(older, await (await fetch(new URL('/log/checkpoint', address))).text())
    await attempt(address, place.token, '青石县甲局')
    await vi.waitFor(
      async () =>
        expect(await (await fetch(new URL('/log/checkpoint', address))).text()).not.toBe(
          readFileSync(older, 'utf8'),
        ),
      { timeout: 10_000, interval: 100 },
    )
    writeFileSync(receipt, await (await fetch(new URL('/api/v1/public/log/receipts/1', address))).text())
    await stop()
  }, 240_000)
  afterAll(() => place.remove())

  const verify = (what: string, ...files: readonly string[]): Promise<VerifyReport> => ask(what, { files })
  const ask = (what: string, request: VerifyRequest): Promise<VerifyReport> =>
    VERIFICATIONS[what]?.(place.settings, request) ?? Promise.reject(new Error(what))

  it.each(['log', 'state', 'grants'])('%s holds, and says so in Chinese', async (what) => {
    const report = await verify(what)
    expect(report.faults).toEqual([])
    expect(linesOfReport(report, 'zh-CN')[0]).toContain('完好')
  })

  it('state fails where a row was edited around the platform', async () => {
    const edit = (from: string, to: string): Promise<unknown> =>
      place.look((pool) =>
        pool.query(`begin; set local session_replication_role = replica;
          update agencies.authority set short_name = '${to}' where short_name = '${from}'; commit`),
      )
    await edit('青石县甲局', '甲')
    const report = await verify('state')
    expect(report.faults).toMatchObject([{ code: 'row_altered', params: { columns: 'short_name' } }])
    await edit('甲', '青石县甲局')
    expect((await verify('state')).holds).toBe(true)
  })

  it('a receipt and two checkpoints are verified without a database, by the policy that is given', async () => {
    expect((await verify('receipt', receipt)).faults).toEqual([])
    expect((await verify('consistency', older)).faults).toEqual([])
    const policy = join(place.folder, 'policy.json')
    const own = await ownPolicy(place.settings, () => publishedOrigin(place.folder))
    writeFileSync(policy, JSON.stringify({ ...own, log: { ...own.log, key: '11'.repeat(32) } }))
    expect((await ask('receipt', { files: [receipt], policy })).faults).toMatchObject([
      { code: 'not_signed_by_log' },
    ])
    writeFileSync(policy, '{}')
    await expect(ask('receipt', { files: [receipt], policy })).rejects.toMatchObject({
      code: 'policy_malformed',
    })
    writeFileSync(policy, 'not JSON')
    expect((await verify('receipt', policy)).faults).toMatchObject([{ code: 'receipt_malformed' }])
    expect((await verify('consistency', policy)).faults).toMatchObject([{ code: 'checkpoint_malformed' }])
    await expect(verify('receipt')).rejects.toMatchObject({ code: 'verify_file_needed' })
    await expect(verify('receipt', '/nowhere')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('a backup holds, and one of which a byte was turned does not', async () => {
    const file = join(place.folder, 'aside', 'backup.tar')
    await backUp(place.settings, { out: file, now: new Date() })
    const report = await verify('backup', file)
    expect(report).toMatchObject({ kind: 'backup', holds: true })
    if (kind === 'pglite') expect(report.checked['restored']).toBeGreaterThan(3)
    const bytes = readFileSync(file)
    bytes[Math.floor(bytes.length / 2)]! ^= 1
    writeFileSync(file, bytes)
    expect((await verify('backup', file)).faults).toMatchObject([{ code: 'backup_damaged' }])
    await expect(verify('backup', `${file}.none`)).rejects.toMatchObject({ code: 'backup_missing' })
  }, 120_000)

  if (kind === 'pglite')
    it('a database that a server has open is refused, with the number of its process', async () => {
      const { child } = await place.start()
      await expect(verify('state')).rejects.toMatchObject({
        code: 'verify_running',
        params: { pid: child.pid },
      })
      expect((await verify('receipt', receipt)).holds).toBe(true)
      process.kill(child.pid, 'SIGTERM')
      await child.ended
    })
  else
    it('a database is verified while a server works on it', async () => {
      const { address, stop } = await serving(place.settings)
      const writing = Promise.all(
        Array.from({ length: 20 }, (_, n) => attempt(address, place.token, `青石县第${n}局`)),
      )
      for (const what of ['log', 'state', 'grants']) expect((await verify(what)).faults).toEqual([])
      await writing
      await stop()
    })
})
