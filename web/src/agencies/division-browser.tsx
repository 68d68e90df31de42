import { Link } from '@tanstack/react-router'
import { Breadcrumb } from 'antd'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { StateTag } from '../ui/state-tag.tsx'
import { TextFilter } from '../ui/text-filter.tsx'
import { type Division, useDivision, useDivisions } from './queries.ts'

/** The divisions of GB/T 2260, level by level; those that were abolished stay, because old records name them. */
export function DivisionBrowser() {
  const { t } = useTranslation('agencies')
  const { search, change, onCursor } = useListSearch()
  return (
    <ListPage<Division>
      title={t('divisions.title')}
      lead={t('divisions.lead')}
      query={useDivisions(search)}
      keyOf={({ code }) => code}
      empty={t('divisions.empty')}
      isDimmed={({ status }) => status === 'revoked'}
      cursor={search['after']}
      onCursor={onCursor}
      filters={
        <>
          <TextFilter
            label={t('divisions.search')}
            value={search['q']}
            onChange={(q) => change({ q, under: undefined })}
          />
          <Path under={search['under']} />
        </>
      }
      columns={[
        {
          key: 'name',
          title: t('division'),
          isName: true,
          show: ({ code, name, hasChildren }) =>
            !hasChildren ? (
              name
            ) : (
              <Link to="/agencies/divisions" search={{ under: code }}>
                {name}
              </Link>
            ),
        },
        { key: 'code', title: t('divisions.code'), show: ({ code }) => <code>{code}</code> },
        { key: 'level', title: t('divisions.level'), show: ({ level }) => t(`divisions.levels.${level}`) },
        {
          key: 'state',
          title: t('state'),
          show: ({ status }) => (
            <StateTag
              kind={status === 'revoked' ? 'ended' : 'done'}
              word={t(`divisions.statuses.${status}`)}
            />
          ),
        },
        {
          key: 'authorities',
          title: t('authorities.title'),
          show: ({ code }) => (
            <Link to="/agencies/authorities" search={{ division: code }}>
              {t('divisions.see_authorities')}
            </Link>
          ),
        },
      ]}
    />
  )
}

function Path({ under }: { readonly under: string | undefined }) {
  const { t } = useTranslation('agencies')
  const division = useDivision(under ?? '')
  if (!under) return null
  const chain = division.data?.chain ?? []
  const items = [
    { title: <Link to="/agencies/divisions">{t('divisions.whole')}</Link> },
    ...chain.map(({ code, name }) => ({
      title: (
        <Link to="/agencies/divisions" search={{ under: code }}>
          {name}
        </Link>
      ),
    })),
  ]
  return <Breadcrumb items={items} />
}
