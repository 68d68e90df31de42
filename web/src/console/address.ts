// How a list's filters stand in an address: as they are. Read as JSON, a long code would become a rounded number, and every
// code would be written in quotes.

/** What stands after `?`. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

/** The same written, with its `?`; empty without any. */
export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) if (typeof value === 'string') query.append(name, value)
  return query.size === 0 ? '' : `?${query.toString()}`
}

/** The named search parameters that are there. */
export function textsOf<Name extends string>(
  search: Record<string, unknown>,
  names: readonly Name[],
): { readonly [name in Name]?: string } {
  const given = names.flatMap((name) => {
    const value = search[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return Object.fromEntries(given) as { readonly [name in Name]?: string }
}
