// What the committed sources must be, so that the seed is born outside, late and whole (spec 4).

import type { Commitment } from '../manifest/commitment.ts'
import type { FreshSource, Source } from '../manifest/source.ts'
import { roundAfterClose, timeOfRound } from './drand.ts'
import { ENOUGH, ENOUGH_FOR_SUBSTITUTE, groupIsSound, outcomesOf, outcomesOfAll, STRONG } from './outcomes.ts'

/** Why sources are refused. */
export type SourceFault =
  | 'close_first'
  | 'close_once'
  | 'duplicate_id'
  | 'counted_twice'
  | 'before_close'
  | 'lottery_group'
  | 'drand_round'
  | 'server_secrets'
  | 'too_few_outcomes'

/** The first rule that the sources of a commitment break, with the source's id. */
export function sourceFault(c: Commitment): { readonly fault: SourceFault; readonly id: string } | undefined {
  const ids = c.sources.map((s) => s.id as string)
  if (c.sources[0]?.kind !== 'close') return { fault: 'close_first', id: ids[0] ?? '' }
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice !== undefined) return { fault: 'duplicate_id', id: twice }
  const same = c.sources.find((s, i) => c.sources.slice(0, i).some((t) => speakAlike(s, t)))
  if (same) return { fault: 'counted_twice', id: same.id }
  for (const source of c.sources.slice(1)) {
    const fault = faultOf(source, c.close_by)
    if (fault) return { fault, id: source.id }
  }
  if (!serversFit(c)) return { fault: 'server_secrets', id: '' }
  if (outcomesOfAll(c.sources) < ENOUGH) return { fault: 'too_few_outcomes', id: '' }
  return undefined
}

/** Whether the outcomes from outside are fewer than 2^128. */
export function isWeak(sources: readonly Source[]): boolean {
  return outcomesOfAll(sources) < STRONG
}

/** The earliest time (unix seconds) at which the first later value may exist. */
export function firstValueTime(sources: readonly Source[]): number {
  const times = sources.flatMap((s) => {
    if (s.kind === 'drand') return [timeOfRound(s.round)]
    return s.kind === 'dice' || s.kind === 'lottery' ? [s.not_before] : []
  })
  return Math.min(...times)
}

/** Whether a substitute's source is fresh: named before its value exists, and soon (spec 4). */
export function freshSourceHolds(source: FreshSource, at: number): boolean {
  if (source.id !== 'fresh' || outcomesOf(source) < ENOUGH_FOR_SUBSTITUTE) return false
  if (source.kind === 'drand') return timeOfRound(source.round) > at && timeOfRound(source.round) <= at + 600
  if (source.kind === 'lottery' && !source.groups.every(groupIsSound)) return false
  return source.not_before > at
}

/** Two sources that always give the same value: one beacon, or one issue of a lottery, must not count twice. */
function speakAlike(a: Source, b: Source): boolean {
  if (a.kind === 'lottery' && b.kind === 'lottery') return a.game === b.game && a.issue === b.issue
  return a.kind === 'drand' && b.kind === 'drand'
}

function faultOf(source: Source, closeBy: number): SourceFault | undefined {
  switch (source.kind) {
    case 'close':
      return 'close_once'
    case 'drand':
      return source.round === roundAfterClose(closeBy) ? undefined : 'drand_round'
    case 'lottery':
      if (!source.groups.every(groupIsSound)) return 'lottery_group'
      return source.not_before > closeBy ? undefined : 'before_close'
    case 'dice':
      return source.not_before > closeBy ? undefined : 'before_close'
    case 'server':
      return undefined
  }
}

function serversFit(c: Commitment): boolean {
  const servers = c.sources.filter((s) => s.kind === 'server')
  if (!c.sealed) return servers.length === 0
  const [first, second] = servers
  return (
    servers.length === 2 &&
    first?.holder === c.authority &&
    second?.holder === c.oversight &&
    first.secret !== second.secret
  )
}
