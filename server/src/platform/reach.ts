// How far an action reaches for an actor. Plain data, made here alone, demanded by every read of a store.

import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Actor, Grant, Role } from './actor.ts'
import type { Refusal } from './refusal.ts'

/**
 * What a role may see or touch by an action: `policy.ts` says it for each. invitedAuthority: what its authority is a party
 * to, and what is open to its division; for rows that name their parties, and their division only once they are open.
 */
export type ReachKind = 'ownAuthority' | 'invitedAuthority' | 'divisionSubtree' | 'everywhere' | 'self'

/** Who may do an action. */
export interface AccessLine {
  /** Anybody at all, also without signing in. */
  readonly public?: true
  /** Every signed-in person, about himself. */
  readonly self?: true
  /** Also a person who still has to set up his second factor. */
  readonly whileEnrolling?: true
  readonly roles?: Readonly<Partial<Record<Role, Exclude<ReachKind, 'self'>>>>
  /** Only shortly after the password and code were given again. */
  readonly reauthenticate?: true
}

/** action → who may. */
export type Policy = Readonly<Record<string, AccessLine>>

type Term =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'ownAuthority'; readonly authorityId: string }
  | { readonly kind: 'divisionSubtree'; readonly prefix: string }
  | { readonly kind: 'self'; readonly personId: string }

declare const made: unique symbol
/** The union of its terms; never empty. */
export interface Reach {
  readonly terms: readonly Term[]
  readonly [made]: true
}

/** The reach of an action for an actor; nothing where the access line does not admit him. */
export function reachOf(line: AccessLine, actor: Actor): Reach | undefined {
  const terms = actor.kind === 'system' ? [EVERYWHERE] : termsOf(line, actor)
  return terms.length === 0 ? undefined : ({ terms } as unknown as Reach)
}

/** `990100` → `9901`: what the codes of a division and of all below it begin with; of the nation (000000), nothing. */
export function divisionPrefix(code: string): string {
  return code.replace(/(00){1,3}$/, '')
}

/** Where something is: of an authority, in a division, about a person. */
export interface Place {
  readonly authorityId?: string
  /** Of several at once: a subject that two of them supervise. */
  readonly authorityIds?: readonly string[]
  readonly divisionCode?: string
  readonly personId?: string
}

/** What one actor may do, and where: for `can`, and for acts on a record that other actions let him see. */
export interface Access {
  /** The reach of an action; nothing where it does not admit him. */
  reachOf(action: string): Reach | undefined
  /** Why he may not do an action at a place. */
  whyNot(action: string, place: Place): Refusal | undefined
}

/** The access of an actor under a policy. */
export function accessOf(policy: Policy, actor: Actor): Access {
  const reachFor = (action: string): Reach | undefined => reachOf(policy[action] ?? {}, actor)
  return {
    reachOf: reachFor,
    whyNot: (action, place) => {
      const reach = reachFor(action)
      return reach && covers(reach, place) ? undefined : { code: 'not_allowed' }
    },
  }
}

/** Whether a reach takes in a place. */
export function covers(reach: Reach, place: Place): boolean {
  return reach.terms.some((term) => {
    switch (term.kind) {
      case 'everywhere':
        return true
      case 'ownAuthority':
        return (
          place.authorityId === term.authorityId || place.authorityIds?.includes(term.authorityId) === true
        )
      case 'divisionSubtree':
        return place.divisionCode?.startsWith(term.prefix) === true
      case 'self':
        return place.personId === term.personId
    }
  })
}

/** The columns by which a query's rows have their place. A column that is left out admits no term that needs it. */
export interface PlaceColumns {
  readonly authority?: string
  /** An array of authorities, any of which is enough; instead of `authority`. */
  readonly authorities?: string
  readonly division?: string
  readonly person?: string
}

/** The condition that a query's rows lie within a reach, for `where`. */
export function within(reach: Reach, columns: PlaceColumns): RawBuilder<SqlBool> {
  const conditions = reach.terms.map((term) => conditionOf(term, columns))
  return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`
}

const EVERYWHERE: Term = { kind: 'everywhere' }

function termsOf(line: AccessLine, actor: Exclude<Actor, { kind: 'system' }>): readonly Term[] {
  if (line.public) return [EVERYWHERE]
  if (actor.kind === 'anonymous') return []
  if (actor.stage === 'enrol' && !line.whileEnrolling) return []
  const self: readonly Term[] = line.self ? [{ kind: 'self', personId: actor.personId }] : []
  return [...self, ...actor.grants.flatMap((grant) => termsOfGrant(line, grant))]
}

function termsOfGrant(line: AccessLine, { role, authorityId, divisionCode }: Grant): readonly Term[] {
  const own: Term = { kind: 'ownAuthority', authorityId }
  const below: Term = { kind: 'divisionSubtree', prefix: divisionPrefix(divisionCode) }
  switch (line.roles?.[role]) {
    case 'everywhere':
      return [EVERYWHERE]
    case 'ownAuthority':
      return [own]
    case 'divisionSubtree':
      return [below]
    case 'invitedAuthority':
      return [own, below]
    case undefined:
      return []
  }
}

function conditionOf(term: Term, columns: PlaceColumns): RawBuilder<SqlBool> {
  switch (term.kind) {
    case 'everywhere':
      return sql<SqlBool>`true`
    case 'ownAuthority':
      if (columns.authorities)
        return sql<SqlBool>`${sql.ref(columns.authorities)} @> array[${term.authorityId}::uuid]`
      return columns.authority
        ? sql<SqlBool>`${sql.ref(columns.authority)} = ${term.authorityId}`
        : sql<SqlBool>`false`
    case 'divisionSubtree':
      // A literal prefix, so that the index on the code's pattern serves it.
      return columns.division
        ? sql<SqlBool>`${sql.ref(columns.division)} like ${`${term.prefix}%`}`
        : sql<SqlBool>`false`
    case 'self':
      return columns.person
        ? sql<SqlBool>`${sql.ref(columns.person)} = ${term.personId}`
        : sql<SqlBool>`false`
  }
}
