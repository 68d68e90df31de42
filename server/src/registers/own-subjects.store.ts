// Numbers of inspectors in their cipher, and subjects by the fingerprint of one. Asks for no reach: for the matching alone.

import { sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'

/** The ID-card numbers of inspectors, encrypted; of those who have none in the register, nothing. */
export async function cardsOf(reader: Reader, inspectorIds: readonly string[]) {
  const { rows } = await sql<{ readonly id: string; readonly idCardCipher: string }>`
    select id, id_card_cipher as "idCardCipher" from registers.inspector
     where id = any(${[...inspectorIds]}::uuid[]) and id_card_cipher is not null order by id`.execute(reader)
  return rows
}

/** The subjects of persons, by fingerprints in hex. */
export async function subjectsOfPrints(reader: Reader, prints: readonly string[]) {
  const { rows } = await sql<{ readonly print: string; readonly code: string }>`
    select encode(id_card_print, 'hex') as print, code from registers.subject
     where id_card_print = any(array(select decode(unnest(${[...prints]}::text[]), 'hex')))
       and left_on is null order by code`.execute(reader)
  return rows
}
