import type { Refusal } from '../platform/refusal.ts'
import { whyNotEntry } from './entries.ts'
import type { Law, LawEntry } from './shapes.ts'

export type ProposalRefusal = Refusal<
  'law.entry_cannot_stand' | 'law.decided_already' | 'law.second_person_needed'
>

/** Why a dated value cannot be proposed: what the loader would refuse in a file. */
export function whyNotPropose(law: Law, entry: LawEntry): ProposalRefusal | undefined {
  const fault = whyNotEntry(law, entry)
  return fault && { code: 'law.entry_cannot_stand', params: { what: fault.what, mend: fault.mend } }
}

/** Why a person cannot approve or reject a proposal. A change of the law needs a second person. */
export function whyNotDecide(
  proposal: { readonly state: string; readonly proposedBy: { readonly id: string } },
  personId: string,
): ProposalRefusal | undefined {
  if (proposal.state !== 'proposed') return { code: 'law.decided_already' }
  return proposal.proposedBy.id === personId ? { code: 'law.second_person_needed' } : undefined
}
