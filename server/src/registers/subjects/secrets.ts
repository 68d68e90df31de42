// How personal data of this register are kept: encrypted each for its purpose, and as a keyed fingerprint, by which it is
// seen without opening it whether a number changed, or stands in the register already.

import type { Secrets } from '../../platform/secrets.ts'

const TELEPHONE = 'subject.telephone'
const ID_CARD = 'subject.idCard'

/** As registers.subject keeps them; a column that is not there stays as it is, null is none. */
export interface PersonalColumns {
  readonly telephone_cipher?: string | null
  readonly telephone_print?: Buffer | null
  readonly id_card_cipher?: string | null
  readonly id_card_print?: Buffer | null
}

/** Protected values as they are kept; undefined stays undefined (unchanged), null stays null (none). */
export function closedPersonal(
  secrets: Secrets,
  {
    telephone,
    idCard,
  }: { readonly telephone?: string | null | undefined; readonly idCard?: string | null | undefined },
): PersonalColumns {
  const card = idCard?.normalize('NFKC').toUpperCase()
  return {
    ...(telephone === undefined
      ? {}
      : {
          telephone_cipher: telephone === null ? null : secrets.encrypt(telephone, TELEPHONE),
          telephone_print: telephone === null ? null : secrets.fingerprint(telephone, TELEPHONE),
        }),
    ...(card === undefined
      ? {}
      : {
          id_card_cipher: secrets.encrypt(card, ID_CARD),
          id_card_print: secrets.fingerprint(card, ID_CARD),
        }),
  }
}

/** A telephone number in the clear. */
export function openTelephone(secrets: Secrets, cipher: string): string {
  return secrets.decrypt(cipher, TELEPHONE)
}

/** A telephone number as everybody sees it: its beginning and its last digits. */
export function maskedTelephone(telephone: string): string {
  const shown = telephone.length >= 11 ? 4 : 2
  return `${telephone.slice(0, 3)}****${telephone.slice(-shown)}`
}
