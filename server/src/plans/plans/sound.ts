// The checks as a gate: what must be mended before a plan goes on, and which warnings must have been answered.

import type { Law } from '../../law/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import { demand, type Refusal, Refused } from '../../platform/refusal.ts'
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

/** Why a plan may not go on: a check finds an error, or a warning that nobody answered, or cannot be made. */
export async function whyNotThroughGate(
  reader: Reader,
  law: Law,
  plan: PlanRow,
  gate: Gate,
): Promise<Refusal | undefined> {
  const lines = gate.lines ?? (await linesOf(reader, [plan.id]))
  const numbers = new Map(lines.map(({ id, number }) => [id, number]))
  try {
    const findings = await findingsOf(reader, law, plan, { now: gate.now, lines })
    return (
      whyNotSound(findings, (id) => numbers.get(id)) ??
      (gate.acknowledged && whyNotAnswered(findings, gate.acknowledged))
    )
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

/** Throws Refused where a check finds an error, or a warning that nobody answered. */
export async function demandSound(reader: Reader, law: Law, plan: PlanRow, gate: Gate): Promise<void> {
  demand(await whyNotThroughGate(reader, law, plan, gate))
}
