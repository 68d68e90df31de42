// Builds commit.json from frozen lists and choices; refuses to build what a verifier would refuse.

import { toHex } from '../bytes.ts'
import type { BundleFiles } from '../bundle/files.ts'
import { committedLists, isL2, isSalted } from '../bundle/names.ts'
import { QuotaError, quotasOf } from '../choose/quota.ts'
import { surveyPopulation } from '../choose/survey.ts'
import { hashHex, tag } from '../hash.ts'
import { canonical, canonicalBytes, type Json, type JsonObject } from '../jcs.ts'
import { kernelFor } from '../kernel/index.ts'
import { readCells } from '../lists/form.ts'
import { firstCell, lineBatches } from '../lists/lines.ts'
import { commitment, type Commitment, type ListEntry } from '../manifest/commitment.ts'
import { plan, type Plan } from '../manifest/plan.ts'
import { commitmentFault, fitsPlan } from '../manifest/rules.ts'
import { sourceFault } from '../sources/rules.ts'
import { openEntry, saltedEntryOf } from './lists.ts'
import { saltedTreeOf } from './salted-tree.ts'

/** What a person decides; the rest of a commitment is counted and hashed from the lists. */
export type CommitmentChoices = Omit<
  Commitment,
  'v' | 'plan' | 'strata' | 'lists' | 'register' | 'pools' | 'people'
> & {
  readonly plan: { readonly ref: string; readonly draw_no: number }
  readonly pools: readonly { readonly authority: string; readonly draw: number }[]
}

/** The secrets that salt what may not be enumerated: of the people's lists, and s₁ ‖ s₂ of a sealed draw. */
export interface CommitmentSecrets {
  readonly people?: string
  readonly sealed?: string
}

/** A built manifest: its value, its bytes, its hash. */
export interface Built<T> {
  readonly value: T
  readonly bytes: Uint8Array
  readonly hash: string
}

/** Why no commitment can be built; `params` name what and where. */
export class CommitmentRefused extends Error {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>

  constructor(code: string, params: Readonly<Record<string, string | number>> = {}) {
    super(`${code} ${JSON.stringify(params)}`)
    this.code = code
    this.params = params
  }
}

/** Builds a plan entry. */
export function buildPlan(value: Plan, alg: Commitment['alg']): Built<Plan> {
  plan(value, 'plan')
  const bytes = canonicalBytes(value as unknown as JsonObject)
  return { value, bytes, hash: hashHex(alg, bytes) }
}

/** Builds the commitment over the frozen lists in `files`. Throws `CommitmentRefused`. */
export function buildCommitment(
  entry: Built<Plan>,
  choices: CommitmentChoices,
  files: BundleFiles,
  secrets: CommitmentSecrets = {},
): Built<Commitment> {
  const strataCodes = entry.value.strata
  const exclusionIds = [...idBatches(files, 'exclusions.tsv')].flat()
  const survey = surveyPopulation(kernelFor(choices.alg), files.chunks('population.tsv'), {
    strata: strataCodes,
    exclusionIds,
  })
  if ('ok' in survey) throw new CommitmentRefused(`population_${survey.fault}`, { line: survey.line })
  if (survey.twice) throw new CommitmentRefused('in_both', { id: survey.twice })
  const empty = strataCodes.find((_, i) => survey.scan.counts[i] === 0)
  if (empty !== undefined) throw new CommitmentRefused('empty_stratum', { stratum: empty })
  const strata = strataCodes.map((code, i) => ({ code, rows: survey.scan.counts[i] as number }))
  const register = choices.sealed
    ? toHex(saltedTreeOf(choices.alg, 'register', secrets.sealed ?? '', registerIds(files)).root)
    : toHex(survey.register.root)
  const value: Commitment = {
    ...choices,
    v: 'vdp1',
    plan: { ...choices.plan, hash: entry.hash },
    strata: withQuotas(choices.design, strata),
    register: { rows: survey.scan.rows + exclusionIds.length, root: register },
    lists: committedLists(choices).map((name) => listEntry(choices, name, files, secrets)),
    pools: choices.pools.map((p) => ({ ...p, rows: poolRows(files, p.authority) })),
    ...(secrets.people ? { people: tag(choices.alg, 'secret', secrets.people) } : {}),
  }
  return checked(value, entry)
}

/** What is decided after the lists were frozen: times, sources, keys, and the place in the authority's chain. */
export type CommitmentCompletion = Pick<
  Commitment,
  'at' | 'close_by' | 'certify_by' | 'sources' | 'signers' | 'seq' | 'prev'
> &
  Partial<Pick<Commitment, 'open_at' | 'supersedes' | 'note'>>

/**
 * The commitment that was prepared over the frozen lists, with what was decided since. No list is read again, so it
 * takes no longer for ten million subjects than for ten. Throws `CommitmentRefused`.
 */
export function completeCommitment(
  prepared: Commitment,
  given: CommitmentCompletion,
  entry: Built<Plan>,
): Built<Commitment> {
  const { open_at: _openAt, supersedes: _supersedes, ...frozen } = prepared
  return checked({ ...frozen, ...given }, entry)
}

function checked(value: Commitment, entry: Built<Plan>): Built<Commitment> {
  commitment(value, 'commit')
  const rule = commitmentFault(value)
  if (rule) throw new CommitmentRefused(`rule_${rule}`)
  const source = sourceFault(value)
  if (source) throw new CommitmentRefused(`source_${source.fault}`, { id: source.id })
  if (!fitsPlan(value, entry.value, entry.hash)) throw new CommitmentRefused('plan_differs')
  const bytes = canonicalBytes(value as unknown as JsonObject)
  return { value, bytes, hash: tag(value.alg, 'commit', canonical(value as unknown as Json)) }
}

function withQuotas(
  design: Commitment['design'],
  strata: readonly { code: string; rows: number }[],
): Commitment['strata'] {
  try {
    const quotas = quotasOf(design, strata)
    const none = quotas?.findIndex((n) => n === 0) ?? -1
    if (none >= 0) throw new CommitmentRefused('quota_zero', { stratum: strata[none]?.code ?? '' })
    return quotas ? strata.map((s, i) => ({ ...s, n: quotas[i] as number })) : strata
  } catch (error) {
    if (error instanceof QuotaError) throw new CommitmentRefused('quota_total', { reason: error.reason })
    throw error
  }
}

function listEntry(
  c: CommitmentChoices,
  name: string,
  files: BundleFiles,
  secrets: CommitmentSecrets,
): ListEntry {
  if (!isSalted(c, name)) return openEntry(c.alg, name, files.chunks(name))
  const secret = isL2(name) ? secrets.people : secrets.sealed
  return saltedEntryOf(c.alg, name, files.chunks(name), secret ?? '')
}

function* registerIds(files: BundleFiles): Generator<readonly string[]> {
  yield* idBatches(files, 'population.tsv')
  yield* idBatches(files, 'exclusions.tsv')
}

function* idBatches(files: BundleFiles, name: string): Generator<readonly string[]> {
  for (const lines of lineBatches(files.chunks(name))) yield lines.map(firstCell)
}

function poolRows(files: BundleFiles, authority: string): number {
  return readCells(files.read('inspectors.tsv')).filter(([, d]) => d === authority).length
}
