// Dated values that somebody proposed: a new entry with its source, decided by another person, never an edit.

import type { Reader, Writer } from '../platform/database/database.ts'
import { type Reach, within } from '../platform/reach.ts'
import { demand, found } from '../platform/refusal.ts'
import { demandVersion } from '../platform/versions.ts'
import { entryOf } from './book.store.ts'
import { whyNotDecide } from './proposals.rules.ts'
import type { EntryInput } from './schema.ts'
import type { LawEntry } from './shapes.ts'

/** A proposal as it stands. */
export interface Proposal {
  readonly id: string
  readonly entry: LawEntry
  readonly state: 'proposed' | 'effective' | 'rejected'
  readonly proposedBy: { readonly id: string; readonly name: string }
  readonly proposedAt: Date
  readonly decidedBy: { readonly id: string; readonly name: string } | undefined
  readonly decidedAt: Date | undefined
  readonly version: number
}

/** Writes a proposal down. */
export async function propose(
  writer: Writer,
  input: EntryInput,
  by: { readonly id: string; readonly personId: string; readonly now: Date },
): Promise<void> {
  await writer
    .insertInto('law.entry')
    .values({
      id: by.id,
      division_code: input.division,
      parameter: input.parameter,
      value: JSON.stringify(input.value),
      kind: input.kind,
      valid_from: input.from,
      valid_until: input.until ?? null,
      starts_at: input.startsAt ?? null,
      source_document: input.source.document,
      source_article: input.source.article ?? null,
      source_phrase: input.source.phrase,
      state: 'proposed',
      proposed_by: by.personId,
      proposed_at: by.now,
    })
    .execute()
}

/** Approves or rejects. Throws NotFound, or Refused where it is decided already, or by whom it was proposed. */
export async function decide(
  writer: Writer,
  reach: Reach,
  decision: {
    readonly id: string
    readonly state: 'effective' | 'rejected'
    readonly personId: string
    readonly version: number
    readonly now: Date
  },
): Promise<Proposal> {
  const proposal = await getProposal(writer, reach, decision.id)
  demand(whyNotDecide(proposal, decision.personId))
  demandVersion(proposal.version, decision.version)
  const { numUpdatedRows } = await writer
    .updateTable('law.entry')
    .set((eb) => ({
      state: decision.state,
      decided_by: decision.personId,
      decided_at: decision.now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', decision.id)
    .where('state', '=', 'proposed')
    .executeTakeFirst()
  // Somebody else decided between the reading and this.
  if (numUpdatedRows === 0n) demand({ code: 'law.decided_already' })
  return getProposal(writer, reach, decision.id)
}

/** The newest first; all of a state, or of every state. */
export async function listProposals(
  reader: Reader,
  reach: Reach,
  state: string | undefined,
): Promise<readonly Proposal[]> {
  let rows = proposals(reader, reach).orderBy('e.proposed_at', 'desc').orderBy('e.id', 'desc').limit(500)
  if (state) rows = rows.where('e.state', '=', state)
  return (await rows.execute()).map(proposalOf)
}

/** Throws NotFound. */
export async function getProposal(reader: Reader, reach: Reach, id: string): Promise<Proposal> {
  return proposalOf(found(await proposals(reader, reach).where('e.id', '=', id).executeTakeFirst(), 'entry'))
}

function proposals(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('law.entry as e')
    .innerJoin('agencies.person as p', 'p.id', 'e.proposed_by')
    .leftJoin('agencies.person as d', 'd.id', 'e.decided_by')
    .selectAll('e')
    .select(['p.name as proposer', 'd.name as decider'])
    .where(within(reach, { division: 'e.division_code' }))
}

type ProposalRow = Awaited<ReturnType<ReturnType<typeof proposals>['execute']>>[number]

function proposalOf(row: ProposalRow): Proposal {
  return {
    id: row.id,
    entry: entryOf(row),
    state: row.state as Proposal['state'],
    proposedBy: { id: row.proposed_by, name: row.proposer },
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by ? { id: row.decided_by, name: row.decider ?? '' } : undefined,
    decidedAt: row.decided_at ?? undefined,
    version: row.version,
  }
}
