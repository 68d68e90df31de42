// What is read along says what is read whole: salted roots, preflight, demands, one line of a long list, replays.

import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '../src/bytes.ts'
import { completeCommitment } from '../src/build/commitment.ts'
import { saltedEntryOf } from '../src/build/lists.ts'
import { preflightLines, preflightOf } from '../src/build/preflight.ts'
import { sortHashes } from '../src/build/salted-tree.ts'
import { memoryFiles } from '../src/bundle/files.ts'
import { hash } from '../src/hash.ts'
import { indexList, lineAt } from '../src/list-index.ts'
import { includes, leafHash } from '../src/merkle.ts'
import type { Plan } from '../src/manifest/plan.ts'
import { demandFollower, demandLookup, demandsOfDrawn } from '../src/people/demand.ts'
import { saltedRoot } from '../src/people/salted.ts'
import { contextOf } from '../src/verify/context.ts'
import { replayOf, replayWith } from '../src/verify/replayed.ts'
import { exampleOptions, makeCounty } from './county.ts'
import { below } from './matching-cases.ts'

function* cut(bytes: Uint8Array, seed: number): Generator<Uint8Array> {
  const pick = below(seed)
  for (let at = 0; at < bytes.length;) {
    const length = 1 + pick(5000)
    yield bytes.subarray(at, at + length)
    at += length
  }
}

const lines = (rows: number): string[] =>
  Array.from({ length: rows }, (_, i) => `91330100MA${String(2 * i).padStart(8, '0')}\tA/b\t1`)
const bytesOf = (all: readonly string[]): Uint8Array => utf8(all.map((line) => `${line}\n`).join(''))

describe('lists that are read along', () => {
  it('a salted root is that of the list held whole', () => {
    const secret = '7'.repeat(128)
    for (const alg of ['sha256', 'sm3'] as const)
      for (const rows of [0, 1, 2, 700]) {
        const all = lines(rows)
        const entry = saltedEntryOf(alg, 'population.tsv', cut(bytesOf(all), rows), secret)
        expect(entry).toEqual({
          name: 'population.tsv',
          rows,
          root: toHex(saltedRoot(alg, secret, 'population.tsv', all)),
        })
      }
  })

  it('hashes are sorted where they lie', () => {
    const each = Array.from({ length: 5000 }, (_, i) => hash('sha256', utf8(`${i % 4000}`)))
    const bytes = new Uint8Array(each.flatMap((h) => [...h]))
    sortHashes(bytes)
    const sorted = each.map(toHex).toSorted().join('')
    expect(toHex(bytes)).toBe(sorted)
  })

  it('one line of a long list is found and proven by its index', async () => {
    for (const rows of [1, 1023, 1024, 1025, 5000]) {
      const all = lines(rows)
      const bytes = bytesOf(all)
      const index = indexList('sha256', cut(bytes, rows))
      const root = saltless(all)
      const read = async (from: number, length: number): Promise<Uint8Array> =>
        bytes.slice(from, from + length)
      for (const at of [0, rows >> 1, Math.min(rows - 1, 1024), rows - 1]) {
        const line = all[at] as string
        const found = await lineAt(index, bytes.length, read, line.split('\t')[0] as string)
        expect(found).toMatchObject({ line, at, rows })
        const place = { index: at, size: rows, path: found?.path.map(fromHex) ?? [] }
        expect(includes('sha256', leafHash('sha256', utf8(line)), place, root)).toBe(true)
      }
      expect(await lineAt(index, bytes.length, read, '91330100MA00000001')).toBeUndefined()
      expect(await lineAt(index, bytes.length, read, '0')).toBeUndefined()
    }
  })

  it('demands followed along are those looked up', () => {
    const c = {
      demands: ['a', 'b'].map((code) => ({
        code,
        authorities: [{ authority: 'd01', members: 1, classes: [] }],
      })),
    }
    const rows = Array.from({ length: 400 }, (_, i) => [String(1000 + i), i % 3 === 0 ? 'a' : 'b'] as const)
    const bytes = bytesOf(rows.map((cells) => cells.join('\t')))
    const follow = demandFollower(c, cut(bytes, 3))
    const whole = demandLookup(c, bytes)
    for (const [id] of rows.filter((_, i) => i % 7 === 0)) expect(follow(id, 's')).toBe(whole(id, 's'))
    const some = demandsOfDrawn(cut(bytes, 5), new Set(['1003', '1399']))
    expect(new TextDecoder().decode(some)).toBe('1003\ta\n1399\ta\n')
    expect(() => follow('0999', 's')).toThrow('no demand')
  })
})

function saltless(all: readonly string[]): Uint8Array {
  const leaves = all.map((line) => leafHash('sha256', utf8(line)))
  const level = (from: readonly Uint8Array[]): Uint8Array => {
    if (from.length === 1) return from[0] as Uint8Array
    let half = 1
    while (half * 2 < from.length) half *= 2
    const [left, right] = [level(from.slice(0, half)), level(from.slice(half))]
    return hash('sha256', new Uint8Array([1, ...left, ...right]))
  }
  return level(leaves)
}

describe('a draw in steps', () => {
  const county = makeCounty(exampleOptions())
  const files = memoryFiles(county.files)

  it('a prepared commitment, completed, is the one that was built at once', () => {
    const { value } = county.commit
    const plan = contextOf(files).manifests.plan as { value: Plan; hash: string }
    const entry = { ...plan, bytes: files.read('plan.json') }
    const { at, close_by, certify_by, sources, signers, seq, prev } = value
    const later = completeCommitment({ ...value, at: 1, close_by: 2, certify_by: 3, note: 'x' }, value, entry)
    expect(later.value.note).toBe('x')
    const { note: _, ...prepared } = later.value
    const given = { at, close_by, certify_by, sources, signers, seq, prev }
    expect(completeCommitment(prepared, given, entry).hash).toBe(county.commit.hash)
    expect(() => completeCommitment(prepared, { ...given, close_by: at }, entry)).toThrow('rule_times')
    expect(() => completeCommitment(prepared, { ...given, sources: sources.slice(0, 1) }, entry)).toThrow(
      'source_too_few_outcomes',
    )
  })

  it('preflight line by line finds what preflight finds', () => {
    const whole = preflightOf(county.commit.value, files)
    expect([...preflightLines(county.commit.value, files)]).toEqual([...whole.short])
  })

  it('a bundle read once answers for any events as if it were read with them', () => {
    const replayer = replayWith(files)
    expect(replayer.after([]).faults).toEqual([])
    const stratum = county.commit.value.strata[0]?.code as string
    const drawn = replayer.after([]).subjects?.current() ?? []
    const id = drawn.find((s) => s.stratum === stratum)?.id as string
    county.addEvent({
      type: 'skip',
      id,
      stratum,
      reason: 'ceased',
      evidence: '0'.repeat(64),
      by: 'p1',
      approved_by: 'p2',
      at: county.certificate.value.at + 10,
    })
    const event = ['events/0001.json', county.files.get('events/0001.json') as Uint8Array] as const
    const now = contextOf(memoryFiles(county.files))
    const whole = replayOf(now, now.manifests.commit!)
    const again = replayer.after([event])
    expect([...again.entered]).toEqual([...whole.entered])
    expect(again.subjects?.current()).toEqual(whole.subjects?.current())
    expect(replayWith(memoryFiles(county.files)).after([event]).faults).toEqual([])
    expect(() => replayer.after([['events/0001.json', utf8('{}')]])).toThrow('events/0001.json')
  })
})
