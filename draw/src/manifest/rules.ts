// The rules between the fields of a commitment (spec 3): each broken one has a code.

import { committedLists, isSalted } from '../bundle/names.ts'
import type { Commitment, Members } from './commitment.ts'
import type { Plan } from './plan.ts'
import { canonical, type Json } from '../jcs.ts'

/** Which rule of spec section 3 a commitment breaks. */
export type CommitmentFault =
  | 'oversight'
  | 'prev'
  | 'times'
  | 'open_at'
  | 'quota_fields'
  | 'lists'
  | 'people'
  | 'demands'
  | 'demand_strata'
  | 'members'
  | 'pools'
  | 'teams'
  | 'signers'

const NO_PREVIOUS = '0'.repeat(64)

/** The first rule that a commitment breaks, or nothing. */
export function commitmentFault(c: Commitment): CommitmentFault | undefined {
  if (c.oversight === c.authority) return 'oversight'
  if ((c.seq === 1) !== (c.prev === NO_PREVIOUS)) return 'prev'
  if (!(c.at < c.close_by && c.close_by < c.certify_by)) return 'times'
  if (c.sealed !== (c.open_at !== undefined) || (c.open_at ?? c.close_by) < c.close_by) return 'open_at'
  const counted = c.design.kind === 'ratio' || c.design.kind === 'total'
  if (c.strata.some((s) => (s.n !== undefined) !== counted)) return 'quota_fields'
  if (!listsFit(c)) return 'lists'
  if ((c.matching.mode === 'none') === (c.people !== undefined)) return 'people'
  const signers = c.signers.map((s) => `${s.by} ${s.role}`).join()
  if (signers !== `${c.authority} authority,${c.oversight} oversight`) return 'signers'
  return c.matching.mode === 'none' ? emptyFault(c) : peopleFault(c)
}

/** Whether a commitment is of this plan entry. `hash` is H of the entry's bytes. */
export function fitsPlan(c: Commitment, plan: Plan, hash: string): boolean {
  return (
    c.plan.ref === plan.plan_ref &&
    c.plan.hash === hash &&
    c.plan.draw_no <= plan.draws &&
    c.authority === plan.authority &&
    c.strata.map((s) => s.code).join('\n') === plan.strata.join('\n') &&
    canonical(c.design as unknown as Json) === canonical(plan.design as unknown as Json) &&
    designFitsStrata(plan)
  )
}

function designFitsStrata(plan: Plan): boolean {
  const { design } = plan
  const strata = plan.strata.join('\n')
  if (design.kind === 'ratio')
    return (
      design.ratios.map((r) => r.stratum).join('\n') === strata && design.ratios.every((r) => r.num <= r.den)
    )
  return design.kind !== 'total' || design.mins.map((m) => m.stratum).join('\n') === strata
}

function listsFit(c: Commitment): boolean {
  if (c.lists.map((l) => l.name).join() !== committedLists(c).join()) return false
  return c.lists.every((l) => (l.hash === undefined) === isSalted(c, l.name))
}

function emptyFault(c: Commitment): CommitmentFault | undefined {
  return c.demands.length > 0 || c.pools.length > 0 ? 'demands' : undefined
}

function peopleFault(c: Commitment): CommitmentFault | undefined {
  if (c.matching.mode === 'none' || c.demands.length === 0) return 'demands'
  if (!strataFit(c)) return 'demand_strata'
  const { min_members: least, min_per_authority: each } = c.matching
  if (!c.demands.every((d) => enough(d.authorities, least, each))) return 'members'
  const asked = new Set(c.demands.flatMap((d) => d.authorities.map((a) => a.authority)))
  const pools = c.pools.map((p) => p.authority)
  if (pools.length !== asked.size || !pools.every((p) => asked.has(p))) return 'pools'
  if (c.pools.some((p) => p.draw > p.rows)) return 'pools'
  return c.matching.mode === 'teams' ? teamsFault(c, least, each) : drawFault(c)
}

function teamsFault(c: Commitment, least: number, each: number): CommitmentFault | undefined {
  if (c.matching.mode !== 'teams') return undefined
  const { count, members } = c.matching.teams
  if (members.map((m) => m.authority).join() !== c.pools.map((p) => p.authority).join()) return 'teams'
  if (!enough(members, least, each)) return 'members'
  return c.pools.some((p, i) => p.draw < count * (members[i]?.members ?? 0)) ? 'pools' : undefined
}

function drawFault(c: Commitment): CommitmentFault | undefined {
  for (const pool of c.pools) {
    const asked = c.demands.flatMap((d) => d.authorities).filter((a) => a.authority === pool.authority)
    if (asked.some((a) => a.members > pool.draw)) return 'pools'
  }
  return undefined
}

/** Without demands.tsv every stratum stands in exactly one demand; with it, none in any. */
function strataFit(c: Commitment): boolean {
  const named = c.demands.flatMap((d) => d.strata ?? [])
  if (c.demands.every((d) => !d.strata)) return true
  if (c.demands.some((d) => !d.strata)) return false
  return named.toSorted().join('\n') === c.strata.map((s) => s.code).join('\n')
}

function enough(members: readonly Members[], least: number, each: number): boolean {
  return members.reduce((sum, m) => sum + m.members, 0) >= least && members.every((m) => m.members >= each)
}
