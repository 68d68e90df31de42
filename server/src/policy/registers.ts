// Who may do what in 一单两库: a part of the one table, `policy.ts`.

import type { AccessLine, Policy } from '../platform/reach.ts'
import { DECIDING, KEEPING, officials } from './officials.ts'

// Registers are shared in a county; the three administrators have no business in them.
const SHARED = { roles: officials('divisionSubtree') } as const satisfies AccessLine
const KEPT = { roles: KEEPING } as const satisfies AccessLine
// The list is published by law: the head or the leader of the authority decides on what its clerk proposed.
const CATALOGUE_DECIDED = { roles: DECIDING } as const satisfies AccessLine
const RECEIVED_BY_OFFICE = { roles: { conferenceOffice: 'divisionSubtree' } } as const satisfies AccessLine
const RECEIVED_BY_OVERSIGHT = { roles: { oversight: 'divisionSubtree' } } as const satisfies AccessLine
// An instrument is the same everywhere: whoever entered it, all rest on it.
const CITATIONS_SEEN = { roles: officials('everywhere') } as const satisfies AccessLine
// Who is in the register, and as what, decides whether he can be drawn: a second person, from above (I4, I5).
const DECIDED_FROM_ABOVE = {
  roles: { conferenceOffice: 'divisionSubtree', ...DECIDING },
} as const satisfies AccessLine
const IMPORTS_SEEN = {
  roles: { ...KEEPING, ...DECIDING, oversight: 'divisionSubtree' },
} as const satisfies AccessLine
const INSPECTORS_SEEN = { self: true, ...SHARED } as const satisfies AccessLine
// Relatives, illnesses, interests: for himself and those who must act on them.
const ABOUT_AN_INSPECTOR = { self: true, roles: { ...KEEPING, ...DECIDING } } as const satisfies AccessLine
const PERSONAL_NUMBERS = {
  roles: ABOUT_AN_INSPECTOR.roles,
  reauthenticate: true,
} as const satisfies AccessLine

/** action → who may. */
export const REGISTERS_POLICY = {
  'citation.list': CITATIONS_SEEN,
  'citation.show': CITATIONS_SEEN,
  'citation.create': KEPT,
  'citation.edit': KEPT,
  'item.list': SHARED,
  'item.export': SHARED,
  'item.show': SHARED,
  'item.create': KEPT,
  'item.edit': KEPT,
  'item.propose': KEPT,
  'item.withdraw': KEPT,
  'item.approve': CATALOGUE_DECIDED,
  'item.reject': CATALOGUE_DECIDED,
  'item.end': CATALOGUE_DECIDED,
  'item.discard': KEPT,
  'item.revise': KEPT,
  'publicItem.list': { public: true },
  'checklist.list': SHARED,
  'checklist.show': SHARED,
  'checklist.create': KEPT,
  'jointItem.list': SHARED,
  'jointItem.show': SHARED,
  'jointItem.create': KEPT,
  'jointItem.edit': KEPT,
  'jointItem.propose': KEPT,
  'jointItem.approve': DECIDED_FROM_ABOVE,
  'jointItem.reject': DECIDED_FROM_ABOVE,
  'jointItem.end': DECIDED_FROM_ABOVE,
  'jointItem.discard': KEPT,
  'operatingDocument.list': SHARED,
  'operatingDocument.show': SHARED,
  'operatingDocument.download': SHARED,
  'operatingDocument.upload': KEPT,
  'operatingDocument.submit': KEPT,
  'operatingDocument.receive': RECEIVED_BY_OFFICE,
  'operatingDocument.return': RECEIVED_BY_OFFICE,
  'unsuitableStatement.list': SHARED,
  'unsuitableStatement.preview': SHARED,
  'unsuitableStatement.show': SHARED,
  'unsuitableStatement.create': KEPT,
  'unsuitableStatement.receive': RECEIVED_BY_OVERSIGHT,
  'unsuitableStatement.return': RECEIVED_BY_OVERSIGHT,
  'industry.list': { public: true },
  'subject.list': SHARED,
  'subject.show': SHARED,
  'subject.history': SHARED,
  'subject.export': SHARED,
  'subject.create': KEPT,
  'subject.edit': KEPT,
  'subject.remove': KEPT,
  'subject.return': KEPT,
  'subject.addAuthority': KEPT,
  'subject.removeAuthority': KEPT,
  'subject.revealTelephone': PERSONAL_NUMBERS,
  'premises.create': KEPT,
  'premises.edit': KEPT,
  'premises.close': KEPT,
  'licence.create': KEPT,
  'licence.edit': KEPT,
  'licence.revoke': KEPT,
  'subjectChange.list': SHARED,
  'subjectChange.show': SHARED,
  'subjectChange.approve': DECIDED_FROM_ABOVE,
  'subjectChange.reject': DECIDED_FROM_ABOVE,
  'subjectChange.withdraw': KEPT,
  'subjectFigure.list': SHARED,
  'subjectFigure.count': KEPT,
  'publicSubjectChange.list': { public: true },
  'file.upload': KEPT,
  'registerImport.template': KEPT,
  'registerImport.mappings': KEPT,
  'registerImport.list': IMPORTS_SEEN,
  'registerImport.show': IMPORTS_SEEN,
  'registerImport.rows': IMPORTS_SEEN,
  'registerImport.report': IMPORTS_SEEN,
  'registerImport.create': KEPT,
  'registerImport.check': KEPT,
  'registerImport.approve': DECIDED_FROM_ABOVE,
  'registerImport.apply': KEPT,
  'registerImport.undo': { roles: { ...KEEPING, ...DECIDING } },
  'registerImport.discard': KEPT,
  'registerImport.push': KEPT,
  'inspector.list': INSPECTORS_SEEN,
  'inspector.show': INSPECTORS_SEEN,
  'inspector.tags': SHARED,
  'inspector.export': SHARED,
  'inspector.create': KEPT,
  'inspector.edit': KEPT,
  'inspector.suspend': KEPT,
  'inspector.resume': KEPT,
  'inspector.end': KEPT,
  'inspector.reveal': PERSONAL_NUMBERS,
  'inspector.leaves': ABOUT_AN_INSPECTOR,
  'inspector.addLeave': KEPT,
  'inspector.endLeave': KEPT,
  'declaration.list': ABOUT_AN_INSPECTOR,
  'declaration.create': { self: true, ...KEPT },
  'declaration.withdraw': { self: true, ...KEPT },
  'technicalExpert.list': SHARED,
  'technicalExpert.show': SHARED,
  'technicalExpert.create': KEPT,
  'technicalExpert.edit': KEPT,
  'technicalExpert.end': KEPT,
  'technicalExpert.reveal': PERSONAL_NUMBERS,
} as const satisfies Policy
