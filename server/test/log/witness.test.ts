import { parseCheckpoint, toHex } from '@sunlot/draw'
import fc from 'fast-check'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { signedNote, signerOf, witnessedAt } from '../../src/platform/log/signer.ts'
import { monitoringPath } from '../../src/witness/server.ts'
import { WitnessMemory } from '../../src/witness/state.ts'
import { Witness } from '../../src/witness/witness.ts'
import { logSigner, ORIGIN, SOAK, temporaryFolder } from './kit.ts'
import { KnownLog, LOG, submissionOf, submit, treeOf, witnessOf } from './witness-kit.ts'

const log = new KnownLog(60)
const other = new KnownLog(60, 1000)

describe('a witness', () => {
  it('cosigns a log that grows, and shows what it cosigned', async () => {
    const { url, publicKey } = await witnessOf()
    for (const [older, size] of [
      [0, 5],
      [5, 5],
      [5, 32],
      [32, 60],
    ] as const) {
      const { status, text } = await submit(url, await log.submission(older, size))
      expect(status).toBe(200)
      const cosigned = parseCheckpoint(log.note(size) + text)!
      const at = witnessedAt(cosigned, 'witness-1', { alg: 'ed25519', key: publicKey })
      expect(Math.abs(at! - Date.now() / 1000)).toBeLessThan(10)
    }
    const shown = await (await fetch(`${url}${monitoringPath(ORIGIN)}`)).text()
    expect(treeOf(shown)).toBe(treeOf(log.note(60)))
    expect(await (await fetch(url)).json()).toMatchObject({
      name: 'witness-1',
      key: toHex(publicKey),
      logs: [{ origin: ORIGIN, size: 60 }],
    })
  })

  it('answers 404, 403, 400, 409 and 422 as tlog-witness says', async () => {
    const { url } = await witnessOf()
    await submit(url, await log.submission(0, 30))
    const foreign = signedNote('log.wusheng.example', 40, log.root(40), logSigner)
    const unsigned = signedNote(ORIGIN, 40, log.root(40), signerOf('ed25519', '9'.repeat(64)))
    const proof = await log.prove(30, 40)
    expect(await submit(url, submissionOf(30, proof, foreign))).toMatchObject({ status: 404 })
    expect(await submit(url, submissionOf(30, proof, unsigned))).toMatchObject({ status: 403 })
    expect(await submit(url, submissionOf(41, [], log.note(40)))).toMatchObject({ status: 400 })
    const conflict = { status: 409, type: 'text/x.tlog.size', text: '30\n' }
    expect(await submit(url, await log.submission(20, 40))).toEqual(conflict)
    expect(await submit(url, await log.submission(0, 40))).toEqual(conflict)
    // A rollback: an older tree of the same log.
    expect(await submit(url, await log.submission(20, 20))).toEqual(conflict)
    // Another tree of the same size, and one that was rebuilt and grew.
    expect(await submit(url, await other.submission(30, 30))).toEqual(conflict)
    expect(await submit(url, await other.submission(30, 40))).toMatchObject({ status: 422 })
    expect(await submit(url, submissionOf(30, [], other.note(40)))).toMatchObject({ status: 422 })
    expect(await submit(url, await log.submission(30, 40))).toMatchObject({ status: 200 })
  })

  it.each([
    ['nothing', ''],
    ['no old size', `\n\n${log.note(5)}`],
    ['a leading zero', `old 00\n\n${log.note(5)}`],
    ['a proof line that is no hash', `old 0\nAAAA\n\n${log.note(5)}`],
    ['64 proof lines', `old 0\n${`${'A'.repeat(43)}=\n`.repeat(64)}\n${log.note(5)}`],
    ['no checkpoint', 'old 0\n\nhello\n'],
    ['CRLF', `old 0\r\n\r\n${log.note(5)}`],
  ])('answers 400 to %s', async (_name, body) => {
    const { url } = await witnessOf()
    expect((await submit(url, body)).status).toBe(400)
  })

  it('refuses a body that is too long, and what is not there', async () => {
    const { url } = await witnessOf()
    expect((await submit(url, 'x'.repeat(70_000))).status).toBe(413)
    expect((await fetch(`${url}/else`)).status).toBe(404)
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(404)
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405)
    expect((await submit(url, submissionOf(0, [new Uint8Array(32)], log.note(5)))).status).toBe(422)
    expect(
      (await submit(url, submissionOf(0, [], signedNote(ORIGIN, 0, log.root(1), logSigner)))).status,
    ).toBe(422)
  })

  it('cosigns one of two trees that are submitted at the same moment', async () => {
    const { url } = await witnessOf()
    const both = await Promise.all(
      [log, other].map(async (each) => submit(url, await each.submission(0, 20))),
    )
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]))
  })

  it('does not start where its memory is gone, and is alone in its folder', async () => {
    const folder = temporaryFolder()
    const first = await witnessOf(folder)
    await submit(first.url, await log.submission(0, 5))
    await expect(witnessOf(folder)).rejects.toThrow('in use')
    await first.close()
    const state = readFileSync(join(folder, 'state.json'), 'utf8')
    writeFileSync(join(folder, 'state.json'), state.slice(0, -20))
    await expect(witnessOf(folder)).rejects.toThrow('missing or damaged')
    rmSync(join(folder, 'state.json'))
    await expect(witnessOf(folder)).rejects.toThrow('missing or damaged')
    writeFileSync(join(folder, 'state.json'), state)
    const again = await witnessOf(folder)
    expect(await submit(again.url, await other.submission(0, 5))).toMatchObject({ status: 409, text: '5\n' })
  })

  it('does not cosign while its clock stands before its last cosignature', async () => {
    let now = 1_795_395_000
    const witness = await inMemory(() => now)
    expect((await witness.addCheckpoint(await log.submission(0, 5))).status).toBe(200)
    now -= 1
    expect((await witness.addCheckpoint(await log.submission(5, 6))).status).toBe(503)
    now += 1
    expect((await witness.addCheckpoint(await log.submission(5, 6))).status).toBe(200)
  })

  it(`A19: cosigns nothing but the one tree in random requests`, async () => {
    const size = fc.integer({ min: 0, max: 60 })
    const step = fc.record({
      older: size,
      size,
      fork: fc.boolean(),
      proofOf: fc.constantFrom('own', 'log', 'none', 'bent'),
    })
    let cosigned = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
        const witness = await inMemory(() => 1_795_395_000)
        let seen: { readonly of: KnownLog; readonly size: number } | undefined
        for (const { older, size: to, fork, proofOf } of steps) {
          const tree = fork ? other : log
          const from = Math.min(older, to)
          const own = await (proofOf === 'log' ? log : tree).prove(from, to)
          const bent = own.map((hash, i) =>
            i === 0 ? hash.map((byte, k) => (k === 7 ? byte ^ 1 : byte)) : hash,
          )
          const proof = proofOf === 'none' ? [] : proofOf === 'bent' ? bent : own
          const { status } = await witness.addCheckpoint(submissionOf(older, proof, tree.note(to)))
          if (status !== 200) continue
          cosigned++
          // Up to size 0 both logs are the same tree.
          expect(seen === undefined || seen.size === 0 || (seen.of === tree && to >= seen.size)).toBe(true)
          seen = { of: tree, size: to }
        }
      }),
      // So many: among twenty there may be none that is honest from the first size on.
      { numRuns: SOAK ? 1000 : 100 },
    )
    expect(cosigned).toBeGreaterThan(0)
  })

  it(`A19: killed at any moment, never cosigns two trees of one size`, async () => {
    let folder = temporaryFolder()
    let trees = new Map<number, Set<string>>()
    let size = 0
    let cosigned = 0
    for (let round = 0; round < (SOAK ? 100 : 4); round++) {
      const { url, kill } = await spawnWitness(folder)
      const given = await overlapping(url, size, kill, (round * 13) % 60)
      for (const { note } of given) {
        const parsed = parseCheckpoint(note)!
        trees.set(parsed.size, (trees.get(parsed.size) ?? new Set()).add(toHex(parsed.root)))
        size = Math.max(size, parsed.size)
        cosigned++
      }
      // A cosignature that was persisted but not delivered may put the witness ahead of us, never behind.
      const remembered = (await WitnessMemory.open(folder)).of(ORIGIN)?.size ?? 0
      expect(remembered).toBeGreaterThanOrEqual(size)
      size = remembered
      expect([...trees.values()].every((roots) => roots.size === 1)).toBe(true)
      if (size === 60) [folder, trees, size] = [temporaryFolder(), new Map(), 0]
    }
    expect(cosigned).toBeGreaterThan(0)
  }, 600_000)
})

/** Submits honest and forked growth at once until the witness is gone; gives the notes that were cosigned. */
async function overlapping(
  url: string,
  from: number,
  kill: () => Promise<void>,
  afterMs: number,
): Promise<{ readonly note: string }[]> {
  const given: { readonly note: string }[] = []
  let answered = (): void => undefined
  // Counted from its first answer: a slow machine may take longer than that to the first.
  const alive = new Promise<void>((resolve) => (answered = resolve))
  const killed = alive.then(() => new Promise((resolve) => setTimeout(resolve, afterMs))).then(kill)
  const grow = async (tree: KnownLog): Promise<void> => {
    for (let older = from; older < 60; older++) {
      const body = await tree.submission(older, older + 1)
      const answer = await submit(url, body).catch(() => undefined)
      if (!answer) return
      answered()
      if (answer.status === 200) given.push({ note: tree.note(older + 1) })
    }
  }
  await Promise.all([grow(log), grow(other), killed])
  return given
}

async function inMemory(now: () => number): Promise<Witness> {
  const memory = await WitnessMemory.openOrCreate(temporaryFolder())
  const signer = signerOf('ed25519', '7'.repeat(64))
  const keys = [{ alg: 'ed25519' as const, key: logSigner.publicKey }]
  return new Witness({ name: 'witness-1', signer, logs: [{ origin: ORIGIN, keys }], memory, now })
}

async function spawnWitness(folder: string): Promise<{ url: string; kill: () => Promise<void> }> {
  const script = join(import.meta.dirname, 'witness.child.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, LOG.key], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { url } = JSON.parse(line.toString()) as { url: string }
  const kill = async (): Promise<void> => {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return { url, kill }
}
