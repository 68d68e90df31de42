// close.json: the room's contributions and the files once more; after it nothing can be chosen (spec 3).

import { AUTHORITY, HEX64, SOURCE } from './grammar.ts'
import { int, list, object, type Of, oneOf, text } from './fields.ts'

const observer = object({ id: text(), value: text() }, { note: text() })
/** One observer's open contribution. */
export type Contribution = Of<typeof observer>

const escrow = object({ id: text(SOURCE), holder: text(AUTHORITY), at: int() })

export const close = object(
  {
    v: oneOf('vdp1'),
    commit: text(HEX64),
    at: int(),
    observers: list(observer, 0, 999),
    files: list(object({ name: text(), hash: text(HEX64) })),
    preflight: oneOf('pass'),
  },
  { escrow: list(escrow) },
)
export type Close = Of<typeof close>
