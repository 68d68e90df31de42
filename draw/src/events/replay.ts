// Applies a draw's events in order: each is either what the rules of spec section 7 allow, or a fault with its number.

import type { Alg } from '../hash.ts'
import type { Loaded, LoadedEvent } from '../bundle/load.ts'
import { type Ranked, rankIds } from '../choose/rank.ts'
import type { Drawn } from '../choose/subjects.ts'
import type { Commitment, Demand } from '../manifest/commitment.ts'
import type { OpenEvent, SkipEvent, SubstituteEvent, VoidEvent } from '../manifest/event.ts'
import type { AssignmentLine } from '../matching/index.ts'
import type { Person } from '../people/register.ts'
import { substituteSeedOf } from '../seed.ts'
import { freshSourceHolds } from '../sources/rules.ts'
import { PeopleRoster, SubjectRoster } from './roster.ts'
import { candidatesFor, mayTakeOver } from './substitute.ts'

/** What a replay starts from. What is not known (L1, sealed) is left out, and what rests on it stays unknown. */
export interface ReplayFrom {
  readonly commit: Loaded<Commitment>
  readonly alg: Alg
  readonly closed: boolean
  readonly certified: boolean
  readonly seed?: string | undefined
  readonly drawn?: readonly Drawn[] | undefined
  /** The undrawn and the drawn of a stratum (of a class in pps) in ticket order, for a member of it. */
  readonly ranked?: ((id: string, stratum: string) => readonly Ranked[]) | undefined
  readonly stratumOf?: ((id: string) => string) | undefined
  /** teams.tsv, or each subject with all its people. */
  readonly places?: readonly AssignmentLine[] | undefined
  /** assignment.tsv in mode teams. */
  readonly teamOf?: ReadonlyMap<string, string> | undefined
  /** Alias to authority, from inspectors.tsv. */
  readonly authorityOf?: ReadonlyMap<string, string> | undefined
  /** Everybody in the pools, with classes and conflicts; L2 only. */
  readonly people?: readonly Person[] | undefined
  readonly demandOf?: ((id: string, stratum: string) => Demand) | undefined
}

/** A broken rule. */
export interface EventFault {
  readonly n: number
  readonly code: string
}

/** The list as it stands after all events. */
export interface Replay {
  readonly faults: readonly EventFault[]
  /** Events of which some rule could not be checked. */
  readonly unknown: readonly EventFault[]
  /** Event number → who entered; "" where nobody may. Only where it could be computed. */
  readonly entered: ReadonlyMap<number, string>
  /** Event number → the ticket of the subject that entered, 64 hex. */
  readonly tickets: ReadonlyMap<number, string>
  readonly subjects: SubjectRoster | undefined
  readonly people: PeopleRoster | undefined
  readonly teamOf: ReadonlyMap<string, string>
}

/** Replays the events of a bundle. */
export function replay(from: ReplayFrom, events: readonly LoadedEvent[]): Replay {
  const run = new Run(from)
  for (const e of events) if (e.event) run.apply(e, e.event)
  return run
}

class Run implements Replay {
  readonly faults: EventFault[] = []
  readonly unknown: EventFault[] = []
  readonly entered = new Map<number, string>()
  readonly tickets = new Map<number, string>()
  readonly subjects: SubjectRoster | undefined
  readonly people: PeopleRoster | undefined
  readonly teamOf: Map<string, string>
  readonly #from: ReplayFrom
  readonly #waiting = new Set<string>()
  #voided = false
  #opened = false
  #uncertain = false

  constructor(from: ReplayFrom) {
    this.#from = from
    this.subjects = from.drawn && new SubjectRoster(from.drawn)
    this.people = from.places && new PeopleRoster(from.places)
    this.teamOf = new Map(from.teamOf)
  }

  apply(e: LoadedEvent, { value, hash }: NonNullable<LoadedEvent['event']>): void {
    const { n } = value
    const fault = (code: string): void => void this.faults.push({ n, code })
    if (this.#voided) fault('after_void')
    switch (value.type) {
      case 'skip':
        return this.#skip(value, fault)
      case 'substitute':
        return this.#substitute(value, hash, e.values?.value.values, fault)
      case 'void':
        this.#voided = true
        return this.#void(value, fault)
      case 'open':
        return this.#open(value, fault)
    }
  }

  #skip(e: SkipEvent, fault: (code: string) => void): void {
    const { commit, certified, ranked, stratumOf } = this.#from
    const { value: c } = commit
    if (!certified || c.design.kind === 'coverage') return fault('skip_not_here')
    if (!this.subjects || !ranked || !stratumOf) return this.#cannot(e.n)
    if (!this.subjects.has(e.id, e.stratum)) return fault('skip_not_member')
    if (this.subjects.skips(e.stratum) >= c.max_skips) return fault('skip_too_many')
    const reserves = ranked(e.id, e.stratum)
    const enters = this.subjects.skip(e.id, e.stratum, reserves, stratumOf)
    const ticket = reserves.find((r) => r.id === enters)?.ticket
    this.entered.set(e.n, enters ?? '')
    if (ticket !== undefined) this.tickets.set(e.n, ticket)
    this.#handOver(e.id, enters)
  }

  /** Those who would have inspected the skipped one inspect the one who enters, where they may. */
  #handOver(skipped: string, enters: string | undefined): void {
    const { people, demandOf, stratumOf, commit } = this.#from
    if (commit.value.matching.mode === 'subjects') this.people?.drop(skipped)
    if (commit.value.matching.mode !== 'teams') return
    const team = this.teamOf.get(skipped)
    this.teamOf.delete(skipped)
    if (!enters || !team || !people || !demandOf || !stratumOf || !this.people) return
    const members = people.filter((p) => this.people?.at(team).includes(p.alias))
    if (mayTakeOver(members, enters, demandOf(enters, stratumOf(enters)))) this.teamOf.set(enters, team)
  }

  #substitute(
    e: SubstituteEvent,
    hash: string,
    values: readonly { id: string; value: string }[] | undefined,
    fault: (code: string) => void,
  ): void {
    const { commit, certified, seed } = this.#from
    const { mode } = commit.value.matching
    if (!certified || mode === 'none') return fault('substitute_not_here')
    if ((e.subject !== undefined) !== (mode === 'subjects')) return fault('substitute_subject')
    if (!freshSourceHolds(e.source, e.at)) return fault('substitute_source')
    const authority = this.#from.authorityOf?.get(e.id) ?? ''
    if (this.#waiting.has(authority)) return fault('substitute_waiting')
    if (!this.people) return this.#cannot(e.n)
    const place = this.people.placeOf(e.id, e.subject)
    if (place === undefined) return this.#uncertain ? this.#cannot(e.n) : fault('substitute_not_member')
    if (!values) return void this.#waiting.add(authority)
    const able = this.#candidates(e, place)
    if (!able || seed === undefined) {
      // Who enters cannot be named here; that is events.substitute's to say, and no fault of this event.
      this.#uncertain = true
      return
    }
    const parent = { commit: commit.hash, event: hash, parent: seed }
    const fresh = substituteSeedOf(this.#from.alg, parent, values)
    const [first] = rankIds(this.#from.alg, fresh, `substitute/${e.n}`, able)
    this.entered.set(e.n, first?.id ?? '')
    if (first) this.people.replace(place, e.id, first.id)
  }

  #candidates(e: SubstituteEvent, place: string): string[] | undefined {
    const { people, demandOf, stratumOf, commit } = this.#from
    if (!people || !demandOf || !stratumOf || !this.people) return undefined
    const held =
      commit.value.matching.mode === 'teams'
        ? [...this.teamOf].filter(([, team]) => team === place).map(([id]) => id)
        : [place]
    return candidatesFor({
      leaver: e.id,
      mode: commit.value.matching.mode === 'teams' ? 'teams' : 'subjects',
      place,
      roster: this.people,
      people,
      held: held.map((id) => ({ id, demand: demandOf(id, stratumOf(id)) })),
    })
  }

  #void(e: VoidEvent, fault: (code: string) => void): void {
    const { commit, closed } = this.#from
    const { close_by: closeBy } = commit.value
    const holds =
      (e.reason === 'cancelled' && e.at < closeBy) ||
      (e.reason === 'not_closed' && e.at >= closeBy && !closed) ||
      (e.reason === 'beacon_absent' && e.at > closeBy && closed)
    if (!holds) fault('void_reason')
  }

  #open(e: OpenEvent, fault: (code: string) => void): void {
    const { value: c } = this.#from.commit
    const servers = c.sources.filter((s) => s.kind === 'server').map((s) => s.id)
    if (!c.sealed || !this.#from.certified) return fault('open_not_here')
    if (this.#opened) return fault('open_twice')
    this.#opened = true
    if (e.at < (c.open_at ?? 0)) return fault('open_early')
    if (e.secrets.map((s) => s.id).join() !== servers.join()) fault('open_secrets')
  }

  #cannot(n: number): void {
    this.unknown.push({ n, code: 'needs_l2' })
  }
}
