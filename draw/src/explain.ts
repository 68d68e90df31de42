// What became of one subject: in the pool or not, its chance, its ticket and the line, who visits it, and the proof.

import { compareBytes, fromHex, toHex, utf8 } from './bytes.ts'
import type { BundleFiles } from './bundle/files.ts'
import type { Loaded } from './bundle/load.ts'
import { ppsClasses } from './choose/pps.ts'
import { subjectsOf } from './choose/draw-subjects.ts'
import type { Subject, SubjectDraw } from './choose/subjects.ts'
import type { Alg } from './hash.ts'
import { kernelFor } from './kernel/index.ts'
import { ListProver, type ListProof } from './list-proof.ts'
import { readCells } from './lists/form.ts'
import type { Fraction } from './manifest/certificate.ts'
import type { Commitment } from './manifest/commitment.ts'
import { stageKey } from './stream.ts'
import { saltSecret } from './verify/commitment-checks.ts'
import { type Context, contextOf, listOf } from './verify/context.ts'
import { replayOf } from './verify/replayed.ts'
import { seedOfBundle } from './verify/seed.ts'
import { subjectDraw } from './verify/subject-checks.ts'

/** The fate of one id. Everything in it is recomputed from the bundle's lists and values, not copied from the result. */
export type Fate =
  /** A file without which nothing can be said is not there, or not readable. */
  | { readonly kind: 'unreadable'; readonly file: string }
  /** The lists are sealed and not opened yet. Times are unix seconds. */
  | { readonly kind: 'sealed'; readonly openAt: number; readonly population: number }
  | { readonly kind: 'not_listed'; readonly register: number }
  | {
      readonly kind: 'excluded'
      readonly reason: string
      readonly evidence: string
      readonly proofs: readonly ListProof[]
    }
  | PooledFate

/** A subject of the population. `frozen`: not drawn yet; `void`: ended without a result; `unsettled`: the lists do not hold. */
export interface PooledFate {
  readonly kind: 'frozen' | 'void' | 'unsettled' | 'drawn' | 'not_drawn'
  readonly stratum: string
  readonly stratumRows: number
  readonly weight: number
  readonly population: number
  readonly chance: Fraction
  readonly proofs: readonly ListProof[]
  readonly ticket?: TicketPlace
  /** What events made of it; absent where they changed nothing. */
  readonly later?: 'skipped' | 'entered'
  readonly visit?: Visit
}

/** Where a ticket stands among those that it was drawn with. */
export interface TicketPlace {
  readonly alg: Alg
  readonly seed: string
  readonly stage: 'objects' | 'batch'
  readonly ticket: string
  /** With whom it was compared: its stratum, its weight class (pps), or everybody (coverage). */
  readonly among: 'stratum' | 'class' | 'all'
  readonly rows: number
  readonly n: number
  /** From 1, lowest ticket first. */
  readonly rank: number
  /** The ticket of the last drawn; absent where none was, and in full coverage. */
  readonly cut?: string
  /** Batch from 0, in full coverage. */
  readonly batch?: { readonly number: number; readonly of: number }
  /** One line for a shell that prints the ticket again. */
  readonly shell: string
}

/** Who inspects it: a team or people, by alias, and the authorities for which nobody could be found. */
export interface Visit {
  readonly team?: string
  readonly aliases: readonly string[]
  readonly lacking: readonly string[]
}

/** The fate of one id in a bundle. */
export function explain(files: BundleFiles, id: string): Fate {
  return explainer(files)(id)
}

/** The same for several ids: the bundle is read once. */
export function explainer(files: BundleFiles): (id: string) => Fate {
  const context = contextOf(files)
  return (id) => {
    const { commit } = context.manifests
    if (!commit) return { kind: 'unreadable', file: 'commit.json' }
    const population = commit.value.strata.reduce((sum, s) => sum + s.rows, 0)
    if (!context.listsOpen) return { kind: 'sealed', openAt: commit.value.open_at ?? 0, population }
    return fateOf(context, commit, id, population)
  }
}

function fateOf(context: Context, commit: Loaded<Commitment>, id: string, population: number): Fate {
  const bytes = listOf(context, 'population.tsv')
  if (!bytes) return { kind: 'unreadable', file: 'population.tsv' }
  const member = populationOf(context).find((s) => s.id === id)
  if (member) return pooled(context, commit, member, population)
  const exclusions = listOf(context, 'exclusions.tsv')
  if (!exclusions) return { kind: 'unreadable', file: 'exclusions.tsv' }
  const excluded = readCells(exclusions).find((cells) => cells[0] === id)
  if (!excluded) return { kind: 'not_listed', register: commit.value.register.rows }
  const [, reason = '', evidence = ''] = excluded
  return { kind: 'excluded', reason, evidence, proofs: proofsOf(context, commit.value, id, 'exclusions.tsv') }
}

function pooled(
  context: Context,
  commit: Loaded<Commitment>,
  member: Subject,
  population: number,
): PooledFate {
  const c = commit.value
  const { stratum, weight } = member
  const common = {
    stratum,
    stratumRows: c.strata.find((s) => s.code === stratum)?.rows ?? 0,
    weight,
    population,
    chance: chanceOf(context, c, member),
    proofs: proofsOf(context, c, member.id, 'population.tsv'),
  }
  const found = context.state === 'drawn' ? subjectDraw(context, c) : undefined
  if (!found) return { kind: withoutDraw(context.state), ...common }
  const ticket = ticketPlace(context, c, member, found)
  const kind = ticket.rank <= ticket.n ? 'drawn' : 'not_drawn'
  const now = currentSubjects(context, commit)
  const later = now && now.has(member.id) !== (kind === 'drawn') && (kind === 'drawn' ? 'skipped' : 'entered')
  const visit = visitOf(context, commit, member.id)
  return { kind, ...common, ticket, ...(later ? { later } : {}), ...(visit ? { visit } : {}) }
}

function withoutDraw(state: Context['state']): PooledFate['kind'] {
  if (state === 'drawn') return 'unsettled'
  return state === 'void' ? 'void' : 'frozen'
}

/** The probability that the design gives this subject; it does not depend on the seed. */
function chanceOf(context: Context, c: Commitment, { stratum, weight }: Subject): Fraction {
  if (c.design.kind === 'coverage') return { num: '1', den: '1' }
  if (c.design.kind === 'pps') {
    const counts = new Map<number, number>()
    for (const s of populationOf(context)) counts.set(s.weight, (counts.get(s.weight) ?? 0) + 1)
    const found = ppsClasses(c.alg, '0'.repeat(64), c.design.n, counts).find((k) => k.weight === weight)
    return { num: `${found?.num ?? 0}`, den: `${found?.den ?? 1}` }
  }
  const s = c.strata.find((line) => line.code === stratum)
  return { num: `${s?.n ?? 0}`, den: `${s?.rows ?? 1}` }
}

function ticketPlace(context: Context, c: Commitment, member: Subject, found: SubjectDraw): TicketPlace {
  const { kind } = c.design
  const seed = seedOfBundle(context) as string
  const stage = kind === 'coverage' ? 'batch' : 'objects'
  const among = kind === 'coverage' ? 'all' : kind === 'pps' ? 'class' : 'stratum'
  const alike = (s: Subject): boolean =>
    among === 'all' || (among === 'class' ? s.weight === member.weight : s.stratum === member.stratum)
  const ids = populationOf(context)
    .filter(alike)
    .map((s) => s.id)
  const { ticket, rank } = rankOf(c.alg, stageKey(c.alg, seed, stage), ids, member.id)
  const line =
    among === 'class'
      ? found.classes?.find((k) => k.weight === member.weight)
      : found.strata.find((s) => s.code === member.stratum)
  const n = among === 'all' ? ids.length : (line?.n ?? 0)
  const batch = c.design.kind === 'coverage' ? batchOf(rank - 1, c.design.batches, ids.length) : undefined
  return {
    alg: c.alg,
    seed,
    stage,
    ticket,
    among,
    rows: ids.length,
    n,
    rank,
    ...(line?.cut === undefined || batch ? {} : { cut: line.cut }),
    ...(batch ? { batch } : {}),
    shell: shellLine(c.alg, seed, stage, member.id),
  }
}

/** The ticket of `id` and its place by (ticket, id) among `ids`. */
function rankOf(alg: Alg, key: string, ids: readonly string[], id: string): { ticket: string; rank: number } {
  const tickets = kernelFor(alg).tickets(key, ids)
  const at = (i: number): Uint8Array => tickets.subarray(32 * i, 32 * i + 32)
  const own = at(ids.indexOf(id))
  let rank = 1
  for (let i = 0; i < ids.length; i++) {
    const order = compareBytes(at(i), own)
    if (order < 0 || (order === 0 && (ids[i] as string) < id)) rank++
  }
  return { ticket: toHex(own), rank }
}

function batchOf(rank: number, batches: number, rows: number): { number: number; of: number } {
  return { number: Number((BigInt(rank) * BigInt(batches)) / BigInt(rows)), of: batches }
}

/** Seeds, stages and ids are of grammars that no shell reads anything into. */
function shellLine(alg: Alg, seed: string, stage: string, id: string): string {
  const digest = alg === 'sha256' ? 'sha256sum' : 'openssl dgst -sm3 -r'
  const key = `printf 'vdp1:key\\n%s\\n${stage}' ${seed} | ${digest} | cut -c1-64`
  return `printf '%s%s' "$(${key})" '${id}' | ${digest} | cut -c1-64`
}

function currentSubjects(context: Context, commit: Loaded<Commitment>): ReadonlySet<string> | undefined {
  if (context.manifests.events.length === 0 || commit.value.design.kind === 'coverage') return undefined
  return context.once('current subjects', () => {
    const { subjects } = replayOf(context, commit)
    return subjects && new Set(subjects.current().map((s) => s.id))
  })
}

function visitOf(context: Context, commit: Loaded<Commitment>, id: string): Visit | undefined {
  const { mode } = commit.value.matching
  if (mode === 'none') return undefined
  const { people, teamOf } = replayOf(context, commit)
  const unassigned = listOf(context, 'unassigned.tsv')
  const left = unassigned && readCells(unassigned).find((cells) => cells[0] === id)
  const lacking = left?.[1]?.split(',') ?? []
  const team = mode === 'teams' ? teamOf.get(id) : undefined
  const aliases = people?.at(team ?? id) ?? []
  if (aliases.length === 0 && lacking.length === 0) return undefined
  return { ...(team === undefined ? {} : { team }), aliases, lacking }
}

/** That the subject's line is in its committed list, and its id in the committed register. */
function proofsOf(context: Context, c: Commitment, id: string, list: string): ListProof[] {
  const secret = c.sealed ? saltSecret(context, list) : undefined
  const prover = (of: string, bytes: () => Uint8Array, root: string): ListProof | undefined =>
    context
      .once(`prover of ${of}`, () => new ListProver(c.alg, of, bytes(), fromHex(root), secret))
      .proofOf(id)
  const entry = c.lists.find((l) => l.name === list)
  const proofs = [
    entry && prover(list, () => context.files.read(list), entry.root),
    prover('register', () => registerBytes(context), c.register.root),
  ]
  return proofs.filter((p) => p !== undefined)
}

function registerBytes(context: Context): Uint8Array {
  const excluded = readCells(listOf(context, 'exclusions.tsv') ?? new Uint8Array()).map(([id = '']) => id)
  const ids = [...populationOf(context).map((s) => s.id), ...excluded].toSorted()
  return utf8(ids.map((id) => `${id}\n`).join(''))
}

function populationOf(context: Context): readonly Subject[] {
  return context.once('population', () => subjectsOf(context.files.read('population.tsv')))
}
