// What codes of this register are called.

import { useTranslation } from 'react-i18next'
import { useWord } from '../../ui/word.ts'

export const KINDS = [
  'LEGAL_PERSON',
  'NATURAL_PERSON',
  'UNINCORPORATED',
  'PRODUCT',
  'PROJECT',
  'ACTIVITY',
] as const
export const TYPES = [
  'enterprise',
  'individualBusiness',
  'farmersCooperative',
  'privateNonEnterpriseUnit',
  'socialOrganisation',
  'publicInstitution',
  'professionalBody',
  'other',
] as const
export const REGISTRATION_STATES = [
  'active',
  'suspended',
  'deregistered',
  'revoked',
  'cancelled',
  'relocated',
] as const
export const CLASSES = ['A', 'B', 'C', 'D'] as const
export const TAGS = ['abnormalOperation', 'seriousDishonesty', 'complaints'] as const
export const FLAGS = [
  'countyFromCode',
  'countyByShortName',
  'countyUnknown',
  'revokedDivision',
  'registrationCheckDigit',
  'idCardLike',
  'licenceReturned',
] as const

/** Choices of a field, with their words. */
export function useChoices() {
  const { t } = useTranslation('subjects')
  return {
    kinds: KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
    types: TYPES.map((value) => ({ value, label: t(`types.${value}`) })),
    states: REGISTRATION_STATES.map((value) => ({ value, label: t(`registration_states.${value}`) })),
    classes: CLASSES.map((value) => ({ value, label: t(`classes.${value}`) })),
    tags: TAGS.map((value) => ({ value, label: t(`tags.${value}`) })),
    flags: FLAGS.map((value) => ({ value, label: t(`flags.${value}`) })),
  }
}

/** The values of some fields are codes; whatever is none comes back as it is. */
export function useValueWord(): (field: string, value: string | null) => string {
  const { t } = useTranslation('subjects')
  const kind = useWord('kinds', 'subjects')
  const type = useWord('types', 'subjects')
  const state = useWord('registration_states', 'subjects')
  const tag = useWord('tags', 'subjects')
  const flag = useWord('flags', 'subjects')
  const listed = (word: (code: string) => string) => (value: string) =>
    value
      .split('、')
      .map((one) => word(one))
      .join(t('comma'))
  const words: Readonly<Record<string, (value: string) => string>> = {
    kind,
    entityType: type,
    registrationState: state,
    tags: listed(tag),
    flags: listed(flag),
  }
  return (field, value) => (value === null ? '–' : (words[field]?.(value) ?? value))
}
