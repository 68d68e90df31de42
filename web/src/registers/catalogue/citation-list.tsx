import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { SideForm } from '../../ui/side-form.tsx'
import { TextFilter } from '../../ui/text-filter.tsx'
import { CITATION_LEVELS, CitationForm } from './citation-form.tsx'
import { Standing } from './item-facts.tsx'
import { type Citation, useCitations } from './queries.ts'

/** The instruments that items rest on, with what each is worth today. */
export function CitationList() {
  const { t } = useTranslation('catalogue')
  const { t: ui } = useTranslation()
  const { day } = useFormat()
  const { search, change, onCursor } = useListSearch()
  const [asked, setAsked] = useState<Citation | 'new' | undefined>()
  const citations = useCitations(search)
  const leave = () => setAsked(undefined)
  return (
    <>
      <ListPage<Citation>
        title={t('citations.title')}
        lead={t('citations.lead')}
        query={citations}
        keyOf={({ id }) => id}
        empty={t('citations.empty')}
        isDimmed={({ standing }) => standing === 'over' || standing === 'repealed'}
        cursor={search['after']}
        onCursor={onCursor}
        limit={search['limit']}
        onLimit={(limit) => change({ limit })}
        peek={(citation) => <CitationFacts citation={citation} onEdit={() => setAsked(citation)} />}
        acts={
          <ActButton type="primary" refused={citations.data?.can.create} onClick={() => setAsked('new')}>
            {t('citations.new')}
          </ActButton>
        }
        filters={
          <>
            <TextFilter label={t('citations.q')} value={search['q']} onChange={(q) => change({ q })} />
            <ChoiceFilter
              label={t('citations.level')}
              value={search['level']}
              choices={[
                { value: '', label: ui('ui.all') },
                ...CITATION_LEVELS.map((value) => ({ value, label: t(`citations.levels.${value}`) })),
              ]}
              onChange={(level) => change({ level })}
            />
            <ChoiceFilter
              label={t('citations.only')}
              value={search['doubtful']}
              choices={[
                { value: '', label: ui('ui.all') },
                { value: 'true', label: t('citations.only_doubtful') },
                { value: 'false', label: t('citations.not_doubtful') },
              ]}
              onChange={(doubtful) => change({ doubtful })}
            />
          </>
        }
        columns={[
          { key: 'title', title: t('citations.name'), isName: true, show: ({ title }) => `《${title}》` },
          {
            key: 'number',
            title: t('citations.number'),
            show: ({ documentNumber }) => documentNumber ?? '–',
          },
          { key: 'level', title: t('citations.level'), show: ({ level }) => t(`citations.levels.${level}`) },
          { key: 'from', title: t('citations.in_force_from'), show: ({ inForceFrom }) => day(inForceFrom) },
          {
            key: 'standing',
            title: t('citations.standing'),
            show: ({ standing }) => <Standing standing={standing} />,
          },
          {
            key: 'items',
            title: t('citations.item_count'),
            isNumber: true,
            show: ({ itemCount }) => itemCount,
          },
          {
            key: 'act',
            title: t('act'),
            show: (each) => (
              <ActButton size="small" refused={each.can.edit} onClick={() => setAsked(each)}>
                {t('edit')}
              </ActButton>
            ),
          },
          { key: 'issuer', title: t('citations.issuer'), isSpare: true, show: ({ issuer }) => issuer ?? '–' },
          {
            key: 'by',
            title: t('citations.entered_by'),
            isSpare: true,
            show: ({ authorityName }) => authorityName,
          },
        ]}
      />
      <SideForm
        title={t(asked === 'new' ? 'citations.new' : 'edit')}
        isOpen={asked !== undefined}
        onClose={leave}
      >
        {asked === undefined ? null : (
          <CitationForm {...(asked === 'new' ? {} : { citation: asked })} onDone={leave} />
        )}
      </SideForm>
    </>
  )
}

function CitationFacts({ citation, onEdit }: { readonly citation: Citation; readonly onEdit: () => void }) {
  const { t } = useTranslation('catalogue')
  const { day } = useFormat()
  return (
    <div className="stack">
      <div className="acts">
        <ActButton refused={citation.can.edit} onClick={onEdit}>
          {t('edit')}
        </ActButton>
      </div>
      <Facts
        facts={[
          { term: t('citations.standing'), value: <Standing standing={citation.standing} /> },
          { term: t('citations.doubt_note'), value: citation.doubtNote },
          { term: t('citations.number'), value: citation.documentNumber },
          { term: t('citations.issuer'), value: citation.issuer },
          { term: t('citations.level'), value: t(`citations.levels.${citation.level}`) },
          { term: t('citations.in_force_from'), value: day(citation.inForceFrom) },
          {
            term: t('citations.in_force_until'),
            value: citation.inForceUntil ? day(citation.inForceUntil) : null,
          },
          {
            term: t('citations.repealed_by'),
            value: citation.repealedBy ? `《${citation.repealedBy.title}》` : null,
          },
          { term: t('citations.entered_by'), value: citation.authorityName },
          { term: t('citations.item_count'), value: citation.itemCount },
        ].filter(({ value }) => value !== null)}
      />
      <p>
        <Link to="/registers/items" search={{ citation: citation.id }}>
          {t('citations.see_items')}
        </Link>
      </p>
    </div>
  )
}
