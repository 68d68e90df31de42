// An event as it is hashed: what a person says of it, with its number and the hash of what stood before it.

import {
  type Alg,
  canonical,
  canonicalBytes,
  type DrawEvent,
  event as eventRule,
  type FreshSource,
  type JsonObject,
  tag,
} from '@sunlot/draw'

/** What is said of an event. Reasons and fields are those of draw-v1, section 7. */
export type Said =
  | {
      readonly type: 'skip'
      readonly id: string
      readonly stratum: string
      readonly reason: string
      readonly evidence: string
    }
  | {
      readonly type: 'substitute'
      /** The alias that leaves. */
      readonly id: string
      /** The one subject whose place it is, where each subject has people of its own. */
      readonly subject?: string
      readonly reason: string
      readonly evidence: string
      readonly source: FreshSource
    }
  | { readonly type: 'void'; readonly reason: string; readonly evidence: string }
  | { readonly type: 'open'; readonly secrets: readonly { readonly id: string; readonly value: string }[] }

/** The next link of a draw's chain. `prev`: the event before, else the certificate, else the commitment. */
export interface Link {
  readonly alg: Alg
  readonly draw: string
  readonly n: number
  readonly prev: string
  /** Marks of two persons. */
  readonly by: string
  readonly approvedBy: string
  /** Unix seconds. */
  readonly at: number
}

/** The event's manifest. Throws FieldError where a field is not of its format. */
export function linkEvent(
  said: Said,
  { alg, draw, n, prev, by, approvedBy, at }: Link,
): { readonly value: DrawEvent; readonly bytes: Uint8Array; readonly hash: string } {
  const value = {
    v: 'vdp1',
    draw,
    n,
    prev,
    by,
    approved_by: approvedBy,
    at,
    ...said,
  } as unknown as JsonObject
  return {
    value: eventRule(value, 'event'),
    bytes: canonicalBytes(value),
    hash: tag(alg, 'event', canonical(value)),
  }
}

/** The values file of a substitute: what its source said, and where its event stood in the log before. */
export function valuesFile(
  event: string,
  value: JsonObject,
  log: { readonly checkpoint: string; readonly index: number; readonly path: readonly string[] },
): Uint8Array {
  return canonicalBytes({ v: 'vdp1', event, values: [value], log: { ...log, path: [...log.path] } })
}
