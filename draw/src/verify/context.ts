// What the checks share: the bundle's manifests, its state, and each costly reading done once.

import type { BundleFiles } from '../bundle/files.ts'
import { isSealedUntilOpen, type Loaded, loadManifests, type Manifests } from '../bundle/load.ts'
import { CERTIFICATE, CLOSE, isL2, PEOPLE } from '../bundle/names.ts'
import type { Policy } from '../log/policy.ts'
import type { Commitment } from '../manifest/commitment.ts'
import type { OpenEvent } from '../manifest/event.ts'
import { check, type Check, type Detail } from './report.ts'
import type { CheckId } from './checks.ts'
import type { BundleState, Level } from './report.ts'

/** Everything that a check may look at. */
export interface Context {
  readonly files: BundleFiles
  readonly manifests: Manifests
  readonly policy: Policy | undefined
  readonly state: BundleState
  readonly level: Level
  readonly sealed: boolean
  /** The opening of a sealed draw, where it has happened. */
  readonly opened: OpenEvent | undefined
  /** Whether lists can be there: not in a sealed draw before its opening. */
  readonly listsOpen: boolean
  /** Remembers a costly result under a name. */
  once<T>(key: string, work: () => T): T
}

/** A check: its answer, or nothing where it does not apply. */
export type CheckFunction = (context: Context) => Check | undefined

/** Reads a bundle into a context. */
export function contextOf(files: BundleFiles, policy?: Policy): Context {
  const manifests = loadManifests(files)
  const listsOpen = !isSealedUntilOpen(manifests)
  const has = (name: string): boolean => files.names.includes(name)
  const events = manifests.events.flatMap((e) => (e.event ? [e.event.value] : []))
  const voided = events.some((e) => e.type === 'void')
  const sealed = manifests.commit?.value.sealed ?? false
  const opened = events.find((e) => e.type === 'open')
  const memory = new Map<string, Kept>()
  return {
    files: listsOpen ? files : withoutLists(files),
    manifests,
    policy,
    state: has(CERTIFICATE) ? 'drawn' : voided ? 'void' : has(CLOSE) ? 'closed' : 'committed',
    level: has(PEOPLE) || files.names.some(isL2) ? 'L2' : 'L1',
    sealed,
    opened,
    listsOpen,
    once: <T>(key: string, work: () => T): T => {
      const kept = memory.get(key) ?? attempt(work)
      memory.set(key, kept)
      if ('error' in kept) throw kept.error
      return kept.value as T
    },
  }
}

/** A sealed draw's lists are not read before its opening, even where the office's own folder has them. */
function withoutLists(files: BundleFiles): BundleFiles {
  return { ...files, names: files.names.filter((name) => !name.endsWith('.tsv')) }
}

/** A remembered result: costly work that fails is not tried again by the next check. */
type Kept = { readonly value: unknown } | { readonly error: unknown }

function attempt(work: () => unknown): Kept {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}

/** The bytes of a list, or nothing where the bundle has none of that name. */
export function listOf(context: Context, name: string): Uint8Array | undefined {
  return context.files.names.includes(name) ? context.files.read(name) : undefined
}

/** Runs a check that reads the commitment; it is unknown where that could not be read. */
export function withCommitment(
  id: CheckId,
  work: (c: Loaded<Commitment>, context: Context) => Check | undefined,
): CheckFunction {
  return (context) => {
    const { commit } = context.manifests
    return commit ? work(commit, context) : check(id, 'unknown', 'not_read', { file: 'commit.json' })
  }
}

/** A `yes`, or a `no` with its reason. */
export function answer(id: CheckId, fault: Detail | undefined, params: Detail['params'] = {}): Check {
  return fault ? check(id, 'no', fault.code, fault.params) : check(id, 'yes', 'holds', params)
}

/** A detail. */
export function because(code: string, params: Detail['params'] = {}): Detail {
  return { code, params }
}
