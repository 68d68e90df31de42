// What was submitted to the authority of a consolidated plan.

import type { Reader } from '../../platform/database/database.ts'

/** The plans of a year that an authority has received by submission, with the receipts. Asks for no reach: it is a party. */
export function submittedTo(reader: Reader, receiverId: string, year: number) {
  return (
    reader
      .selectFrom('plans.filing as f')
      .innerJoin('plans.plan as p', 'p.id', 'f.plan_id')
      .innerJoin('agencies.authority as a', 'a.id', 'p.authority_id')
      .select(['p.id', 'p.title', 'a.name as authorityName', 'f.receipt', 'f.id as filingId'])
      .distinctOn('p.id')
      .where('f.kind', '=', 'submission')
      .where('f.state', '=', 'received')
      .where('f.receiver_id', '=', receiverId)
      .where('p.year', '=', year)
      // One that was taken back to be written anew is no longer what was received.
      .where('p.state', 'in', ['approved', 'published', 'closed'])
      .orderBy('p.id')
      .orderBy('f.id', 'desc')
      .execute()
  )
}
