/** One field of a row that was changed; a dash where it was not there. */
export interface Difference {
  readonly field: string
  readonly before: string
  readonly after: string
}

/** The fields in which two images of a row differ, in the order of the later one. */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const names = [...new Set([...Object.keys(now), ...Object.keys(old)])]
  return names
    .map((field) => ({ field, before: textOf(old[field]), after: textOf(now[field]) }))
    .filter((difference) => difference.before !== difference.after)
}

function fieldsOf(image: unknown): Readonly<Record<string, unknown>> {
  const value: unknown = typeof image === 'string' ? JSON.parse(image) : image
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
