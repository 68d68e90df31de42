// The later values as people bring them: typed twice, signed by two outsiders, or a beacon's signature.

import { readFileSync } from 'node:fs'
import {
  drandHolds,
  drandValue,
  type FreshSource,
  recordHash,
  type Signature,
  type Source,
  type SourceValue,
  timeOfRound,
  valueIsWellFormed,
} from '@sunlot/draw'
import { CommandError } from '../errors.ts'
import { clockOf } from '../desk/desk.ts'
import { type Args, assignments, chinaTime, leafOf, options, sign, type Step } from './step.ts'

/** Values in committed order, with the signatures that came with them and the record leaves that they need. */
export interface Given {
  readonly values: readonly SourceValue[]
  readonly signatures: readonly Signature[]
  readonly leaves: ReturnType<typeof leafOf>[]
  /** Whether both outsiders of some value signed with keys that lie on this desk. */
  readonly signedHere: boolean
}

/** What the values are of: what a record names, and who may not be an outsider to it. */
export interface ValuesOf {
  readonly of: { readonly commit: string } | { readonly event: string }
  readonly insiders: readonly string[]
}

/** Takes `--value ID=…` (and `--again ID=…` for what was typed) for each source. */
export function takeValues(
  args: Args,
  step: Step,
  sources: readonly (Source | FreshSource)[],
  { of, insiders }: ValuesOf,
): Given {
  const only = sources.length === 1 ? sources[0]?.id : undefined
  const typed = assignments(args, 'value', only)
  const again = assignments(args, 'again', only)
  const unknown = [...typed.keys()].find((id) => !sources.some((s) => s.id === id))
  if (unknown !== undefined)
    throw new CommandError('value_unknown', { id: unknown, known: sources.map((s) => s.id).join('、') })
  const values: SourceValue[] = []
  const signatures: Signature[] = []
  const leaves: Given['leaves'] = []
  let signedHere = false
  for (const source of sources) {
    const text = typed.get(source.id)
    if (text === undefined) throw new CommandError('value_missing', { id: source.id, kind: source.kind })
    const value =
      source.kind === 'drand'
        ? beacon(source, text, step.now)
        : recorded(args, step, source, [text, again.get(source.id)])
    const inside = value.by?.find((by) => insiders.includes(by))
    if (inside !== undefined) throw new CommandError('outsider_inside', { id: source.id, by: inside })
    values.push(value)
    if (source.kind === 'drand') continue
    const { alg, draw_id: draw } = step.draw.commit.value
    const hash = recordHash(alg, of, value)
    leaves.push(leafOf(draw, 'record', hash, step.now))
    const given = signaturesGiven(args, hash)
    const both = outsiders(given, step, value, hash)
    signedHere ||= both.every((s) => !given.includes(s))
    signatures.push(...both)
  }
  return { values, signatures, leaves, signedHere }
}

/** A beacon is given by its signature, or by a JSON file with `round` and `signature` as the network serves it. */
function beacon(source: Extract<FreshSource, { kind: 'drand' }>, text: string, now: number): SourceValue {
  const born = timeOfRound(source.round)
  if (now < born)
    throw new CommandError('value_early', {
      id: source.id,
      at: chinaTime(now),
      not_before: chinaTime(born),
    })
  const signature = text.endsWith('.json') ? signatureIn(text, source.round) : text.toLowerCase()
  if (!/^[0-9a-f]{96}$/.test(signature))
    throw new CommandError('beacon_form', { id: source.id, text: text.slice(0, 40) })
  const value: SourceValue = { id: source.id, value: drandValue(signature), round: source.round, signature }
  if (!drandHolds(source.round, value))
    throw new CommandError('beacon_other_round', { id: source.id, round: source.round })
  return value
}

function signatureIn(path: string, round: number): string {
  const given = JSON.parse(readFileSync(path, 'utf8')) as { round?: number; signature?: string }
  if (given.round !== round)
    throw new CommandError('beacon_other_round', { id: path, round, given: given.round ?? 0 })
  return given.signature ?? ''
}

function recorded(
  args: Args,
  step: Step,
  source: Source | FreshSource,
  [text, again]: readonly [text: string, again: string | undefined],
): SourceValue {
  if (again === undefined) throw new CommandError('value_once', { id: source.id })
  if (again !== text) throw new CommandError('value_twice', { id: source.id, first: text, second: again })
  const by = assignments(args, 'by', source.id).get(source.id)?.split(',').toSorted() ?? []
  if (by.length !== 2 || by[0] === by[1]) throw new CommandError('outsiders', { id: source.id })
  const at = clockOf(
    step.desk,
    assignments(args, 'valueAt', source.id).get(source.id) ?? (step.desk.simulated ? step.now : undefined),
  )
  const notBefore = 'not_before' in source ? source.not_before : 0
  if (at < notBefore)
    throw new CommandError('value_early', {
      id: source.id,
      at: chinaTime(at),
      not_before: chinaTime(notBefore),
    })
  if (at > step.now)
    throw new CommandError('value_late', { id: source.id, at: chinaTime(at), now: chinaTime(step.now) })
  const value: SourceValue = { id: source.id, value: text, at, by }
  if (!valueIsWellFormed(source, value))
    throw new CommandError(`value_${source.kind}`, { id: source.id, text, ...shapeOf(source) })
  return value
}

function shapeOf(source: Source | FreshSource): Readonly<Record<string, string | number>> {
  if (source.kind === 'dice') return { faces: source.faces, count: source.count }
  if (source.kind !== 'lottery') return {}
  return { groups: source.groups.map((g) => `${g.count}×${g.low}–${g.high}`).join(' + ') }
}

/** The signatures in the files that `--signature` names, of one record. */
function signaturesGiven(args: Args, hash: string): Signature[] {
  return options(args, 'signature')
    .flatMap((path) => JSON.parse(readFileSync(path, 'utf8')) as Signature[])
    .filter((s) => s.hash === hash && s.of === 'contrib')
}

/** Both outsiders' signatures: as given, else by their keys on this desk. */
function outsiders(given: readonly Signature[], step: Step, value: SourceValue, hash: string): Signature[] {
  return (value.by ?? []).map((by) => given.find((s) => s.by === by) ?? sign(step.desk, by, 'contrib', hash))
}
