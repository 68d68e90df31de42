// 封口: contributions stop, preflight runs, the oversight authority signs. After it nothing can be chosen.

import { type Close, type Commitment, tag } from '@sunlot/draw'
import type { Refusal } from '../../platform/refusal.ts'
import { whyTooLate } from '../draws/freshness.rules.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawFacts } from '../shapes.ts'

type Closing = Pick<
  DrawFacts,
  'state' | 'closeBy' | 'closingById' | 'committedById' | 'preflightAt' | 'failure'
>

/** Conflicts of more than a quarter of those who may inspect are allowed by the oversight authority alone (spec 10.1). */
export function needsCountersignature({ matching }: Pick<Commitment, 'matching'>): boolean {
  return matching.mode !== 'none' && matching.max_conflicts.num * 4 > matching.max_conflicts.den
}

/** Why the oversight authority cannot countersign a commitment. */
export function whyNotCountersign(
  draw: Pick<DrawFacts, 'state'>,
  { isNeeded, isSigned }: { readonly isNeeded: boolean; readonly isSigned: boolean },
): Refusal | undefined {
  const step = whyNotStep(draw.state, 'countersign')
  if (step) return step
  if (!isNeeded) return { code: 'draw.countersignature_not_needed' }
  return isSigned ? { code: 'draw.countersigned_already' } : undefined
}

/** Why contributions cannot be stopped now. */
export function whyNotBeginClose(
  draw: Pick<DrawFacts, 'state' | 'closeBy'>,
  at: Parameters<typeof whyTooLate>[1],
): Refusal | undefined {
  return whyNotStep(draw.state, 'closing') ?? whyTooLate(draw, at)
}

/** Why contributions cannot be taken again: only before the close is signed. */
export function whyNotReopen(
  draw: Pick<DrawFacts, 'state' | 'closeBy'>,
  at: Parameters<typeof whyTooLate>[1],
): Refusal | undefined {
  return whyNotStep(draw.state, 'reopen') ?? whyTooLate(draw, at)
}

/** Why somebody cannot sign the close. */
export function whyNotClose(
  draw: Closing,
  {
    by,
    isUnsigned,
    ...at
  }: { readonly by: string; readonly isUnsigned: boolean } & Parameters<typeof whyTooLate>[1],
): Refusal | undefined {
  const step = whyNotStep(draw.state, 'close') ?? whyTooLate(draw, at)
  if (step) return step
  if (isUnsigned) return { code: 'draw.commit_unsigned' }
  if (draw.failure) return draw.failure
  if (!draw.preflightAt) return { code: 'draw.preflight_open' }
  return by === draw.closingById || by === draw.committedById ? { code: 'draw.own_close' } : undefined
}

/** The escrow of both secrets: each holder keeps the other's, and at the close it is tried whether it opens (spec 3). */
export function escrowOf(c: Pick<Commitment, 'sources'>, at: number): NonNullable<Close['escrow']> {
  const servers = c.sources.filter((source) => source.kind === 'server')
  return servers.map(({ id }, i) => ({ id, holder: servers[1 - i]?.holder ?? '', at }))
}

/** Why a sealed draw cannot be closed: a secret that does not open now could never be opened. */
export function whyNotEscrowed(
  c: Pick<Commitment, 'sources' | 'alg'>,
  secrets: readonly { readonly id: string; readonly value: string }[],
): Refusal | undefined {
  const lost = c.sources.some(
    (source) =>
      source.kind === 'server' &&
      !secrets.some(({ id, value }) => id === source.id && tag(c.alg, 'secret', value) === source.secret),
  )
  return lost ? { code: 'draw.secret_lost' } : undefined
}
