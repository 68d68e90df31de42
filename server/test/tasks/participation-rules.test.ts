// 会商, without a database: who may be asked, what must be settled before an authority agrees, and what may not be left.

import { describe, expect, it } from 'vitest'
import type { Place } from '../../src/law/index.ts'
import {
  type ConsultedTask,
  whyNotAccept,
  whyNotDecline,
  whyNotInvite,
  whyNotPoolOf,
  whyNotPrepare,
  whyNotRelease,
  whyNotRemind,
  whyNotReopen,
  whyNotSettle,
  whyNotSayFor,
  whyNotSeen,
} from '../../src/tasks/consultation/participations.rules.ts'
import type { ItemRef, ParticipationFacts, PoolMember } from '../../src/tasks/consultation/shapes.ts'
import {
  PARTICIPATION_COMMANDS,
  PARTICIPATION_STEPS,
  whyNotStep,
} from '../../src/tasks/consultation/steps.rules.ts'
import { PARTICIPATION_STATES } from '../../src/tasks/consultation/shapes.ts'
import { LAW } from '../support/app.ts'

const place: Place = { division: '150626', on: '2023-06-30' }
const here = { law: LAW, place }
const task: ConsultedTask = { state: 'consulting', startsOn: place.on, leadAuthorityId: 'lead' }

const item: ItemRef = {
  id: 'i1',
  code: 'A-01',
  name: '登记事项检查',
  subItem: null,
  authorityId: 'health',
  tier: 'GENERAL',
  ratioFloor: null,
  ratioCap: null,
  isRandom: true,
  object: '企业',
  scope: '登记事项',
  methods: ['ON_SITE'],
  methodRequirement: null,
  implementingLevels: ['county'],
  appliesTo: { industries: [], entityTypes: [], kinds: [], licenceKinds: [], pools: [], tags: [] },
  state: 'effective',
  effectiveFrom: '2020-01-01',
  effectiveUntil: null,
  bases: [
    {
      title: '某条例',
      article: '第一条',
      doubtful: false,
      inForceFrom: '2000-01-01',
      inForceUntil: null,
      repealedById: null,
    },
  ],
}

const member = (n: number): PoolMember => ({
  inspectorId: `p${n}`,
  personId: `q${n}`,
  name: `赵${n}`,
  authorityId: 'health',
  unitName: null,
  classes: [],
  state: 'active',
  divisionCode: '150626',
  category: 'ENFORCEMENT_QUALIFIED',
  leaves: [],
  warrantNumber: `Z${n}`,
  warrantFrom: '2020-01-01',
  warrantUntil: '2030-01-01',
})

const part: ParticipationFacts = {
  id: 'x',
  version: 1,
  taskId: 't',
  authorityId: 'health',
  authorityName: '卫生健康委员会',
  isLead: false,
  state: 'invited',
  isOutdated: false,
  round: 1,
  members: 2,
  classes: [],
  drawn: 2,
  items: [item],
  pool: [1, 2, 3, 4, 5].map(member),
  conflictsConfirmed: true,
  preparedById: 'clerk',
  drafterIds: ['clerk'],
  replyBy: null,
}
const accept = (change: Partial<ParticipationFacts>) =>
  whyNotAccept({ ...part, ...change }, task, here, 'head')

describe('the table of states', () => {
  it('leads only to states that it knows', () => {
    for (const state of PARTICIPATION_STATES)
      for (const to of Object.values(PARTICIPATION_STEPS[state])) expect(PARTICIPATION_STATES).toContain(to)
  })

  it('refuses whatever it does not have, and names the state', () => {
    for (const state of PARTICIPATION_STATES)
      for (const command of PARTICIPATION_COMMANDS)
        expect(whyNotStep(state, command) === undefined).toBe(
          PARTICIPATION_STEPS[state][command] !== undefined,
        )
    expect(whyNotStep('accepted', 'accept')).toEqual({
      code: 'participation.not_in_this_state',
      params: { state: 'accepted' },
    })
  })
})

describe('agreeing to take part', () => {
  it('is possible when everything is settled', () => expect(accept({})).toBeUndefined())

  it.each<[string, Partial<ParticipationFacts>]>([
    ['participation.items_needed', { items: [] }],
    ['participation.item_of_another', { items: [{ ...item, authorityId: 'lead' }] }],
    ['participation.item_not_usable', { items: [{ ...item, state: 'draft' }] }],
    ['participation.item_not_usable', { items: [{ ...item, bases: [] }] }],
    ['participation.pool_too_small', { pool: part.pool.slice(0, 2) }],
    ['participation.drawn_not_in_pool', { drawn: null }],
    ['participation.drawn_not_in_pool', { drawn: 1 }],
    ['participation.drawn_not_in_pool', { drawn: 6 }],
    ['participation.class_lacking', { classes: ['电梯'] }],
    ['participation.inspector_of_another', { pool: [...part.pool, { ...member(6), authorityId: 'lead' }] }],
    ['participation.conflicts_needed', { conflictsConfirmed: false }],
    ['participation.own_preparation', { drafterIds: ['head', 'clerk'] }],
    ['participation.not_in_this_state', { state: 'accepted' }],
    ['participation.is_lead', { isLead: true }],
  ])('is refused: %s', (code, change) => expect(accept(change)?.code).toBe(code))

  it.each<[string, Partial<PoolMember>]>([
    ['inspector.no_warrant', { warrantNumber: null }],
    ['inspector.warrant_expired', { warrantUntil: '2023-06-29' }],
    ['inspector.on_leave', { leaves: [{ from: '2023-06-30', until: '2023-06-30' }] }],
    ['inspector.suspended', { state: 'suspended' }],
  ])('names no inspector who may not be drawn on the first day: %s', (why, change) => {
    const pool = [...part.pool.slice(1), { ...member(1), ...change }]
    expect(accept({ pool })).toMatchObject({
      code: 'participation.inspector_not_drawable',
      params: { inspector: '赵1', why },
    })
  })

  it('is over once the task is agreed', () => {
    expect(whyNotAccept(part, { ...task, state: 'agreed' }, here, 'head')?.code).toBe(
      'participation.task_not_open',
    )
    expect(whyNotReopen({ ...part, state: 'accepted' }, { ...task, state: 'agreed' })?.code).toBe(
      'participation.task_not_open',
    )
  })
})

describe('declining (D of S2 (七))', () => {
  it('wants a written statement where the place does, and cites it', () => {
    expect(whyNotDecline(part, task, here, null)).toEqual({
      code: 'participation.statement_needed',
      law: 'tasks.refusal_statement_required',
    })
    expect(whyNotDecline(part, task, here, 'hash')).toBeUndefined()
  })

  it('wants none where no document says so', () => {
    const puyang = { law: LAW, place: { division: '410928', on: '2023-06-30' } }
    expect(whyNotDecline(part, task, puyang, null)).toBeUndefined()
  })
})

describe('the pool of a participant (D-10)', () => {
  it.each([
    ['410928', '2023-06-30', 'participation.pool_is_own'],
    ['150626', '2023-06-30', 'participation.pool_is_own'],
    ['231084', '2020-05-11', 'participation.pool_is_own'],
    ['150525', '2024-06-03', undefined],
    ['652701', '2020-05-11', undefined],
  ])('is set by the lead in %s on %s: %s', (division, on, code) => {
    const refusal = whyNotPoolOf(part, 'lead', { law: LAW, place: { division, on } })
    expect(refusal?.code).toBe(code)
    if (code) expect(refusal?.law).toBe('draws.organiser')
    expect(whyNotPoolOf(part, 'health', { law: LAW, place: { division, on } })).toBeUndefined()
  })
})

describe('the lead', () => {
  const drafted = { ...task, state: 'drafted' }
  const authority = { id: 'health', closedOn: null, inspects: true }

  it('asks only inspection authorities that are open, and never itself', () => {
    expect(whyNotInvite(authority, drafted, undefined)).toBeUndefined()
    expect(whyNotInvite({ ...authority, id: 'lead' }, drafted, undefined)?.code).toBe('participation.is_lead')
    expect(whyNotInvite({ ...authority, closedOn: '2023-01-01' }, drafted, undefined)?.code).toBe(
      'authority.closed',
    )
    expect(whyNotInvite({ ...authority, inspects: false }, drafted, undefined)?.code).toBe(
      'participation.does_not_inspect',
    )
    expect(whyNotInvite(authority, task, undefined)?.code).toBe('participation.task_not_open')
    expect(whyNotInvite(authority, drafted, 'released')).toBeUndefined()
  })

  it('lets go whoever has not agreed, and never itself', () => {
    expect(whyNotRelease(part, task)).toBeUndefined()
    expect(whyNotRelease({ ...part, state: 'declined' }, task)).toBeUndefined()
    expect(whyNotRelease({ ...part, state: 'accepted' }, task)?.code).toBe('participation.not_in_this_state')
    expect(whyNotRelease({ ...part, isLead: true }, task)?.code).toBe('participation.is_lead')
  })

  it('prepares its own part before it dispatches, and settles it by that, by a second person', () => {
    const own = { ...part, isLead: true, state: 'prepared' as const }
    expect(whyNotPrepare(own, drafted)).toBeUndefined()
    expect(whyNotPrepare(own, task)?.code).toBe('participation.task_not_open')
    expect(whyNotSettle(own, here, 'head')).toBeUndefined()
    expect(whyNotSettle(own, here, 'clerk')?.code).toBe('participation.own_preparation')
    expect(whyNotSettle({ ...own, items: [] }, here, 'head')?.code).toBe('participation.items_needed')
  })

  it('reminds once a day, and only while somebody has not answered', () => {
    const open = { state: 'invited' as const, remindedOn: null }
    expect(whyNotRemind([open], task, '2023-06-30')).toBeUndefined()
    expect(whyNotRemind([{ ...open, remindedOn: '2023-06-30' }], task, '2023-06-30')?.code).toBe(
      'task.reminded_today',
    )
    expect(whyNotRemind([{ ...open, remindedOn: '2023-06-29' }], task, '2023-06-30')).toBeUndefined()
    expect(whyNotRemind([{ ...open, state: 'accepted' }], task, '2023-06-30')?.code).toBe(
      'participation.nobody_open',
    )
  })
})

describe('what an authority agrees to', () => {
  const now = { version: 3, taskVersion: 7, scheme: { id: 's', version: 2 } }

  it('is what it saw: its part, the task and the scheme', () => {
    const changed = (seen: Parameters<typeof whyNotSeen>[0]) => whyNotSeen(seen, now)?.params
    expect(changed(now)).toBeUndefined()
    expect(changed({ ...now, version: 2 })).toEqual({ changed: 'part' })
    expect(changed({ ...now, taskVersion: 6 })).toEqual({ changed: 'task' })
    expect(changed({ ...now, scheme: { id: 's', version: 1 } })).toEqual({ changed: 'scheme' })
    expect(changed({ ...now, scheme: null })).toEqual({ changed: 'scheme' })
    expect(changed({ version: 3 })).toBeUndefined()
  })

  it('is said by itself, but for the pool where the lead may name it', () => {
    expect(whyNotSayFor({})).toBeUndefined()
    expect(whyNotSayFor({ itemIds: [] })?.code).toBe('participation.items_are_own')
    expect(whyNotSayFor({ drawn: 2 })?.code).toBe('participation.conflicts_are_own')
    expect(whyNotSayFor({ conflictsConfirmed: false })?.code).toBe('participation.conflicts_are_own')
  })
})
