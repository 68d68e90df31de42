// Changing a subject: at once what says nothing of whether it can be drawn, after a second person the rest (I4, I5).

import { seenIn } from '../../agencies/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import { personOf, type WriteContext } from '../../platform/http/route.ts'
import { demand, found, Refused } from '../../platform/refusal.ts'
import { demandVersion } from '../../platform/versions.ts'
import { initialsOf } from '../pinyin.ts'
import {
  afterOf,
  type ChangeKind,
  type Changes,
  changesOf,
  type Columns,
  sorted,
  whyNotApply,
  whyNotDecide,
} from './changes.rules.ts'
import { type ChangeRow, decideChange, findChange, insertChange } from './changes.store.ts'
import { columnsOf } from './columns.ts'
import { demandOwner } from './entering.ts'
import type { SubjectParts } from './parts.ts'
import { closedPersonal } from './secrets.ts'
import { factsOf, placeOfSubject } from './subjects.representation.ts'
import { whyNotChange, whyNotIn, whyNotIndustry, whyNotPropose, whyNotTexts } from './subjects.rules.ts'
import type { SubjectEdit } from './subjects.schema.ts'
import {
  findCounty,
  findSubject,
  lockSubject,
  moveSubject,
  type SubjectRecord,
  updateSubject,
} from './subjects.store.ts'

export type Writing = Pick<WriteContext, 'writer' | 'access' | 'actor' | 'now' | 'id' | 'newId'>

/** A subject that may be seen, locked; the act on it must be allowed where it is. */
export async function lockedSubject(
  { writer, access }: Pick<Writing, 'writer' | 'access'>,
  id: string,
  action: string,
): Promise<SubjectRecord> {
  await lockSubject(writer, id)
  const subject = found(await findSubject(writer, seenIn(access, 'subject.show'), id), 'subject')
  demand(access.whyNot(action, placeOfSubject(subject)), 403)
  return subject
}

/** What is written down of a change that is made at once or proposed. */
export interface Made {
  readonly kind: ChangeKind
  readonly fields: Changes
  readonly reason?: string | undefined
  readonly state?: 'proposed' | 'effective'
}

/** Writes a change of a subject down; gives its id. */
export async function writeDown(
  context: Writing,
  { id: subjectId, division_code: divisionCode }: Pick<SubjectRecord, 'id' | 'division_code'>,
  { state = 'effective', ...made }: Made,
): Promise<string> {
  const { writer, now, newId } = context
  const id = newId()
  const by = personOf(context).personId
  await insertChange(writer, { id, subjectId, divisionCode, state, ...made, by, at: now })
  return id
}

/** Edits a subject; gives the id of the change that waits for a second person, where one does. */
export async function editSubject(
  context: Writing & { readonly version: number },
  subjectId: string,
  body: SubjectEdit,
  parts: SubjectParts,
): Promise<string | null> {
  const { writer, version } = context
  const subject = await lockedSubject(context, subjectId, 'subject.edit')
  demandVersion(subject.version, version)
  demand(whyNotChange(factsOf(subject)))
  const { plain, deciding } = sorted(changesOf(subject as Columns, editedColumns(subject, body, parts)))
  await demandSound(context, body, parts)
  const isDeciding = Object.keys(deciding).length > 0
  if (isDeciding && body.reason === undefined) throw new Refused({ code: 'subject.reason_needed' }, 422)
  if (isDeciding) demand(whyNotPropose(factsOf(subject)))
  if (Object.keys(plain).length > 0) {
    await updateSubject(writer, subject, afterOf(plain))
    await writeDown(context, subject, { kind: 'changed', fields: shown(plain), reason: body.reason })
  }
  if (!isDeciding) return null
  const kind = 'division_code' in deciding ? 'moved' : 'changed'
  return writeDown(context, subject, { kind, fields: deciding, reason: body.reason, state: 'proposed' })
}

function editedColumns(subject: SubjectRecord, body: SubjectEdit, parts: SubjectParts): Columns {
  const { checkedFlags = [], telephone } = body
  const checked = new Set(checkedFlags)
  const isPlaceChecked = ['countyFromCode', 'countyByShortName', 'revokedDivision'].some((flag) =>
    checked.has(flag),
  )
  const personal = closedPersonal(parts.secrets, { telephone })
  // The same number in another cipher is the same number.
  const isSameNumber = personal.telephone_print && subject.telephone_print?.equals(personal.telephone_print)
  return {
    ...columnsOf(body),
    ...(isSameNumber ? {} : personal),
    ...(body.name === undefined ? {} : { initials: initialsOf(body.name) }),
    ...(checked.size === 0 ? {} : { flags: subject.flags.filter((flag) => !checked.has(flag)) }),
    ...(isPlaceChecked ? { division_basis: 'stated' } : {}),
  }
}

async function demandSound(context: Writing, body: SubjectEdit, { book }: SubjectParts): Promise<void> {
  const { writer } = context
  demand(whyNotTexts(body), 422)
  const { industries } = await book.read(writer)
  demand(whyNotIndustry(body.industryCode, industries), 422)
  if (body.divisionCode !== undefined)
    demand(whyNotIn(body.divisionCode, await findCounty(writer, body.divisionCode)), 422)
  await demandOwner(context, body.ofSubjectId)
}

// Of a number the trail says that it changed: its print and its cipher stay with the subject.
function shown(changes: Changes): Changes {
  const { telephone_cipher: cipher, telephone_print: print, initials: _, ...rest } = changes
  return cipher || print
    ? { ...rest, telephone: [cipher?.[0] ? '***' : null, cipher?.[1] ? '***' : null] }
    : rest
}

/** A change that is open for this person's decision, locked with its subject; deciding must be allowed where it is. */
export async function decidedChange(context: Writing, id: string, action: string) {
  const change = await lockedChange(context, id, action)
  const decider = personOf(context).personId
  demand(whyNotDecide(change, decider))
  return { change, decider }
}

/** A change, locked with its subject; the act on it must be allowed where it is. */
export async function lockedChange(
  { writer, access }: Pick<Writing, 'writer' | 'access'>,
  id: string,
  action: string,
): Promise<ChangeRow> {
  const seen = seenIn(access, 'subjectChange.show')
  const before = found(await findChange(writer, seen, id), 'subjectChange')
  await lockSubject(writer, before.subjectId)
  const change = found(await findChange(writer, seen, id), 'subjectChange')
  demand(access.whyNot(action, placeOfChange(change)), 403)
  return change
}

/** Where a change is: with its subject. */
export function placeOfChange({
  divisionCode,
  authorityIds,
}: Pick<ChangeRow, 'divisionCode' | 'authorityIds'>) {
  return { divisionCode, authorityIds }
}

/** Lets a proposed change take effect; gives it as decided. Throws Refused where it was overtaken. */
export async function approveChange(
  context: Writing,
  id: string,
  note: string | undefined,
): Promise<ChangeRow> {
  const { writer, access, now } = context
  const { change, decider } = await decidedChange(context, id, 'subjectChange.approve')
  const subject = found(
    await findSubject(writer, seenIn(access, 'subject.show'), change.subjectId),
    'subject',
  )
  demand(whyNotApply({ ...change, fields: fieldsOf(change) }, subject as Columns))
  await decideChange(writer, change, { state: 'effective', by: decider, at: now, note })
  // Before it takes effect: whoever takes his own authority off a subject does not see it any more.
  const decided = found(await findChange(writer, seenIn(access, 'subjectChange.show'), id), 'subjectChange')
  await applyChange(writer, subject, change, { decider, context })
  return decided
}

async function applyChange(
  writer: Writer,
  subject: SubjectRecord,
  change: ChangeRow,
  { decider, context }: { readonly decider: string; readonly context: Writing },
): Promise<void> {
  const today = dayOf(context.now)
  const { division_code: to, ...others } = afterOf(fieldsOf(change))
  switch (change.kind as ChangeKind) {
    case 'left':
      return updateSubject(writer, subject, { left_on: today })
    case 'returned':
      return updateSubject(writer, subject, { left_on: null })
    case 'moved': {
      if (Object.keys(others).length > 0) await updateSubject(writer, subject, others)
      await moveSubject(writer, subject, { to: String(to), today })
      // The list of changes of the new county has it as well.
      await insertChange(writer, {
        id: context.newId(),
        divisionCode: String(to),
        subjectId: change.subjectId,
        kind: 'moved',
        state: 'effective',
        fields: fieldsOf(change),
        reason: change.reason ?? undefined,
        by: change.proposedById ?? undefined,
        at: context.now,
        decidedBy: decider,
      })
      return
    }
    case 'changed':
    case 'entered':
      return updateSubject(writer, subject, others)
  }
}

/** The fields of a change, as they were written down. */
export function fieldsOf({ fields }: Pick<ChangeRow, 'fields'>): Changes {
  return fields as unknown as Changes
}

/** Sets who supervises a subject, and writes down why. */
export async function setSupervisors(
  context: Writing,
  subject: SubjectRecord,
  {
    after,
    more = {},
    flag,
    reason,
  }: {
    readonly after: readonly string[]
    readonly more?: Changes
    /** What somebody should look at from now on. */
    readonly flag?: string | undefined
    readonly reason?: string | undefined
  },
): Promise<void> {
  const changes = changesOf({ authority_ids: subject.authority_ids }, { authority_ids: after })
  const flags = [...new Set([...subject.flags, ...(flag === undefined ? [] : [flag])])]
  const flagged = changesOf({ flags: subject.flags }, { flags })
  // Also where nobody else supervises it now: whoever read it before must not write over what he has not seen.
  await updateSubject(context.writer, subject, afterOf({ ...changes, ...flagged }))
  await writeDown(context, subject, { kind: 'changed', fields: { ...more, ...changes, ...flagged }, reason })
}
