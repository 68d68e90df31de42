// What happened to the draw afterwards (checks 37–40).

import type { LoadedEvent } from '../bundle/load.ts'
import { eventName } from '../bundle/names.ts'
import { rankIds } from '../choose/rank.ts'
import { replay, type Replay } from '../events/replay.ts'
import { readCells } from '../lists/form.ts'
import type { Commitment } from '../manifest/commitment.ts'
import type { AssignmentLine } from '../matching/index.ts'
import { recordHash, recordSignedBy } from '../sources/record.ts'
import { drandHolds, valueIsWellFormed } from '../sources/value.ts'
import { answer, because, type CheckFunction, type Context, listOf, withCommitment } from './context.ts'
import type { Loaded } from '../bundle/load.ts'
import type { CheckId } from './checks.ts'
import { demandsOf, peopleOf } from './people.ts'
import { check, type Check, type Detail } from './report.ts'
import { seedOfBundle } from './seed.ts'
import { subjectsOf } from '../choose/draw-subjects.ts'
import { subjectDraw } from './subject-checks.ts'

/** 37: an unbroken chain of events, each by two persons. */
export const eventsChain = withEvents('events.chain', (c, context) => {
  const { events, certificate } = context.manifests
  const [strange] = strangeNames(context)
  if (strange !== undefined) return check('events.chain', 'no', 'event_name', { file: strange })
  let prev = context.state === 'drawn' ? certificate?.hash : c.hash
  let at = 0
  for (const [i, { number, event, values }] of events.entries()) {
    if (!context.files.names.includes(eventName(number)))
      return check('events.chain', 'no', 'event_values', { n: number })
    if (!event || prev === undefined)
      return check('events.chain', 'unknown', 'not_read', { file: `events/${number}` })
    const { value: e } = event
    const wrong =
      (number !== i + 1 && 'event_gap') ||
      (e.n !== i + 1 && 'event_number') ||
      (e.prev !== prev && 'event_prev') ||
      (e.draw !== c.value.draw_id && 'event_draw') ||
      (e.by === e.approved_by && 'event_alone') ||
      (e.at < at && 'event_time') ||
      (values && e.type !== 'substitute' && 'event_values')
    if (wrong) return check('events.chain', 'no', wrong, { n: number })
    prev = event.hash
    at = e.at
  }
  return check('events.chain', 'yes', 'holds', { events: events.length })
})

/** 38: the rules of each kind. */
export const eventsRules = withEvents('events.rules', (c, context) => {
  const done = replayOf(context, c)
  const [fault] = done.faults
  if (fault) return check('events.rules', 'no', fault.code, { n: fault.n })
  const [unknown] = done.unknown
  if (unknown) return check('events.rules', 'unknown', unknown.code, { n: unknown.n })
  return check('events.rules', 'yes', 'holds', { events: context.manifests.events.length })
})

/** 39: fresh randomness of substitutes, and that somebody enters. */
export const eventsSubstitute = withEvents('events.substitute', (c, context) => {
  const substitutes = context.manifests.events.filter((e) => e.event?.value.type === 'substitute')
  if (substitutes.length === 0) return undefined
  for (const e of substitutes) {
    const fault = e.values && freshFault(context, e)
    if (fault) return check('events.substitute', 'no', fault, { n: e.number })
  }
  const done = replayOf(context, c)
  for (const e of substitutes) {
    const enters = done.entered.get(e.number)
    if (!e.values) return check('events.substitute', 'unknown', 'waiting', { n: e.number })
    if (enters === undefined) return check('events.substitute', 'unknown', 'needs_l2', { n: e.number })
    if (enters === '') return check('events.substitute', 'no', 'nobody_may_enter', { n: e.number })
  }
  return check('events.substitute', 'yes', 'holds', { substitutes: substitutes.length })
})

/** 40: one end only. */
export const single = withCommitment('single', (_c, context) => {
  const types = context.manifests.events.map((e) => e.event?.value.type)
  const voids = types.filter((t) => t === 'void').length
  if (voids > 0 && context.state === 'drawn') return check('single', 'no', 'certificate_and_void')
  const twice = voids > 1 || types.filter((t) => t === 'open').length > 1
  return answer('single', twice ? because('twice') : undefined)
})

/** The current list of a bundle, replayed once. */
export function replayOf(context: Context, c: Loaded<Commitment>): Replay {
  return context.once('replay', () => {
    const drawn = subjectDraw(context, c.value)?.drawn
    const seed = seedOfBundle(context)
    const population = context.once('subjects by id', () => {
      const list = context.manifests.events.length > 0 ? listOf(context, 'population.tsv') : undefined
      return list && new Map(subjectsOf(list).map((s) => [s.id, s]))
    })
    return replay(
      {
        commit: c,
        alg: c.value.alg,
        closed: context.manifests.close !== undefined,
        certified: context.state === 'drawn',
        seed,
        drawn,
        stratumOf: population && ((id) => population.get(id)?.stratum ?? ''),
        ranked:
          population && seed
            ? (id, stratum) => {
                const same =
                  c.value.design.kind === 'pps'
                    ? (s: { weight: number }) => s.weight === population.get(id)?.weight
                    : (s: { stratum: string }) => s.stratum === stratum
                const ids = [...population.values()].filter((s) => same(s)).map((s) => s.id)
                return rankIds(c.value.alg, seed, 'objects', ids)
              }
            : undefined,
        places: placesOf(context, c.value),
        teamOf: teamsOfSubjects(context),
        authorityOf: new Map(peopleOf(context)?.map((p) => [p.alias, p.authority])),
        people: context.level === 'L2' ? peopleOf(context) : undefined,
        demandOf: demandsOf(context, c.value),
      },
      context.manifests.events,
    )
  })
}

/** Files under events/ that are neither an event nor its values. */
function strangeNames(context: Context): string[] {
  return context.files.names.filter(
    (n) => n.startsWith('events/') && !/^events\/[0-9]{4}(\.values)?\.json$/.test(n),
  )
}

function withEvents(
  id: CheckId,
  work: (c: Loaded<Commitment>, context: Context) => Check | undefined,
): CheckFunction {
  return withCommitment(id, (c, context) =>
    context.manifests.events.length === 0 && strangeNames(context).length === 0
      ? undefined
      : work(c, context),
  )
}

function freshFault(context: Context, e: LoadedEvent): Detail['code'] | undefined {
  const event = e.event?.value
  const [value, ...more] = e.values?.value.values ?? []
  if (event?.type !== 'substitute' || !value || more.length > 0) return 'fresh_values'
  if (e.values?.value.event !== e.event?.hash || value.id !== 'fresh') return 'fresh_values'
  if (!valueIsWellFormed(event.source, value)) return 'fresh_values'
  if (event.source.kind === 'drand') return drandHolds(event.source.round, value) ? undefined : 'beacon'
  const hash = recordHash(context.manifests.alg, { event: e.event?.hash ?? '' }, value)
  const all = context.manifests.signatures?.value.signatures ?? []
  if ((value.at ?? 0) < event.source.not_before) return 'record_time'
  const insiders = context.manifests.commit?.value.signers ?? []
  return recordSignedBy(all, hash, value.by ?? [], insiders) ? undefined : 'record_unsigned'
}

function placesOf(context: Context, c: Commitment): AssignmentLine[] | undefined {
  if (c.matching.mode === 'teams') {
    const teams = listOf(context, 'teams.tsv')
    return teams && readCells(teams).map(([id = '', joined = '']) => ({ id, inspectors: joined.split(',') }))
  }
  if (c.matching.mode !== 'subjects') return undefined
  const people = new Map<string, string[]>()
  for (const { authority } of c.pools) {
    const list = listOf(context, `assignment-${authority}.tsv`)
    if (!list) return undefined
    for (const [id = '', joined = ''] of readCells(list))
      people.set(id, [...(people.get(id) ?? []), ...joined.split(',')])
  }
  return [...people].map(([id, inspectors]) => ({ id, inspectors }))
}

function teamsOfSubjects(context: Context): Map<string, string> | undefined {
  const list = listOf(context, 'assignment.tsv')
  return list && new Map(readCells(list).map(([id = '', team = '']) => [id, team]))
}
