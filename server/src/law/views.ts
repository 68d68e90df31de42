// The law as the contract shows it.

import type { Access } from '../platform/reach.ts'
import { canOf } from '../platform/refusal.ts'
import type { Static } from 'typebox'
import { citationText } from './citation.ts'
import type { Deadline } from './clock.ts'
import { awaitedYear } from './calendars.ts'
import { compare, placesWithRules } from './comparison.ts'
import { chainOf, NATION } from './divisions.ts'
import { whyNotDecide } from './proposals.rules.ts'
import type { Proposal } from './proposals.store.ts'
import { resolve, type Resolved } from './resolve.ts'
import type {
  CalendarList,
  CodeLists,
  Comparison,
  DeadlineView,
  EntryView,
  ParameterHistory,
  ParameterView,
} from './schema.ts'
import type { Law, LawEntry, Parameter, Place } from './shapes.ts'

/** A parameter with the value in force, if there is one, and what it prevailed over. */
export function parameterView(law: Law, parameter: Parameter, resolved: Resolved | undefined): ParameterView {
  return {
    key: parameter.key,
    label: parameter.label,
    unit: parameter.unit,
    list: parameter.list ?? null,
    inForce: resolved ? entryView(law, resolved) : null,
    overridden: (resolved?.overridden ?? []).map(({ entry, why }) => ({ ...entryView(law, entry), why })),
  }
}

/** A parameter with everything that its place and the levels above ever said of it, the newest first. */
export function historyView(law: Law, parameter: Parameter, place: Place): Static<typeof ParameterHistory> {
  const chain = chainOf(law.divisions, place.division)
  const entries = (law.entries.get(parameter.key) ?? []).filter(({ division }) => chain.includes(division))
  return {
    ...parameterView(law, parameter, resolve(law, parameter.key, place)),
    entries: entries.toReversed().map((entry) => entryView(law, entry)),
  }
}

/** Several places beside each other, and those that would be worth looking at. */
export function comparisonView(
  law: Law,
  places: readonly Place[],
  keys: readonly string[] | undefined,
): Static<typeof Comparison> {
  const named = ({ division, on }: Place) => ({ division, name: nameOf(law, division), on })
  return {
    version: law.version,
    places: places.map(named),
    items: compare(law, places, keys).map(({ parameter, resolved, differs }) => ({
      key: parameter.key,
      label: parameter.label,
      unit: parameter.unit,
      list: parameter.list ?? null,
      inForce: resolved.map((each) => (each ? entryView(law, each) : null)),
      differs,
    })),
    withRules: placesWithRules(law).map(named),
  }
}

/** A division's chain with names, the nation first. */
export function chainView(law: Law, division: string): { readonly code: string; readonly name: string }[] {
  return chainOf(law.divisions, division).map((code) => ({ code, name: nameOf(law, code) }))
}

/** When an act is due. */
export function deadlineView(
  law: Law,
  key: string,
  start: string,
  deadline: Deadline,
): Static<typeof DeadlineView> {
  const provisional = deadline.kind === 'provisional'
  return {
    key,
    start,
    length: deadline.length,
    unit: deadline.rule.parameter.unit,
    force: deadline.force,
    due: provisional ? null : deadline.date,
    awaitsYear: provisional ? deadline.awaits : null,
    notBefore: provisional ? deadline.notBefore : null,
    rule: entryView(law, deadline.rule),
  }
}

/** A proposal, with what the viewer may do with it. */
export function proposalView(
  law: Law,
  proposal: Proposal,
  viewer: { readonly personId: string; readonly access: Access },
): EntryView {
  const { entry } = proposal
  const parameter = law.parameters.get(entry.key)
  // A later version of the divisions may have dropped one that a proposal is for.
  const known = law.divisions.has(entry.division)
  const inForce =
    parameter && known ? resolve(law, entry.key, { division: entry.division, on: entry.from }) : undefined
  const whyNot = (action: string) =>
    canOf(
      viewer.access.whyNot(action, { divisionCode: entry.division }) ??
        whyNotDecide(proposal, viewer.personId),
    )
  return {
    id: proposal.id,
    division: entry.division,
    divisionName: nameOf(law, entry.division),
    parameter: entry.key,
    label: parameter?.label ?? { 'zh-CN': entry.key, en: entry.key },
    unit: parameter?.unit ?? 'text',
    value: entry.value as EntryView['value'],
    kind: entry.kind,
    from: entry.from,
    until: entry.until ?? null,
    startsAt: entry.startsAt ?? null,
    source: {
      document: entry.source.document,
      phrase: entry.source.phrase ?? '',
      ...(entry.source.article === undefined ? {} : { article: entry.source.article }),
    },
    state: proposal.state,
    proposedBy: proposal.proposedBy,
    proposedAt: proposal.proposedAt.toISOString(),
    decidedBy: proposal.decidedBy ?? null,
    decidedAt: proposal.decidedAt?.toISOString() ?? null,
    replaces: inForce && proposal.state === 'proposed' ? entryView(law, inForce) : null,
    version: proposal.version,
    can: { approve: whyNot('law.approve'), reject: whyNot('law.reject') },
  }
}

/** The published years, those that were loaded here marked, and the next years that are not published. */
export function calendarsView(law: Law, files: Law, year: number): Static<typeof CalendarList> {
  const items = [...law.calendars.years.values()]
    .toSorted((a, b) => b.year - a.year)
    .map((c) => ({
      year: c.year,
      holidays: [...c.holidays],
      workdays: [...c.workdays],
      notices: [...c.notices],
      loaded: files.calendars.years.get(c.year) !== c,
    }))
  const missing = [year, year + 1].filter((y) => awaitedYear(law.calendars, `${y}-01-04`, '12-31') === y)
  return { items, missing }
}

/** The code lists from which values are chosen. */
export function codeListsView(law: Law): Static<typeof CodeLists> {
  return {
    items: [...law.codeLists.values()].map(({ id, label, codes }) => ({
      id,
      label,
      codes: codes.map(({ code, label, from, until }) => ({ code, label, from, until: until ?? null })),
    })),
  }
}

function entryView(law: Law, entry: LawEntry) {
  const { source } = entry
  return {
    value: entry.value as ParameterView['overridden'][number]['value'],
    kind: entry.kind,
    division: entry.division,
    divisionName: nameOf(law, entry.division),
    from: entry.from,
    until: entry.until ?? null,
    startsAt: entry.startsAt ?? null,
    source: {
      document: source.document,
      title: law.documents.get(source.document)?.title ?? null,
      citation: citationText(source),
      confirmed: source.confirmed,
      note: source.note ?? null,
    },
  }
}

function nameOf(law: Law, division: string): string {
  return division === NATION ? '全国' : (law.divisions.get(division)?.name ?? division)
}
