// What a task is as it is drafted: what the line of the plan says, unless it was said otherwise.

import type { LineFacts } from '../../plans/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { TaskDesign, TaskFacts } from '../shapes.ts'

/** What is written of a task, and nothing of what becomes of it. */
export type Draft = Omit<
  TaskFacts,
  | 'id'
  | 'version'
  | 'number'
  | 'year'
  | 'divisionCode'
  | 'planLineVersion'
  | 'drawNo'
  | 'replacesTaskId'
  | 'replyBy'
  | 'round'
  | 'partyIds'
  | 'state'
  | 'draftedById'
  | 'drafterIds'
>

/** As it was sent: what is undefined was not said. */
export type Said = { readonly [K in keyof Draft]?: Draft[K] | undefined }

/** A complete draft, or what is missing. */
export function draftOf(
  said: Said & { readonly leadAuthorityId: string },
  line: LineFacts | undefined,
): { readonly draft: Draft } | { readonly refusal: Refusal } {
  const draft = { ...HOUSE, ...(line ? fromLine(line) : {}), ...withoutUndefined(said) }
  const missing = NEEDED.find((name) => draft[name as keyof typeof draft] === undefined)
  if (missing !== undefined) return { refusal: { code: 'task.incomplete', params: { field: missing } } }
  return { draft: draft as Draft }
}

/** What a line of a plan says of its task. */
export function fromLine(line: LineFacts): Said {
  const design = designOf(line)
  return {
    planLineId: line.id,
    name: line.taskName,
    field: line.field,
    tier: line.tier,
    mode: line.mode,
    crossRegion: line.crossRegion,
    drawType: line.drawType,
    drawLevel: line.drawLevel as Draft['drawLevel'],
    inspectLevel: line.inspectLevel as Draft['inspectLevel'],
    scope: line.scope,
    design,
    strataBy: design.kind === 'ratio' && design.byClass !== undefined ? 'class' : 'whole',
    startsOn: line.startsOn,
    endsOn: line.endsOn,
    ...(line.methods.length === 0 ? {} : { methods: line.methods }),
  }
}

/** How many a line of a plan says are drawn. */
export function designOf({ fullCoverage, batches, quantity, ratio, classRatios }: LineFacts): TaskDesign {
  if (fullCoverage) return { kind: 'coverage', batches: batches ?? 1 }
  if (quantity !== null) return { kind: 'total', n: quantity }
  const byClass =
    classRatios === null || Object.keys(classRatios).length === 0 ? {} : { byClass: classRatios }
  return { kind: 'ratio', ratio: ratio ?? 1, ...byClass }
}

// Measures of the house, which no document knows: they are what the form begins with.
const HOUSE = {
  planLineId: null,
  narrowedReason: null,
  outsideGround: null,
  outsideNote: null,
  outsideEvidence: null,
  capGround: null,
  capNote: null,
  mode: null,
  crossRegion: false,
  strataBy: 'whole',
  waived: {},
  matching: 'subjects',
  teamCount: null,
  loadCap: 20,
  tauHundredths: 25,
  drawnListPublished: true,
} as const satisfies Said

const NEEDED = [
  'name',
  'field',
  'tier',
  'drawType',
  'drawLevel',
  'inspectLevel',
  'scope',
  'design',
  'methods',
  'startsOn',
  'endsOn',
] as const

function withoutUndefined(said: Said): Said {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}
