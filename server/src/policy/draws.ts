// Who may do what in 抽取: a part of the one table, `policy.ts`. Each part of the feature has a block of its own.

import type { AccessLine, Policy } from '../platform/reach.ts'
import { DECIDING, officials, PREPARING } from './officials.ts'

// Until it is committed, a draw is its parties'; then its division's and those' above.
const DRAWS_SEEN = { roles: officials('invitedAuthority') } as const satisfies AccessLine
const DRAWS_MOVED = { roles: { ...PREPARING, ...DECIDING } } as const satisfies AccessLine

// 冻结 is prepared, 承诺 decided on by another: the rules see to that.
const FREEZE_KEPT = { roles: PREPARING } as const satisfies AccessLine
const COMMIT_DECIDED = { roles: DECIDING, reauthenticate: true } as const satisfies AccessLine

// 现场. The oversight authority's people: of an authority that oversees, or of the office of the joint conference.
const OVERSIGHT = { oversight: 'ownAuthority', conferenceOffice: 'ownAuthority' } as const
const CEREMONY_OVERSEEN = { roles: OVERSIGHT, reauthenticate: true } as const satisfies AccessLine
const CEREMONY_RUN = { roles: PREPARING } as const satisfies AccessLine
// Whoever stands by for a party reads the dice; that two are of two authorities, the rules see to.
const VALUES_GIVEN = { roles: { ...PREPARING, ...DECIDING, ...OVERSIGHT } } as const satisfies AccessLine

// 抽取. Whoever a party sends presses for it: the rules of the press say who that is (D-10).
const PRESS = {
  roles: {
    conferenceOffice: 'invitedAuthority',
    clerk: 'invitedAuthority',
    unitHead: 'invitedAuthority',
    leaderInCharge: 'invitedAuthority',
  },
  reauthenticate: true,
} as const satisfies AccessLine
// 密封名单. The lead's people who must send others, and the oversight's: each reading is written down.
const SEALED_READ = { roles: { ...PREPARING, ...DECIDING, ...OVERSIGHT } } as const satisfies AccessLine
// 证书和证据包. What the bundle for oversight holds of people is for that authority alone.
const OVERSIGHT_BUNDLE = { roles: OVERSIGHT, reauthenticate: true } as const satisfies AccessLine

// 回避、替换、跳过、作废. Whoever was drawn asks for himself; his authority decides; lead and oversight see what comes of it.
const REPLACEMENTS_SEEN = {
  self: true,
  roles: { ...PREPARING, ...DECIDING, oversight: 'ownAuthority' },
} as const satisfies AccessLine
// Illnesses, interests: for himself and those who must act on them.
const REPLACEMENT_GROUNDS = { self: true, roles: DECIDING } as const satisfies AccessLine
const REPLACEMENT_DECIDED = { roles: DECIDING } as const satisfies AccessLine
const REQUESTS = { roles: { ...PREPARING, ...DECIDING, ...OVERSIGHT } } as const satisfies AccessLine
const REQUEST_DECIDED = { roles: { ...DECIDING, ...OVERSIGHT } } as const satisfies AccessLine
// How often somebody is replaced: for his own authority, and for whoever oversees the division.
const RATES_SEEN = {
  roles: {
    ...PREPARING,
    ...DECIDING,
    conferenceOffice: 'divisionSubtree',
    oversight: 'divisionSubtree',
    reader: 'divisionSubtree',
  },
} as const satisfies AccessLine

/** action → who may. */
export const DRAWS_POLICY = {
  'draw.list': DRAWS_SEEN,
  'draw.show': DRAWS_SEEN,
  'draw.discard': DRAWS_MOVED,
  'draw.manifest': DRAWS_SEEN,
  'publicDraw.file': { public: true },
  'draw.freeze': FREEZE_KEPT,
  'draw.findings': DRAWS_SEEN,
  'draw.commit': COMMIT_DECIDED,
  'draw.ceremony': DRAWS_SEEN,
  'draw.openRoom': CEREMONY_RUN,
  'draw.renewCode': CEREMONY_RUN,
  'draw.putOut': CEREMONY_RUN,
  'draw.beginClose': CEREMONY_RUN,
  'draw.reopen': CEREMONY_RUN,
  'draw.countersign': CEREMONY_OVERSEEN,
  'draw.close': CEREMONY_OVERSEEN,
  'draw.typeValue': VALUES_GIVEN,
  'draw.nameOutsiders': VALUES_GIVEN,
  'draw.giveBeacon': VALUES_GIVEN,
  'room.watch': { public: true },
  'room.join': { public: true },
  'room.contribute': { public: true },
  'room.sign': { public: true },
  'draw.presses': DRAWS_SEEN,
  'draw.press': PRESS,
  'draw.resume': DRAWS_MOVED,
  'draw.selected': DRAWS_SEEN,
  'draw.posts': DRAWS_SEEN,
  'sealedList.read': SEALED_READ,
  'sealedList.prove': { roles: PREPARING },
  'sealedList.readings': SEALED_READ,
  'sealedList.mine': { self: true },
  'draw.open': { ...SEALED_READ, reauthenticate: true },
  'publicDraw.list': { public: true },
  'publicDraw.listPage': { public: true },
  'publicDraw.show': { public: true },
  'publicDraw.page': { public: true },
  'publicDraw.subject': { public: true },
  'publicDraw.why': { public: true },
  'publicDraw.changes': { public: true },
  'publicDraw.changesPage': { public: true },
  'publicDraw.bundle': { public: true },
  'publicDraw.policy': { public: true },
  'draw.oversightBundle': OVERSIGHT_BUNDLE,
  'alias.mine': { self: true },
  'alias.check': { public: true },
  'monitor.show': { public: true },
  'monitor.page': { public: true },
  'draw.events': DRAWS_SEEN,
  'drawEvidence.upload': { self: true },
  'replacement.mine': { self: true },
  'replacement.list': REPLACEMENTS_SEEN,
  'replacement.show': REPLACEMENTS_SEEN,
  'replacement.readEvidence': REPLACEMENT_GROUNDS,
  'replacement.apply': { self: true },
  'replacement.request': { roles: PREPARING },
  'replacement.accede': { self: true },
  'replacement.review': { roles: { unitHead: 'ownAuthority' } },
  'replacement.approve': { ...REPLACEMENT_DECIDED, reauthenticate: true },
  'replacement.reject': REPLACEMENT_DECIDED,
  'replacement.withdraw': { self: true },
  'replacement.rates': RATES_SEEN,
  'drawRequest.propose': DRAWS_MOVED,
  'drawRequest.readEvidence': REQUESTS,
  'drawRequest.approve': { ...REQUEST_DECIDED, reauthenticate: true },
  'drawRequest.reject': REQUEST_DECIDED,
  'drawRequest.withdraw': DRAWS_MOVED,
} as const satisfies Policy
