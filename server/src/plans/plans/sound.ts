// The checks as a gate: what must be mended before a plan goes on, and which warnings must have been answered.

import type { Law } from '../../law/index.ts'
import type { Writer } from '../../platform/database/database.ts'
import { demand } from '../../platform/refusal.ts'
import { findingsOf } from '../checks/findings.ts'
import { linesOf, type PlanLine } from '../lines/lines.store.ts'
import { type Acknowledged, whyNotAnswered, whyNotSound } from './plans.rules.ts'
import type { PlanRow } from './plans.store.ts'

/** What is looked at: other lines than those that stand where an amendment would change them; answered warnings. */
export interface Gate {
  readonly now: Date
  readonly lines?: readonly PlanLine[]
  /** Not given: warnings keep nothing back. */
  readonly acknowledged?: readonly Acknowledged[]
}

/** Throws Refused where a check finds an error, or a warning that nobody answered. */
export async function demandSound(writer: Writer, law: Law, plan: PlanRow, gate: Gate): Promise<void> {
  const lines = gate.lines ?? (await linesOf(writer, [plan.id]))
  const numbers = new Map(lines.map(({ id, number }) => [id, number]))
  const findings = await findingsOf(writer, law, plan, { now: gate.now, lines })
  demand(whyNotSound(findings, (id) => numbers.get(id)))
  if (gate.acknowledged) demand(whyNotAnswered(findings, gate.acknowledged))
}
