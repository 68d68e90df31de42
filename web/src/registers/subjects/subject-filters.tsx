import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../../agencies/person-list.tsx'
import { findDivisions, useDivision } from '../../agencies/queries.ts'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { TextFilter } from '../../ui/text-filter.tsx'
import { findIndustries, findItems } from './queries.ts'
import { useChoices } from './words.ts'

const SPARE = [
  'field',
  'kind',
  'type',
  'grade',
  'tag',
  'pool',
  'flag',
  'station',
  'item',
  'state',
  'left',
] as const

/** The filters of the list: the common ones, and the others where somebody wants them or has set one. */
export function SubjectFilters() {
  const { t } = useTranslation('subjects')
  const { search, change } = useListSearch()
  const [isOpen, setOpen] = useState(SPARE.some((name) => search[name] !== undefined))
  const choices = useChoices()
  const isAddress = search['field'] === 'address'
  return (
    <>
      <TextFilter
        label={t('filters.q')}
        placeholder={t(isAddress ? 'search_address' : 'search')}
        value={search['q']}
        onChange={(q) => change({ q })}
      />
      <DivisionFilter />
      <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
      <IndustryFilter />
      <ChoiceFilter
        label={t('fields.creditClass')}
        value={search['class']}
        choices={[all(t('all')), ...choices.classes, { value: '-', label: t('none') }]}
        onChange={(value) => change({ class: value })}
      />
      {isOpen ? <SpareFilters /> : null}
      <Button type="link" aria-expanded={isOpen} className="reset" onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'fewer' : 'more')}
      </Button>
    </>
  )
}

function SpareFilters() {
  const { t } = useTranslation('subjects')
  const { search, change } = useListSearch()
  const choices = useChoices()
  const text = (name: 'grade' | 'tag' | 'pool' | 'station', label: string) => (
    <TextFilter label={label} value={search[name]} onChange={(value) => change({ [name]: value })} />
  )
  const choice = (name: string, label: string, some: readonly { value: string; label: string }[]) => (
    <ChoiceFilter
      label={label}
      value={search[name]}
      choices={[all(t('all')), ...some]}
      onChange={(value) => change({ [name]: value })}
    />
  )
  return (
    <>
      {choice('type', t('fields.entityType'), choices.types)}
      {choice('kind', t('fields.kind'), choices.kinds)}
      {choice('state', t('fields.registrationState'), choices.states)}
      {choice('flag', t('fields.flags'), choices.flags)}
      {choice('tag', t('fields.tags'), choices.tags)}
      {text('pool', t('fields.pools'))}
      {text('grade', t('fields.riskGrade'))}
      {text('station', t('fields.station'))}
      <label>
        {t('filters.item')}
        <RemotePicker
          about={['items']}
          find={findItems}
          value={search['item']}
          onChange={(item) => change({ item })}
          label={t('filters.item')}
          isClearable
        />
      </label>
      <ChoiceFilter
        label={t('filters.field')}
        value={search['field']}
        choices={[
          { value: '', label: t('filters.in_name') },
          { value: 'address', label: t('filters.in_address') },
        ]}
        onChange={(field) => change({ field })}
      />
      <ChoiceFilter
        label={t('filters.left')}
        value={search['left']}
        choices={[
          { value: '', label: t('filters.here') },
          { value: 'true', label: t('filters.gone') },
        ]}
        onChange={(left) => change({ left })}
      />
    </>
  )
}

const all = (label: string) => ({ value: '', label })

/** A province, prefecture or county. */
export function DivisionFilter() {
  const { t } = useTranslation('subjects')
  const { search, change } = useListSearch()
  const known = useDivision(search['division'] ?? '')
  return (
    <label>
      {t('fields.divisionCode')}
      <RemotePicker
        about={['divisions']}
        find={findDivisions}
        value={search['division']}
        onChange={(division) => change({ division })}
        shown={known.data?.name}
        label={t('fields.divisionCode')}
        isClearable
      />
    </label>
  )
}

function IndustryFilter() {
  const { t } = useTranslation('subjects')
  const { search, change } = useListSearch()
  return (
    <label>
      {t('fields.industryCode')}
      <RemotePicker
        about={['industries']}
        find={async (q) => [
          ...(q === '' ? [{ value: '-', label: t('none') }] : []),
          ...(await findIndustries(q)),
        ]}
        value={search['industry']}
        onChange={(industry) => change({ industry })}
        shown={search['industry']}
        label={t('fields.industryCode')}
        isClearable
      />
    </label>
  )
}
