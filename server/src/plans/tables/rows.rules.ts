// A row of a plan table → what it says of a line, what nothing here is called, and what is wrong with it.

import { type AppliesTo, readMethods, type Scope } from '../../registers/index.ts'
import { classRatiosIn, plain, readAmount } from './amount-words.rules.ts'
import { readDraws, readDrawType, readField, readFrequency, readLevels, readNames } from './cells.rules.ts'
import type { RowTexts } from './columns.rules.ts'
import type { LinePart, LineValues } from './line-values.rules.ts'
import {
  findItemsIn,
  type ItemIndex,
  itemLabel,
  type NamedAuthority,
  type NamedItem,
  nearestItem,
} from './names.rules.ts'
import { type Period, readPeriod } from './period-words.rules.ts'
import type { RowReason } from './row-reasons.rules.ts'

/** What an item says for the line that it stands in. */
export type TableItem = NamedItem & {
  readonly object: string
  readonly appliesTo: AppliesTo
  /** Titles of its legal basis. */
  readonly bases: readonly string[]
}

/** A joint mode of the place, by its name. */
export interface NamedMode {
  readonly code: string
  readonly name: string
  readonly drawType: string | null
}

/** What a row is read against. */
export interface TableFrame {
  readonly plan: {
    readonly kind: string
    readonly field: string
    readonly authorityId: string
    readonly divisionCode: string
  }
  readonly period: Period
  readonly level: 'province' | 'prefecture' | 'county' | 'station'
  /** The ratio that the law of the place asks for at least; null where none is asked. */
  readonly leastRatio: number | null
  readonly modes: readonly NamedMode[]
  readonly findAuthority: (text: string) => NamedAuthority | undefined
  readonly items: ReadonlyMap<string, TableItem>
  readonly itemIndex: ItemIndex
}

/** What the columns of a table say of a line; what they do not say is absent. */
export type SaidLine = Partial<Omit<LineValues, 'remark' | 'unmatched'>> & {
  readonly remarkText?: string | null
  readonly amountNote?: string | null
  readonly unmatched?: string | null
}

export interface ReadRow {
  readonly said: SaidLine
  readonly reasons: readonly RowReason[]
}

/** What a row says. */
export function readPlanRow(texts: RowTexts, frame: TableFrame): ReadRow {
  const names = authoritiesOf(texts, frame)
  const parts = partsOf(texts, names, frame)
  const amount = amountOf(texts)
  const period = periodOf(texts, frame)
  const words = wordsOf(texts, frame)
  const unmatched = [...names.unmatched, ...parts.unmatched, ...words.unmatched]
  const said: SaidLine = {
    ...words.said,
    ...amount.said,
    ...period.said,
    ...(names.lead ? { leadAuthorityId: names.lead.id, parts: parts.parts } : {}),
    unmatched: unmatched.length === 0 ? null : unmatched.join('\n').slice(0, 2000),
  }
  const basis = parts.parts.flatMap(({ itemIds }) => itemIds)
  return {
    said,
    reasons: [
      ...names.reasons,
      ...amount.reasons,
      ...period.reasons,
      ...words.reasons,
      ...basisReasons(texts.basis ?? '', basis, frame),
      ...unmatched.map((text) => unmatchedReason(text, parts, frame)),
    ],
  }
}

/** What nothing is called; with the item that is called nearly so, where there is one. */
function unmatchedReason(
  text: string,
  { parts, unmatched }: { readonly parts: readonly LinePart[]; readonly unmatched: readonly string[] },
  { itemIndex }: TableFrame,
): RowReason {
  const owners = parts.map(({ authorityId }) => authorityId)
  const near = unmatched.includes(text) ? nearestItem(text, owners, itemIndex) : undefined
  return near
    ? { code: 'unmatched_near', params: { text, near: itemLabel(near) } }
    : { code: 'unmatched', params: { text } }
}

interface Names {
  readonly lead: NamedAuthority | undefined
  readonly others: readonly NamedAuthority[]
  readonly unmatched: readonly string[]
  readonly reasons: readonly RowReason[]
}

function authoritiesOf(texts: RowTexts, { plan, findAuthority }: TableFrame): Names {
  const [first, ...beside] = readNames(texts.lead ?? '')
  const own = first === undefined && plan.kind !== 'consolidated'
  const lead = own ? { id: plan.authorityId, name: '', shortName: '' } : findAuthority(first ?? '')
  const named = [...beside, ...readNames(texts.others ?? '')]
  const found = named.map((name) => ({ name, authority: findAuthority(name) }))
  const others = found.flatMap(({ authority }) => (authority ? [authority] : []))
  const reasons: RowReason[] = []
  if (!lead) reasons.push({ code: 'lead_unknown', params: { text: first ?? '' } })
  if (lead && plan.kind !== 'consolidated' && lead.id !== plan.authorityId)
    reasons.push({ code: 'lead_not_own', params: { text: first ?? '' } })
  return {
    lead,
    others: others.filter(({ id }, at) => id !== lead?.id && others.findIndex((one) => one.id === id) === at),
    unmatched: found.flatMap(({ name, authority }) => (authority ? [] : [name])),
    reasons,
  }
}

function partsOf(
  texts: RowTexts,
  { lead, others }: Names,
  { itemIndex, findAuthority }: TableFrame,
): { readonly parts: readonly LinePart[]; readonly unmatched: readonly string[] } {
  if (!lead) return { parts: [], unmatched: [] }
  const ids = [lead, ...others].map(({ id }) => id)
  const cell = texts.items ?? ''
  const found = findItemsIn(cell, ids, itemIndex, findAuthority)
  // Where no column names the items, the name of the task or its content may be one.
  const instead = cell === '' ? [texts.taskName, texts.content].filter((text) => text !== undefined) : []
  const guessed = instead
    .map((text) => findItemsIn(text, ids, itemIndex, findAuthority))
    .find(({ byAuthority }) => byAuthority.size > 0)
  const { byAuthority } = guessed ?? found
  const owners = [...ids, ...[...byAuthority.keys()].filter((id) => !ids.includes(id))]
  return {
    parts: owners.map((authorityId) => ({ authorityId, itemIds: byAuthority.get(authorityId) ?? [] })),
    unmatched: found.unmatched,
  }
}

function amountOf(texts: RowTexts): ReadRow {
  const { amount, count } = texts
  if (amount === undefined && count === undefined) return { said: {}, reasons: [] }
  const both = [amount, count].filter((text) => text !== undefined && text !== '')
  const text = both.length === 2 ? `${both[0]}(${both[1]})` : (both[0] ?? '')
  const read = readAmount(text)
  if (!read)
    return { said: {}, reasons: [{ code: 'amount_unreadable', params: { text: text.slice(0, 100) } }] }
  const { note, ...numbers } = read
  const classRatios = numbers.classRatios ?? classRatiosIn(texts.classes ?? '')
  return { said: { ...numbers, classRatios, amountNote: note }, reasons: [] }
}

function periodOf(texts: RowTexts, { period }: TableFrame): ReadRow {
  const { period: text } = texts
  if (text === undefined) return { said: {}, reasons: [] }
  const read = readPeriod(text, period)
  if (!read)
    return { said: {}, reasons: [{ code: 'period_unreadable', params: { text: text.slice(0, 100) } }] }
  const isInside = read.startsOn >= period.startsOn && read.endsOn <= period.endsOn
  return {
    said: { startsOn: read.startsOn, endsOn: read.endsOn },
    reasons: isInside ? [] : [{ code: 'period_outside_year', params: { text: text.slice(0, 100) } }],
  }
}

// How long a text may be, in signs: what the database takes.
const LONGEST = { code: 60, taskName: 200, object: 1000, guidedBy: 200, unit: 100, content: 4000 } as const
const NULLABLE = ['code', 'guidedBy', 'unit', 'content'] as const

function wordsOf(texts: RowTexts, frame: TableFrame): ReadRow & { readonly unmatched: readonly string[] } {
  const unmatched: string[] = []
  const long = (Object.keys(LONGEST) as (keyof typeof LONGEST)[]).filter(
    (field) => (texts[field]?.length ?? 0) > LONGEST[field],
  )
  const reasons: RowReason[] = long.map((field) => ({ code: 'too_long', params: { field } }))
  const frequency = texts.frequency === undefined ? undefined : readFrequency(texts.frequency)
  if (texts.frequency !== undefined && !frequency) unmatched.push(`频次：${texts.frequency}`)
  const draws = readDraws(texts.draws ?? '')
  if (draws === undefined && (texts.draws ?? '') !== '') unmatched.push(`抽查批次：${texts.draws}`)
  const methods = texts.methods === undefined ? undefined : readMethods(texts.methods).codes
  if (methods?.length === 0 && (texts.methods ?? '') !== '') unmatched.push(`检查方式：${texts.methods}`)
  const mode = modeNamed(texts.mode ?? '', frame)
  if (mode === undefined && (texts.mode ?? '') !== '') unmatched.push(`联查模式：${texts.mode}`)
  const field = readField(texts.field ?? '')
  if (field && frame.plan.field !== 'all' && field !== frame.plan.field)
    reasons.push({ code: 'field_not_of_plan', params: { text: texts.field ?? '' } })
  return {
    said: {
      ...Object.fromEntries(
        NULLABLE.flatMap((name) => (texts[name] === undefined ? [] : [[name, oneLine(name, texts[name])]])),
      ),
      ...taskNameOf(texts),
      ...((texts.object ?? '') === '' ? {} : { object: texts.object! }),
      ...present('drawType', readDrawType(texts.drawType ?? '')),
      ...present('field', field),
      ...((texts.tier ?? '') === ''
        ? {}
        : { tier: /重点/.test(texts.tier!) ? ('PRIORITY' as const) : ('GENERAL' as const) }),
      ...(frequency ? { frequencyLeast: frequency.least, frequencyMost: frequency.most } : {}),
      ...present('draws', draws),
      ...present('methods', methods),
      ...present('mode', mode),
      ...readLevels(texts.levels ?? ''),
      ...(texts.remark === undefined ? {} : { remarkText: texts.remark || null }),
    },
    reasons,
    unmatched,
  }
}

function oneLine(field: (typeof NULLABLE)[number], text: string): string | null {
  const told = field === 'content' ? text : text.replaceAll(/\s+/g, ' ')
  return told === '' ? null : told
}

function taskNameOf({ taskName }: RowTexts): Pick<SaidLine, 'taskName'> {
  const text = taskName?.replaceAll(/\s+/g, ' ') ?? ''
  return text.length < 2 ? {} : { taskName: text }
}

function modeNamed(text: string, { modes }: TableFrame): string | undefined {
  const bare = plain(text).replace(/模式$/, '')
  return bare === '' ? undefined : modes.find(({ name }) => plain(name).includes(bare))?.code
}

function basisReasons(
  basis: string,
  itemIds: readonly string[],
  { items }: TableFrame,
): readonly RowReason[] {
  const titles = itemIds.flatMap((id) => items.get(id)?.bases ?? [])
  if (basis === '' || titles.length === 0) return []
  const bare = (text: string): string => plain(text).replaceAll(/[《》]|中华人民共和国/g, '')
  return titles.some((title) => bare(basis).includes(bare(title))) ? [] : [{ code: 'basis_differs' }]
}

function present<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value }
}

/** The subjects that the items of a line are about: of each list what all of them restrict. */
export function scopeOfItems(
  items: readonly TableItem[],
  where: { readonly divisionCode: string; readonly register: string },
): Scope {
  const union = (list: keyof AppliesTo): readonly string[] =>
    items.length > 0 && items.every(({ appliesTo }) => appliesTo[list].length > 0)
      ? [...new Set(items.flatMap(({ appliesTo }) => appliesTo[list]))].toSorted()
      : []
  return {
    divisions: [where.divisionCode],
    register: where.register,
    industries: union('industries'),
    entityTypes: union('entityTypes'),
    kinds: union('kinds'),
    licenceKinds: union('licenceKinds'),
    pools: union('pools'),
    tags: union('tags'),
    classes: [],
  }
}
