// The draw itself: from lists and values to the result lists and the certificate.

import type { BundleFiles } from '../bundle/files.ts'
import { drawSubjects, surveyForDraw } from '../choose/draw-subjects.ts'
import type { SubjectDraw } from '../choose/subjects.ts'
import { hashHex, tag } from '../hash.ts'
import { canonical, canonicalBytes, type Json, type JsonObject } from '../jcs.ts'
import { readCells } from '../lists/form.ts'
import { certificate, type Certificate, type ResultList } from '../manifest/certificate.ts'
import type { Close } from '../manifest/close.ts'
import type { Commitment } from '../manifest/commitment.ts'
import type { SourceValue } from '../manifest/source.ts'
import { demandLookup, demandsOfDrawn } from '../people/demand.ts'
import { drawInspectors, type InspectorDraw } from '../people/inspectors.ts'
import { matchPeople, type PeopleMatch } from '../people/match-people.ts'
import { type SeedValue, seedOf } from '../seed.ts'
import { isWeak } from '../sources/rules.ts'
import { statedOf } from '../choose/stated.ts'
import type { Built } from './commitment.ts'
import { saltedEntryOf } from './lists.ts'
import { peopleIn } from './people.ts'

/** Everything that a draw gives, before it is certified. */
export interface DrawResult {
  readonly seed: string
  readonly subjects: SubjectDraw
  readonly inspectors: InspectorDraw
  readonly people: PeopleMatch | undefined
  /** The result lists by name. */
  readonly lists: ReadonlyMap<string, Uint8Array>
}

/** Draws and matches. `values` are all sources' in committed order, opened secrets included. */
export function computeDraw(
  c: Built<Commitment>,
  values: readonly SeedValue[],
  files: BundleFiles,
): DrawResult {
  const { value } = c
  const seed = seedOf(value.alg, c.hash, values)
  const survey = surveyForDraw(value, {
    chunks: () => files.chunks('population.tsv'),
    exclusionIds: [],
    seed,
  })
  const subjects = survey.ok
    ? drawSubjects(value, seed, survey, () => files.read('population.tsv'))
    : undefined
  if (!subjects) throw new Error('population.tsv is not the committed one')
  const everyone = value.matching.mode === 'none' ? [] : peopleIn(files)
  const inspectors = drawInspectors(value, seed, everyone)
  const demands = value.demands.some((d) => !d.strata)
    ? demandsOfDrawn(files.chunks('demands.tsv'), new Set(subjects.drawn.map((s) => s.id)))
    : undefined
  const people = matchPeople(value, {
    seed,
    drawn: subjects.drawn,
    people: everyone,
    inspectors,
    demandOf: demandLookup(value, demands),
  })
  const lists = new Map([[subjects.list.name as string, subjects.list.bytes], ...(people?.lists ?? [])])
  return { seed, subjects, inspectors, people, lists }
}

/** What the certificate needs besides the draw. */
export interface CertifyInput {
  readonly commit: Built<Commitment>
  readonly close: Built<Close>
  /** With proofs; server sources left out. */
  readonly values: readonly SourceValue[]
  readonly log: Certificate['log']
  readonly at: number
  /** s₁ ‖ s₂ of a sealed draw. */
  readonly sealedSecret?: string
}

/** The certificate of a draw. */
export function buildCertificate(result: DrawResult, input: CertifyInput): Built<Certificate> {
  const { commit, close, values, log, at } = input
  const { value: c } = commit
  const { strata, classes, least } = statedOf(c, result.subjects)
  const open = !c.sealed && result.people
  const value: Certificate = {
    v: 'vdp1',
    alg: c.alg,
    draw_id: c.draw_id,
    at,
    commit: commit.hash,
    close: close.hash,
    values,
    weak: isWeak(c.sources),
    strata,
    least_pi: least,
    inspectors: c.sealed
      ? result.inspectors.lines.map(({ authority, rows, n }) => ({ authority, rows, n }))
      : result.inspectors.lines,
    lists: [...result.lists]
      .map(([name, bytes]) => resultEntry(c, name, bytes, input.sealedSecret))
      .toSorted(byName),
    software: hashHex(c.alg, canonicalBytes(c.software as unknown as JsonObject)),
    log,
    ...(c.sealed ? { seed_hash: tag(c.alg, 'secret', result.seed) } : { seed: result.seed }),
    ...(c.design.kind === 'pps' ? { classes } : {}),
    ...(open ? { match: open.match, pair: open.pair } : {}),
  }
  certificate(value, 'certificate')
  const bytes = canonicalBytes(value as unknown as JsonObject)
  return { value, bytes, hash: tag(c.alg, 'cert', canonical(value as unknown as Json)) }
}

function resultEntry(c: Commitment, name: string, bytes: Uint8Array, secret = ''): ResultList {
  if (c.sealed) {
    const { rows, root } = saltedEntryOf(c.alg, name, [bytes], secret)
    return { name, rows, root }
  }
  return { name, rows: readCells(bytes).length, hash: hashHex(c.alg, bytes) }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1
}
