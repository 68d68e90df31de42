// Every value of the law, changed in turn.

import { addDays } from '../../src/law/days.ts'
import type { Law, LawEntry, Value } from '../../src/law/rules.ts'
import type { Code, CodeList } from '../../src/law/shapes.ts'

export interface Mutation {
  readonly name: string
  /** The parameter or code list that is changed. */
  readonly about: string
  readonly law: Law
}

/** Each entry with its value, days, start event or kind changed, or gone; and each code likewise. */
export function mutationsOf(law: Law): readonly Mutation[] {
  const entries = [...law.entries.values()].flat()
  const lists = [...law.codeLists.values()]
  return [
    ...entries.flatMap((entry) =>
      changesOf(law, entry).map(([what, changed]) => ({
        name: `${entry.division} ${entry.key} ${entry.from}: ${what}`,
        about: entry.key,
        law: withEntryAs(law, entry, changed),
      })),
    ),
    ...lists.flatMap((list) =>
      list.codes.flatMap((code) =>
        codeChangesOf(code).map(([what, changed]) => ({
          name: `${list.id} ${code.code} ${code.from}: ${what}`,
          about: list.id,
          law: withCodeAs(law, list, code, changed),
        })),
      ),
    ),
  ]
}

type Change<T> = readonly [what: string, changed: T | undefined]

function changesOf(law: Law, entry: LawEntry): readonly Change<LawEntry>[] {
  const { from, until, startsAt, kind } = entry
  return [
    ['gone', undefined],
    ...valuesBeside(law, entry).map((value): Change<LawEntry> => [
      `value ${String(value)}`,
      { ...entry, value },
    ]),
    ...[-1, 1].map((days): Change<LawEntry> => [`from ${days}`, { ...entry, from: addDays(from, days) }]),
    ...(until === undefined ? [] : [-1, 1]).map((days): Change<LawEntry> => [
      `until ${days}`,
      { ...entry, until: addDays(until!, days) },
    ]),
    ...(until === undefined ? [] : [['without until', withoutUntil(entry)] as const]),
    ...(startsAt === undefined ? [] : [['another start', { ...entry, startsAt: 'leadClosed' }] as const]),
    ...(hasLevelBelow(entry) || kind !== 'default'
      ? [[`kind of ${kind}`, { ...entry, kind: kind === 'default' ? 'binding' : 'default' }] as const]
      : []),
  ]
}

/** A county has no level below it: whether its value is a default or binding changes nothing that could be seen. */
function hasLevelBelow({ division }: LawEntry): boolean {
  return division === 'cn' || division.endsWith('00')
}

function valuesBeside(law: Law, { key, value }: LawEntry): readonly Value[] {
  if (typeof value === 'boolean') return [!value]
  if (typeof value === 'number') return [value - 1, value + 1]
  const list = law.parameters.get(key)?.list
  const others = (law.codeLists.get(list ?? '')?.codes ?? [])
    .map(({ code }) => code)
    .filter((c) => c !== value)
  if (typeof value === 'object')
    return [
      ...value.map((_, k) => value.filter((_one, at) => at !== k)),
      ...value.map((one, k) => value.with(k, /^\d\d-\d\d$/.test(one) ? dayBeside(one) : 'OTHER')),
      ...others.filter((code) => !value.includes(code)).map((code) => [...value, code]),
    ]
  if (/^\d\d-\d\d$/.test(value)) return [dayBeside(value), '12-24']
  return others.length > 0 ? others : [`${value}。`, value === 'PROMPTLY' ? 'AT_ANY_TIME' : 'PROMPTLY']
}

function dayBeside(monthDay: string): string {
  return addDays(`2023-${monthDay}`, 1).slice(5)
}

function codeChangesOf(code: Code): readonly Change<Code>[] {
  return [
    ['gone', undefined],
    ...[-1, 1].map((days): Change<Code> => [`from ${days}`, { ...code, from: addDays(code.from, days) }]),
    ...(code.until === undefined ? [] : [-1, 1]).map((days): Change<Code> => [
      `until ${days}`,
      { ...code, until: addDays(code.until!, days) },
    ]),
    ...Object.entries(code.attributes).map(([name, value]): Change<Code> => {
      const changed =
        typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${value}x`
      return [name, { ...code, attributes: { ...code.attributes, [name]: changed } }]
    }),
  ]
}

function withoutUntil(entry: LawEntry): LawEntry {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'until')) as unknown as LawEntry
}

/** Not through the door: a mutation may be what the loader refuses. */
function withEntryAs(law: Law, entry: LawEntry, changed: LawEntry | undefined): Law {
  const own = (law.entries.get(entry.key) ?? []).flatMap((one) => (one === entry ? (changed ?? []) : one))
  return { ...law, entries: new Map([...law.entries, [entry.key, own]]) }
}

function withCodeAs(law: Law, list: CodeList, code: Code, changed: Code | undefined): Law {
  const codes = list.codes.flatMap((one) => (one === code ? (changed ?? []) : one))
  return { ...law, codeLists: new Map([...law.codeLists, [list.id, { ...list, codes }]]) }
}
