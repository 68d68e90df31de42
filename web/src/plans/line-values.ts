// How a line stands in its form: shares in per cent, the lead's own items apart from those of the others.

import type { Line, NewLine, Scope } from './queries.ts'
import { CLASSES } from './words.tsx'

type Part = NewLine['parts'][number]
type Kept = Omit<NewLine, 'parts' | 'ratio' | 'classRatios' | 'scope'>

/** What the form holds. */
export type LineValues = Partial<Kept> & {
  readonly percent?: number | null
  readonly percents?: Readonly<Partial<Record<(typeof CLASSES)[number], number | null>>>
  readonly leadItems?: readonly string[]
  readonly others?: readonly Partial<Part>[]
  readonly scope?: Partial<Omit<Scope, 'divisions'>> & { readonly divisions?: readonly string[] }
}

const EMPTY_SCOPE: Scope = {
  divisions: [],
  register: null,
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
  classes: [],
}

/** What a line says as a body of the contract; what is not said is said to be nothing, so that it can be taken away. */
export function lineBody(values: LineValues, leadAuthorityId: string): NewLine {
  const { percent, percents, leadItems, others, scope, ...rest } = values
  const shares = Object.entries(percents ?? {}).flatMap(([of, share]) =>
    typeof share === 'number' ? [[of, Math.round(share * 100)]] : [],
  )
  const said = Object.fromEntries(TEXTS.map((name) => [name, rest[name] || null]))
  const counted = Object.fromEntries(NUMBERS.map((name) => [name, rest[name] ?? null]))
  return {
    ...rest,
    ...said,
    ...counted,
    leadAuthorityId,
    mode: rest.mode ?? null,
    crossRegion: rest.crossRegion ?? false,
    fullCoverage: rest.fullCoverage ?? false,
    methods: rest.methods ?? [],
    draws: rest.draws ?? 1,
    ratio: typeof percent === 'number' ? Math.round(percent * 100) : null,
    classRatios: shares.length === 0 ? null : (Object.fromEntries(shares) as NewLine['classRatios']),
    scope: scopeOf(scope),
    parts: [
      { authorityId: leadAuthorityId, itemIds: [...(leadItems ?? [])] },
      ...(others ?? []).flatMap(({ authorityId, itemIds }) =>
        authorityId === undefined ? [] : [{ authorityId, itemIds: itemIds ?? [] }],
      ),
    ],
  } as unknown as NewLine
}

// What was never touched is undefined, and would take the place of the empty list.
function scopeOf(said: LineValues['scope']): Scope {
  const given = Object.entries(said ?? {}).filter(([, value]) => value !== undefined && value !== '')
  return { ...EMPTY_SCOPE, ...Object.fromEntries(given) }
}

/** A line as its form begins. */
export function lineValues(line: Line): LineValues {
  const idsOf = (part: Line['parts'][number] | undefined) => part?.items.map(({ id }) => id) ?? []
  const { ratio, classRatios, parts, scope } = line
  const kept = Object.fromEntries(
    [...TEXTS, ...NUMBERS, ...OTHERS].map((name) => [name, line[name] ?? undefined]),
  )
  return {
    ...(kept as Partial<Kept>),
    scope,
    leadAuthorityId: line.lead.id,
    percent: ratio === null ? null : ratio / 100,
    percents: Object.fromEntries(Object.entries(classRatios ?? {}).map(([of, share]) => [of, share / 100])),
    leadItems: idsOf(parts.find(({ isLead }) => isLead)),
    others: parts
      .filter(({ isLead }) => !isLead)
      .map((part) => ({ authorityId: part.authorityId, itemIds: idsOf(part) })),
  }
}

const TEXTS = ['code', 'guidedBy', 'unit', 'content', 'requirement', 'remark'] as const
const NUMBERS = ['quantity', 'batches', 'frequencyLeast', 'frequencyMost'] as const
const OTHERS = [
  'taskName',
  'drawType',
  'tier',
  'field',
  'mode',
  'crossRegion',
  'draws',
  'object',
  'fullCoverage',
  'methods',
  'startsOn',
  'endsOn',
  'drawLevel',
  'inspectLevel',
] as const
