// The public log and its witnesses (checks 32–35): what was fixed, in which order, and how early.

import { fromHex } from '../bytes.ts'
import { JcsError, parseCanonical } from '../jcs.ts'
import { utf8 } from '../bytes.ts'
import { type Checkpoint, parseCheckpoint } from '../log/checkpoint.ts'
import { logLeafHash } from '../log/leaf.ts'
import type { Loaded } from '../bundle/load.ts'
import type { Place } from '../manifest/certificate.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { FieldError } from '../manifest/fields.ts'
import { logLeaf, type LogLeaf } from '../manifest/proofs.ts'
import { consistent, includes } from '../merkle.ts'
import { recordHash } from '../sources/record.ts'
import { answer, because, type Context, withCommitment } from './context.ts'
import { check, type Check, type Detail } from './report.ts'

/** A leaf of proofs.json: where it stands and what it says. */
interface ProvenLeaf {
  readonly index: number
  readonly text: string
  readonly path: readonly string[]
  readonly leaf: LogLeaf
}

/** What must be in the log for this bundle. */
interface Needed {
  readonly type: LogLeaf['type']
  readonly hash: string
  readonly draw: string
  /** The time of the act itself: no leaf is older. */
  readonly at?: number
  /** A substitute's record stands after this event, and in no order with others. */
  readonly after?: string
}

/** 32: inclusion and consistency. */
export const logProofs = withCommitment('log.proofs', (_c, context) => {
  const { proofs } = context.manifests
  if (!proofs) return check('log.proofs', 'unknown', 'not_read', { file: 'proofs.json' })
  const checkpoint = parseCheckpoint(proofs.value.checkpoint)
  if (!checkpoint) return check('log.proofs', 'no', 'checkpoint_form')
  const leaves = leavesOf(context)
  if (!leaves) return check('log.proofs', 'no', 'leaf_form')
  const out = leaves.find((l) => !stands(l.text, l, checkpoint))
  if (out) return check('log.proofs', 'no', 'not_included', { index: out.index })
  const missing = neededLeaves(context).find((n) => !findLeaf(leaves, n))
  if (missing) return check('log.proofs', 'no', 'leaf_missing', { type: missing.type })
  return answer(
    'log.proofs',
    commitLeafFault(context, leaves) ?? certificatePlaces(context, leaves, checkpoint),
    { size: checkpoint.size },
  )
})

/** 33: the order of the log. */
export const logOrder = withCommitment('log.order', (c, context) => {
  const leaves = leavesOf(context)
  if (!leaves) return check('log.order', 'unknown', 'not_read', { file: 'proofs.json' })
  const needed = neededLeaves(context)
  const own = needed.filter((n) => !n.after).map((n) => findLeaf(leaves, n))
  for (let i = 1; i < own.length; i++) {
    const [before, after] = [own[i - 1], own[i]]
    if (before && after && !(before.index < after.index && before.leaf.at <= after.leaf.at))
      return check('log.order', 'no', 'log_order', { before: before.leaf.type, after: after.leaf.type })
  }
  const early = needed.find((n) => (findLeaf(leaves, n)?.leaf.at ?? Infinity) < (n.at ?? 0))
  if (early) return check('log.order', 'no', 'leaf_early', { type: early.type })
  const closed = leaves.find((l) => l.leaf.type === 'close' && l.leaf.draw === c.value.draw_id)
  if (closed && closed.leaf.at > c.value.close_by)
    return check('log.order', 'no', 'leaf_early', { type: 'close' })
  for (const n of needed) {
    const record = n.after ? findLeaf(leaves, n) : undefined
    const event = leaves.find((l) => l.leaf.hash === n.after)
    if (record && event && record.index < event.index)
      return check('log.order', 'no', 'log_order', { before: 'event', after: 'record' })
  }
  const extra = leaves.find((l) => isExtra(l, needed, c) || isTwice(l, leaves))
  return answer('log.order', extra && because('leaf_extra', { type: extra.leaf.type, index: extra.index }))
})

/** 34: no commitment of this authority was left out before this one, and what it supersedes was void. */
export const logSequence = withCommitment('log.sequence', (c, context) => {
  if (c.value.seq === 1 && c.value.supersedes === undefined) return undefined
  const leaves = leavesOf(context)
  if (!leaves) return check('log.sequence', 'unknown', 'not_read', { file: 'proofs.json' })
  const own = leaves.find((l) => l.leaf.type === 'commit' && l.leaf.hash === c.hash)?.index ?? Infinity
  if (c.value.seq > 1) {
    const previous = leaves.find((l) => l.leaf.type === 'commit' && l.leaf.hash === c.value.prev)
    if (!previous) return check('log.sequence', 'unknown', 'leaf_missing', { type: 'commit' })
    const { leaf, index } = previous
    const follows = leaf.seq === c.value.seq - 1 && leaf.authority === c.value.authority && index < own
    if (!follows) return check('log.sequence', 'no', 'sequence', { seq: c.value.seq })
  }
  return supersededCheck(c.value, leaves, own)
})

/** A draw may be superseded only where a void of it stands before the new commitment, and no certificate of it anywhere. */
function supersededCheck(c: Commitment, leaves: readonly ProvenLeaf[], own: number): Check {
  if (c.supersedes === undefined) return check('log.sequence', 'yes', 'holds')
  const old = leaves.find((l) => l.leaf.type === 'commit' && l.leaf.hash === c.supersedes)
  if (!old) return check('log.sequence', 'unknown', 'superseded_unseen')
  const its = leaves.filter((l) => l.leaf.draw === old.leaf.draw)
  const same = old.leaf.plan_ref === c.plan.ref && old.leaf.draw_no === c.plan.draw_no
  if (!same || its.some((l) => l.leaf.type === 'cert'))
    return check('log.sequence', 'no', 'superseded_certified')
  const ended = its.some((l) => l.leaf.type === 'void' && l.index < own)
  return ended ? check('log.sequence', 'yes', 'holds') : check('log.sequence', 'unknown', 'superseded_unseen')
}

/** The parsed leaves of proofs.json, or nothing where one is no leaf. */
function leavesOf(context: Context): readonly ProvenLeaf[] | undefined {
  return context.once('leaves', () => {
    try {
      return context.manifests.proofs?.value.leaves.map((l) => ({
        index: l.index,
        text: l.leaf,
        path: l.path,
        leaf: logLeaf(parseCanonical(utf8(l.leaf)), 'leaf'),
      }))
    } catch (error) {
      if (error instanceof JcsError || error instanceof FieldError) return undefined
      throw error
    }
  })
}

/** The leaves that this bundle's state needs, in the order in which they must stand. */
function neededLeaves(context: Context): Needed[] {
  const { alg, plan, commit, close, certificate, events } = context.manifests
  const needed: Needed[] = []
  const draw = commit?.value.draw_id ?? ''
  if (plan) needed.push({ type: 'plan', hash: plan.hash, draw: plan.value.plan_ref })
  if (commit) needed.push({ type: 'commit', hash: commit.hash, draw, at: commit.value.at })
  if (close) needed.push({ type: 'close', hash: close.hash, draw, at: close.value.at })
  for (const v of certificate?.value.values ?? [])
    if (v.by && commit)
      needed.push({ type: 'record', hash: recordHash(alg, { commit: commit.hash }, v), draw, at: v.at ?? 0 })
  if (certificate) needed.push({ type: 'cert', hash: certificate.hash, draw, at: certificate.value.at })
  for (const { event, values } of events) {
    if (event)
      needed.push({
        type: event.value.type === 'void' ? 'void' : 'event',
        hash: event.hash,
        draw,
        at: event.value.at,
      })
    for (const v of values?.value.values ?? [])
      if (v.by && event?.value.type === 'substitute')
        needed.push({
          type: 'record',
          hash: recordHash(alg, { event: event.hash }, v),
          draw,
          after: event.hash,
        })
  }
  return needed
}

function findLeaf(leaves: readonly ProvenLeaf[], n: Needed): ProvenLeaf | undefined {
  return leaves.find((l) => l.leaf.type === n.type && l.leaf.hash === n.hash && l.leaf.draw === n.draw)
}

/** A leaf of this draw that the bundle does not have, or another commitment of the same draw of the plan. */
function isExtra({ leaf }: ProvenLeaf, needed: readonly Needed[], c: Loaded<Commitment>): boolean {
  const { draw_id: draw, plan, supersedes } = c.value
  const known = needed.some((n) => n.type === leaf.type && n.hash === leaf.hash)
  if (leaf.type !== 'plan' && leaf.draw === draw && !known) return true
  const same = leaf.type === 'commit' && leaf.plan_ref === plan.ref && leaf.draw_no === plan.draw_no
  return same && leaf.hash !== c.hash && leaf.hash !== supersedes
}

/** A leaf that stood before with the same type and hash. */
function isTwice({ index, leaf }: ProvenLeaf, leaves: readonly ProvenLeaf[]): boolean {
  return leaves.some((l) => l.index < index && l.leaf.type === leaf.type && l.leaf.hash === leaf.hash)
}

/** The commit leaf repeats what the log's own rules look at; a later commitment needs its predecessor's leaf. */
function commitLeafFault(context: Context, leaves: readonly ProvenLeaf[]): Detail | undefined {
  const { commit } = context.manifests
  if (!commit) return undefined
  const c = commit.value
  const leaf = leaves.find((l) => l.leaf.type === 'commit' && l.leaf.hash === commit.hash)?.leaf
  const same =
    leaf?.authority === c.authority &&
    leaf.seq === c.seq &&
    leaf.prev === c.prev &&
    leaf.plan_ref === c.plan.ref &&
    leaf.draw_no === c.plan.draw_no
  if (!same) return because('commit_leaf')
  const previous = c.seq === 1 || leaves.some((l) => l.leaf.type === 'commit' && l.leaf.hash === c.prev)
  return previous ? undefined : because('leaf_missing', { type: 'commit' })
}

/** The certificate's own proofs: plan, commitment and close in its checkpoint, which the later one continues. */
function certificatePlaces(
  context: Context,
  leaves: readonly ProvenLeaf[],
  latest: Checkpoint,
): Detail | undefined {
  const { certificate, proofs, plan, commit, close } = context.manifests
  if (!certificate || !proofs) return undefined
  const { log } = certificate.value
  const checkpoint = parseCheckpoint(log.checkpoint)
  if (!checkpoint || checkpoint.origin !== latest.origin) return because('checkpoint_form')
  const places: [LogLeaf['type'], string | undefined, Place][] = [
    ['plan', plan?.hash, log.plan],
    ['commit', commit?.hash, log.commit],
    ['close', close?.hash, log.close],
  ]
  for (const [type, hash, place] of places) {
    const proven = leaves.find((l) => l.leaf.type === type && l.leaf.hash === hash)
    if (hash && (!proven || proven.index !== place.index || !stands(proven.text, place, checkpoint)))
      return because('not_included', { index: place.index })
  }
  const path = proofs.value.consistency.map(fromHex)
  return consistent('sha256', checkpoint, latest, path) ? undefined : because('not_consistent')
}

function stands(
  text: string,
  place: { index: number; path: readonly string[] },
  checkpoint: Checkpoint,
): boolean {
  const proof = { index: place.index, size: checkpoint.size, path: place.path.map(fromHex) }
  return includes('sha256', logLeafHash(text), proof, checkpoint.root)
}
