/**
 * Whether a text is a day that the law can speak of: it exists, in a year from 1900 to 2999. Anything else is a slip of the
 * hand, and neither the database (year 0) nor a deadline that ends after 9999 could take it.
 */
export function isLegalDay(text: string): boolean {
  if (!/^(?:19|2\d)\d\d-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
