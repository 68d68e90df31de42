// An inspector as others see him: numbers masked, his state today, why he would not be drawn, what may be done about him.

import { addDays, type Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Context } from '../../platform/http/route.ts'
import { canOf, found } from '../../platform/refusal.ts'
import { maskedMobile, seenIn } from '../../agencies/index.ts'
import { maskedIdCard } from './id-card.rules.ts'
import {
  type Days,
  EXPIRING_DAYS,
  missingIn,
  warrantStateOf,
  whyNotChangeInspector,
  whyNotDraw,
  whyNotResume,
  whyNotReveal,
  whyNotSuspend,
} from './inspectors.rules.ts'
import type { Inspector } from './inspectors.schema.ts'
import { findInspector, type InspectorRow } from './inspectors.store.ts'
import type { InspectorParts } from './parts.ts'
import { openIdCard, openMobile } from './secrets.ts'

type Viewing = Pick<Context, 'access' | 'actor' | 'now'>

/** Today, and the last day of the warning before a warrant ends. */
export function daysOf(now: Date): Days {
  const today = dayOf(now)
  return { today, soon: addDays(today, EXPIRING_DAYS) }
}

/** Gives the representation of an inspector, as far as the viewer sees. Throws NotFound. */
export function openInspector(parts: InspectorParts) {
  return async (reader: Reader, viewing: Viewing, id: string): Promise<Inspector> => {
    const row = await seenInspector(reader, viewing, id)
    return represent(row, viewing, { ...parts, law: await parts.book.read(reader) })
  }
}

/** An inspector whom the viewer may see. Throws NotFound. */
export async function seenInspector(
  reader: Reader,
  { access, now }: Pick<Viewing, 'access' | 'now'>,
  id: string,
): Promise<InspectorRow> {
  const seen = seenIn(access, 'inspector.show')
  return found(await findInspector(reader, seen, daysOf(now), id), 'inspector')
}

/** The representation of an inspector for a viewer. */
export function represent(
  row: InspectorRow,
  viewing: Viewing,
  { secrets, law }: Pick<InspectorParts, 'secrets'> & { readonly law: Law },
): Inspector {
  const { idCardCipher: _, mobileCipher, personMobileCipher, leaves, initials: __, ...plain } = row
  const { actor, now } = viewing
  const days = daysOf(now)
  const [idCard, mobile] = [openIdCard(secrets, row), openMobile(secrets, row)]
  const numbers = {
    idCard: idCard === null ? null : maskedIdCard(idCard),
    mobile: mobile === null ? null : maskedMobile(mobile),
  }
  const leave = leaves.find(({ from, until }) => from <= days.today && days.today <= until)
  return {
    ...plain,
    ...numbers,
    sex: row.sex as Inspector['sex'],
    level: row.level as Inspector['level'],
    enforcementCategories: [...row.enforcementCategories],
    qualifications: [...row.qualifications],
    specialisms: [...row.specialisms],
    warrantState: warrantStateOf(row, days),
    state: row.state === 'active' && leave ? 'onLeave' : (row.state as Inspector['state']),
    leaveUntil: leave?.until ?? null,
    missing: [...missingIn({ ...row, ...numbers })],
    isMe: actor.kind === 'person' && actor.personId === row.personId,
    whyNotDraw: canOf(whyNotDraw(row, days.today, law)),
    can: canFor(row, viewing, mobileCipher ?? personMobileCipher),
  }
}

/** Where an inspector is, for the access to him. */
export function placeOfInspector(row: Pick<InspectorRow, 'authorityId' | 'divisionCode' | 'personId'>) {
  return { authorityId: row.authorityId, divisionCode: row.divisionCode, personId: row.personId }
}

function canFor(
  row: InspectorRow,
  { access }: Pick<Viewing, 'access'>,
  mobileCipher: string | null,
): Inspector['can'] {
  const place = placeOfInspector(row)
  const allowed = (action: string, state?: ReturnType<typeof whyNotSuspend>) =>
    canOf(access.whyNot(action, place) ?? state)
  const left = whyNotChangeInspector(row)
  return {
    edit: allowed('inspector.edit', left),
    suspend: allowed('inspector.suspend', whyNotSuspend(row)),
    resume: allowed('inspector.resume', whyNotResume(row)),
    end: allowed('inspector.end', left),
    addLeave: allowed('inspector.addLeave', left),
    seeLeaves: allowed('inspector.leaves'),
    reveal: allowed('inspector.reveal', left ?? whyNotReveal(row.idCardCipher ?? mobileCipher)),
    declare: allowed('declaration.create', left),
    seeDeclarations: allowed('declaration.list'),
  }
}
