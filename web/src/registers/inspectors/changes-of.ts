// What of a form was changed.

/** The fields that differ from those the form began with, as the body of an edit; one that was emptied is null. */
export function changesOf(initial: object, values: object): Readonly<Record<string, unknown>> {
  const before = initial as Readonly<Record<string, unknown>>
  const changed = Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    const isEmpty = value === undefined || value === ''
    if (isEmpty) return before[name] === undefined ? [] : [[name, null] as const]
    return JSON.stringify(value) === JSON.stringify(before[name]) ? [] : [[name, value] as const]
  })
  return Object.fromEntries(changed)
}
