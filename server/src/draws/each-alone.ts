// What is due for several draws is done for each of them, whatever goes wrong with one.

/** Does the work for each, one after another. Throws what went wrong, all of it together, once all have had their turn. */
export async function eachAlone<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = []
  for (const item of items) await work(item).catch((error: unknown) => errors.push(error))
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} of ${items.length} went wrong`)
}
