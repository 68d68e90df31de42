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
}

/** Takes `--value ID=…` (and `--again ID=…` for what was typed) for each source. `of` is what a record names. */
export function takeValues(
  args: Args,
  step: Step,
  sources: readonly (Source | FreshSource)[],
  of: { commit: string } | { event: string },
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
  for (const source of sources) {
    const text = typed.get(source.id)
    if (text === undefined) throw new CommandError('value_missing', { id: source.id, kind: source.kind })
    const value =
      source.kind === 'drand'
        ? beacon(source, text)
        : recorded(args, step, source, text, again.get(source.id))
    values.push(value)
    if (source.kind === 'drand') continue
    const { alg, draw_id: draw } = step.draw.commit.value
    const hash = recordHash(alg, of, value)
    leaves.push(leafOf(draw, 'record', hash, step.now))
    signatures.push(...outsiders(args, step, value, hash))
  }
  return { values, signatures, leaves }
}

/** A beacon is given by its signature, or by a JSON file with `round` and `signature` as the network serves it. */
function beacon(source: Extract<FreshSource, { kind: 'drand' }>, text: string): SourceValue {
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
  text: string,
  again: string | undefined,
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

/** Both outsiders' signatures: from files given with --signature, else by their keys on this desk. */
function outsiders(args: Args, step: Step, value: SourceValue, hash: string): Signature[] {
  const given = options(args, 'signature').flatMap(
    (path) => JSON.parse(readFileSync(path, 'utf8')) as Signature[],
  )
  return (value.by ?? []).map(
    (by) =>
      given.find((s) => s.by === by && s.hash === hash && s.of === 'contrib') ??
      sign(step.desk, by, 'contrib', hash),
  )
}
