// Which field of a form about subjects a refusal is about: it is said there, not on top alone.

import type { Refused } from '../../ui/problem.tsx'

const FIELDS: Readonly<Record<string, string>> = {
  'subject.code_missing': 'code',
  'subject.code_is_id_card': 'code',
  'subject.code_check_digit': 'code',
  'subject.code_malformed': 'code',
  'subject.code_taken': 'code',
  'subject.code_left': 'code',
  'subject.code_taken_meanwhile': 'code',
  'subject.person_without_code': 'code',
  'subject.id_card_of_nobody': 'idCard',
  'subject.id_card_wrong': 'idCard',
  'subject.id_card_taken': 'idCard',
  'subject.division_not_county': 'divisionCode',
  'subject.division_outside': 'divisionCode',
  'subject.county_unknown': 'divisionCode',
  'subject.industry_unknown': 'industryCode',
  'subject.reason_needed': 'reason',
  'subject.supervised_already': 'authorityId',
  'subject.not_supervised': 'authorityId',
  'subject.last_supervisor': 'authorityId',
  'subject.supervised_by_licence': 'authorityId',
  'authority.closed': 'authorityId',
  'premises.closed_before_opened': 'closedOn',
  'licence.ends_before_it_begins': 'validUntil',
  'licence.registered_already': 'number',
}

/** The field, where the refusal is about one. */
export function fieldOfRefusal({ code, params }: Refused): string | undefined {
  const named = params?.['field']
  return code === 'subject.holds_id_card' && typeof named === 'string' ? named : FIELDS[code]
}

/** As `fieldOfRefusal`, for a form whose only day is that of an end. */
export function orDay(day: 'closedOn' | 'revokedOn') {
  return (refused: Refused): string | undefined =>
    refused.code === 'day_in_future' ? day : fieldOfRefusal(refused)
}
