// What the certificate says of a draw of subjects: the one place where both its maker and its verifier ask.

import type { Certificate } from '../manifest/certificate.ts'
import type { Commitment } from '../manifest/commitment.ts'
import type { SubjectDraw } from './subjects.ts'

/** What a certificate says of a draw of subjects; a sealed one without cut-offs. */
export function statedOf(
  c: Commitment,
  found: SubjectDraw,
): {
  strata: SubjectDraw['strata']
  classes: NonNullable<Certificate['classes']>
  least: SubjectDraw['leastPi']
} {
  const open = <T extends { cut?: string | undefined; next?: string | undefined }>({
    cut,
    next,
    ...line
  }: T): T =>
    (c.sealed
      ? line
      : { ...line, ...(cut === undefined ? {} : { cut }), ...(next === undefined ? {} : { next }) }) as T
  return {
    strata: found.strata.map(open),
    classes: (found.classes ?? []).map(open),
    least: found.leastPi,
  }
}
