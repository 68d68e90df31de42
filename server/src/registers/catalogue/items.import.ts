// Brings rows of a table of items into the catalogue of one authority: new ones become drafts, drafts of the same number are
// changed, and what is proposed or in force is never touched (it is the same, or a conflict).

import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { grouped } from './grouped.ts'
import { findByTitle, insertCitation } from './citations.store.ts'
import { numbered, type ReadItem } from './item-row.rules.ts'
import { basesOf, byCodes, lockDrafts } from './items.store.ts'
import { insertItem, stepItem, updateItem } from './items.writing.store.ts'

/** Whose items they become, and who brings them. */
export interface ItemOwner {
  readonly authorityId: string
  readonly divisionCode: string
  /** A person; null: the program itself. */
  readonly by: string | null
}

/** What became, or would become, of a row. */
export interface ItemOutcome {
  readonly code: string
  readonly result: 'new' | 'changed' | 'same' | 'conflict'
  /** Of the item that was made, changed or found. */
  readonly id?: string
  readonly why?: Refusal
}

/** What rows would do, in their order. Rows of one number are numbered on. */
export async function matchItems(
  reader: Reader,
  owner: ItemOwner,
  rows: readonly ReadItem[],
): Promise<readonly ItemOutcome[]> {
  return (await compare(reader, owner, rows)).map(({ outcome }) => outcome)
}

/** Writes rows, in their order: conflicts are left as they are and said. */
export async function upsertItems(
  writer: Writer,
  owner: ItemOwner,
  rows: readonly ReadItem[],
  newId: () => string,
): Promise<readonly ItemOutcome[]> {
  const outcomes: ItemOutcome[] = []
  for (const { item, outcome } of await compare(writer, owner, rows)) {
    const { result } = outcome
    if (result === 'new') {
      const id = newId()
      const bases = await citationsFor(writer, owner, item, newId)
      const { divisionCode, authorityId } = owner
      await insertItem(writer, { ...item, bases, id, authorityId, divisionCode, enteredBy: owner.by })
      outcomes.push({ ...outcome, id })
      continue
    }
    if (result === 'changed' && outcome.id !== undefined)
      await updateItem(writer, outcome.id, { ...item, bases: await citationsFor(writer, owner, item, newId) })
    outcomes.push(outcome)
  }
  return outcomes
}

/** Takes back what an import made: drafts that nobody proposed since. Gives how many. */
export async function discardImported(
  writer: Writer,
  ids: readonly string[],
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<number> {
  const drafts = await lockDrafts(writer, ids)
  for (const id of drafts) await stepItem(writer, id, { state: 'discarded', endedBy: by, endReason: reason })
  return drafts.length
}

async function compare(
  reader: Reader,
  { authorityId }: ItemOwner,
  rows: readonly ReadItem[],
): Promise<readonly { readonly item: ReadItem; readonly outcome: ItemOutcome }[]> {
  const items = numbered(rows)
  const there = await byCodes(
    reader,
    authorityId,
    items.map(({ code }) => code),
  )
  const bases = grouped(
    await basesOf(
      reader,
      there.map(({ id }) => id),
    ),
    ({ itemId }) => itemId,
  )
  return items.map((item) => {
    const { code } = item
    const same = there.filter((one) => one.code === code)
    const open = same.find(({ state }) => state === 'draft') ?? same.find(({ state }) => state === 'proposed')
    const known = open ?? same[0]
    if (!known) return { item, outcome: { code, result: 'new' } }
    const { id } = known
    if (isSame(item, known, bases.get(id) ?? [])) return { item, outcome: { code, result: 'same', id } }
    if (known.state === 'draft') return { item, outcome: { code, result: 'changed', id } }
    const why = { code: known.state === 'effective' ? 'item.code_taken' : 'item.code_open' }
    return { item, outcome: { code, result: 'conflict', id, why } }
  })
}

type Known = Awaited<ReturnType<typeof byCodes>>[number]

/** Whether an item says already what a row says; what a row cannot say is not compared. */
function isSame(
  item: ReadItem,
  known: Known,
  bases: readonly { readonly title: string; readonly article: string | null }[],
): boolean {
  const plain = ({ title, article }: { readonly title: string; readonly article: string | null }): string =>
    `${title.replace(/^中华人民共和国/, '')} ${article ?? ''}`
  return (
    item.name === known.name &&
    item.subItem === known.subItem &&
    item.object === known.object &&
    item.scope === known.scope &&
    item.field === known.field &&
    item.tier === known.tier &&
    item.isRandom === known.isRandom &&
    item.notRandomReason === known.notRandomReason &&
    item.ratioFloor === known.ratioFloor &&
    item.ratioCap === known.ratioCap &&
    item.ratioNote === known.ratioNote &&
    item.frequency === known.frequency &&
    item.note === known.note &&
    item.methods.join() === known.methods.join() &&
    item.bases.map(plain).join('\n') === bases.map(plain).join('\n')
  )
}

/** The citations of a row: those that the place has, and new ones that nobody has checked yet. */
async function citationsFor(
  writer: Writer,
  { authorityId, divisionCode }: ItemOwner,
  item: ReadItem,
  newId: () => string,
): Promise<{ readonly citationId: string; readonly article: string | null }[]> {
  const bases: { citationId: string; article: string | null }[] = []
  for (const { title, documentNumber, article, level, doubt } of item.bases) {
    const known = await findByTitle(writer, { divisionCode, title, documentNumber })
    const citationId = known ?? newId()
    if (known === undefined)
      await insertCitation(writer, {
        id: citationId,
        authorityId,
        divisionCode,
        title,
        level,
        documentNumber,
        doubtful: doubt !== null,
        doubtNote: doubt,
      })
    bases.push({ citationId, article })
  }
  return bases
}
