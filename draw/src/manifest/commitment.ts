// commit.json: everything that can change the result, fixed at once (spec 3).

import { AUTHORITY, CLASS, HEX, HEX64, ID, LIST_NAME, STRATUM } from './grammar.ts'
import { ascending, bool, int, keyed, list, object, type Of, oneOf, pos, text, variants } from './fields.ts'
import { design, strataCodes } from './plan.ts'
import { source } from './source.ts'

const classes = ascending(text(CLASS), (c) => c)

const members = object({ authority: text(AUTHORITY), members: pos, classes })
/** How many members an authority sends, and the classes asked of them. */
export type Members = Of<typeof members>

const authorities = ascending(members, (m) => m.authority, 1)

const demand = object({ code: text(CLASS), authorities }, { strata: strataCodes })
/** What a subject needs: authorities with their numbers and classes. */
export type Demand = Of<typeof demand>

const fraction = object({ num: int(), den: pos })

const rules = {
  cap: pos,
  mix: int(1, 1000),
  tau: fraction,
  min_members: pos,
  min_per_authority: pos,
  max_conflicts: fraction,
}
const matching = variants('mode', {
  none: object({ mode: oneOf('none') }),
  teams: object({
    mode: oneOf('teams'),
    ...rules,
    teams: object({ count: int(1, 999_999), members: authorities }),
  }),
  subjects: object({ mode: oneOf('subjects'), ...rules }),
})
export type Matching = Of<typeof matching>

const listEntry = object({ name: text(LIST_NAME), rows: int(), root: text(HEX64) }, { hash: text(HEX64) })
/** A frozen list: its rows, its tree root, and its file hash where the list is public. */
export type ListEntry = Of<typeof listEntry>

const signer = keyed(
  object({
    by: text(AUTHORITY),
    role: oneOf('authority', 'oversight'),
    alg: oneOf('ed25519', 'sm2'),
    key: text(HEX),
  }),
)
export type Signer = Of<typeof signer>

export const software = object({
  name: text(ID),
  version: text(ID),
  files: ascending(object({ name: text(ID), hash: text(HEX64) }), (f) => f.name),
})

export const commitment = object(
  {
    v: oneOf('vdp1'),
    alg: oneOf('sha256', 'sm3'),
    draw_id: text(ID),
    authority: text(AUTHORITY),
    oversight: text(AUTHORITY),
    plan: object({ ref: text(ID), hash: text(HEX64), draw_no: pos }),
    seq: pos,
    prev: text(HEX64),
    at: int(),
    close_by: int(),
    certify_by: int(),
    sealed: bool,
    design,
    strata: ascending(object({ code: text(STRATUM), rows: pos }, { n: pos }), (s) => s.code, 1),
    max_skips: int(),
    lists: ascending(listEntry, (l) => l.name),
    register: object({ rows: int(), root: text(HEX64) }),
    demands: ascending(demand, (d) => d.code),
    pools: ascending(object({ authority: text(AUTHORITY), rows: pos, draw: pos }), (p) => p.authority),
    matching,
    sources: list(source, 1),
    signers: list(signer),
    software,
  },
  { supersedes: text(HEX64), open_at: int(), people: text(HEX64), note: text() },
)
export type Commitment = Of<typeof commitment>
