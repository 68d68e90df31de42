// close.json: the room's contributions and the files once more; after it nothing can be chosen (spec 3).

import { AUTHORITY, HEX64, LIST_NAME, SOURCE } from './grammar.ts'
import { ascending, int, list, object, type Of, oneOf, text } from './fields.ts'

const observer = object(
  { id: text(/^o[0-9]{3}$/), value: text(/^([0-9]{1,32}|[0-9a-f]{64})$/) },
  { note: text() },
)
/** One observer's open contribution. */
export type Contribution = Of<typeof observer>

const escrow = object({ id: text(SOURCE), holder: text(AUTHORITY), at: int() })

export const close = object(
  {
    v: oneOf('vdp1'),
    commit: text(HEX64),
    at: int(),
    observers: ascending(observer, (o) => o.id),
    files: ascending(object({ name: text(LIST_NAME), hash: text(HEX64) }), (f) => f.name),
    preflight: oneOf('pass'),
  },
  { escrow: list(escrow) },
)
export type Close = Of<typeof close>
