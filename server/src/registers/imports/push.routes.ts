import { reply, personOf, type Route, write, type WriteContext } from '../../platform/http/route.ts'
import { languageOf } from '../../platform/http/sentences.ts'
import { demand, found } from '../../platform/refusal.ts'
import { initialsOf } from '../pinyin.ts'
import { applyingOf, applyRange, without } from './apply-subjects.ts'
import { withCiphers } from './checking.ts'
import { fieldsOf } from './fields.rules.ts'
import { needsApproval, whyNotInto } from './imports.rules.ts'
import { findImport, insertImport, listRows, moveImport } from './imports.store.ts'
import { countRows, MATCHING } from './match.store.ts'
import type { ImportTools } from './parts.ts'
import { representRow } from './representation.ts'
import { Push, Pushed } from './schema.ts'
import { everywhere } from './small-registers.ts'
import { keepsJointRegister } from './seen.ts'
import { stageSubjects } from './stage.store.ts'
import { batchOf } from './subject-batch.rules.ts'
import { subjectReader } from './subject-row.rules.ts'

/** 推送: a register upstream says what is new with it, some subjects at a time; kept and undone like an import. */
export function pushRoutes(tools: ImportTools): readonly Route[] {
  return [
    write({
      method: 'POST',
      path: '/subject-pushes',
      action: 'registerImport.push',
      about: 'registerImport',
      summary: '上游登记系统推送检查对象；逐行给出结果，未采纳的说明原因，其余一并写入',
      schema: { body: Push },
      replies: { 201: Pushed },
      handler: (context) => push(context, tools),
    }),
  ]
}

async function push(context: WriteContext<{ body: typeof Push }>, tools: ImportTools) {
  const { writer, body, access, id, now, header } = context
  const person = personOf(context)
  const authorityId = person.acting?.authorityId ?? ''
  const divisionCode = body.division ?? person.acting?.divisionCode ?? ''
  demand(whyNotInto(divisionCode, person.acting?.divisionCode), 422)
  demand(access.whyNot('registerImport.push', { authorityId, divisionCode }), 403)
  await insertImport(writer, {
    id,
    register: 'subject',
    mode: 'merge',
    authorityId,
    divisionCode,
    fileName: `${body.source}（推送）`,
    fileHash: '',
    fileBytes: 0,
    sheet: { kind: 'push', headerRow: 0, header: fieldsOf('subject'), sample: [], bytes: 0 },
    by: person.personId,
    at: now,
    state: 'checked',
  })
  await stage(context, tools, { id, authorityId, divisionCode })
  const isJoint = keepsJointRegister(access, { divisionCode })
  const matching = { id, mode: 'merge' as const, authorityId, divisionCode, isJoint }
  for (const { run } of MATCHING) await run(writer, matching)
  let counts: Readonly<Record<string, number>> = {
    rows: body.subjects.length,
    ...(await countRows(writer, id)),
  }
  await moveImport(writer, id, { counts, checkedAt: now })
  const row = found(await findImport(writer, everywhere(), id), 'registerImport')
  // What makes somebody likelier or unlikelier to be drawn waits for a second person, as from a file.
  if (!needsApproval(row)) {
    const all = { from: 1, to: body.subjects.length }
    const { leftOut } = await applyRange(writer, applyingOf(tools, row, person.personId), row, all)
    counts = without(counts, leftOut)
    await moveImport(writer, id, { state: 'applied', counts, applied: { by: person.personId, at: now } })
  }
  const language = languageOf(header('accept-language'))
  const rows = await listRows(writer, id, { limit: body.subjects.length })
  return reply(201, {
    importId: id,
    counts,
    rows: rows.map((each) => {
      const { row: number, result, code, reasons } = representRow(each, language)
      return { row: number, result, code, reasons }
    }),
  })
}

async function stage(
  { writer, body, newId }: WriteContext<{ body: typeof Push }>,
  tools: ImportTools,
  place: { readonly id: string; readonly authorityId: string; readonly divisionCode: string },
): Promise<void> {
  const header = fieldsOf('subject')
  const law = tools.book.files
  const read = subjectReader(
    {
      columns: Object.fromEntries(header.map((field, at) => [field, at])),
      header,
      division: place.divisionCode.endsWith('00') ? 'resolve' : 'stated',
      divisionCode: place.divisionCode,
      issueCodes: false,
      authorityId: place.authorityId,
    },
    { divisions: law.divisions, industries: law.industries, initialsOf },
  )
  const rows = body.subjects.map((subject, at) =>
    read({ number: at + 1, cells: header.map((field) => subject[field] ?? '') }),
  )
  const batch = batchOf(rows, newId)
  await stageSubjects(writer, place.id, batch, withCiphers(batch, tools.secrets))
}
