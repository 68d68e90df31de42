// The files of law/, as texts → the law. Everything that is wrong is found and said at once; a law with a fault never loads.

import { LineCounter, parseDocument as parseYaml } from 'yaml'
import { makeCalendars, withYears, type YearCalendar } from './calendars.ts'
import { NATION, parseDivisions } from './divisions.ts'
import { whyNotEntry } from './entries.ts'
import { fault, fieldsOf, isFields, type LawFault, LawRefused } from './faults.ts'
import { parseCalendar, parseCodeList, parseDocument, parseDocuments } from './parse-lists.ts'
import { parseDeclared, parseEntries, type Section } from './parse-parameters.ts'
import { parseIndustries } from './industries.ts'
import type { CodeList, Law, LawDocument, LawEntry } from './shapes.ts'
import { versionOf } from './version.ts'

const HEAD = ['document', 'title', 'issuer', 'issued'] as const

/** Path below law/, such as `cn/publication.yaml` → its text. */
export type LawTexts = ReadonlyMap<string, string>

/** Reads the law. Throws LawRefused with every fault: file, key, what is wrong and how to mend it. */
export function loadLawFromTexts(texts: LawTexts): Law {
  const faults: LawFault[] = []
  const files = [...texts.keys()].filter((path) => path.endsWith('.yaml')).sort()
  const parsed = new Map(files.map((file) => [file, parseFile(file, texts.get(file) ?? '', faults)]))
  const divisions = parseDivisions(texts.get('divisions/divisions.tsv') ?? '')
  const industries = parseIndustries(texts.get('industries/industries.tsv') ?? '')
  const documents = documentsOf(parsed, faults)
  const codeLists = codeListsOf(parsed, documents, faults)
  const national = sectionsOf(parsed)
  const parameters = new Map(national.flatMap((s) => parseDeclared(s, faults)).map((p) => [p.key, p]))
  for (const { key, list } of parameters.values())
    if (list !== undefined && !codeLists.has(list))
      fault({ file: 'cn', key, faults }, `there is no code list ${list}`, `write cn/codes/${list}.yaml`)
  const frame = { parameters, codeLists, divisions, industries, documents }
  const entries = [
    ...national.flatMap((section) => parseEntries(section, frame, faults, true)),
    ...overlaysOf(parsed, faults).flatMap((section) => parseEntries(section, frame, faults, false)),
  ]
  const years = files.flatMap((file) =>
    file.startsWith('calendar/') ? (parseCalendar(file, parsed.get(file), faults) ?? []) : [],
  )
  if (faults.length > 0) throw new LawRefused(faults)
  return finished({ ...frame, calendars: makeCalendars(years) }, entries)
}

/**
 * The law with dated values that a legal officer entered and another approved, in order of approval. Throws LawRefused for
 * one that cannot stand; ask `whyNotEntry` before it is approved.
 */
export function withEntries(law: Law, entries: readonly LawEntry[]): Law {
  const faults = entries.flatMap((entry) => {
    const why = whyNotEntry(law, entry)
    return why ? [{ file: 'entry', key: `${entry.division} ${entry.key} ${entry.from}`, ...why }] : []
  })
  if (faults.length > 0) throw new LawRefused(faults)
  return finished(law, [...[...law.entries.values()].flat(), ...entries])
}

/** The law with calendars that an administrator loaded. Throws a RangeError for what is no calendar. */
export function withCalendars(law: Law, years: readonly YearCalendar[]): Law {
  return { ...law, calendars: withYears(law.calendars, years) }
}

function finished(law: Omit<Law, 'entries' | 'version'>, all: readonly LawEntry[]): Law {
  const entries = new Map(
    [...law.parameters.keys()].map((key) => [
      key,
      // The sort is stable: among equal days the order of approval stays.
      all
        .filter((entry) => entry.key === key)
        .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
    ]),
  )
  return { ...law, entries, version: versionOf({ ...law, entries }) }
}

type Parsed = ReadonlyMap<string, unknown>

function parseFile(file: string, text: string, faults: LawFault[]): unknown {
  const lineCounter = new LineCounter()
  const document = parseYaml(text, { lineCounter })
  for (const error of document.errors) {
    const { line } = lineCounter.linePos(error.pos[0])
    const [what = ''] = error.message.split('\n')
    faults.push({ file, key: `line ${line}`, what, mend: 'mend the YAML there' })
  }
  return document.errors.length > 0 ? undefined : document.toJS()
}

function documentsOf(parsed: Parsed, faults: LawFault[]): ReadonlyMap<string, LawDocument> {
  const national = parseDocuments('cn/documents.yaml', parsed.get('cn/documents.yaml'), faults)
  const local = [...parsed].flatMap(([file, raw]) => {
    if (!file.endsWith('/rules.yaml') || !isFields(raw)) return []
    const { document: id, title, issuer, issued } = raw
    const spot = { file, key: 'document', faults }
    if (typeof id !== 'string')
      return fault(spot, 'names no document', 'write “document:” with its number') ?? []
    return parseDocument(spot, id, { title, issuer, issued }) ?? []
  })
  return new Map([...national, ...local].map((document) => [document.id, document]))
}

function codeListsOf(
  parsed: Parsed,
  documents: ReadonlyMap<string, LawDocument>,
  faults: LawFault[],
): ReadonlyMap<string, CodeList> {
  const lists = [...parsed].flatMap(([file, raw]) =>
    file.startsWith('cn/codes/') ? (parseCodeList(file, raw, faults, documents) ?? []) : [],
  )
  return new Map(lists.map((list) => [list.id, list]))
}

/** `cn/publication.yaml` is the section `publication`. */
function sectionsOf(parsed: Parsed): readonly Section[] {
  return [...parsed].flatMap(([file, raw]) => {
    const name = /^cn\/([a-z]+)\.yaml$/.exec(file)?.[1]
    if (name === undefined || name === 'documents' || !isFields(raw)) return []
    return [{ file, name, fields: raw, division: NATION }]
  })
}

/** `cn-410928/rules.yaml` is one document, with its sections in it. */
function overlaysOf(parsed: Parsed, faults: LawFault[]): readonly Section[] {
  return [...parsed].flatMap(([file, raw]) => {
    const division = /^cn-(\d{6})\/rules\.yaml$/.exec(file)?.[1]
    if (division === undefined) {
      const known = /^(?:cn|cn\/codes|calendar)\/[^/]+\.yaml$/.test(file)
      return known
        ? []
        : (fault({ file, key: 'file', faults }, 'has no place here', 'see law/README.md') ?? [])
    }
    if (!isFields(raw)) return []
    const { document } = raw
    const sections = Object.entries(raw).filter(([name]) => !HEAD.some((head) => head === name))
    return sections.map(([name, section]) => ({
      file,
      name,
      division,
      fields: fieldsOf({ file, key: name, faults }, section, Object.keys(isFields(section) ? section : {})),
      ...(typeof document === 'string' ? { document } : {}),
    }))
  })
}
