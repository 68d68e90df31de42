// Which imports wait for somebody: for a second person, or for whoever brought the file.

import type { Person } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Reach } from '../../platform/reach.ts'
import type { Contribution, ReachOf, Waiting } from '../../platform/waiting.ts'
import { needsApproval, whyNotApply, whyNotApprove } from './imports.rules.ts'
import { type ImportRecord, listImports } from './imports.store.ts'

/** How far a person reaches by an action. */
const MOST = 100

/** What imports put on the first page. */
export function importContribution(reachOf: ReachOf): Contribution {
  const inState =
    (state: 'checked' | 'halted') =>
    async (reader: Reader, reach: Reach | undefined): Promise<readonly ImportRecord[]> =>
      reach ? await listImports(reader, reach, { state, limit: MOST }) : []
  const checked = inState('checked')
  const halted = inState('halted')
  return {
    waitingFor: async (reader, person) => {
      const toApprove = await checked(reader, reachOf('registerImport.approve', person))
      const toApply = await checked(reader, reachOf('registerImport.apply', person))
      const toGoOn = await halted(reader, reachOf('registerImport.apply', person))
      return [
        ...toApprove.filter((row) => !whyNotApprove(row, person.personId)).map(waiting('approve')),
        ...toApply.filter((row) => isOwn(row, person) && !whyNotApply(row)).map(waiting('apply')),
        ...toGoOn.map(waiting('halted')),
      ]
    },
    startedBy: async (reader, person) =>
      (await checked(reader, reachOf('registerImport.show', person)))
        .filter((row) => isOwn(row, person) && needsApproval(row) && row.approvedById === null)
        .map(waiting('waits')),
  }
}

function isOwn({ uploadedById }: ImportRecord, { personId }: Person): boolean {
  return uploadedById === personId
}

function waiting(code: 'approve' | 'apply' | 'waits' | 'halted') {
  return ({ id, fileName, counts, uploadedByName, uploadedAt }: ImportRecord): Waiting => ({
    code: `registerImport.${code}`,
    params: {
      file: fileName,
      who: uploadedByName,
      rows: counts['rows'] ?? 0,
      gone: counts['gone'] ?? 0,
      reclassified: counts['reclassified'] ?? 0,
    },
    link: `/registers/imports/${id}`,
    since: uploadedAt.toISOString(),
  })
}
