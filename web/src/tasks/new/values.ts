// What the form of a task holds, and how it becomes the request: ratios are per cent on the screen and basis points in it.

import type { NewTask, PlanLine, PreviewBody, Task } from '../queries.ts'

type ClassLetter = 'A' | 'B' | 'C' | 'D' | 'N'

/** The fields of the form. */
export interface TaskValues {
  readonly origin: 'plan' | 'outside'
  readonly leadAuthorityId: string
  readonly planLineId?: string
  readonly outsideGround?: string
  readonly outsideNote?: string
  readonly outsideEvidence?: string
  readonly name?: string
  readonly field?: NewTask['field']
  readonly tier?: NewTask['tier']
  readonly scope?: Partial<NonNullable<NewTask['scope']>>
  readonly narrowedReason?: string
  readonly strataBy?: NonNullable<NewTask['strataBy']>
  readonly designKind?: 'ratio' | 'total' | 'coverage'
  readonly ratio?: number
  readonly byClass?: Partial<Record<ClassLetter, number | null>>
  readonly n?: number
  readonly batches?: number
  readonly waiveUpper?: boolean
  readonly waiveUpperReason?: string
  readonly waiveOwn?: boolean
  readonly waiveOwnReason?: string
  readonly mode?: string
  readonly parts?: readonly {
    readonly authorityId?: string
    readonly members?: number
    readonly itemIds?: string[]
  }[]
  readonly matching?: NonNullable<NewTask['matching']>
  readonly teamCount?: number
  readonly loadCap?: number
  readonly methods?: string[]
  readonly startsOn?: string
  readonly endsOn?: string
  readonly drawType?: NewTask['drawType']
  readonly drawLevel?: NewTask['drawLevel']
  readonly inspectLevel?: NewTask['inspectLevel']
  readonly crossRegion?: boolean
  readonly drawnListPublished?: boolean
  readonly capGround?: string
  readonly capNote?: string
}

const EMPTY = {
  register: null,
  industries: [],
  entityTypes: [],
  kinds: [],
  licenceKinds: [],
  pools: [],
  tags: [],
  classes: [],
} as const

/** The body of a new task. */
export function bodyOf(values: TaskValues): NewTask {
  return {
    ...editOf(values),
    leadAuthorityId: values.leadAuthorityId,
    ...originOf(values),
    ...partsIn(values),
  }
}

/**
 * What is tried while somebody writes. A name and days are needed by the rules and not by the numbers: where they are missing any
 * will do. Who takes part in a saved task is known where it is saved, and is no part of its form.
 */
export function asPreview(values: TaskValues, taskId: string | undefined): PreviewBody | undefined {
  const { startsOn, endsOn, origin, planLineId } = values
  const { parts, ...body } = bodyOf(values)
  if (!body.scope || !body.design || (origin === 'plan' && !planLineId)) return undefined
  const year = new Date().getFullYear()
  return {
    ...body,
    name: body.name ?? '–-',
    field: body.field ?? 'market',
    tier: body.tier ?? 'GENERAL',
    methods: body.methods && body.methods.length > 0 ? body.methods : ['ON_SITE'],
    startsOn: startsOn ?? `${year}-12-31`,
    endsOn: endsOn ?? startsOn ?? `${year}-12-31`,
    ...(taskId === undefined ? { parts } : { taskId }),
  } as PreviewBody
}

/** The body of an edit: everything but where it comes from and who takes part. */
export function editOf(values: TaskValues): Omit<NewTask, 'leadAuthorityId'> {
  const { name, field, tier, strataBy, matching, loadCap, methods, startsOn, endsOn } = values
  const { drawType, drawLevel, inspectLevel, crossRegion, drawnListPublished, capGround, capNote } = values
  const isOutside = values.origin === 'outside'
  return without({
    name,
    field,
    tier,
    strataBy,
    matching,
    loadCap,
    methods,
    startsOn,
    endsOn,
    drawType,
    drawLevel,
    inspectLevel,
    crossRegion,
    drawnListPublished,
    mode: values.mode ?? null,
    scope: scopeIn(values),
    narrowedReason: values.narrowedReason ?? null,
    design: designIn(values),
    waived: waivedIn(values),
    teamCount: matching === 'teams' ? (values.teamCount ?? null) : null,
    capGround: capGround ?? null,
    capNote: capGround ? (capNote ?? null) : null,
    ...(isOutside ? { outsideNote: values.outsideNote ?? null } : {}),
  })
}

/** What the form begins with from a line of the plan. */
export function fromLine(line: PlanLine): Partial<TaskValues> {
  const { quantity, ratio, fullCoverage, batches, classRatios } = line
  const kind = fullCoverage ? 'coverage' : quantity !== null ? 'total' : 'ratio'
  const hasClasses = classRatios !== null && Object.keys(classRatios).length > 0
  return without({
    name: line.taskName,
    field: line.field,
    tier: line.tier,
    scope: line.scope,
    strataBy: hasClasses ? 'class' : 'whole',
    designKind: kind,
    ...(ratio === null ? {} : { ratio: ratio / 100 }),
    ...(quantity === null ? {} : { n: quantity }),
    batches: batches ?? 1,
    ...(hasClasses ? { byClass: perCent(classRatios) } : {}),
    ...(line.mode === null ? {} : { mode: line.mode }),
    parts: line.parts.map(({ authorityId, items }) => ({ authorityId, itemIds: items.map(({ id }) => id) })),
    ...(line.methods.length === 0 ? {} : { methods: [...line.methods] }),
    startsOn: line.startsOn,
    endsOn: line.endsOn,
    drawType: line.drawType,
    drawLevel: line.drawLevel as NonNullable<TaskValues['drawLevel']>,
    inspectLevel: line.inspectLevel as NonNullable<TaskValues['inspectLevel']>,
    crossRegion: line.crossRegion,
  }) as Partial<TaskValues>
}

/** What the form begins with where a task is edited. */
export function fromTask(task: Task): TaskValues {
  const { design, waived } = task
  return without({
    origin: task.planLineId === null ? 'outside' : 'plan',
    leadAuthorityId: task.leadAuthorityId,
    planLineId: task.planLineId ?? undefined,
    outsideGround: task.outsideGround ?? undefined,
    outsideNote: task.outsideNote ?? undefined,
    outsideEvidence: task.outsideEvidence ?? undefined,
    name: task.name,
    field: task.field,
    tier: task.tier,
    scope: task.scope,
    narrowedReason: task.narrowedReason ?? undefined,
    strataBy: task.strataBy,
    designKind: design.kind,
    ratio: design.kind === 'ratio' ? design.ratio / 100 : undefined,
    byClass: design.kind === 'ratio' && design.byClass ? perCent(design.byClass) : undefined,
    n: design.kind === 'total' ? design.n : undefined,
    batches: design.kind === 'coverage' ? design.batches : undefined,
    waiveUpper: waived.INSPECTED_BY_UPPER !== undefined,
    waiveUpperReason: waived.INSPECTED_BY_UPPER,
    waiveOwn: waived.INSPECTED_THIS_YEAR !== undefined,
    waiveOwnReason: waived.INSPECTED_THIS_YEAR,
    mode: task.mode ?? undefined,
    matching: task.matching,
    teamCount: task.teamCount ?? undefined,
    loadCap: task.loadCap,
    methods: [...task.methods],
    startsOn: task.startsOn,
    endsOn: task.endsOn,
    drawType: task.drawType,
    drawLevel: task.drawLevel,
    inspectLevel: task.inspectLevel,
    crossRegion: task.crossRegion,
    drawnListPublished: task.drawnListPublished,
    capGround: task.capGround ?? undefined,
    capNote: task.capNote ?? undefined,
  }) as TaskValues
}

function originOf(values: TaskValues) {
  if (values.origin === 'plan') return { planLineId: values.planLineId ?? null }
  return {
    outsideGround: values.outsideGround ?? null,
    outsideNote: values.outsideNote ?? null,
    outsideEvidence: values.outsideEvidence ?? null,
  }
}

function partsIn({ parts = [] }: TaskValues): Pick<NewTask, 'parts'> {
  return {
    parts: parts.flatMap(({ authorityId, members, itemIds = [] }) =>
      authorityId === undefined ? [] : [{ authorityId, members: members ?? 1, itemIds }],
    ),
  }
}

function scopeIn({ scope }: TaskValues): NewTask['scope'] | undefined {
  if (!scope?.divisions || scope.divisions.length === 0) return undefined
  return { ...EMPTY, ...(without(scope) as object), divisions: [...scope.divisions] } as never
}

/** Whether the scope of the form is no longer the line's: its list of conditions was changed. */
export function differsFrom(line: Pick<PlanLine, 'scope'>, { scope = {} }: TaskValues): boolean {
  return Object.entries(line.scope).some(([name, planned]) => {
    const said = scope[name as keyof typeof scope] ?? EMPTY[name as keyof typeof EMPTY]
    return listed(said) !== listed(planned)
  })
}

function listed(value: unknown): string {
  if (Array.isArray(value)) return (value as readonly string[]).toSorted().join(',')
  return typeof value === 'string' ? value : ''
}

function designIn(values: TaskValues): NewTask['design'] | undefined {
  const { designKind, ratio, n, batches } = values
  if (designKind === 'total') return n === undefined || n === null ? undefined : { kind: 'total', n }
  if (designKind === 'coverage') return { kind: 'coverage', batches: batches ?? 1 }
  if (ratio === undefined || ratio === null) return undefined
  const byClass = Object.fromEntries(
    Object.entries(values.byClass ?? {}).flatMap(([letter, share]) =>
      share === null || share === undefined ? [] : [[letter, Math.round(share * 100)]],
    ),
  )
  const isSplit = values.strataBy !== 'whole' && Object.keys(byClass).length > 0
  return { kind: 'ratio', ratio: Math.round(ratio * 100), ...(isSplit ? { byClass } : {}) }
}

function waivedIn(values: TaskValues): NonNullable<NewTask['waived']> {
  return without({
    INSPECTED_BY_UPPER: values.waiveUpper ? (values.waiveUpperReason ?? undefined) : undefined,
    INSPECTED_THIS_YEAR: values.waiveOwn ? (values.waiveOwnReason ?? undefined) : undefined,
  })
}

function perCent(ratios: Partial<Record<ClassLetter, number>>): Partial<Record<ClassLetter, number>> {
  return Object.fromEntries(Object.entries(ratios).map(([letter, ratio]) => [letter, ratio / 100]))
}

/** What was said; undefined and empty is left out. */
function without<T extends object>(all: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value !== ''),
  ) as { [K in keyof T]: Exclude<T[K], undefined> }
}
