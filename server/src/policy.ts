// Who may do what, and how far it reaches: the one table. `npm run check` keeps its whole matrix as text in
// server/test/policy/policy.matrix.txt, and the server refuses to start where a route and this table disagree.

import { type Role, ROLES } from './platform/actor.ts'
import type { AccessLine, Policy, ReachKind } from './platform/reach.ts'
import { DRAWS_POLICY } from './policy/draws.ts'
import { PLANS_POLICY } from './policy/plans.ts'
import { REGISTERS_POLICY } from './policy/registers.ts'
import { TASKS_POLICY } from './policy/tasks.ts'

const EVERY_OFFICIAL = everyRole('divisionSubtree')
const EVERYWHERE = everyRole('everywhere')

const DIRECTORY = { self: true, roles: EVERY_OFFICIAL } as const satisfies AccessLine
const SYSTEM_ADMINISTRATOR = {
  roles: { systemAdministrator: 'divisionSubtree' },
} as const satisfies AccessLine
const GRANTS_SEEN = {
  self: true,
  roles: {
    systemAdministrator: 'divisionSubtree',
    securityAdministrator: 'divisionSubtree',
    auditAdministrator: 'divisionSubtree',
    conferenceOffice: 'ownAuthority',
    clerk: 'ownAuthority',
    unitHead: 'ownAuthority',
    leaderInCharge: 'ownAuthority',
    inspector: 'ownAuthority',
    oversight: 'divisionSubtree',
    reader: 'ownAuthority',
  },
} as const satisfies AccessLine
// The system administrator decides too: where there is one security administrator, who proposes, nobody else could.
const GRANT_DECISION = {
  roles: {
    systemAdministrator: 'divisionSubtree',
    securityAdministrator: 'divisionSubtree',
    leaderInCharge: 'ownAuthority',
  },
} as const satisfies AccessLine
const CONFERENCE_EDIT = {
  roles: { systemAdministrator: 'divisionSubtree', conferenceOffice: 'ownAuthority' },
} as const satisfies AccessLine

const SECURITY_ADMINISTRATOR = {
  roles: { securityAdministrator: 'divisionSubtree' },
  reauthenticate: true,
} as const satisfies AccessLine

/** action → who may. A line without a route, or a route without a line, keeps the server from starting. */
export const POLICY = {
  ...REGISTERS_POLICY,
  ...PLANS_POLICY,
  ...TASKS_POLICY,
  ...DRAWS_POLICY,
  // The law is public among officials: nobody decides by a rule that he may not read.
  'law.list': { roles: EVERYWHERE },
  'law.show': { roles: EVERYWHERE },
  // Whoever waits for his first role reads his own records in words too.
  'law.codes': { self: true, roles: EVERYWHERE },
  'law.compare': { roles: EVERYWHERE },
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

  // Whoever was promised something may prove it, without asking anybody.
  'log.receipt': { public: true },
  'log.verify': { roles: { auditAdministrator: 'everywhere', oversight: 'everywhere' } },

  'home.todo': { self: true },
  'home.started': { self: true },
  'home.search': { roles: EVERY_OFFICIAL },
  'notification.list': { self: true },
  'notification.read': { self: true },
  'savedView.list': { self: true },
  'savedView.save': { self: true },
  'savedView.edit': { self: true },
  'savedView.remove': { self: true },

  'session.signIn': { public: true },
  'session.signOut': { self: true, whileEnrolling: true },
  'session.giveCode': { self: true, whileEnrolling: true },
  'session.reauthenticate': { self: true },
  'session.act': { self: true },
  'session.list': { self: true },
  'session.end': { self: true },
  'session.endOthers': { self: true },
  'me.show': { self: true, whileEnrolling: true },
  'oidc.start': { public: true },
  'oidc.finish': { public: true },
  'account.changePassword': { self: true, whileEnrolling: true },
  'totp.begin': { self: true, whileEnrolling: true },
  'totp.confirm': { self: true, whileEnrolling: true },
  'recoveryCodes.replace': { self: true, reauthenticate: true },
  'account.list': {
    roles: {
      systemAdministrator: 'divisionSubtree',
      securityAdministrator: 'divisionSubtree',
      auditAdministrator: 'divisionSubtree',
    },
  },
  'account.create': { roles: { systemAdministrator: 'divisionSubtree' }, reauthenticate: true },
  'account.suspend': SECURITY_ADMINISTRATOR,
  'account.resume': SECURITY_ADMINISTRATOR,
  'account.reset': SECURITY_ADMINISTRATOR,
  'account.bindIdentity': SECURITY_ADMINISTRATOR,
  'account.withdrawIdentity': SECURITY_ADMINISTRATOR,

  'system.show': { public: true },
  'clock.show': { public: true },
  'clock.set': { roles: { systemAdministrator: 'everywhere' } },
  'job.list': { self: true, roles: { systemAdministrator: 'divisionSubtree' } },
  'job.show': { self: true, roles: { systemAdministrator: 'divisionSubtree' } },
  // By whoever asked, alone: a verification must not be stopped by him whom it may find out.
  'job.cancel': { self: true },
  'division.list': { public: true },
  'division.show': { public: true },
  'authority.list': DIRECTORY,
  'authority.show': DIRECTORY,
  'authority.create': SYSTEM_ADMINISTRATOR,
  'authority.edit': SYSTEM_ADMINISTRATOR,
  'authority.close': SYSTEM_ADMINISTRATOR,
  'unit.list': DIRECTORY,
  'unit.create': SYSTEM_ADMINISTRATOR,
  'unit.edit': SYSTEM_ADMINISTRATOR,
  'unit.close': SYSTEM_ADMINISTRATOR,
  'person.list': DIRECTORY,
  'person.show': DIRECTORY,
  'person.create': SYSTEM_ADMINISTRATOR,
  'person.edit': SYSTEM_ADMINISTRATOR,
  'person.transfer': SYSTEM_ADMINISTRATOR,
  'person.leave': SYSTEM_ADMINISTRATOR,
  'person.revealMobile': {
    roles: {
      systemAdministrator: 'divisionSubtree',
      conferenceOffice: 'divisionSubtree',
      clerk: 'ownAuthority',
      unitHead: 'ownAuthority',
      leaderInCharge: 'ownAuthority',
    },
    reauthenticate: true,
  },
  'grant.list': GRANTS_SEEN,
  'grant.show': GRANTS_SEEN,
  'grant.propose': { roles: { securityAdministrator: 'divisionSubtree' } },
  'grant.approve': GRANT_DECISION,
  'grant.reject': GRANT_DECISION,
  'grant.withdraw': { roles: { securityAdministrator: 'divisionSubtree' } },
  'conference.list': DIRECTORY,
  'conference.show': DIRECTORY,
  'conference.create': SYSTEM_ADMINISTRATOR,
  'conference.edit': CONFERENCE_EDIT,
  'conference.setMember': CONFERENCE_EDIT,
  'conference.endMember': CONFERENCE_EDIT,
  'organisationImport.template': SYSTEM_ADMINISTRATOR,
  'organisationImport.list': SYSTEM_ADMINISTRATOR,
  'organisationImport.upload': SYSTEM_ADMINISTRATOR,
  'organisationImport.show': SYSTEM_ADMINISTRATOR,
  'organisationImport.report': SYSTEM_ADMINISTRATOR,
  'organisationImport.apply': SYSTEM_ADMINISTRATOR,
  'organisationImport.discard': SYSTEM_ADMINISTRATOR,
} as const satisfies Policy

export { EVERY_OFFICIAL }

function everyRole<Kind extends Exclude<ReachKind, 'self'>>(kind: Kind): Readonly<Record<Role, Kind>> {
  return Object.fromEntries(ROLES.map((role) => [role, kind])) as Record<Role, Kind>
}
