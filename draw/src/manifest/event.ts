// events/NNNN.json: what happened to a draw afterwards; each adds to the list, none changes the certificate (spec 3, 7).

import { ALIAS, HEX64, ID, SOURCE, STRATUM } from './grammar.ts'
import { int, list, object, type Of, oneOf, pos, text, variants } from './fields.ts'
import { freshSource, sourceValue } from './source.ts'

export const SKIP_REASONS = ['deregistered', 'not_found_twice', 'ceased', 'force_majeure'] as const
export const SUBSTITUTE_REASONS = ['recusal', 'specialist_item', 'special'] as const
export const VOID_REASONS = ['cancelled', 'not_closed', 'beacon_absent'] as const

const common = {
  v: oneOf('vdp1'),
  draw: text(ID),
  n: pos,
  prev: text(HEX64),
  by: text(ID),
  approved_by: text(ID),
  at: int(),
}
const evidence = text(HEX64)

const skip = object({
  ...common,
  type: oneOf('skip'),
  id: text(ID),
  stratum: text(STRATUM),
  reason: oneOf(...SKIP_REASONS),
  evidence,
})
export type SkipEvent = Of<typeof skip>

const substitute = object(
  {
    ...common,
    type: oneOf('substitute'),
    id: text(ALIAS),
    reason: oneOf(...SUBSTITUTE_REASONS),
    evidence,
    source: freshSource,
  },
  { subject: text(ID) },
)
export type SubstituteEvent = Of<typeof substitute>

const voided = object({ ...common, type: oneOf('void'), reason: oneOf(...VOID_REASONS), evidence })
export type VoidEvent = Of<typeof voided>

const secret = object({ id: text(SOURCE), value: text(HEX64) })
const open = object({ ...common, type: oneOf('open'), secrets: list(secret, 2) })
export type OpenEvent = Of<typeof open>

export const event = variants('type', { skip, substitute, void: voided, open })
export type DrawEvent = Of<typeof event>

/** events/NNNN.values.json: what a substitute's fresh source said, and the checkpoint that held the event before it. */
export const eventValues = object({
  v: oneOf('vdp1'),
  event: text(HEX64),
  values: list(sourceValue, 1, 1),
  log: object({ checkpoint: text(), index: int(), path: list(text(HEX64)) }),
})
export type EventValues = Of<typeof eventValues>
