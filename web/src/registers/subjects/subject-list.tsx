import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../me.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import type { Column } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { type ListedSubject, useSubjects } from './queries.ts'
import { Flags, RegistrationState, SubjectState } from './states.tsx'
import { SubjectFilters } from './subject-filters.tsx'
import { SubjectForm } from './subject-form.tsx'
import { SubjectPeek } from './subject-facts.tsx'
import { useValueWord } from './words.ts'

/** 检查对象名录库: who can be drawn. */
export function SubjectList() {
  const { t } = useTranslation('subjects')
  const { search, onCursor } = useListSearch()
  const [isNew, setNew] = useState(false)
  const subjects = useSubjects(search)
  return (
    <>
      <ListPage<ListedSubject>
        title={t('title')}
        lead={t('lead')}
        query={subjects}
        keyOf={({ id, divisionCode }) => `${id}${divisionCode}`}
        empty={t('empty')}
        cursor={search['after']}
        onCursor={onCursor}
        isDimmed={({ leftOn }) => leftOn !== null}
        peek={({ id }) => <SubjectPeek id={id} />}
        exportHref={subjects.data?.can.export === null ? '/api/v1/subject-export' : undefined}
        exportsColumns
        acts={
          <ActButton type="primary" refused={subjects.data?.can.create ?? null} onClick={() => setNew(true)}>
            {t('new')}
          </ActButton>
        }
        filters={<SubjectFilters />}
        columns={useColumns()}
      />
      <SideForm title={t('new')} isOpen={isNew} onClose={() => setNew(false)}>
        <SubjectForm onDone={() => setNew(false)} />
      </SideForm>
    </>
  )
}

function useColumns(): readonly Column<ListedSubject>[] {
  const { t } = useTranslation('subjects')
  const { day } = useFormat()
  const word = useValueWord()
  const isCounty = useMe().data?.acting?.divisionCode.endsWith('00') === false
  const list = (field: string, words: readonly string[]) =>
    words.length === 0 ? '–' : wraps(words.map((one) => word(field, one)).join(t('comma')))
  const plain = (key: 'legalRepresentative' | 'registeredAddress' | 'station' | 'riskGrade') => ({
    key,
    title: t(`fields.${key}`),
    isSpare: true,
    show: (each: ListedSubject) => wraps(each[key] ?? '–'),
  })
  return [
    {
      key: 'name',
      title: t('fields.name'),
      isName: true,
      show: (each) => (
        <Link className="wraps" to="/registers/subjects/$id" params={{ id: each.id }}>
          {each.name}
        </Link>
      ),
    },
    {
      key: 'code',
      title: t('fields.code'),
      show: (each) => <span className="number">{each.code}</span>,
    },
    {
      key: 'entityType',
      title: t('fields.entityType'),
      isSpare: true,
      show: (each) =>
        each.entityType === 'other' ? t(`kinds.${each.kind}`) : word('entityType', each.entityType),
    },
    {
      key: 'division',
      title: t('fields.divisionCode'),
      // In a county all stand in the same one.
      isSpare: isCounty,
      show: (each) => each.divisionName,
    },
    {
      key: 'industry',
      title: t('fields.industryCode'),
      show: (each) => (each.industryCode ? wraps(`${each.industryCode} ${each.industryName ?? ''}`) : '–'),
    },
    { key: 'class', title: t('fields.creditClass'), show: (each) => each.creditClass ?? '–' },
    {
      key: 'authorities',
      title: t('fields.authorityIds'),
      show: (each) => wraps(each.authorities.map(({ name }) => name).join(t('comma')) || '–'),
    },
    { key: 'tags', title: t('fields.tags'), show: (each) => list('tags', each.tags) },
    {
      key: 'state',
      title: t('filters.left'),
      show: (each) =>
        each.leftOn === null && each.registrationState !== 'active' ? (
          <RegistrationState state={each.registrationState} />
        ) : (
          <SubjectState subject={each} />
        ),
    },
    { key: 'flags', title: t('fields.flags'), isSpare: true, show: (each) => <Flags flags={each.flags} /> },
    plain('legalRepresentative'),
    plain('registeredAddress'),
    plain('station'),
    plain('riskGrade'),
    { key: 'pools', title: t('fields.pools'), isSpare: true, show: (each) => list('pools', each.pools) },
    {
      key: 'kind',
      title: t('fields.kind'),
      isSpare: true,
      show: (each) => t(`kinds.${each.kind}`),
    },
    {
      key: 'enteredOn',
      title: t('fields.enteredOn'),
      isSpare: true,
      show: (each) => day(each.enteredOn),
    },
  ]
}

/** Long texts take a second line, so that the table is no wider than a desk. */
function wraps(text: string) {
  return <span className="wraps">{text}</span>
}
