// A plan of the fictional county with one sound line, to be spoilt one way at a time; and law that may say one thing more.

import { join } from 'node:path'
import { type Law, type LawEntry, loadLaw, withEntries } from '../../src/law/index.ts'
import { checksOf } from '../../src/plans/checks/checks.rules.ts'
import type { CheckedItem, CheckedLine, Finding, PlanChecked } from '../../src/plans/checks/findings.rules.ts'
import type { MeetingLine } from '../../src/plans/checks/overlaps.rules.ts'
import { countsOf, membershipOf, type RegisteredProfile } from '../../src/plans/checks/population.rules.ts'
import { NO_RESTRICTION } from './tables-kit.ts'

const BOOK = loadLaw(join(import.meta.dirname, '../../../law'))
export const COUNTY = '990101'

/** The law with values for the fictional county alone. */
export function lawSaying(values: Readonly<Record<string, LawEntry['value']>>): Law {
  const entries = Object.entries(values).map(([key, value]) => ({
    division: COUNTY,
    key,
    value,
    kind:
      key === 'plans.ratio_floor' || key === 'plans.disclosure_ratio_floor'
        ? ('floor' as const)
        : ('default' as const),
    from: '2026-01-01',
    source: { document: '青石县试行办法', confirmed: true, phrase: key },
  }))
  return withEntries(BOOK, entries)
}

export const ITEM: CheckedItem = {
  id: 'item-1',
  code: 'M-1',
  name: '公共场所检查',
  subItem: null,
  authorityId: 'market',
  appliesTo: NO_RESTRICTION,
  state: 'effective',
  isRandom: true,
  notRandomReason: null,
  tier: 'GENERAL',
  ratioFloor: null,
  ratioCap: 2000,
  ratioNote: null,
  byBatches: false,
  scope: '登记',
  frequency: '每年一次',
  methods: ['ON_SITE'],
  implementingLevels: ['county'],
  effectiveFrom: '2020-01-01',
  effectiveUntil: null,
  bases: [
    {
      title: '公共场所法',
      inForceFrom: '2010-01-01',
      inForceUntil: null,
      repealedById: null,
      doubtful: false,
    },
  ],
}
export const FIRE: CheckedItem = { ...ITEM, id: 'item-2', code: 'F-1', authorityId: 'fire', name: '消防检查' }

export const LINE: CheckedLine = {
  id: 'line-1',
  planId: 'plan',
  version: 1,
  number: 1,
  code: null,
  taskName: '住宿业抽查',
  drawType: 'UNTARGETED',
  tier: 'GENERAL',
  field: 'market',
  mode: null,
  crossRegion: false,
  leadAuthorityId: 'market',
  object: '住宿业',
  scope: { ...NO_RESTRICTION, divisions: [COUNTY], register: null, industries: ['H61'], classes: [] },
  fullCoverage: false,
  ratio: 500,
  quantity: null,
  classRatios: null,
  batches: null,
  draws: 1,
  frequencyLeast: null,
  frequencyMost: null,
  methods: ['ON_SITE'],
  startsOn: '2026-03-01',
  endsOn: '2026-10-31',
  drawLevel: 'county',
  inspectLevel: 'county',
  unmatched: null,
  state: 'planned',
  parts: [{ authorityId: 'market', authorityName: '县市场监管局', itemIds: ['item-1'] }],
  sourceLineIds: [],
}
export const JOINT: CheckedLine = {
  ...LINE,
  mode: 'COMPREHENSIVE',
  parts: [...LINE.parts, { authorityId: 'fire', authorityName: '县消防大队', itemIds: ['item-2'] }],
}

const profile = (letter: RegisteredProfile['class'], subjects: number): RegisteredProfile => ({
  division: COUNTY,
  industry: 'H6110',
  entityType: 'enterprise',
  kind: 'LEGAL_PERSON',
  class: letter,
  tags: [],
  pools: [],
  licences: [],
  registers: ['market', 'fire'],
  subjects,
})
export const PROFILES: readonly RegisteredProfile[] = [
  profile('A', 200),
  profile('B', 100),
  profile('D', 20),
  { ...profile('N', 50), industry: 'F5211' },
]

/** What is asked beside the lines. */
export interface Asked {
  readonly law?: Law
  readonly today?: string
  readonly plan?: Partial<PlanChecked['plan']>
  readonly items?: readonly CheckedItem[]
  readonly beside?: readonly CheckedLine[]
  readonly ledElsewhere?: PlanChecked['ledElsewhere']
}

/** The findings of a plan with these lines. */
export function findings(lines: readonly CheckedLine[], asked: Asked = {}): readonly Finding[] {
  const beside = asked.beside ?? []
  const all = [...lines, ...beside]
  const membership = membershipOf(
    PROFILES,
    all.map(({ scope }) => scope),
  )
  const counts = countsOf(PROFILES, membership, all.length)
  const meeting = all.map((line, at): MeetingLine => ({
    ...line,
    authorityIds: line.parts.map(({ authorityId }) => authorityId),
    isOwn: at < lines.length,
  }))
  return checksOf(
    {
      law: asked.law ?? lawSaying({}),
      today: asked.today ?? '2026-01-10',
      plan: {
        kind: 'annual',
        year: 2026,
        half: null,
        field: 'all',
        state: 'draft',
        divisionCode: COUNTY,
        authorityId: 'market',
        isFiled: false,
        ...asked.plan,
      },
      lines,
      items: new Map((asked.items ?? [ITEM, FIRE]).map((item) => [item.id, item])),
      members: new Map([
        ['market', '县市场监管局'],
        ['fire', '县消防大队'],
      ]),
      ledElsewhere: asked.ledElsewhere ?? [],
      counts: new Map(lines.map(({ id }, at) => [id, counts[at]!])),
    },
    { lines: meeting, profiles: PROFILES, membership, counts },
  )
}

/** `error ratio_floor`. */
export function codes(lines: readonly CheckedLine[], asked: Asked = {}): readonly string[] {
  return findings(lines, asked).map(({ severity, code }) => `${severity} ${code}`)
}
