// Why a subject was drawn, or not: from the frozen line, the seed and the cut alone. The rows of the result say only what
// happened afterwards and who comes.

import {
  canonical,
  type Commitment,
  type Fate,
  hashHex,
  type ListProof,
  type PooledFate,
  tag,
  type TicketPlace,
  utf8,
} from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import { listsOfDraw } from '../draws/lists.store.ts'
import { cutsOf, type Placed, placeOfSubject } from './fate.store.ts'
import { ListReader } from './list-reader.ts'
import { populationOf, type PublicDraw } from './public-draw.ts'

/** A ticket without its rank: that would take a look at every other. */
export type PublicTicket = Omit<TicketPlace, 'rank'>

/** What became of a subject; as the library's `explain` says it, but for the rank. */
export type PublicFate =
  | Exclude<Fate, PooledFate>
  | (Omit<PooledFate, 'ticket' | 'later'> & {
      readonly ticket?: PublicTicket
      /** What a change made of it, and the number of that change. */
      readonly later?: { readonly kind: 'skipped' | 'entered'; readonly n: number }
    })

/** Says what became of subjects; remembers what many will ask. */
export class Fates {
  readonly #lists: ListReader
  /** Of draws that were sealed, whose certificates say no cuts: they do not change once the draw is open. */
  readonly #cuts = new Map<string, Promise<ReadonlyMap<string, string>>>()

  constructor(files: ConstructorParameters<typeof ListReader>[0]) {
    this.#lists = new ListReader(files)
  }

  /** The rows from which the fate of a code follows, besides the lists. */
  async rowsOf(reader: Reader, draw: PublicDraw, code: string): Promise<FateRows> {
    const { id } = draw.row
    return {
      kept: await listsOfDraw(reader, id),
      drawn: await this.decidedBy(reader, draw),
      placed: await placeOfSubject(reader, id, code),
    }
  }

  /** The fate of a code in a draw. Reads files, and so no transaction is about it; no list of a sealed draw. */
  async of(draw: PublicDraw, code: string, { kept, drawn, placed }: FateRows): Promise<PublicFate> {
    const c = draw.commit.value
    if (isHidden(draw)) return { kind: 'sealed', openAt: c.open_at ?? 0, population: populationOf(c) }
    const proofIn = async (name: string): Promise<ListProof | undefined> => {
      const list = kept.find((each) => each.name === name)
      return list && this.#lists.proofOf(c, list, code)
    }
    const member = await proofIn('population.tsv')
    if (member) return pooled(draw, drawn, { code, proof: member, placed })
    const excluded = await proofIn('exclusions.tsv')
    if (!excluded) return { kind: 'not_listed', register: c.register.rows }
    const [, reason = '', evidence = ''] = excluded.line.split('\t')
    return { kind: 'excluded', reason, evidence, proofs: shownProofs(c, excluded) }
  }

  /** What decided a draw: as its certificate says, or as the opening of its seal and the rows do. */
  async decidedBy(reader: Reader, draw: PublicDraw): Promise<Drawn> {
    const { id, isSealed } = draw.row
    if (!isSealed || !draw.certificate || isHidden(draw)) return drawnBy(draw)
    const cuts = this.#cuts.get(id) ?? cutsOf(reader, id)
    this.#cuts.set(id, cuts)
    cuts.catch(() => this.#cuts.delete(id))
    return { seed: openedSeed(draw), cuts: await cuts }
  }
}

/** What stands in rows, read in one transaction. */
export interface FateRows {
  readonly kept: Awaited<ReturnType<typeof listsOfDraw>>
  readonly drawn: Drawn
  readonly placed: Placed | undefined
}

function isHidden({ row }: PublicDraw): boolean {
  return row.isSealed && row.openedAt === null
}

/** What tickets are made of and measured by: the seed, and of each stratum the ticket of the last drawn. */
export interface Drawn {
  readonly seed: string | undefined
  readonly cuts: ReadonlyMap<string, string>
}

/** As the certificate of an open draw says. */
function drawnBy({ certificate }: PublicDraw): Drawn {
  const lines = certificate?.value.strata ?? []
  const cuts = new Map(lines.flatMap(({ code, cut }) => (cut === undefined ? [] : [[code, cut] as const])))
  return { seed: certificate?.value.seed, cuts }
}

/** The seed of a draw that was sealed: the committed order, with the secrets that the opening gave. */
function openedSeed({ commit, certificate, events }: PublicDraw): string | undefined {
  const opening = events.flatMap(({ event }) => (event.type === 'open' ? event.secrets : []))
  const given = new Map(
    [...(certificate?.value.values ?? []), ...opening].map(({ id, value }) => [id as string, value]),
  )
  const values = commit.value.sources.map(({ id }) => ({ id, value: given.get(id) ?? '' }))
  if (values.some(({ value }) => value === '')) return undefined
  return tag(commit.value.alg, 'seed', canonical({ commit: commit.hash, values }))
}

interface Pooled {
  readonly code: string
  readonly proof: ListProof
  readonly placed: Placed | undefined
}

/** What stands in the pool: its chance, its ticket, and what came of it. */
export function pooled(draw: PublicDraw, drawn: Drawn, { code, proof, placed }: Pooled): PublicFate {
  const c = draw.commit.value
  const [, stratum = '', weight = '1'] = proof.line.split('\t')
  const ticket = ticketOf(draw, drawn, {
    code,
    stratum,
    weight: Number(weight),
    batch: placed?.batch ?? null,
  })
  const common = {
    stratum,
    stratumRows: c.strata.find((line) => line.code === stratum)?.rows ?? 0,
    weight: Number(weight),
    population: populationOf(c),
    chance: chanceOf(draw, stratum, Number(weight)),
    proofs: shownProofs(c, proof),
  }
  if (!ticket) return { kind: draw.state === 'void' ? 'void' : 'frozen', ...common }
  const kind = isLowEnough(ticket) ? 'drawn' : 'not_drawn'
  const later = laterOf(kind, placed)
  return {
    kind,
    ...common,
    ticket,
    ...(later ? { later } : {}),
    ...(placed?.visit ? { visit: placed.visit } : {}),
  }
}

/** Salted lists are proven by the verifier page: their tree has another order. */
function shownProofs(c: Commitment, proof: ListProof): readonly ListProof[] {
  return c.sealed ? [] : [proof]
}

interface Asked {
  readonly code: string
  readonly stratum: string
  readonly weight: number
  readonly batch: number | null
}

function ticketOf(
  draw: PublicDraw,
  { seed, cuts }: Drawn,
  { code, stratum, weight, batch }: Asked,
): PublicTicket | undefined {
  const { alg, design, strata } = draw.commit.value
  const certificate = draw.certificate?.value
  if (!certificate || seed === undefined) return undefined
  const stage = design.kind === 'coverage' ? 'batch' : 'objects'
  const ticket = hashHex(alg, utf8(`${tag(alg, 'key', `${seed}\n${stage}`)}${code}`))
  const common = { alg, seed, stage, ticket, shell: shellLine(alg, seed, stage, code) } as const
  if (design.kind === 'coverage') {
    const rows = strata.reduce((sum, line) => sum + line.rows, 0)
    return {
      ...common,
      among: 'all',
      rows,
      n: rows,
      ...(batch === null ? {} : { batch: { number: batch, of: design.batches } }),
    }
  }
  const isPps = design.kind === 'pps'
  const line = isPps
    ? certificate.classes?.find((each) => each.weight === weight)
    : certificate.strata.find((each) => each.code === stratum)
  const cut = isPps ? line?.cut : cuts.get(stratum)
  return {
    ...common,
    among: isPps ? 'class' : 'stratum',
    rows: line?.rows ?? 0,
    n: line?.n ?? 0,
    ...(cut === undefined ? {} : { cut }),
  }
}

/** Everybody is, in full coverage; else nobody whose ticket is above that of the last drawn. */
function isLowEnough({ among, ticket, cut }: PublicTicket): boolean {
  return among === 'all' || (cut !== undefined && ticket <= cut)
}

function chanceOf(
  { commit, certificate }: PublicDraw,
  stratum: string,
  weight: number,
): PooledFate['chance'] {
  const { design, strata } = commit.value
  if (design.kind === 'coverage') return { num: '1', den: '1' }
  if (design.kind === 'pps')
    return certificate?.value.classes?.find((line) => line.weight === weight)?.pi ?? { num: '0', den: '1' }
  const line = strata.find(({ code }) => code === stratum)
  return { num: `${line?.n ?? 0}`, den: `${line?.rows ?? 1}` }
}

function laterOf(
  kind: 'drawn' | 'not_drawn',
  placed: Placed | undefined,
): { readonly kind: 'skipped' | 'entered'; readonly n: number } | undefined {
  if (placed?.leftN != null) return kind === 'drawn' ? { kind: 'skipped', n: placed.leftN } : undefined
  return placed && placed.enteredN > 0 ? { kind: 'entered', n: placed.enteredN } : undefined
}

/** Seeds, stages and ids are of grammars that no shell reads anything into. */
function shellLine(alg: PublicTicket['alg'], seed: string, stage: string, code: string): string {
  const digest = alg === 'sha256' ? 'sha256sum' : 'openssl dgst -sm3 -r'
  const key = `printf 'vdp1:key\\n%s\\n${stage}' ${seed} | ${digest} | cut -c1-64`
  return `printf '%s%s' "$(${key})" '${code}' | ${digest} | cut -c1-64`
}
