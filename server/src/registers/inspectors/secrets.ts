// How personal data of this register are kept: encrypted each for its purpose, ID-card numbers also as a fingerprint.

import type { Secrets } from '../../platform/secrets.ts'
import type { InspectorColumns } from './inspectors.store.ts'

const ID_CARD = 'inspector.idCard'
const MOBILE = 'inspector.mobile'

/** Protected values as they are kept; undefined stays undefined (unchanged), null stays null (none). */
export function closed(
  secrets: Secrets,
  {
    idCard,
    mobile,
  }: { readonly idCard?: string | null | undefined; readonly mobile?: string | null | undefined },
): Pick<InspectorColumns, 'idCardCipher' | 'idCardFingerprint' | 'mobileCipher'> {
  const card = idCard?.toUpperCase()
  return {
    idCardCipher: card ? secrets.encrypt(card, ID_CARD) : noneOf(idCard),
    idCardFingerprint: card ? idCardFingerprint(secrets, card) : noneOf(idCard),
    mobileCipher: mobile ? secrets.encrypt(mobile, MOBILE) : noneOf(mobile),
  }
}

/** The keyed fingerprint by which a number is found without opening any. */
export function idCardFingerprint(secrets: Secrets, idCard: string): Buffer {
  return secrets.fingerprint(idCard.toUpperCase(), ID_CARD)
}

interface Kept {
  readonly idCardCipher: string | null
  readonly mobileCipher: string | null
  readonly personMobileCipher: string | null
}

/** The ID-card number of a row. */
export function openIdCard(secrets: Secrets, { idCardCipher }: Kept): string | null {
  return idCardCipher === null ? null : secrets.decrypt(idCardCipher, ID_CARD)
}

/** The mobile number of a row, or that which the person has in the directory. */
export function openMobile(secrets: Secrets, { mobileCipher, personMobileCipher }: Kept): string | null {
  if (mobileCipher !== null) return secrets.decrypt(mobileCipher, MOBILE)
  return personMobileCipher === null ? null : secrets.decrypt(personMobileCipher, 'person.mobile')
}

function noneOf(given: string | null | undefined): null | undefined {
  return given === undefined ? undefined : null
}
