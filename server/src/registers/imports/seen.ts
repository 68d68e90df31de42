// An import as its routes see it: within reach, locked for a change, shown again.

import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Context, WriteContext } from '../../platform/http/route.ts'
import { languageOf } from '../../platform/http/sentences.ts'
import type { Access } from '../../platform/reach.ts'
import { demand, found } from '../../platform/refusal.ts'
import { findImport, type ImportRecord, listMappings, lockImport } from './imports.store.ts'
import { placeOfImport, representImport, type Viewing } from './representation.ts'
import type { RegisterImport } from './schema.ts'

/** Who asks, and in which language. */
export type Asking = Pick<Context, 'access' | 'actor' | 'header'>

/** An import that nobody else moves on; the act on it must be allowed. */
export async function locked(
  { writer, access, params }: Pick<WriteContext, 'writer' | 'access'> & { params: { id: string } },
  action: string,
): Promise<ImportRecord> {
  const seen = access.reachOf('registerImport.show')
  const row = found(seen && (await lockImport(writer, seen, params.id)), 'registerImport')
  demand(access.whyNot(action, placeOfImport(row)), 403)
  return row
}

/** Whether somebody keeps the joint register of a division, and so the subjects of every authority in it. */
export function keepsJointRegister(
  access: Access,
  { divisionCode }: { readonly divisionCode: string },
): boolean {
  return access.whyNot('subject.edit', { divisionCode, authorityIds: [] }) === undefined
}

/** An import, as the asker may see it. */
export async function show(reader: Reader | Writer, context: Asking, id: string): Promise<RegisterImport> {
  const seen = context.access.reachOf('registerImport.show')
  const row = found(seen && (await findImport(reader, seen, id)), 'registerImport')
  const mappings = await mappingsOf(reader, context, row.register)
  return representImport(row, { ...viewingOf(context), mappings })
}

/** The mappings that the asker's authority keeps. */
export function mappingsOf(reader: Reader, { actor }: Pick<Context, 'actor'>, register: string) {
  const authorityId = actor.kind === 'person' ? actor.acting?.authorityId : undefined
  return listMappings(reader, authorityId === undefined ? [] : [authorityId], register)
}

/** From where an import is looked at. */
export function viewingOf({ access, actor, header }: Asking): Omit<Viewing, 'mappings'> {
  return {
    access,
    personId: actor.kind === 'person' ? actor.personId : undefined,
    language: languageOf(header('accept-language')),
  }
}
