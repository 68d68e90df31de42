// What this register does when something happens before it: `app.ts` wires it, in the same transaction.

import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import { initialsOf } from '../pinyin.ts'
import { endSpellOf, updateInitials } from './inspectors.store.ts'

/** A person leaves his authority or is moved: he stands in its register no more (REQ-INS-3, at once). */
export async function endInspectorOfPerson(writer: Writer, personId: string, now: Date): Promise<void> {
  await endSpellOf(writer, { personId, on: dayOf(now) })
}

/** A person has another name. */
export async function renameInspector(writer: Writer, personId: string, name: string): Promise<void> {
  await updateInitials(writer, personId, initialsOf(name.normalize('NFC')))
}
