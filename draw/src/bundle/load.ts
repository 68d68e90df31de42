// Reads a bundle's manifests: bytes, strict JCS, closed fields, hashes. What is wrong is kept, never thrown.

import { type Alg, hashHex, type Tag, tag } from '../hash.ts'
import { fromUtf8 } from '../bytes.ts'
import { JcsError, type JsonObject, parseCanonical } from '../jcs.ts'
import { certificate, type Certificate } from '../manifest/certificate.ts'
import { close, type Close } from '../manifest/close.ts'
import { commitment, type Commitment } from '../manifest/commitment.ts'
import { type DrawEvent, event, eventValues, type EventValues } from '../manifest/event.ts'
import { FieldError, type Rule } from '../manifest/fields.ts'
import { plan, type Plan } from '../manifest/plan.ts'
import { people, type People, proofs, type Proofs, signatures, type Signatures } from '../manifest/proofs.ts'
import type { BundleFiles } from './files.ts'
import * as name from './names.ts'

/** A manifest that is what it must be in itself, with its hash as the protocol takes it. */
export interface Loaded<T> {
  readonly value: T
  readonly hash: string
}

/** A manifest that is not: which file, and how. */
export interface ManifestFault {
  readonly file: string
  readonly why: string
}

/** An event with the values of its source, where it has one that has spoken. */
export interface LoadedEvent {
  readonly number: number
  readonly event?: Loaded<DrawEvent>
  readonly values?: Loaded<EventValues>
}

/** Every manifest of a bundle that could be read, and what could not. */
export interface Manifests {
  readonly alg: Alg
  readonly plan?: Loaded<Plan>
  readonly commit?: Loaded<Commitment>
  readonly close?: Loaded<Close>
  readonly certificate?: Loaded<Certificate>
  readonly proofs?: Loaded<Proofs>
  readonly signatures?: Loaded<Signatures>
  readonly people?: Loaded<People>
  readonly events: readonly LoadedEvent[]
  /** Files that are not their own strict JCS. */
  readonly byteFaults: readonly ManifestFault[]
  /** Files whose fields are not those of their format. */
  readonly fieldFaults: readonly ManifestFault[]
}

/** Loads whatever manifests a bundle has. */
export function loadManifests(files: BundleFiles): Manifests {
  const loader = new Loader(files)
  const commit = loader.load(name.COMMIT, commitment, 'commit')
  if (commit) loader.alg = commit.value.alg
  const events = name.eventNumbers(files.names).map((number): LoadedEvent => {
    const found = loader.load(name.eventName(number), event, 'event')
    const values = loader.load(name.eventValuesName(number), eventValues)
    return { number, ...(found ? { event: found } : {}), ...(values ? { values } : {}) }
  })
  const loaded = {
    commit,
    plan: loader.load(name.PLAN, plan),
    close: loader.load(name.CLOSE, close, 'close'),
    certificate: loader.load(name.CERTIFICATE, certificate, 'cert'),
    proofs: loader.load(name.PROOFS, proofs),
    signatures: loader.load(name.SIGNATURES, signatures),
    people: loader.load(name.PEOPLE, people),
  }
  const present = Object.fromEntries(Object.entries(loaded).filter(([, v]) => v !== undefined))
  return {
    ...(present as Partial<Manifests>),
    alg: loader.alg,
    events,
    byteFaults: loader.byteFaults,
    fieldFaults: loader.fieldFaults,
  }
}

class Loader {
  readonly byteFaults: ManifestFault[] = []
  readonly fieldFaults: ManifestFault[] = []
  alg: Alg = 'sha256'
  readonly #files: BundleFiles

  constructor(files: BundleFiles) {
    this.#files = files
  }

  /** The manifest, where the file is there and is one; the hash is tagged where `t` is given. */
  load<T>(file: string, rule: Rule<T>, t?: Tag): Loaded<T> | undefined {
    if (!this.#files.names.includes(file)) return undefined
    const bytes = this.#files.read(file)
    const parsed = this.#parse(file, bytes)
    if (!parsed) return undefined
    try {
      const value = rule(parsed, file.replace('.json', ''))
      // The commitment says itself by which H it is hashed.
      const alg = file === name.COMMIT ? (value as { alg: Alg }).alg : this.alg
      return { value, hash: t ? tag(alg, t, fromUtf8(bytes)) : hashHex(alg, bytes) }
    } catch (error) {
      if (!(error instanceof FieldError)) throw error
      this.fieldFaults.push({ file, why: error.message })
      return undefined
    }
  }

  #parse(file: string, bytes: Uint8Array): JsonObject | undefined {
    try {
      return parseCanonical(bytes)
    } catch (error) {
      if (!(error instanceof JcsError)) throw error
      this.byteFaults.push({ file, why: error.message })
      return undefined
    }
  }
}

/** Whether the lists of this draw may not be seen yet: sealed, and not opened. */
export function isSealedUntilOpen(m: Manifests): boolean {
  return (m.commit?.value.sealed ?? false) && !m.events.some((e) => e.event?.value.type === 'open')
}
