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

const EVERYWHERE = {
  systemAdministrator: 'everywhere',
  securityAdministrator: 'everywhere',
  auditAdministrator: 'everywhere',
  conferenceOffice: 'everywhere',
  clerk: 'everywhere',
  unitHead: 'everywhere',
  leaderInCharge: 'everywhere',
  inspector: 'everywhere',
  oversight: 'everywhere',
  reader: 'everywhere',
} as const satisfies AccessLine['roles']

/** action → who may. A line without a route, or a route without a line, keeps the server from starting. */
export const POLICY = {
  // The law is public among officials: nobody decides by a rule that he may not read.
  'law.list': { roles: EVERYWHERE },
  'law.show': { roles: EVERYWHERE },
  'law.codes': { roles: EVERYWHERE },
  'law.deadline': { roles: EVERYWHERE },
  'law.calendars': { roles: EVERYWHERE },
  'law.entries': { roles: EVERYWHERE },
  'law.propose': { roles: { conferenceOffice: 'divisionSubtree', oversight: 'divisionSubtree' } },
  'law.approve': {
    roles: { conferenceOffice: 'divisionSubtree', oversight: 'divisionSubtree' },
    reauthenticate: true,
  },
  'law.reject': { roles: { conferenceOffice: 'divisionSubtree', oversight: 'divisionSubtree' } },
  'law.load': { roles: { systemAdministrator: 'everywhere' }, reauthenticate: true },

  'audit.list': { roles: { auditAdministrator: 'divisionSubtree', oversight: 'divisionSubtree' } },
  'audit.show': { roles: { auditAdministrator: 'divisionSubtree', oversight: 'divisionSubtree' } },

  'home.todo': { self: true },
  'home.started': { self: true },
  'home.search': { roles: EVERY_OFFICIAL },
  'notification.list': { self: true },
  'notification.read': { self: true },

  'system.show': { public: true },
} as const satisfies Policy

export { EVERY_OFFICIAL }
