// Events as a forger states them, an hour after the certificate.

import type { SourceValue } from '../../src/manifest/source.ts'
import { made } from '../county.ts'
import { TIMES } from './counties.ts'
import type { ForgedEvent } from './forgery.ts'
import { cellsOf } from './negative.ts'

export type Fields = Readonly<Record<string, unknown>>

export const by = {
  by: 'clerk-1',
  approved_by: 'head-1',
  at: TIMES.certified + 3600,
  evidence: made('evidence'),
}

export const event = (fields: Fields, values?: readonly SourceValue[], file?: number): ForgedEvent => ({
  event: { ...by, ...fields } as unknown as ForgedEvent['event'],
  ...(values ? { values } : {}),
  ...(file === undefined ? {} : { file }),
})

/** The drawn of food/A. */
export const drawn = cellsOf('total', 'selection.tsv')
  .filter(([, s]) => s === 'food/A')
  .map(([id = '']) => id)
/** A skip in food/A. */
export const skip = (id: string | undefined, more: Fields = {}): ForgedEvent =>
  event({ type: 'skip', id, stratum: 'food/A', reason: 'ceased', ...more })
