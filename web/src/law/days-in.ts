/**
 * The days that a text names: `2027-01-01`, `1月1日` (of the year), `1.1`, separated by anything, in their order, each once.
 * What is no date stays out of it; the server refuses a day of another year.
 */
export function daysIn(text: string, year: number): string[] {
  const forms = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{1,2})[-/.月](\d{1,2})日?/g
  const days = [...text.matchAll(forms)].map(([, y, m, d, month, day]) => {
    const two = (n: string | undefined) => (n ?? '').padStart(2, '0')
    return `${y ?? year}-${two(m ?? month)}-${two(d ?? day)}`
  })
  return [...new Set(days)].toSorted()
}
