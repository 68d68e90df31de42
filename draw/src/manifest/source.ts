// The sources of randomness as a commitment (or a substitute event) fixes them, and their values (spec 4).

import { AUTHORITY, HEX64, ID, SOURCE } from './grammar.ts'
import { ascending, bool, int, list, object, type Of, oneOf, pos, text, variants } from './fields.ts'

const group = object({ count: int(1, 100), low: int(), high: int(), ordered: bool, repeat: bool })
/** One group of numbers of a lottery, `low`…`high` inclusive. */
export type LotteryGroup = Of<typeof group>

const dice = object(
  {
    id: text(SOURCE),
    kind: oneOf('dice'),
    faces: oneOf(6, 10),
    count: int(1, 64),
    not_before: int(),
    roller: text(ID),
  },
  { note: text() },
)
export type DiceSource = Of<typeof dice>

const lottery = object({
  id: text(SOURCE),
  kind: oneOf('lottery'),
  game: text(ID),
  issue: text(ID),
  groups: list(group, 1, 16),
  not_before: int(),
})
export type LotterySource = Of<typeof lottery>

const drand = object({ id: text(SOURCE), kind: oneOf('drand'), round: pos })
export type DrandSource = Of<typeof drand>

const server = object({
  id: text(SOURCE),
  kind: oneOf('server'),
  holder: text(AUTHORITY),
  secret: text(HEX64),
})
export type ServerSource = Of<typeof server>

const close = object({ id: oneOf('close'), kind: oneOf('close') })

/** Any source of a commitment. */
export const source = variants('kind', { close, dice, lottery, drand, server })
export type Source = Of<typeof source>

/** A source whose value is born outside, after the close: all that a substitute may use. */
export const freshSource = variants('kind', { dice, lottery, drand })
export type FreshSource = Of<typeof freshSource>

/** A source's value with its proof: `round, signature` for drand, `at, by` for dice and lottery. */
export const sourceValue = object(
  { id: text(SOURCE), value: text(/^[0-9a-f./]{1,2000}$/) },
  {
    round: pos,
    signature: text(/^[0-9a-f]{96}$/),
    at: int(),
    by: ascending(text(ID), (by) => by, 2),
  },
)
export type SourceValue = Of<typeof sourceValue>
