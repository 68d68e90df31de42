// What an organisation chart would do to the register: row by row, without doing it.

import type { Refusal } from '../../platform/refusal.ts'
import { isMobile, isName, sameText } from './texts.rules.ts'

/** A row as it was read: trimmed texts, '' where a cell is empty. `row` is the number that the office's program shows. */
export interface ChartRow {
  readonly row: number
  readonly authority: string
  readonly unit: string
  readonly section: string
  readonly name: string
  readonly staffNumber: string
  readonly post: string
  readonly mobile: string
  /** What the file itself says is damaged in this row: a code of the sheet reader. */
  readonly defect?: string | undefined
}

/** What is there already, of one division: open authorities, open units, and all their people, those who left too. */
export interface Register {
  readonly authorities: readonly { readonly id: string; readonly name: string }[]
  readonly units: readonly {
    readonly id: string
    readonly authorityId: string
    readonly parentId: string | null
    readonly name: string
  }[]
  readonly people: readonly RegisteredPerson[]
}

/** A person of the register; `mobile` as plain text. */
export interface RegisteredPerson {
  readonly id: string
  readonly version: number
  readonly authorityId: string
  readonly unitId: string | null
  readonly name: string
  readonly staffNumber: string | null
  readonly post: string | null
  readonly mobile: string | null
  readonly hasLeft: boolean
}

/** Something that a row would change: of the person, or what it would make. */
export interface Change {
  readonly what: 'authority' | 'unit' | 'section' | 'person' | 'place' | 'staffNumber' | 'post' | 'mobile'
  readonly before: string | null
  readonly after: string
}

/** What a row would do. `personId`: whom of the register it is about. */
export interface Outcome {
  readonly row: number
  readonly result: 'new' | 'changed' | 'same' | 'conflict'
  readonly changes: readonly Change[]
  readonly personId?: string
  readonly conflict?: Refusal
}

/** What each row would do, in order. An empty cell means: nothing said, so what is there stays. */
export function outcomesOf(rows: readonly ChartRow[], register: Register): readonly Outcome[] {
  const plan: Plan = { register: indexed(register), made: new Set(), seen: new Map(), rows: namesIn(rows) }
  return rows.map((row) => {
    const conflict = whyNotRow(row)
    return conflict ? { row: row.row, result: 'conflict', changes: [], conflict } : outcomeOf(row, plan)
  })
}

/** Finds a person's unit: the section where one is named, else the unit; nothing where it is not there yet. */
export function unitKey(authority: string, unit: string, section: string): string {
  return [authority, ...[unit, section].filter((part) => part !== '')].join('\u001f')
}

interface Plan {
  readonly register: Indexed
  /** Keys of authorities and units that rows before made. */
  readonly made: Set<string>
  /** Who was met in which row. */
  readonly seen: Map<string, number>
  /** How many rows name somebody so, by authority and name. */
  readonly rows: ReadonlyMap<string, number>
}

interface Indexed {
  readonly authorityIds: ReadonlyMap<string, string>
  readonly unitIds: ReadonlyMap<string, string>
  readonly unitPaths: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, readonly RegisteredPerson[]>
}

/** The register by names. */
export function indexed({ authorities, units, people }: Register): Indexed {
  const names = new Map(authorities.map(({ id, name }) => [id, name]))
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const keys = units.map(({ id, authorityId, parentId, name }) => {
    const parent = parentId === null ? [] : [byId.get(parentId)?.name ?? '']
    return [id, [names.get(authorityId) ?? '', ...parent, name].join('\u001f')] as const
  })
  return {
    authorityIds: new Map(authorities.map(({ id, name }) => [name, id])),
    unitIds: new Map(keys.map(([id, key]) => [key, id])),
    unitPaths: new Map(keys.map(([id, key]) => [id, key.split('\u001f').slice(1).join('/')])),
    people: byAuthority(people, names),
  }
}

function byAuthority(
  people: readonly RegisteredPerson[],
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly RegisteredPerson[]> {
  const groups = new Map<string, RegisteredPerson[]>()
  for (const person of people) {
    const name = names.get(person.authorityId) ?? ''
    const group = groups.get(name)
    if (group) group.push(person)
    else groups.set(name, [person])
  }
  return groups
}

function namesIn(rows: readonly ChartRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { authority, name } of rows) {
    const key = `${authority}\u001f${name}`
    if (name !== '') counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function whyNotRow(row: ChartRow): Refusal | undefined {
  const { authority, unit, section, name, staffNumber, post, mobile, defect } = row
  if (defect !== undefined) return { code: 'organisation.row_damaged', params: { defect } }
  if (authority === '') return { code: 'organisation.authority_blank' }
  if (name === '' && [staffNumber, post, mobile].some((cell) => cell !== ''))
    return { code: 'organisation.name_blank' }
  const limits = [
    ['部门', authority, 100],
    ['所属单位', unit, 100],
    ['科室', section, 100],
    ['姓名', name, 60],
    ['工号', staffNumber, 40],
    ['职务', post, 60],
  ] as const
  const wrong = limits.find(([, text, most]) => text !== '' && !isName(text, most))
  if (wrong) return { code: 'organisation.text_unusable', params: { column: wrong[0], most: wrong[2] } }
  if (section.includes('/')) return { code: 'unit.too_deep' }
  return mobile !== '' && !isMobile(mobile) ? { code: 'organisation.mobile_unusable' } : undefined
}

function outcomeOf(row: ChartRow, plan: Plan): Outcome {
  const structure = structureMade(row, plan)
  if (row.name === '')
    return { row: row.row, result: structure.length > 0 ? 'new' : 'same', changes: structure }
  const match = matchOf(row, plan)
  if ('conflict' in match) return { row: row.row, result: 'conflict', changes: [], conflict: match.conflict }
  const twice = metBefore(row, match.person, plan)
  if (twice) return { row: row.row, result: 'conflict', changes: [], conflict: twice }
  const { person } = match
  if (!person)
    return {
      row: row.row,
      result: 'new',
      changes: [...structure, { what: 'person', before: null, after: row.name }],
    }
  const changes = [...structure, ...changesOf(row, person, plan)]
  const result = changes.length === 0 ? 'same' : 'changed'
  return { row: row.row, result, changes, personId: person.id }
}

/** What of authority, unit and section this row is the first to need. */
function structureMade({ authority, unit, section }: ChartRow, plan: Plan): readonly Change[] {
  const { authorityIds, unitIds } = plan.register
  const make = (what: Change['what'], key: string, after: string, isThere: boolean): readonly Change[] => {
    if (after === '' || isThere || plan.made.has(key)) return []
    plan.made.add(key)
    return [{ what, before: null, after }]
  }
  const unitAt = unitKey(authority, unit, '')
  const sectionAt = unitKey(authority, unit, section)
  return [
    ...make('authority', authority, authority, authorityIds.has(authority)),
    ...make('unit', unitAt, unit, unitIds.has(unitAt)),
    ...make('section', sectionAt, section, unitIds.has(sectionAt)),
  ]
}

type Match = { readonly person: RegisteredPerson | undefined } | { readonly conflict: Refusal }

function matchOf({ authority, name, staffNumber }: ChartRow, { register, rows }: Plan): Match {
  const people = register.people.get(authority) ?? []
  const numbered = staffNumber === '' ? undefined : people.find((one) => one.staffNumber === staffNumber)
  if (numbered?.hasLeft)
    return { conflict: { code: 'organisation.number_of_former', params: { staffNumber } } }
  if (numbered && !sameText(numbered.name, name))
    return {
      conflict: { code: 'organisation.number_of_another', params: { staffNumber, name: numbered.name } },
    }
  if (numbered) return { person: numbered }
  const namesakes = people.filter((one) => !one.hasLeft && sameText(one.name, name))
  // With a number that nobody has, only somebody whose number is not known yet can be meant.
  const candidates = staffNumber === '' ? namesakes : namesakes.filter((one) => one.staffNumber === null)
  const inFile = rows.get(`${authority}\u001f${name}`) ?? 0
  const isUnclear = candidates.length > 1 || (candidates.length > 0 && inFile > 1)
  return isUnclear
    ? { conflict: { code: 'organisation.namesakes', params: { name } } }
    : { person: candidates[0] }
}

/** Whether a row before was about the same person. */
function metBefore(
  { row, authority, name, staffNumber }: ChartRow,
  person: RegisteredPerson | undefined,
  { seen, rows }: Plan,
): Refusal | undefined {
  const isAlone = staffNumber === '' && (rows.get(`${authority}\u001f${name}`) ?? 0) > 1
  const keys = [
    person ? `id ${person.id}` : undefined,
    staffNumber === '' ? undefined : `number ${authority}\u001f${staffNumber}`,
    isAlone ? `name ${authority}\u001f${name}` : undefined,
  ].filter((key) => key !== undefined)
  const before = keys.map((key) => seen.get(key)).find((met) => met !== undefined)
  for (const key of keys) if (!seen.has(key)) seen.set(key, row)
  return before === undefined ? undefined : { code: 'organisation.twice_in_file', params: { row: before } }
}

function changesOf(row: ChartRow, person: RegisteredPerson, { register }: Plan): readonly Change[] {
  const { authority, unit, section, staffNumber, post, mobile } = row
  const place = [unit, section].filter((part) => part !== '').join('/')
  const placeNow = person.unitId === null ? null : (register.unitPaths.get(person.unitId) ?? null)
  const isPlaced = register.unitIds.get(unitKey(authority, unit, section)) === person.unitId
  const changed = (what: Change['what'], before: string | null, after: string): readonly Change[] =>
    after === '' || after === before ? [] : [{ what, before, after }]
  return [
    ...(isPlaced ? [] : changed('place', placeNow, place)),
    ...changed('staffNumber', person.staffNumber, staffNumber),
    ...changed('post', person.post, post),
    ...changed('mobile', person.mobile, mobile),
  ]
}
