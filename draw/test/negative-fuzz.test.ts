// Random damage: no verifier throws, hangs or passes a bundle of which a byte is another one.

import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { compareBytes } from '../src/bytes.ts'
import { memoryFiles, verify } from '../src/index.ts'
import { Stream, stageKey } from '../src/stream.ts'
import { made } from './county.ts'
import { county } from './negatives/counties.ts'
import { askPython, hasPython, shelf, writeFolder } from './negatives/folders.ts'
import { read } from './negatives/loose.ts'

/** Grammars that the specification gives beside a check of their own: either code is right until it says which. */
const EITHER: ReadonlySet<string> = new Set([
  // the names of close.files; the values of observers; a key or value that is not as long as its algorithm's
  'close.files manifest.fields',
  'close.observers manifest.fields',
  'manifest.fields signatures',
  'close.signed manifest.fields',
  'manifest.fields values.record',
])

type Files = Map<string, Uint8Array>

const RUNS = Number(process.env['DAMAGES'] ?? 300)
const below = new Stream('sha256', stageKey('sha256', made('damage'), 'mix'))
const good = county('open')

/** One byte changed, put in or taken out, a piece lost, or the file cut. */
function damage(bytes: Uint8Array): Uint8Array {
  const at = below.below(bytes.length)
  const byte = Uint8Array.of(below.below(256))
  const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(parts.flatMap((p) => [...p]))
  switch (below.below(5)) {
    case 0:
      return bytes.with(at, bytes[at]! ^ (1 << below.below(8)))
    case 1:
      return bytes.with(at, byte[0]!)
    case 2:
      return join(bytes.slice(0, at), byte, bytes.slice(at))
    case 3:
      return join(bytes.slice(0, at), bytes.slice(at + 1 + below.below(40)))
    default:
      return bytes.slice(0, at)
  }
}

/** A damaged bundle, and whether the damage changed nothing. */
interface Damaged {
  readonly name: string
  readonly files: Files
  readonly same: boolean
}

function damaged(): Damaged {
  const names = [...good.files.keys()].filter((n) => good.files.get(n)!.length > 0).toSorted()
  const name = names[below.below(names.length)]!
  const before = good.files.get(name)!
  const after = damage(before)
  return { name, files: new Map(good.files).set(name, after), same: compareBytes(before, after) === 0 }
}

/** An observer's name beside his signature is bound by nothing: see the gaps of the negative set. */
function onlyRenamed({ name, files }: Damaged): boolean {
  if (name !== 'signatures.json') return false
  const without = (from: ReadonlyMap<string, Uint8Array>): string => {
    try {
      const { signatures } = read<{ signatures: { by: string }[] }>(from, name)
      return JSON.stringify(signatures.map((s) => (s.by.startsWith('d') ? s : { ...s, by: '' })))
    } catch {
      return ''
    }
  }
  return without(files) === without(good.files)
}

/** Two witnesses of three suffice: what one of them wrote under the later checkpoint may be anything. */
function onlyOneWitness({ name, files }: Damaged): boolean {
  if (name !== 'proofs.json') return false
  const text = (from: Files | typeof good.files): string => new TextDecoder().decode(from.get(name))
  const without = (given: string, witness: string): string =>
    given.replace(new RegExp(`— ${witness} [A-Za-z0-9+/=]+`), '')
  return ['witness-1', 'witness-2', 'witness-3'].some(
    (w) => without(text(files), w) === without(text(good.files), w),
  )
}

const CASES = Array.from({ length: RUNS }, damaged)
const REPORTS = CASES.map(({ files }) => verify(memoryFiles(files), { policy: good.policy }))

describe(`${RUNS} random damages`, () => {
  it('are never verified, where they are any', () => {
    const excused = (c: Damaged): boolean => c.same || onlyRenamed(c) || onlyOneWitness(c)
    const passed = CASES.filter((c, i) => REPORTS[i]!.verdict === 'verified' && !excused(c))
    expect(passed.map((c) => c.name)).toEqual([])
  })

  it('of all files at once: the verdict is contradicted', () => {
    for (let i = 0; i < 20; i++) {
      const files = new Map([...good.files].map(([n, b]) => [n, b.length > 0 ? damage(b) : b] as const))
      expect(verify(memoryFiles(files), { policy: good.policy }).verdict).toBe('contradicted')
    }
  })

  it('of a bundle of nothing, or of empty files, are contradicted too', () => {
    const empty = new Map([...good.files.keys()].map((n) => [n, new Uint8Array()] as const))
    for (const files of [new Map<string, Uint8Array>(), empty])
      expect(verify(memoryFiles(files), { policy: good.policy }).verdict).toBe('contradicted')
  })

  const root = shelf()
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  if (process.env['KEEP_DAMAGED'])
    CASES.forEach(({ files }, i) => writeFolder(`${process.env['KEEP_DAMAGED']}/${i}`, files))
  it.skipIf(!hasPython)(
    `the checker says the same of each${hasPython ? '' : ' (not run: no python3)'}`,
    () => {
      const said = askPython(
        root,
        CASES.map(({ files }) => ({ files, pinned: true })),
      )
      const verdicts = REPORTS.map((r, i) => `${i} ${CASES[i]!.name}: ${r.verdict}`)
      expect(said.map((s, i) => `${i} ${CASES[i]!.name}: ${s.verdict}`)).toEqual(verdicts)
      const codes = REPORTS.map((r, i) => [CASES[i]!.name, r.code ?? null, said[i]!.code] as const)
      const differ = codes.filter(
        ([, a, b]) =>
          a !== b && !EITHER.has([a ?? '', b ?? ''].toSorted((x, y) => (x < y ? -1 : 1)).join(' ')),
      )
      expect(differ).toEqual([])
    },
  )
})
