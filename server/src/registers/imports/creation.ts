// The beginning of an import: an uploaded file is looked at, before anything is written.

import { findFile } from '../../platform/files/file.store.ts'
import { type Context, personOf, reply } from '../../platform/http/route.ts'
import { record } from '../../platform/record.ts'
import { demand, Refused } from '../../platform/refusal.ts'
import { masked, withoutPersonal } from './cells.rules.ts'
import { guessColumns, PERSONAL, type Register } from './fields.rules.ts'
import { whyNotInto } from './imports.rules.ts'
import { insertImport } from './imports.store.ts'
import type { ImportParts } from './parts.ts'
import { lookAtFile } from './read-file.ts'
import type { Sheet } from './reading.rules.ts'
import type { NewImport } from './schema.ts'
import { type Asking, show } from './seen.ts'

/** Looks at a file of the asker's own, and begins an import with it. */
export async function createImport(
  context: Context<{ body: typeof NewImport }> & Asking,
  { files }: Pick<ImportParts, 'files'>,
) {
  const { body, recording, access, now, requestId, newId } = context
  const person = personOf(context)
  const authorityId = person.acting?.authorityId ?? ''
  const divisionCode = body.division ?? person.acting?.divisionCode ?? ''
  demand(whyNotInto(divisionCode, person.acting?.divisionCode), 422)
  demand(access.whyNot('registerImport.create', { authorityId, divisionCode }), 403)
  const file = await recording.database.read((reader) => findFile(reader, body.file))
  // A hash alone gives nobody a file that somebody else brought.
  if (!file || file.storedBy !== person.personId || !(await files.has(body.file)))
    throw new Refused({ code: 'import.file_unknown' }, 422)
  const { register } = body
  const look = await files.inTheClear(body.file, (path) =>
    lookAtFile({ path, register, opening: openingOf(body.opening) }),
  )
  const id = newId()
  const act = { action: 'registerImport.create', about: { type: 'registerImport', id }, requestId }
  return record(recording, person, act, async (writer) => {
    await insertImport(writer, {
      id,
      register: body.register,
      mode: body.mode,
      authorityId,
      divisionCode,
      fileName: body.fileName.normalize('NFC'),
      fileHash: body.file,
      fileBytes: look.bytes,
      sheet: withoutNumbers(body.register, look),
      by: person.personId,
      at: now,
    })
    return reply(201, await show(writer, context, id))
  })
}

function openingOf(opening: NewImport['opening']) {
  if (!opening) return {}
  const { headerRow, sheet, encoding } = opening
  return {
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(encoding === undefined ? {} : { encoding }),
  }
}

/** The sample as it is kept: whatever could be somebody's number is masked before it is stored. */
function withoutNumbers(register: Register, sheet: Sheet): Sheet {
  const columns = guessColumns(register, sheet.header)
  const hidden = new Set(PERSONAL[register].map((field) => columns[field]))
  const mask = (cell: string, at: number): string => (hidden.has(at) ? masked(cell) : withoutPersonal(cell))
  return { ...sheet, sample: sheet.sample.map((cells) => cells.map(mask)) }
}
