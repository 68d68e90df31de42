// 承诺: everything that can change the result is fixed at once, and logged; no list is read for it, however long it is.

import {
  buildPlan,
  type Commitment,
  CommitmentRefused,
  completeCommitment,
  FieldError,
  type Plan,
  tag,
} from '@sunlot/draw'
import type { Writer } from '../../platform/database/database.ts'
import { found, Refused, demand } from '../../platform/refusal.ts'
import { type DrawRow, drawItself, preparedOf, stepDraw } from '../draws/draws.store.ts'
import { authorityCode, publicKeyOfAuthority, secretsOf } from '../draws/keys.ts'
import { appendLeaf, manifestsOf, writeManifest } from '../draws/manifests.store.ts'
import type { DrawsParts } from '../parts.ts'
import { whyNotTimes } from './commit.rules.ts'
import { isSimulated, lockChain } from './freeze.store.ts'
import { demandSame } from './superseding.ts'
import { type ChosenSource, lastValueTime, type ServerSecret, sourcesOf } from './sources.rules.ts'

/** What a person decides at the commitment. */
export interface Decided {
  readonly by: string
  readonly now: Date
  readonly closeBy: Date
  readonly openAt: Date | undefined
  readonly sources: readonly ChosenSource[]
  readonly note: string | undefined
}

/** After so many seconds without certificate or void a draw is shown as withheld. */
const CERTIFIED_WITHIN = 24 * 3600
const NO_PREVIOUS = '0'.repeat(64)

/** Commits a draw that is locked. Throws Refused where the choices do not make a commitment. */
export async function commitDraw(
  writer: Writer,
  parts: DrawsParts,
  draw: DrawRow,
  decided: Decided,
): Promise<void> {
  const kept = found(await preparedOf(writer, draw.id), 'draw')
  const prepared = kept.prepared as unknown as Commitment
  await demandSame(writer, draw, prepared)
  const chain = await lockChain(writer, draw.leadAuthorityId)
  const [at, closeBy] = [seconds(decided.now), seconds(decided.closeBy)]
  const openAt = decided.openAt && seconds(decided.openAt)
  const secrets = serverSecrets(parts, prepared, kept.secretsCipher ?? '')
  const sources = sourcesOf(decided.sources, { closeBy, secrets })
  const simulated = await isSimulated(writer)
  const times = { at, closeBy, openAt, sources }
  const { quorum } = parts.log.policy
  demand(whyNotTimes(times, { isSealed: draw.isSealed, isSimulated: simulated, quorum }))
  const certifyBy = Math.max(lastValueTime(sources), closeBy + CERTIFIED_WITHIN)
  const manifests = await manifestsOf(writer, draw.id)
  const plan = JSON.parse(found(manifests.get('plan.json'), 'plan').body) as Plan
  const note = [decided.note?.normalize('NFC'), prepared.note].filter(Boolean).join('\n')
  const built = completed(
    prepared,
    {
      at,
      close_by: closeBy,
      certify_by: certifyBy,
      sources,
      signers: await signersOf(writer, parts, draw),
      seq: (chain?.seq ?? 0) + 1,
      prev: chain?.hash ?? NO_PREVIOUS,
      ...(openAt === undefined ? {} : { open_at: openAt }),
      ...(await supersededBy(writer, draw)),
      ...(note === '' ? {} : { note }),
    },
    plan,
  )
  const { value, hash } = built
  const leafId = await appendLeaf(writer, draw.id, {
    v: 'vdp1',
    type: 'commit',
    draw: draw.name,
    hash,
    at,
    authority: value.authority,
    seq: value.seq,
    prev: value.prev,
    plan_ref: value.plan.ref,
    draw_no: value.plan.draw_no,
  })
  await writeManifest(writer, { drawId: draw.id, name: 'commit.json', built, leafId, at: decided.now })
  await stepDraw(writer, draw.id, {
    state: 'committed',
    seq: value.seq,
    closeBy: instant(closeBy),
    certifyBy: instant(certifyBy),
    openAt: openAt === undefined ? null : instant(openAt),
    commitHash: hash,
    committedById: decided.by,
    committedAt: decided.now,
  })
}

function completed(
  prepared: Commitment,
  given: Parameters<typeof completeCommitment>[1],
  plan: Plan,
): ReturnType<typeof completeCommitment> {
  try {
    return completeCommitment(prepared, given, buildPlan(plan, prepared.alg))
  } catch (error) {
    // source_<fault>: what the choices break. All else follows from what was frozen, and is a mistake of ours.
    if (error instanceof CommitmentRefused && error.code.startsWith('source_'))
      throw new Refused({ code: `draw.${error.code}`, params: { ...error.params } })
    if (error instanceof FieldError) throw new Refused({ code: 'draw.field', params: { field: error.path } })
    throw error
  }
}

async function signersOf(writer: Writer, parts: DrawsParts, draw: DrawRow): Promise<Commitment['signers']> {
  const { leadAuthorityId: lead, oversightAuthorityId: oversight } = draw
  return [
    {
      by: await authorityCode(writer, lead),
      role: 'authority',
      ...(await publicKeyOfAuthority(writer, parts, lead)),
    },
    {
      by: await authorityCode(writer, oversight),
      role: 'oversight',
      ...(await publicKeyOfAuthority(writer, parts, oversight)),
    },
  ]
}

async function supersededBy(writer: Writer, draw: DrawRow): Promise<{ readonly supersedes?: string }> {
  if (draw.supersedesId === null) return {}
  const before = await drawItself(writer, draw.supersedesId)
  return before?.commitHash ? { supersedes: before.commitHash } : {}
}

/** The committed hashes of both secrets of a sealed draw. */
function serverSecrets(
  { secrets }: DrawsParts,
  { authority, oversight, alg }: Commitment,
  cipher: string,
): readonly ServerSecret[] {
  return secretsOf(secrets, cipher).sealed.map(({ id, value }) => ({
    id,
    holder: id === 'authority' ? authority : oversight,
    tag: tag(alg, 'secret', value),
  }))
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}

function instant(at: number): Date {
  return new Date(at * 1000)
}
