// 实施方案: its versions, and who may do what with them when (REQ-SCH-1…3, D-14).

import { isNamed, type Law, type Place } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { changedSections, type Section, whyNotContents } from './sections.rules.ts'
import { changedTerms, type Terms, whyNotTerms } from './terms.rules.ts'

export const SCHEME_STATES = ['draft', 'published', 'superseded'] as const
export type SchemeState = (typeof SCHEME_STATES)[number]
export const SCHEME_COMMANDS = ['generate', 'edit', 'publish', 'revise', 'supersede'] as const
export type SchemeCommand = (typeof SCHEME_COMMANDS)[number]

/** state → command → state. `revise` leaves the published one and begins the next draft beside it. */
export const SCHEME_STEPS: Readonly<
  Record<SchemeState, Readonly<Partial<Record<SchemeCommand, SchemeState>>>>
> = {
  draft: { generate: 'draft', edit: 'draft', publish: 'published' },
  published: { revise: 'published', supersede: 'superseded' },
  superseded: {},
}

/** A scheme, as far as decisions about it go. */
export interface SchemeFacts {
  readonly state: SchemeState
  /** Who wrote any of this version, or had it generated. */
  readonly drafterIds: readonly string[]
  readonly taskVersion: number
  readonly terms: Terms
  readonly sections: readonly Section[]
  /** As it stood when the task was agreed; null where no scheme lay before those who answered. */
  readonly agreed: { readonly terms: Terms; readonly sections: readonly Section[] } | null
}

/** The task of a scheme, as far as these decisions go. */
export interface SchemedTask {
  readonly state: string
  readonly version: number
}

const CHANNEL = 'publication.scheme_published_through'

/** Why a command cannot be given in a state: the table has no such step. */
export function whyNotStep(state: SchemeState, command: SchemeCommand): Refusal | undefined {
  return SCHEME_STEPS[state][command] === undefined
    ? { code: 'scheme.not_in_this_state', params: { state } }
    : undefined
}

/** Why no scheme is written for a task: it is cancelled; or one is published, which is revised instead. */
export function whyNotGenerate(
  task: Pick<SchemedTask, 'state'>,
  schemes: readonly Pick<SchemeFacts, 'state'>[],
): Refusal | undefined {
  if (task.state === 'cancelled') return { code: 'scheme.task_cancelled' }
  const isOpen = schemes.some(({ state }) => state === 'draft')
  const isPublished = schemes.some(({ state }) => state === 'published')
  return isPublished && !isOpen ? { code: 'scheme.published_already' } : undefined
}

/** Why a published scheme is not revised: none is published, or a draft is being written already. */
export function whyNotRevise(
  task: Pick<SchemedTask, 'state'>,
  schemes: readonly Pick<SchemeFacts, 'state'>[],
): Refusal | undefined {
  if (task.state === 'cancelled') return { code: 'scheme.task_cancelled' }
  if (schemes.some(({ state }) => state === 'draft')) return { code: 'scheme.draft_open' }
  return schemes.some(({ state }) => state === 'published') ? undefined : { code: 'scheme.none_published' }
}

/** Why a scheme cannot be published now, wherever: the task is not agreed or has changed, or it lacks or breaks something. */
export function whyNotPublish(
  scheme: SchemeFacts,
  task: SchemedTask,
  { law, place }: { readonly law: Law; readonly place: Place },
  deciderId: string,
): Refusal | undefined {
  if (task.state === 'cancelled') return { code: 'scheme.task_cancelled' }
  return (
    whyNotStep(scheme.state, 'publish') ??
    (task.state === 'agreed' ? undefined : { code: 'scheme.task_not_agreed' }) ??
    (scheme.taskVersion === task.version ? undefined : { code: 'scheme.task_changed' }) ??
    whyNotAccepted(scheme) ??
    whyNotTerms(law, place, scheme.terms) ??
    whyNotContents(law, place, scheme.sections) ??
    (scheme.drafterIds.includes(deciderId) ? { code: 'scheme.own_writing' } : undefined)
  )
}

/** Why a scheme is not what all accepted: what the system fills in may be new, what somebody writes or settles may not. */
export function whyNotAccepted({
  agreed,
  sections,
  terms,
}: Pick<SchemeFacts, 'agreed' | 'sections' | 'terms'>): Refusal | undefined {
  if (agreed === null) return undefined
  const written = sections.filter(({ isEdited }) => isEdited)
  const [section] = changedSections(written, agreed.sections)
  if (section) return { code: 'scheme.not_as_accepted', params: { section: section.code } }
  const [term] = changedTerms(terms, agreed.terms)
  return term === undefined ? undefined : { code: 'scheme.term_not_as_accepted', params: { term } }
}

/** Why a scheme is not published through a channel: the place's document names another (D-14). */
export function whyNotChannel(law: Law, place: Place, channel: string): Refusal | undefined {
  const isKnown = law.codeLists.get('scheme-channels')?.codes.some(({ code }) => code === channel)
  if (isKnown !== true) return { code: 'scheme.channel_unknown', params: { channel } }
  return isNamed(law, CHANNEL, place, channel) === false
    ? { code: 'scheme.channel_not_here', params: { channel }, law: CHANNEL }
    : undefined
}
