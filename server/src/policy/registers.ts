// Who may do what in 一单两库: a part of the one table, `policy.ts`.

import type { AccessLine, Policy } from '../platform/reach.ts'

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

/** action → who may. */
export const REGISTERS_POLICY = {
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
  'item.withdraw': CATALOGUE_KEPT,
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
  'subject.removeAuthority': SUBJECTS_KEPT,
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
  'subjectChange.withdraw': SUBJECTS_KEPT,
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
  'registerImport.undo': {
    roles: { ...IMPORTERS.roles, unitHead: 'ownAuthority', leaderInCharge: 'ownAuthority' },
  },
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
