// What requests about the registers name beside what they are about.

import type { Target } from './world.ts'
import { patch, post, type Reference } from './reference.ts'

const REASON = { reason: '测试所需' }
const ITEM = {
  code: 'SX-998',
  name: '示例检查',
  object: '示例单位',
  field: 'market',
  isRandom: true,
  tier: 'GENERAL',
  bases: [],
}
const JOINT = {
  name: '示例联合抽查',
  field: 'market',
  mode: 'COMPREHENSIVE',
  object: '示例单位',
  methods: ['ON_SITE'],
  implementingLevels: ['county'],
  ratio: 100,
  startMonth: 3,
  endMonth: 6,
  focus: '证照与台账',
}

const authority = (
  name: string,
  ask: (authorityId: string, own: Target) => ReturnType<typeof post>,
): Reference => ({
  name,
  role: 'conferenceOffice',
  ask: (named, own) => ask(named.authorityId, own),
})

/** See `references.test.ts`. */
export const REGISTER_REFERENCES: readonly Reference[] = [
  authority('the authority of a new citation', (authorityId) =>
    post('/citations', { authorityId, title: '示例条例', level: 'localRegulation' }),
  ),
  authority('the authority of a new item', (authorityId) => post('/items', { ...ITEM, authorityId })),
  {
    name: 'the act that repealed another',
    role: 'conferenceOffice',
    ask: ({ citationId = '' }, own) =>
      patch(`/citations/${own.citationId}`, { repealedById: citationId, repealedOn: '2024-01-01' }),
  },
  authority('the lead of a new joint item', (authorityId, own) =>
    post('/joint-items', {
      ...JOINT,
      leadAuthorityId: authorityId,
      parts: [{ authorityId: own.authorityId, itemIds: [] }],
    }),
  ),
  authority('a participant of a new joint item', (authorityId, own) =>
    post('/joint-items', {
      ...JOINT,
      leadAuthorityId: own.authorityId,
      parts: [
        { authorityId: own.authorityId, itemIds: [] },
        { authorityId, itemIds: [] },
      ],
    }),
  ),
  {
    name: 'an item of a new joint item',
    role: 'conferenceOffice',
    ask: ({ itemId = '' }, own) =>
      post('/joint-items', {
        ...JOINT,
        leadAuthorityId: own.authorityId,
        parts: [{ authorityId: own.authorityId, itemIds: [itemId] }],
      }),
  },
  authority('whose fields a statement is about', (authorityId) =>
    post('/unsuitable-statements', { authorityId, explanation: '示例说明' }),
  ),
  authority('whose register a new subject enters', (authorityId, { divisionCode }) =>
    post('/subjects', { name: '示例新店', noCodeReason: '尚未登记', authorityId, divisionCode }),
  ),
  {
    name: 'whose product a new subject is',
    role: 'conferenceOffice',
    ask: ({ subjectId = '' }, { authorityId, divisionCode }) =>
      post('/subjects', {
        name: '示例产品',
        kind: 'PRODUCT',
        authorityId,
        divisionCode,
        ofSubjectId: subjectId,
        noCodeReason: '产品',
      }),
  },
  authority('who licensed a subject', (authorityId, { subjectId }) =>
    post(`/subjects/${subjectId}/licences`, { kind: '示例许可', number: '9', authorityId }),
  ),
  authority('who is to supervise a subject', (authorityId, { subjectId }) =>
    post(`/subjects/${subjectId}/authorities`, { authorityId, ...REASON }),
  ),
  authority('who is no longer to supervise a subject', (authorityId, { subjectId }) =>
    post(`/subjects/${subjectId}/authority-removals`, { authorityId, ...REASON }),
  ),
]
