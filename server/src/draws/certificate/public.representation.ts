// Draws as anybody reads them as data.

import type { Static } from 'typebox'
import { canOf } from '../../platform/refusal.ts'
import { drawnOf, populationOf, type PublicDraw, publicStateOf } from './public-draw.ts'
import type { PublicFate } from './fate.ts'
import type { PublicDrawLine, PublicDrawShown, PublicFateShape } from './public.schema.ts'
import type { PublicDrawRow } from './public.store.ts'
import type { DrawFigures, DrawState } from '../shapes.ts'

/** A line of the public list. */
export function representPublicLine(row: PublicDrawRow, now: Date): Static<typeof PublicDrawLine> {
  const figures = row.figures as DrawFigures | null
  const { id: _, mode: _mode, figures: _figures, openedAt: _opened, openAt: _open, ...rest } = row
  return {
    ...rest,
    seq: row.seq ?? 0,
    state: publicStateOf({ ...row, state: row.state as DrawState }, now),
    committedAt: iso(row.committedAt) ?? '',
    certifyBy: iso(row.certifyBy) ?? '',
    certifiedAt: iso(row.certifiedAt),
    endedAt: iso(row.endedAt),
    population: figures?.population ?? 0,
    drawn: figures?.strata.reduce((sum, { n }) => sum + n, 0) ?? 0,
    commitHash: row.commitHash ?? '',
  }
}

/** A draw. */
export function representPublicDraw(
  draw: PublicDraw,
  witnesses: { readonly count: number; readonly quorum: number },
): Static<typeof PublicDrawShown> {
  const { row, commit, close, certificate } = draw
  return {
    name: row.name,
    taskName: row.taskName,
    taskNumber: row.taskNumber,
    divisionCode: row.divisionCode,
    leadAuthorityName: row.leadAuthorityName,
    oversightAuthorityName: row.oversightAuthorityName,
    seq: row.seq ?? 0,
    state: draw.state,
    isSealed: row.isSealed,
    closeBy: iso(row.closeBy),
    certifyBy: iso(row.certifyBy),
    openAt: iso(row.openAt),
    openedAt: iso(row.openedAt),
    endedAt: iso(row.endedAt),
    endReason: row.endReason,
    supersedes: row.supersedesName,
    supersededBy: draw.supersededBy,
    population: populationOf(commit.value),
    drawn: drawnOf(draw),
    scope: row.figures?.scopeCount ?? null,
    exclusions: [...(row.figures?.exclusions ?? [])],
    hashes: { commit: commit.hash, close: close?.hash ?? null, certificate: certificate?.hash ?? null },
    witnesses,
    authorities: [...draw.authorities].map(([code, name]) => ({ code, name })),
    pair: certificate?.value.pair ?? null,
    observers: [...draw.observers],
    putOut: [...draw.putOut],
    presses: draw.presses.map(({ at, ...press }) => ({ ...press, at: at.toISOString() })),
    events: draw.events.map(({ event, entered, isSettled, stale }) => ({
      n: event.n,
      type: event.type,
      at: new Date(event.at * 1000).toISOString(),
      entered,
      isSettled,
      stale: canOf(stale),
    })),
    files: [...draw.files],
  }
}

/** What became of a code. */
export function representFate(name: string, code: string, fate: PublicFate): Static<typeof PublicFateShape> {
  return { name, code, ...fate } as Static<typeof PublicFateShape>
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null
}
