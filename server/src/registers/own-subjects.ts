// Businesses of which an inspector is himself the person behind: found by fingerprints, without showing any number.

import type { Reader } from '../platform/database/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { openIdCard } from './inspectors/secrets.ts'
import { cardsOf, subjectsOfPrints } from './own-subjects.store.ts'
import { closedPersonal } from './subjects/secrets.ts'

/** A subject that stands in the register under an inspector's own number. */
export interface OwnSubject {
  readonly inspectorId: string
  readonly subjectCode: string
}

/**
 * Subjects that are inspectors' own, whatever these have declared. For the matching, never for a screen: it asks for no
 * reach, and no number leaves it.
 */
export async function ownSubjectsOf(
  reader: Reader,
  secrets: Secrets,
  inspectorIds: readonly string[],
): Promise<readonly OwnSubject[]> {
  const byPrint = new Map<string, string>()
  for (const { id, idCardCipher } of await cardsOf(reader, inspectorIds)) {
    const kept = { idCardCipher, mobileCipher: null, personMobileCipher: null }
    const { id_card_print: print } = closedPersonal(secrets, { idCard: openIdCard(secrets, kept) })
    if (print) byPrint.set(print.toString('hex'), id)
  }
  if (byPrint.size === 0) return []
  const rows = await subjectsOfPrints(reader, [...byPrint.keys()])
  return rows.map(({ print, code }) => ({ inspectorId: byPrint.get(print)!, subjectCode: code }))
}
