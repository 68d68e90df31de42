import type { Reader, Writer } from '../platform/database/database.ts'
import { type Reach, within } from '../platform/reach.ts'
import { found } from '../platform/refusal.ts'
import { demandVersion } from '../platform/versions.ts'
import type { NewView, SavedView, ViewEdit } from './views.schema.ts'

/** A person's own views, by page and name. */
export function listViews(reader: Reader, reach: Reach): Promise<readonly SavedView[]> {
  return kept(reader, reach).orderBy('v.page').orderBy('v.name').orderBy('v.id').execute()
}

/** Keeps a view. */
export async function insertView(
  writer: Writer,
  view: NewView & { readonly id: string; readonly personId: string },
): Promise<void> {
  await writer
    .insertInto('platform.saved_view')
    .values({
      id: view.id,
      person_id: view.personId,
      page: view.page,
      name: view.name.normalize('NFC'),
      search: view.search,
    })
    .execute()
}

/** A view of one's own. Throws NotFound. */
export async function getView(reader: Reader, reach: Reach, id: string): Promise<SavedView> {
  return found(await kept(reader, reach).where('v.id', '=', id).executeTakeFirst(), 'saved_view')
}

interface Edited {
  readonly id: string
  readonly version: number
}

/** Another name, or other filters. Throws NotFound; Refused where somebody came first. */
export async function editView(
  writer: Writer,
  reach: Reach,
  { id, version, name, search }: Edited & ViewEdit,
): Promise<void> {
  await lockVersion(writer, reach, { id, version })
  await writer
    .updateTable('platform.saved_view')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(name === undefined ? {} : { name: name.normalize('NFC') }),
      ...(search === undefined ? {} : { search }),
    }))
    .where('id', '=', id)
    .execute()
}

/** Takes a view away. Throws as `editView`. */
export async function removeView(
  writer: Writer,
  reach: Reach,
  { id, version, now }: Edited & { readonly now: Date },
): Promise<void> {
  await lockVersion(writer, reach, { id, version })
  await writer
    .updateTable('platform.saved_view')
    .set((eb) => ({ removed_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

async function lockVersion(writer: Writer, reach: Reach, { id, version }: Edited): Promise<void> {
  const view = await kept(writer, reach).where('v.id', '=', id).forUpdate('v').executeTakeFirst()
  demandVersion(found(view, 'saved_view').version, version)
}

function kept(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('platform.saved_view as v')
    .select(['v.id', 'v.version', 'v.page', 'v.name', 'v.search'])
    .where('v.removed_at', 'is', null)
    .where(within(reach, { person: 'v.person_id' }))
}
