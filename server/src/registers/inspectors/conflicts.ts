// What a declaration says, closed and opened; and what matching must know of it.

import type { Reader } from '../../platform/database/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { isInForce } from './declarations.rules.ts'
import type { NewDeclaration } from './declarations.schema.ts'
import { listConflicts } from './declarations.store.ts'

const CONTENT = 'declaration.content'
const SUBJECT = 'declaration.subject'

interface Content {
  readonly subjectCode: string | null
  readonly subjectName: string
  readonly note: string | null
}

/** What is encrypted of a declaration, and the fingerprint by which its subject is found. */
export function closedContent(secrets: Secrets, { subjectCode, subjectName, note }: NewDeclaration) {
  const content: Content = {
    subjectCode: subjectCode?.toUpperCase() ?? null,
    subjectName: subjectName.normalize('NFC'),
    note: note?.normalize('NFC') ?? null,
  }
  return {
    contentCipher: secrets.encrypt(JSON.stringify(content), CONTENT),
    subjectFingerprint:
      content.subjectCode === null ? null : secrets.fingerprint(content.subjectCode, SUBJECT),
  }
}

/** The content of a declaration. */
export function openContent(secrets: Secrets, contentCipher: string): Content {
  return JSON.parse(secrets.decrypt(contentCipher, CONTENT)) as Content
}

/** Somebody who must not be matched with a subject. */
export interface Conflict {
  readonly inspectorId: string
  readonly declarationId: string
  readonly kind: string
  /** Credit code, registration number or issued id, in upper case; null where only a name was declared. */
  readonly subjectCode: string | null
  readonly subjectName: string
}

/**
 * What inspectors have declared that counts on a day. Related inspectors are taken out before matching, not after, so that
 * the match stays uniform. What it gives is for the matching, never for a screen: it asks for no reach.
 */
export async function conflictsOf(
  reader: Reader,
  inspectorIds: readonly string[],
  { secrets, onDay }: { readonly secrets: Secrets; readonly onDay: string },
): Promise<readonly Conflict[]> {
  const rows = await listConflicts(reader, inspectorIds)
  return rows
    .filter((row) => isInForce(row, onDay))
    .map(({ id, inspectorId, kind, contentCipher }) => {
      const { subjectCode, subjectName } = openContent(secrets, contentCipher)
      return { inspectorId, declarationId: id, kind, subjectCode, subjectName }
    })
}
