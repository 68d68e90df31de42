// Who may do what, and how far it reaches: the one table. `npm run check` keeps its whole matrix as text in
// test/policy.matrix.txt, and the server refuses to start where a route and this table disagree.

import type { AccessLine, Policy } from './platform/reach.ts'

const EVERY_OFFICIAL = {
  systemAdministrator: 'divisionSubtree',
  securityAdministrator: 'divisionSubtree',
  auditAdministrator: 'divisionSubtree',
  conferenceOffice: 'divisionSubtree',
  clerk: 'divisionSubtree',
  unitHead: 'divisionSubtree',
  leaderInCharge: 'divisionSubtree',
  inspector: 'divisionSubtree',
  oversight: 'divisionSubtree',
  reader: 'divisionSubtree',
} as const satisfies AccessLine['roles']

/** action → who may. A line without a route, or a route without a line, keeps the server from starting. */
export const POLICY = {
  'system.show': { public: true },
} as const satisfies Policy

export { EVERY_OFFICIAL }
