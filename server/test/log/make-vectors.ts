// Writes vectors.json: receipts and consistency proofs, good and bad, for every implementation to agree on.
// SM2 signatures differ at each run, so the file is made once and committed; `npx tsx server/test/log/make-vectors.ts`.

import { parseCheckpoint, toHex } from '@sunlot/draw'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rotate } from '../../src/platform/log/keys.ts'
import type { LogPolicy, NamedKey } from '../../src/platform/log/policy.ts'
import { checkReceipt, type Receipt } from '../../src/platform/log/receipts.ts'
import { cosignature, type LogSigner, signedNote, signerOf } from '../../src/platform/log/signer.ts'
import { leafOf, ORIGIN } from './kit.ts'
import { KnownLog } from './witness-kit.ts'

const SIZE = 60
const AT = 1_795_395_000
const log = new KnownLog(SIZE)
const [old, fresh, national] = [
  signerOf('ed25519', '1'.repeat(64)),
  signerOf('ed25519', '2'.repeat(64)),
  signerOf('sm2', '3'.repeat(64)),
]
const witnesses = [
  signerOf('ed25519', '4'.repeat(64)),
  signerOf('ed25519', '5'.repeat(64)),
  signerOf('sm2', '6'.repeat(64)),
]
const named = (name: string, { alg, publicKey }: LogSigner): NamedKey => ({
  name,
  alg,
  key: toHex(publicKey),
})
const policyOf = (signer: LogSigner): LogPolicy => ({
  log: named(ORIGIN, signer),
  witnesses: witnesses.map((witness, i) => named(`witness-${i + 1}`, witness)),
  quorum: 2,
})
const rotated: LogPolicy = {
  ...policyOf(old),
  rotations: [rotate(old, fresh, { origin: ORIGIN, size: 50, at: '2026-11-02T00:00:00Z' })],
}

/** A note of the known log, cosigned by the witnesses with these numbers. */
function noteBy(signer: LogSigner, numbers: readonly number[]): string {
  const text = signedNote(ORIGIN, SIZE, log.root(SIZE), signer)
  const note = parseCheckpoint(text)!
  return text + numbers.map((n) => cosignature(note, `witness-${n}`, witnesses[n - 1]!, AT + n)).join('')
}

async function receipt(index: number, checkpoint: string, change: Partial<Receipt> = {}): Promise<Receipt> {
  const path = (await log.path(index, SIZE)).map(toHex)
  return { v: 'sunlot-receipt-1', leaf: leafOf(index).body, index, path, checkpoint, ...change }
}

const good = noteBy(old, [1, 2, 3])
const cases: readonly (readonly [name: string, policy: LogPolicy, receipt: unknown])[] = [
  ['first leaf', policyOf(old), await receipt(0, good)],
  ['last leaf', policyOf(old), await receipt(59, good)],
  ['signed and cosigned with SM2', policyOf(national), await receipt(33, noteBy(national, [1, 3]))],
  ['after a rotation', rotated, await receipt(7, noteBy(fresh, [2, 3]))],
  ['by the old key after a rotation', rotated, await receipt(7, good)],
  [
    'a rotation that only the old key signed',
    { ...rotated, rotations: [{ ...rotated.rotations![0]!, by_new: rotated.rotations![0]!.by_old }] },
    await receipt(7, noteBy(fresh, [2, 3])),
  ],
  ['another leaf', policyOf(old), await receipt(8, good, { leaf: leafOf(9).body })],
  ['another place', policyOf(old), await receipt(8, good, { index: 9 })],
  ['a place beyond the tree', policyOf(old), await receipt(8, good, { index: 60 })],
  [
    'a path too long',
    policyOf(old),
    await receipt(8, good, { path: [...(await receipt(8, good)).path, '0'.repeat(64)] }),
  ],
  [
    'a path too short',
    policyOf(old),
    await receipt(8, good, { path: (await receipt(8, good)).path.slice(1) }),
  ],
  ['one witness', policyOf(old), await receipt(8, noteBy(old, [2]))],
  ['one witness twice', policyOf(old), await receipt(8, noteBy(old, [2, 2]))],
  ['another log key', policyOf(old), await receipt(8, noteBy(fresh, [1, 2]))],
  ['another size', policyOf(old), await receipt(8, good.replace('\n60\n', '\n61\n'))],
  ['no checkpoint', policyOf(old), await receipt(8, 'hello')],
  ['upper-case hex', policyOf(old), await receipt(8, good, { path: ['A'.repeat(64)] })],
  ['no receipt', policyOf(old), { v: 'sunlot-receipt-2' }],
]

const receipts = cases.map(([name, policy, given]) => {
  const found = checkReceipt(given, policy)
  return { name, policy, receipt: given, finding: found.holds ? 'holds' : found.code }
})
const growth = [1, 2, 3, 8, 31, 32, 33, 59, 60].map(async (size) => ({
  older: { size, root: toHex(log.root(size)) },
  newer: { size: SIZE, root: toHex(log.root(SIZE)) },
  path: (await log.prove(size, SIZE)).map(toHex),
}))
const vectors = { receipts, consistency: await Promise.all(growth) }
writeFileSync(join(import.meta.dirname, 'vectors.json'), `${JSON.stringify(vectors, undefined, 1)}\n`)
