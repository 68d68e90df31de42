// Who may do what, and how far it reaches: the one table. `npm run check` keeps its whole matrix as text in
// server/test/policy/policy.matrix.txt, and the server refuses to start where a route and this table disagree.

import { type Role, ROLES } from './platform/actor.ts'
import type { AccessLine, Policy, ReachKind } from './platform/reach.ts'

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

// Registers are shared in a county; the three administrators have no business in them.
const OFFICIALS_OF_BUSINESS = {
  conferenceOffice: 'divisionSubtree',
  clerk: 'divisionSubtree',
  unitHead: 'divisionSubtree',
  leaderInCharge: 'divisionSubtree',
  inspector: 'divisionSubtree',
  oversight: 'divisionSubtree',
  reader: 'divisionSubtree',
} as const satisfies AccessLine['roles']
const CATALOGUE_SEEN = { roles: OFFICIALS_OF_BUSINESS } as const satisfies AccessLine
const CATALOGUE_KEPT = {
  roles: { conferenceOffice: 'divisionSubtree', clerk: 'ownAuthority' },
} as const satisfies AccessLine
// The list is published by law: the head or the leader of the authority decides on what its clerk proposed.
const CATALOGUE_DECIDED = {
  roles: { unitHead: 'ownAuthority', leaderInCharge: 'ownAuthority' },
} as const satisfies AccessLine
const JOINT_DECIDED = {
  roles: { conferenceOffice: 'divisionSubtree', ...CATALOGUE_DECIDED.roles },
} as const satisfies AccessLine
const RECEIVED_BY_OFFICE = { roles: { conferenceOffice: 'divisionSubtree' } } as const satisfies AccessLine
const RECEIVED_BY_OVERSIGHT = { roles: { oversight: 'divisionSubtree' } } as const satisfies AccessLine
// An instrument is the same everywhere: whoever entered it, all rest on it.
const CITATIONS_SEEN = {
  roles: {
    conferenceOffice: 'everywhere',
    clerk: 'everywhere',
    unitHead: 'everywhere',
    leaderInCharge: 'everywhere',
    inspector: 'everywhere',
    oversight: 'everywhere',
    reader: 'everywhere',
  },
} as const satisfies AccessLine
const SUBJECTS_SEEN = { roles: OFFICIALS_OF_BUSINESS } as const satisfies AccessLine
const SUBJECTS_KEPT = {
  roles: { conferenceOffice: 'divisionSubtree', clerk: 'ownAuthority' },
} as const satisfies AccessLine
// Who is in the register, and as what, decides whether he can be drawn: a second person, from above (I4, I5).
const SUBJECTS_DECIDED = {
  roles: { conferenceOffice: 'divisionSubtree', unitHead: 'ownAuthority', leaderInCharge: 'ownAuthority' },
} as const satisfies AccessLine
const IMPORTERS = {
  roles: { conferenceOffice: 'divisionSubtree', clerk: 'ownAuthority' },
} as const satisfies AccessLine
const IMPORTS_SEEN = {
  roles: {
    conferenceOffice: 'divisionSubtree',
    clerk: 'ownAuthority',
    unitHead: 'ownAuthority',
    leaderInCharge: 'ownAuthority',
    oversight: 'divisionSubtree',
  },
} as const satisfies AccessLine
const INSPECTORS_SEEN = { self: true, roles: OFFICIALS_OF_BUSINESS } as const satisfies AccessLine
const INSPECTORS_KEPT = {
  roles: { conferenceOffice: 'divisionSubtree', clerk: 'ownAuthority' },
} as const satisfies AccessLine
// Relatives, illnesses, interests: for himself and those who must act on them.
const ABOUT_AN_INSPECTOR = {
  self: true,
  roles: {
    conferenceOffice: 'divisionSubtree',
    clerk: 'ownAuthority',
    unitHead: 'ownAuthority',
    leaderInCharge: 'ownAuthority',
  },
} as const satisfies AccessLine
const PERSONAL_NUMBERS = {
  roles: ABOUT_AN_INSPECTOR.roles,
  reauthenticate: true,
} as const satisfies AccessLine

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

  'citation.list': CITATIONS_SEEN,
  'citation.show': CITATIONS_SEEN,
  'citation.create': CATALOGUE_KEPT,
  'citation.edit': CATALOGUE_KEPT,
  'item.list': CATALOGUE_SEEN,
  'item.export': CATALOGUE_SEEN,
  'item.show': CATALOGUE_SEEN,
  'item.create': CATALOGUE_KEPT,
  'item.edit': CATALOGUE_KEPT,
  'item.propose': CATALOGUE_KEPT,
  'item.approve': CATALOGUE_DECIDED,
  'item.reject': CATALOGUE_DECIDED,
  'item.end': CATALOGUE_DECIDED,
  'item.discard': CATALOGUE_KEPT,
  'item.revise': CATALOGUE_KEPT,
  'publicItem.list': { public: true },
  'checklist.list': CATALOGUE_SEEN,
  'checklist.show': CATALOGUE_SEEN,
  'checklist.create': CATALOGUE_KEPT,
  'jointItem.list': CATALOGUE_SEEN,
  'jointItem.show': CATALOGUE_SEEN,
  'jointItem.create': CATALOGUE_KEPT,
  'jointItem.edit': CATALOGUE_KEPT,
  'jointItem.propose': CATALOGUE_KEPT,
  'jointItem.approve': JOINT_DECIDED,
  'jointItem.reject': JOINT_DECIDED,
  'jointItem.end': JOINT_DECIDED,
  'jointItem.discard': CATALOGUE_KEPT,
  'operatingDocument.list': CATALOGUE_SEEN,
  'operatingDocument.show': CATALOGUE_SEEN,
  'operatingDocument.download': CATALOGUE_SEEN,
  'operatingDocument.upload': CATALOGUE_KEPT,
  'operatingDocument.submit': CATALOGUE_KEPT,
  'operatingDocument.receive': RECEIVED_BY_OFFICE,
  'operatingDocument.return': RECEIVED_BY_OFFICE,
  'unsuitableStatement.list': CATALOGUE_SEEN,
  'unsuitableStatement.preview': CATALOGUE_SEEN,
  'unsuitableStatement.show': CATALOGUE_SEEN,
  'unsuitableStatement.create': CATALOGUE_KEPT,
  'unsuitableStatement.receive': RECEIVED_BY_OVERSIGHT,
  'unsuitableStatement.return': RECEIVED_BY_OVERSIGHT,

  'industry.list': { public: true },
  'subject.list': SUBJECTS_SEEN,
  'subject.show': SUBJECTS_SEEN,
  'subject.history': SUBJECTS_SEEN,
  'subject.export': SUBJECTS_SEEN,
  'subject.create': SUBJECTS_KEPT,
  'subject.edit': SUBJECTS_KEPT,
  'subject.remove': SUBJECTS_KEPT,
  'subject.return': SUBJECTS_KEPT,
  'subject.addAuthority': SUBJECTS_KEPT,
  'subject.revealTelephone': {
    roles: {
      conferenceOffice: 'divisionSubtree',
      clerk: 'ownAuthority',
      unitHead: 'ownAuthority',
      leaderInCharge: 'ownAuthority',
    },
    reauthenticate: true,
  },
  'premises.create': SUBJECTS_KEPT,
  'premises.edit': SUBJECTS_KEPT,
  'premises.close': SUBJECTS_KEPT,
  'licence.create': SUBJECTS_KEPT,
  'licence.edit': SUBJECTS_KEPT,
  'licence.revoke': SUBJECTS_KEPT,
  'subjectChange.list': SUBJECTS_SEEN,
  'subjectChange.show': SUBJECTS_SEEN,
  'subjectChange.approve': SUBJECTS_DECIDED,
  'subjectChange.reject': SUBJECTS_DECIDED,
  'subjectFigure.list': SUBJECTS_SEEN,
  'subjectFigure.count': SUBJECTS_KEPT,
  'publicSubjectChange.list': { public: true },

  'file.upload': IMPORTERS,
  'registerImport.template': IMPORTERS,
  'registerImport.mappings': IMPORTERS,
  'registerImport.list': IMPORTS_SEEN,
  'registerImport.show': IMPORTS_SEEN,
  'registerImport.rows': IMPORTS_SEEN,
  'registerImport.report': IMPORTS_SEEN,
  'registerImport.create': IMPORTERS,
  'registerImport.check': IMPORTERS,
  'registerImport.approve': {
    roles: { conferenceOffice: 'divisionSubtree', unitHead: 'ownAuthority', leaderInCharge: 'ownAuthority' },
  },
  'registerImport.apply': IMPORTERS,
  'registerImport.undo': IMPORTERS,
  'registerImport.discard': IMPORTERS,
  'registerImport.push': IMPORTERS,

  'inspector.list': INSPECTORS_SEEN,
  'inspector.show': INSPECTORS_SEEN,
  'inspector.tags': { roles: OFFICIALS_OF_BUSINESS },
  'inspector.export': { roles: OFFICIALS_OF_BUSINESS },
  'inspector.create': INSPECTORS_KEPT,
  'inspector.edit': INSPECTORS_KEPT,
  'inspector.suspend': INSPECTORS_KEPT,
  'inspector.resume': INSPECTORS_KEPT,
  'inspector.end': INSPECTORS_KEPT,
  'inspector.reveal': PERSONAL_NUMBERS,
  'inspector.leaves': ABOUT_AN_INSPECTOR,
  'inspector.addLeave': INSPECTORS_KEPT,
  'inspector.endLeave': INSPECTORS_KEPT,
  'declaration.list': ABOUT_AN_INSPECTOR,
  'declaration.create': { self: true, ...INSPECTORS_KEPT },
  'declaration.withdraw': { self: true, ...INSPECTORS_KEPT },
  'technicalExpert.list': { roles: OFFICIALS_OF_BUSINESS },
  'technicalExpert.show': { roles: OFFICIALS_OF_BUSINESS },
  'technicalExpert.create': INSPECTORS_KEPT,
  'technicalExpert.edit': INSPECTORS_KEPT,
  'technicalExpert.end': INSPECTORS_KEPT,
  'technicalExpert.reveal': PERSONAL_NUMBERS,
} as const satisfies Policy

export { EVERY_OFFICIAL }

function everyRole<Kind extends Exclude<ReachKind, 'self'>>(kind: Kind): Readonly<Record<Role, Kind>> {
  return Object.fromEntries(ROLES.map((role) => [role, kind])) as Record<Role, Kind>
}
