// The parts of a fixture: options, keys, the log and the signatures beside the manifests.

import { fromHex, toHex, utf8 } from '../src/bytes.ts'
import { Log } from '../src/build/log.ts'
import type { Alg, Tag } from '../src/hash.ts'
import { canonicalBytes, type Json, type JsonObject } from '../src/jcs.ts'
import { cosignatureLine } from '../src/log/checkpoint.ts'
import type { Policy } from '../src/log/policy.ts'
import type { Demand, Matching } from '../src/manifest/commitment.ts'
import type { Design } from '../src/manifest/plan.ts'
import type { LogLeaf, Signature } from '../src/manifest/proofs.ts'
import type { Source, SourceValue } from '../src/manifest/source.ts'
import { publicKeyEd25519 } from '../src/sign/ed25519.ts'
import { signHash, type SigningKey } from '../src/sign/signature.ts'
import { sha256 } from '../src/sha256.ts'

/** 64 hex made from a name: every key, salt and secret of the fixtures. */
export function made(name: string): string {
  return toHex(sha256(utf8(`qingshi ${name}`)))
}

/** A subject: its id, stratum and weight. */
export type SubjectRow = readonly [id: string, stratum: string, weight: number]

/** An inspector before he has an alias. */
export interface Staff {
  readonly staffNo: string
  readonly authority: string
  readonly classes?: readonly string[]
  readonly conflicts?: readonly string[]
}

/** What a fixture may choose; everything else is as in the example. */
export interface CountyOptions {
  readonly alg?: Alg
  readonly subjects: readonly SubjectRow[]
  readonly excluded?: readonly string[]
  readonly staff: readonly Staff[]
  readonly design: Design
  readonly demands: readonly Demand[]
  readonly demandOf?: (id: string) => string
  readonly matching: Matching
  readonly draw?: Readonly<Record<string, number>>
  readonly sources?: readonly Source[]
  readonly values?: readonly SourceValue[]
  readonly observers?: readonly string[]
  readonly closeBy?: number
  readonly sealed?: boolean
  readonly maxSkips?: number
  readonly signing?: 'ed25519' | 'sm2'
  readonly seq?: number
  readonly software?: ReadonlyMap<string, Uint8Array>
}

/** The example's times: 青石县, Monday 2026-11-23 09:00 in China. */
export const CLOSE_BY = 1_795_395_600

const LOG_ORIGIN = 'log.qingshi.example'

/** Log and signatures beside the manifests. */
export class Shelf {
  readonly tree: Log
  readonly #signatures: Signature[] = []
  readonly #indexes: number[] = []
  readonly #draw: string

  constructor(draw: string, seq: number) {
    this.#draw = draw
    const other = { v: 'vdp1', draw: 'another-draw', at: CLOSE_BY - 9_000_000 } as const
    this.tree = new Log()
    this.tree.append({ ...other, type: 'plan', hash: made('another plan') })
    if (seq === 1) return
    const previous = {
      authority: 'd01',
      seq: seq - 1,
      prev: made('before'),
      plan_ref: 'qingshi-2025',
      draw_no: 1,
    }
    this.#indexes.push(
      this.tree.append({ ...other, ...previous, type: 'commit', hash: made('previous commitment') }),
    )
  }

  log(type: LogLeaf['type'], hash: string, at: number, more: Partial<LogLeaf> = {}): number {
    const index = this.tree.append({ v: 'vdp1', type, draw: this.#draw, hash, at, ...more })
    this.#indexes.push(index)
    return index
  }

  sign(key: SigningKey, of: Extract<Tag, Signature['of']>, hash: string): void {
    this.#signatures.push(signHash(key, of, hash))
  }

  /** A checkpoint, cosigned by all three witnesses. */
  checkpoint(at: number): string {
    const text = this.tree.checkpoint(LOG_ORIGIN, fromHex(made('log key')))
    return WITNESSES.reduce((all, w) => all + cosignatureLine(text, w, fromHex(made(`key ${w}`)), at), text)
  }

  write(files: Map<string, Uint8Array>, from: number, at: number): void {
    const proofs = this.tree.proofs(this.checkpoint(at), this.#indexes, from)
    files.set('proofs.json', canonicalBytes(proofs as unknown as JsonObject))
    const key = (s: Signature): string => `${s.of}\n${s.hash}\n${s.by}`
    const ordered = this.#signatures.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    files.set('signatures.json', canonicalBytes({ v: 'vdp1', signatures: ordered as unknown as Json[] }))
  }
}

const WITNESSES = ['witness-1', 'witness-2', 'witness-3']

/** The policy under which the fixtures' log and witnesses count. */
export function policyOf(): Policy {
  const key = (name: string): string => toHex(publicKeyEd25519(fromHex(made(name))))
  return {
    v: 'vdp1',
    log: { origin: LOG_ORIGIN, key: key('log key') },
    witnesses: WITNESSES.map((name) => ({ name, key: key(`key ${name}`) })),
    quorum: 2,
    faults: 0,
  }
}
