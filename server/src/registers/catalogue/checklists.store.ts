// 检查表单: every statement about checklists. A version is written once.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { Checkpoint } from './checklists.rules.ts'

/** The versions of an item's checklist, the newest first. */
export function checklistsOf(reader: Reader, reach: Reach, itemId: string) {
  return shown(reader, reach).where('k.item_id', '=', itemId).orderBy('k.number', 'desc').execute()
}

export type ChecklistRow = Awaited<ReturnType<typeof checklistsOf>>[number]

/** The item of a checklist. */
export async function itemOfChecklist(reader: Reader, reach: Reach, id: string): Promise<string | undefined> {
  const row = await shown(reader, reach).where('k.id', '=', id).executeTakeFirst()
  return row?.itemId
}

export async function insertChecklist(
  writer: Writer,
  version: {
    readonly id: string
    readonly itemId: string
    readonly number: number
    readonly effectiveFrom: string
    readonly changeNote: string | null
    readonly checkpoints: readonly Checkpoint[]
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await writer
    .insertInto('registers.checklist')
    .values({
      id: version.id,
      item_id: version.itemId,
      number: version.number,
      effective_from: version.effectiveFrom,
      change_note: version.changeNote?.normalize('NFC') ?? null,
      checkpoints: JSON.stringify(version.checkpoints).normalize('NFC'),
      made_by: version.by,
      made_at: version.at,
    })
    .execute()
}

/** The latest version of one item's checklist becomes the first of another's: of its revision. */
export async function copyLatestChecklist(
  writer: Writer,
  copy: {
    readonly from: string
    readonly to: string
    readonly id: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await sql`
    insert into registers.checklist
      (id, item_id, number, effective_from, change_note, checkpoints, made_by, made_at)
    select ${copy.id}, ${copy.to}, 1, effective_from, change_note, checkpoints, ${copy.by}, ${copy.at}
      from registers.checklist where item_id = ${copy.from} order by number desc limit 1`.execute(writer)
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('registers.checklist as k')
    .innerJoin('registers.inspection_item as i', 'i.id', 'k.item_id')
    .leftJoin('agencies.person as p', 'p.id', 'k.made_by')
    .select(['k.id', 'k.number', 'k.item_id as itemId', 'k.effective_from as effectiveFrom'])
    .select([
      'k.change_note as changeNote',
      'k.made_by as madeById',
      'p.name as madeByName',
      'k.made_at as madeAt',
    ])
    .select(sql<readonly Checkpoint[]>`k.checkpoints`.as('checkpoints'))
    .where(within(reach, { authority: 'i.authority_id', division: 'i.division_code' }))
}
