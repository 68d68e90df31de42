// What happened to the draw afterwards (checks 37–40).

import type { LoadedEvent } from '../bundle/load.ts'
import { eventName } from '../bundle/names.ts'
import type { Commitment } from '../manifest/commitment.ts'
import { fromHex } from '../bytes.ts'
import { parseCheckpoint } from '../log/checkpoint.ts'
import { logLeafHash } from '../log/leaf.ts'
import type { EventValues } from '../manifest/event.ts'
import { includes } from '../merkle.ts'
import { timeOfRound } from '../sources/drand.ts'
import { recordHash, recordSignedBy } from '../sources/record.ts'
import { drandHolds, valueIsWellFormed } from '../sources/value.ts'
import { answer, because, type CheckFunction, type Context, withCommitment } from './context.ts'
import type { Loaded } from '../bundle/load.ts'
import type { CheckId } from './checks.ts'
import { whyNotSeen } from './freshness.ts'
import { replayOf } from './replayed.ts'
import { check, type Check, type Detail } from './report.ts'

/** 37: an unbroken chain of events, each by two persons. */
export const eventsChain = withEvents('events.chain', (c, context) => {
  const { events, certificate } = context.manifests
  let prev = context.state === 'drawn' ? certificate?.hash : c.hash
  let at = context.state === 'drawn' ? (certificate?.value.at ?? 0) : 0
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
    const late = e.values && freshWhy(context, e, e.values.value)
    if (late) return check('events.substitute', 'unknown', late.code, late.params)
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

function withEvents(
  id: CheckId,
  work: (c: Loaded<Commitment>, context: Context) => Check | undefined,
): CheckFunction {
  return withCommitment(id, (c, context) =>
    context.manifests.events.length === 0 ? undefined : work(c, context),
  )
}

/** Why the event is not shown to have been logged before its source could speak, or nothing. */
function freshWhy(context: Context, e: LoadedEvent, values: EventValues): ReturnType<typeof whyNotSeen> {
  const event = e.event?.value
  if (event?.type !== 'substitute') return undefined
  const checkpoint = parseCheckpoint(values.log.checkpoint)
  const firstValue = event.source.kind === 'drand' ? timeOfRound(event.source.round) : event.source.not_before
  return whyNotSeen(context.policy, [checkpoint, checkpoint], { latest: Infinity, firstValue })
}

/** Whether the event's leaf stands where its values file says, in the checkpoint that it shows. */
function standsInLog(context: Context, e: LoadedEvent, { log }: EventValues): boolean {
  const checkpoint = parseCheckpoint(log.checkpoint)
  const leaf = context.manifests.proofs?.value.leaves.find((l) => l.index === log.index)
  if (!checkpoint || !leaf || !leaf.leaf.includes(`"hash":"${e.event?.hash}"`)) return false
  const place = { index: log.index, size: checkpoint.size, path: log.path.map(fromHex) }
  return includes('sha256', logLeafHash(leaf.leaf), place, checkpoint.root)
}

function freshFault(context: Context, e: LoadedEvent): Detail['code'] | undefined {
  const event = e.event?.value
  const [value, ...more] = e.values?.value.values ?? []
  if (event?.type !== 'substitute' || !value || more.length > 0) return 'fresh_values'
  if (e.values?.value.event !== e.event?.hash || value.id !== 'fresh') return 'fresh_values'
  if (!valueIsWellFormed(event.source, value)) return 'fresh_values'
  if (e.values && !standsInLog(context, e, e.values.value)) return 'fresh_log'
  if (event.source.kind === 'drand') return drandHolds(event.source.round, value) ? undefined : 'beacon'
  const hash = recordHash(context.manifests.alg, { event: e.event?.hash ?? '' }, value)
  const all = context.manifests.signatures?.value.signatures ?? []
  if ((value.at ?? 0) < event.source.not_before) return 'record_time'
  const persons = [event.by, event.approved_by].map((by) => ({ by, key: '' }))
  const insiders = [...(context.manifests.commit?.value.signers ?? []), ...persons]
  return recordSignedBy(all, hash, value.by ?? [], insiders) ? undefined : 'record_unsigned'
}
