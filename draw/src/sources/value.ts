// Whether a certificate's value is one that its source can give, with the proof fields of its kind (spec 3, 4).

import type { FreshSource, Source, SourceValue } from '../manifest/source.ts'
import { isDiceValue } from './dice.ts'
import { drandValue, isQuicknetSignature } from './drand.ts'
import { isLotteryValue } from './lottery.ts'

/** Form, range and accompanying fields; the beacon's signature itself is `drandHolds`. */
export function valueIsWellFormed(source: Source | FreshSource, given: SourceValue): boolean {
  const fields = Object.keys(given).toSorted().join()
  switch (source.kind) {
    case 'close':
    case 'server':
      return fields === 'id,value' && /^[0-9a-f]{64}$/.test(given.value)
    case 'drand':
      return fields === 'id,round,signature,value' && /^[0-9a-f]{64}$/.test(given.value)
    case 'dice':
      return hasRecord(fields, given) && isDiceValue(source.faces, source.count, given.value)
    case 'lottery':
      return hasRecord(fields, given) && isLotteryValue(source.groups, given.value)
  }
}

/** Whether a beacon value is quicknet's for the committed round. */
export function drandHolds(round: number, given: SourceValue): boolean {
  if (given.round !== round || given.signature === undefined) return false
  return drandValue(given.signature) === given.value && isQuicknetSignature(round, given.signature)
}

function hasRecord(fields: string, given: SourceValue): boolean {
  return fields === 'at,by,id,value' && given.by?.length === 2
}
