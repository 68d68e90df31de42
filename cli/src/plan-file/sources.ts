// `sources:` of a plan file: where the randomness will come from. The close comes first by itself; so do the two
// secrets of a sealed draw, which `commit` makes.

import { fault } from './faults.ts'
import { ID, SOURCE } from './grammar.ts'
import {
  code,
  integer,
  listOf,
  map,
  mapNode,
  oneOf,
  placed,
  type Placed,
  type Rule,
  shown,
  time,
  words,
  yesNo,
} from './rules.ts'

const source = code(SOURCE, 'source')
const id = code(ID, 'id')

const faces: Rule<6 | 10> = (node) => {
  const text = words(node)
  if (text === '6' || text === '10') return text === '6' ? 6 : 10
  throw fault(node, 'dice_faces', { found: shown(text) })
}

const dice = map(
  { id: source, kind: oneOf('dice'), faces, count: integer(1, 64), not_before: time, roller: id },
  { note: words },
)
/** Dice thrown in the room, by a named outsider. */
export type DiceSpec = ReturnType<typeof dice>

const group: Rule<ReturnType<typeof groupEntry>> = (node) => {
  const value = groupEntry(node)
  const numbers = value.high - value.low + 1
  if (numbers < 1) throw fault(node, 'lottery_range', { low: value.low, high: value.high })
  if (value.repeat && !value.ordered) throw fault(node, 'lottery_repeat')
  if (!value.repeat && value.count > numbers)
    throw fault(node, 'lottery_count', { count: value.count, numbers })
  return value
}
const groupEntry = map({
  count: integer(1, 100),
  low: integer(0),
  high: integer(0),
  ordered: yesNo,
  repeat: yesNo,
})

const lottery = map({
  id: source,
  kind: oneOf('lottery'),
  game: id,
  issue: id,
  groups: listOf(group, 1),
  not_before: time,
})
/** An issue of a public lottery. */
export type LotterySpec = ReturnType<typeof lottery>

const drand = map({ id: source, kind: oneOf('drand') })
/** The public beacon; its round follows from close_by. */
export type DrandSpec = ReturnType<typeof drand>

export type SourceSpec = DiceSpec | LotterySpec | DrandSpec

const KINDS: Readonly<Record<string, Rule<SourceSpec>>> = { dice, lottery, drand }

const oneSource: Rule<SourceSpec> = (node) => {
  const kind = mapNode(node).entries.get('kind')
  if (!kind) throw fault(node, 'missing_key', { key: 'kind' })
  const name = words(kind)
  if (name === 'close' || name === 'server') throw fault(kind, 'source_made', { kind: name })
  const rule = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
  if (!rule) throw fault(kind, 'not_one_of', { found: shown(name), choices: Object.keys(KINDS).join(', ') })
  return rule(node)
}

/** `sources:` — at least one, ids differ; times are checked against close_by by `whyNotSources`. */
export const sourceSpecs: Rule<readonly Placed<SourceSpec>[]> = (node) => {
  const found = listOf(placed(oneSource), 1)(node)
  found.forEach(({ value, ...place }, i) => {
    if (value.id === 'close' || found.findIndex((other) => other.value.id === value.id) !== i)
      throw fault(place, 'source_twice', { id: value.id })
  })
  return found
}

/** Throws where a source could speak before the close. */
export function checkSourceTimes(sources: readonly Placed<SourceSpec>[], closeBy: number): void {
  for (const { value, ...place } of sources)
    if (value.kind !== 'drand' && value.not_before <= closeBy)
      throw fault(place, 'source_before_close', { id: value.id })
}
