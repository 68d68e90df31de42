import type { Writer } from '../platform/database/database.ts'
import type { CalendarInput } from './schema.ts'

/** Keeps a year's calendar; one that was loaded before is replaced, and the trail has both. */
export async function keepCalendar(
  writer: Writer,
  { year, holidays, workdays, notice }: CalendarInput,
  by: { readonly personId: string; readonly now: Date },
): Promise<void> {
  const values = {
    days: JSON.stringify({ holidays: holidays.toSorted(), workdays: workdays.toSorted() }),
    source_document: notice,
    loaded_by: by.personId,
    loaded_at: by.now,
  }
  await writer
    .insertInto('law.calendar')
    .values({ year, ...values })
    .onConflict((conflict) =>
      conflict
        .column('year')
        .doUpdateSet((eb) => ({ ...values, version: eb('law.calendar.version', '+', 1) })),
    )
    .execute()
}
