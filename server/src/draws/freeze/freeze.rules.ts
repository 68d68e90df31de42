// Whether the lists of a task can be frozen for a draw.

import { type Law, type Place, resolve } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { DrawState } from '../shapes.ts'

/** What decides about a freeze. */
export interface FreezeFacts {
  readonly taskState: string
  readonly drawnListPublished: boolean
  readonly hasPublishedScheme: boolean
  readonly leadAuthorityId: string
  readonly oversightAuthorityId: string | undefined
  /** The draws of the task until now. */
  readonly draws: readonly { readonly name: string; readonly state: DrawState }[]
  /** A file that is being written into the register. */
  readonly movingFile: string | undefined
  readonly law: Law
  readonly place: Place
}

const LIST = 'publication.drawn_list_published'
const CONTENTS = 'tasks.scheme_contents'

/** Why nothing can be frozen for a task now. */
export function whyNotFreeze(facts: FreezeFacts, isSealed: boolean): Refusal | undefined {
  const { taskState, draws, movingFile, oversightAuthorityId } = facts
  if (taskState !== 'agreed') return { code: 'draw.task_not_agreed' }
  const standing = draws.find(({ state }) => state !== 'void' && state !== 'discarded')
  if (standing) return { code: 'draw.there_already', params: { draw: standing.name } }
  if (!facts.hasPublishedScheme && resolve(facts.law, CONTENTS, facts.place) !== undefined)
    return { code: 'draw.scheme_needed', law: CONTENTS }
  if (oversightAuthorityId === undefined || oversightAuthorityId === facts.leadAuthorityId)
    return { code: 'draw.no_oversight' }
  if (isSealed && mustBePublic(facts)) return { code: 'draw.list_public', law: LIST }
  return movingFile === undefined ? undefined : { code: 'draw.register_moving', params: { file: movingFile } }
}

/** Whether the list of who was drawn is public from the certificate on (D-13): where the law says so, or the task. */
export function mustBePublic({
  law,
  place,
  drawnListPublished,
}: Pick<FreezeFacts, 'law' | 'place' | 'drawnListPublished'>): boolean {
  const value = resolve(law, LIST, place)?.value
  return value === true || drawnListPublished
}

/** The authority that oversees a draw: of the conference, else its office, else the lead's superior; never the lead. */
export function oversightFor(
  leadAuthorityId: string,
  known: {
    readonly conference: { readonly oversightId: string | null; readonly officeId: string } | undefined
    /** Those above the lead, the nearest first. */
    readonly superiorIds: readonly string[]
  },
): string | undefined {
  const { conference, superiorIds } = known
  const asked = [conference?.oversightId, conference?.officeId, ...superiorIds]
  return asked.find((id): id is string => typeof id === 'string' && id !== leadAuthorityId)
}
