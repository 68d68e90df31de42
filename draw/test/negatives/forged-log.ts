// The log as the forger keeps it: up to the close, cosigned, and then on to the certificate and the events.

import { fromHex } from '../../src/bytes.ts'
import type { Built } from '../../src/build/commitment.ts'
import { Log } from '../../src/build/log.ts'
import { cosignatureLine } from '../../src/log/checkpoint.ts'
import type { Certificate } from '../../src/manifest/certificate.ts'
import type { Commitment } from '../../src/manifest/commitment.ts'
import type { EventValues } from '../../src/manifest/event.ts'
import type { LogLeaf, Proofs } from '../../src/manifest/proofs.ts'
import { recordHash } from '../../src/sources/record.ts'
import { type County, made, policyOf } from '../county.ts'
import type { Forgery, Hashes, Recorded, WrittenEvent } from './forgery.ts'
import type { Loose } from './loose.ts'

/** A checkpoint of a log, signed by its key and cosigned by the first `witnesses` of the policy. */
export function checkpointOf(tree: Log, at: number, witnesses = 3): string {
  const policy = policyOf()
  const text = tree.checkpoint(policy.log.origin, fromHex(made('log key')))
  return policy.witnesses
    .slice(0, witnesses)
    .reduce((all, w) => all + cosignatureLine(text, w.name, fromHex(made(`key ${w.name}`)), at), text)
}

/** The log of one forged draw. */
export class EarlyLog {
  /** The checkpoint that the certificate carries. */
  readonly early: string
  readonly places: Omit<Certificate['log'], 'checkpoint'>
  /** What a values file shows of the log: the checkpoint right after its event, by the event's hash. */
  readonly shown = new Map<string, EventValues['log']>()
  readonly #tree = new Log()
  readonly #draw: string
  readonly #alg: Commitment['alg']
  readonly #closeBy: number
  readonly #forgery: Forgery
  readonly #size: number
  #own: number[] = []

  constructor(county: County, fixed: { plan: string; commit: Built<Commitment>; close: string }, f: Forgery) {
    const { value: c, hash: commit } = fixed.commit
    this.#forgery = f
    this.#draw = c.draw_id
    this.#alg = c.alg
    this.#closeBy = county.commit.value.close_by
    const leaves = this.#leavesToClose(c, { ...fixed, commit })
    f.early?.(leaves, { plan: fixed.plan, commit, close: fixed.close })
    for (const leaf of leaves) this.#append(leaf)
    this.#size = this.#tree.size
    const at = f.cosigned?.at ?? this.#closeBy - 580
    this.early = checkpointOf(this.#tree, at, f.cosigned?.witnesses)
    const place = (hash: string) => this.#tree.place(leaves.findIndex((l) => l.hash === hash))
    this.places = { plan: place(fixed.plan), commit: place(commit), close: place(fixed.close) }
  }

  /** Records, certificate, events and what belongs to them. */
  continue(
    records: readonly Recorded[],
    then: { certificate: string; events: readonly WrittenEvent[] },
    hashes: Hashes,
  ): void {
    const leaf = (type: LogLeaf['type'], hash: string, at: number): LogLeaf => ({
      v: 'vdp1',
      type,
      draw: this.#draw,
      hash,
      at,
    })
    const recorded = (after: string): LogLeaf[] =>
      records
        .filter((r) => r.after === after)
        .map((r) => leaf('record', recordHash(this.#alg, r.of, r.value), (r.value.at ?? 0) + 1))
    const leaves = [
      ...recorded(''),
      leaf('cert', then.certificate, this.#closeBy + 901),
      ...then.events.flatMap((e) => [leaf(e.type, e.hash, e.at + 1), ...recorded(e.hash)]),
    ]
    this.#forgery.late?.(leaves, hashes)
    for (const l of leaves) {
      this.#append(l)
      const place = this.#tree.place(this.#tree.size - 1)
      if (l.type === 'event') this.shown.set(l.hash, { checkpoint: checkpointOf(this.#tree, l.at), ...place })
    }
  }

  /** proofs.json. */
  proofs(): Loose<Proofs> {
    const checkpoint = checkpointOf(this.#tree, this.#closeBy + 910)
    const proofs = structuredClone(this.#tree.proofs(checkpoint, this.#own, this.#size)) as Loose<Proofs>
    this.#forgery.proofs?.(proofs)
    return proofs
  }

  /** Leaves of other draws are in the tree, but a bundle shows only its own and the previous commitment's. */
  #append(leaf: LogLeaf): void {
    const index = this.#tree.append(leaf)
    if (leaf.hash !== made('another plan')) this.#own.push(index)
  }

  #leavesToClose(c: Commitment, fixed: { plan: string; commit: string; close: string }): LogLeaf[] {
    const other = { v: 'vdp1', draw: 'another-draw', at: this.#closeBy - 900_000 } as const
    const own = { v: 'vdp1', draw: this.#draw } as const
    const commit = { authority: c.authority, seq: c.seq, prev: c.prev }
    const previous: LogLeaf = {
      ...other,
      ...commit,
      type: 'commit',
      seq: c.seq - 1,
      prev: made('before'),
      hash: c.prev,
      plan_ref: 'qingshi-2025',
      draw_no: 1,
    }
    return [
      { ...other, type: 'plan', hash: made('another plan') },
      ...(c.seq > 1 ? [previous] : []),
      { ...own, draw: c.plan.ref, type: 'plan', hash: fixed.plan, at: this.#closeBy - 90_000 },
      {
        ...own,
        ...commit,
        type: 'commit',
        hash: fixed.commit,
        at: this.#closeBy - 86_400,
        plan_ref: c.plan.ref,
        draw_no: c.plan.draw_no,
      },
      { ...own, type: 'close', hash: fixed.close, at: this.#closeBy - 590 },
    ]
  }
}
