// What is wrong with a row of a plan table, or is to be looked at.

/** Something that is wrong with a row, or that a person should look at. */
export interface RowReason {
  readonly code:
    | 'amount_unreadable'
    | 'amount_by_law'
    | 'period_unreadable'
    | 'period_outside_year'
    | 'period_whole'
    | 'lead_unknown'
    | 'lead_not_own'
    | 'lead_ambiguous'
    | 'name_missing'
    | 'too_long'
    | 'row_twice'
    | 'row_damaged'
    | 'field_not_of_plan'
    | 'basis_differs'
    | 'unmatched'
    | 'unmatched_near'
  readonly params?: Readonly<Record<string, string | number>>
}

const ERRORS: ReadonlySet<RowReason['code']> = new Set([
  'amount_unreadable',
  'period_unreadable',
  'period_outside_year',
  'lead_unknown',
  'lead_not_own',
  'name_missing',
  'too_long',
  'row_twice',
  'row_damaged',
  'field_not_of_plan',
])

/** Whether a row cannot be taken in because of it. */
export function isError({ code }: RowReason): boolean {
  return ERRORS.has(code)
}
