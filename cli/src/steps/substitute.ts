// sunlot substitute: an inspector who must leave. First the event names its source; once that has spoken, who enters is drawn.

import { CommandError } from '../errors.ts'
import { addEvent, addValues, evidenceOf, freshSourceOf } from './events.ts'
import { type Args, type Io, needed, onDraw, option, type Step } from './step.ts'
import { takeValues } from './values.ts'

/** Logs a substitute, or with `--event N` the value of its source. */
export async function run(args: Args, io: Io): Promise<number> {
  return onDraw(args, (step) =>
    option(args, 'event') === undefined ? announce(args, io, step) : settle(args, io, step),
  )
}

function announce(args: Args, io: Io, step: Step): number {
  const id = needed(args, 'id')
  const source = freshSourceOf(args, step.now)
  const subject = option(args, 'subject')
  const done = addEvent(args, step, {
    type: 'substitute',
    id,
    ...(subject === undefined ? {} : { subject }),
    reason: needed(args, 'reason'),
    evidence: evidenceOf(args),
    source: { ...source } as never,
  })
  io.out(io.t('steps.substitute_waits', { id, n: done.event.n, source: describe(io, source) }))
  return 0
}

function settle(args: Args, io: Io, step: Step): number {
  const n = Number(needed(args, 'event'))
  const found = step.draw.manifests.events.find((e) => e.number === n)
  if (found?.event?.value.type !== 'substitute') throw new CommandError('event_unknown', { n })
  if (found.values) throw new CommandError('event_settled', { n })
  const { source, by, approved_by: approved } = found.event.value
  const insiders = [by, approved, ...step.draw.commit.value.signers.map((s) => s.by)]
  const given = takeValues(args, step, [source], { of: { event: found.event.hash }, insiders })
  const after = addValues(step, n, found.event.hash, given)
  const enters = after.entered.get(n) ?? ''
  io.out(
    enters === ''
      ? io.t('steps.substitute_nobody', { id: found.event.value.id })
      : io.t('steps.substituted', { id: found.event.value.id, enters }),
  )
  if (given.signedHere) io.out(io.t('notes.outsiders_one_desk'))
  return 0
}

function describe(io: Io, source: ReturnType<typeof freshSourceOf>): string {
  if (source.kind === 'drand') return io.t('steps.source_drand', { round: source.round })
  if (source.kind === 'dice') return io.t('steps.source_dice', { count: source.count, faces: source.faces })
  return io.t('steps.source_lottery', { game: source.game, issue: source.issue })
}
