/** By the first part of the key (plans, tasks, draws …), in the order in which they come. */
export function byGroup<Item extends { readonly key: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, readonly Item[]>()
  for (const item of items) {
    const name = item.key.split('.')[0] ?? item.key
    groups.set(name, [...(groups.get(name) ?? []), item])
  }
  return groups
}
