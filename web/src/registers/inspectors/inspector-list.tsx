import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../../agencies/person-list.tsx'
import { useUnits } from '../../agencies/queries.ts'
import { useMe } from '../../me.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import type { Column } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { TextFilter } from '../../ui/text-filter.tsx'
import { InspectorFacts } from './inspector-facts.tsx'
import { InspectorForm } from './inspector-form.tsx'
import { findTags, type Inspector, type TagKind, useCategories, useInspectors } from './queries.ts'
import { InspectorState, WarrantState } from './states.tsx'

const STATES = ['active', 'onLeave', 'suspended', 'left'] as const
const WARRANTS = ['expiring', 'expired', 'none'] as const
const LEVELS = ['province', 'prefecture', 'county', 'township'] as const

/** 执法检查人员名录库. */
export function InspectorList() {
  const { t } = useTranslation('inspectors')
  const { search, onCursor } = useListSearch()
  const me = useMe().data
  const [isNew, setNew] = useState(false)
  const inspectors = useInspectors(search)
  return (
    <>
      <ListPage<Inspector>
        title={t('title')}
        lead={t('lead')}
        query={inspectors}
        keyOf={({ id }) => id}
        empty={t('empty')}
        cursor={search['after']}
        onCursor={onCursor}
        isDimmed={({ state }) => state === 'left'}
        peek={(inspector) => <InspectorFacts inspector={inspector} />}
        exportHref="/api/v1/inspector-export"
        acts={
          <>
            {me?.grants.some(({ role }) => role === 'inspector') ? (
              <Link to="/registers/inspectors" search={{ person: me.personId }}>
                {t('mine')}
              </Link>
            ) : null}
            <ActButton
              type="primary"
              refused={inspectors.data?.can.create ?? null}
              onClick={() => setNew(true)}
            >
              {t('new')}
            </ActButton>
          </>
        }
        filters={<Filters />}
        columns={useColumns()}
      />
      <SideForm title={t('new')} isOpen={isNew} onClose={() => setNew(false)}>
        <InspectorForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}

function Filters() {
  const { t } = useTranslation('inspectors')
  const { search, change } = useListSearch()
  const all = { value: '', label: t('all') }
  const [isAsked, setMore] = useState(false)
  const isMore = isAsked || MORE.some((name) => search[name] !== undefined)
  return (
    <>
      <TextFilter
        label={t('name')}
        placeholder={t('search')}
        value={search['q']}
        onChange={(q) => change({ q })}
      />
      <AuthorityFilter
        value={search['authority']}
        onChange={(authority) => change({ authority, unit: undefined })}
      />
      {search['authority'] ? <UnitFilter authority={search['authority']} /> : null}
      <ChoiceFilter
        label={t('state')}
        value={search['state']}
        choices={[all, ...STATES.map((value) => ({ value, label: t(`states.${value}`) }))]}
        onChange={(state) => change({ state })}
      />
      <ChoiceFilter
        label={t('warrant')}
        value={search['warrant']}
        choices={[all, ...WARRANTS.map((value) => ({ value, label: t(`warrants.${value}`) }))]}
        onChange={(warrant) => change({ warrant })}
      />
      {isMore ? (
        <MoreFilters />
      ) : (
        <Button type="link" onClick={() => setMore(true)}>
          {t('more_filters')}
        </Button>
      )}
    </>
  )
}

const MORE = ['level', 'category', 'enforcementCategory', 'qualification', 'specialism'] as const

/** What is asked for now and then. */
function MoreFilters() {
  const { t } = useTranslation('inspectors')
  const { search, change } = useListSearch()
  const all = { value: '', label: t('all') }
  return (
    <>
      <ChoiceFilter
        label={t('level')}
        value={search['level']}
        choices={[all, ...LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))]}
        onChange={(level) => change({ level })}
      />
      <ChoiceFilter
        label={t('category')}
        value={search['category']}
        choices={[all, ...useCategories()]}
        onChange={(category) => change({ category })}
      />
      <TagFilter kind="enforcementCategory" label={t('enforcement_categories')} />
      <TagFilter kind="qualification" label={t('qualifications')} />
      <TagFilter kind="specialism" label={t('specialisms')} />
    </>
  )
}

/** Of one authority: its units and sections. */
function UnitFilter({ authority }: { readonly authority: string }) {
  const { t } = useTranslation('inspectors')
  const { search, change } = useListSearch()
  const units = useUnits(authority).data?.items ?? []
  return (
    <ChoiceFilter
      label={t('unit')}
      value={search['unit']}
      choices={[{ value: '', label: t('all') }, ...units.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={(unit) => change({ unit })}
    />
  )
}

function TagFilter({ kind, label }: { readonly kind: TagKind; readonly label: string }) {
  const { search, change } = useListSearch()
  return (
    <label>
      {label}
      <RemotePicker
        about={['tags', kind]}
        find={(q) => findTags(kind, q)}
        value={search[kind]}
        shown={search[kind]}
        onChange={(word) => change({ [kind]: word })}
        label={label}
        isClearable
      />
    </label>
  )
}

function useColumns(): readonly Column<Inspector>[] {
  const { t } = useTranslation('inspectors')
  const categories = useCategories()
  const words = (list: readonly string[]) => (list.length === 0 ? '–' : list.join(t('comma')))
  return [
    {
      key: 'name',
      title: t('name'),
      isName: true,
      show: (each) => (
        <Link to="/registers/inspectors/$id" params={{ id: each.id }}>
          {each.name}
        </Link>
      ),
    },
    { key: 'authority', title: t('authority'), show: (each) => each.authorityName },
    { key: 'unit', title: t('unit'), show: (each) => each.unitName ?? '–' },
    { key: 'number', title: t('warrant_number'), show: (each) => each.warrantNumber ?? '–' },
    { key: 'warrant', title: t('warrant'), show: (each) => <WarrantState inspector={each} /> },
    { key: 'specialisms', title: t('specialisms'), show: (each) => words(each.specialisms) },
    { key: 'state', title: t('state'), show: (each) => <InspectorState inspector={each} /> },
    { key: 'staff', title: t('staff_number'), isSpare: true, show: (each) => each.staffNumber ?? '–' },
    { key: 'level', title: t('level'), isSpare: true, show: (each) => t(`levels.${each.level}`) },
    {
      key: 'category',
      title: t('category'),
      isSpare: true,
      show: (each) => categories.find(({ value }) => value === each.category)?.label ?? each.category,
    },
    {
      key: 'qualifications',
      title: t('qualifications'),
      isSpare: true,
      show: (each) => words(each.qualifications),
    },
    { key: 'mobile', title: t('mobile'), isSpare: true, show: (each) => each.mobile ?? '–' },
  ]
}
