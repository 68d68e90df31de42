import { Link, useParams } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { EmptyState, Failure, Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useListOfCodes } from '../consultation/queries.ts'
import { type Scheme, useScheme, useSchemes } from './queries.ts'
import { SchemeState, useWriteScheme } from './scheme-tab.tsx'
import { SectionList } from './section-list.tsx'
import { TermList } from './term-list.tsx'

/** One version of a scheme: its sections on the left, what it settles and by which law on the right. */
export function SchemePage() {
  const { id = '' } = useParams({ strict: false })
  const { search } = useListSearch()
  const { t } = useTranslation('tasks')
  return (
    <Loaded query={useSchemes(id)}>
      {({ items }) => {
        const chosen = items.find((each) => each.id === search['version']) ?? items[0]
        return chosen ? (
          <Opened key={chosen.id} id={chosen.id} />
        ) : (
          <EmptyState
            sentence={t('schemes.none')}
            action={
              <Link to="/tasks/$id" params={{ id }} search={{ tab: 'scheme' }}>
                {t('schemes.to_task')}
              </Link>
            }
          />
        )
      }}
    </Loaded>
  )
}

function Opened({ id }: { readonly id: string }) {
  return <Loaded query={useScheme(id)}>{(scheme) => <Page scheme={scheme} />}</Loaded>
}

function Page({ scheme }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('tasks')
  const write = useWriteScheme(scheme.taskId)
  return (
    <article className="scheme-page">
      <PageHead
        title={t('schemes.page_title', { task: scheme.taskName })}
        above={
          <Link to="/tasks/$id" params={{ id: scheme.taskId }} search={{ tab: 'scheme' }}>
            {scheme.taskNumber}
          </Link>
        }
        beside={
          <>
            <SchemeState state={scheme.state} />
            <span className="fine">{t('schemes.nth', { number: scheme.number })}</span>
          </>
        }
        acts={<Acts scheme={scheme} isBusy={write.isPending} onWrite={(verb) => write.mutate(verb)} />}
      />
      {write.error ? <Failure error={write.error} /> : null}
      {scheme.state === 'draft' && scheme.isTaskChanged ? (
        <Alert type="warning" showIcon title={t('schemes.task_changed')} />
      ) : null}
      {scheme.state === 'draft' && scheme.isLawChanged ? (
        <Alert type="warning" showIcon title={t('schemes.law_changed')} />
      ) : null}
      <Changed scheme={scheme} />
      <div className="scheme-columns">
        <SectionList scheme={scheme} />
        <TermList scheme={scheme} />
      </div>
    </article>
  )
}

/** What a later version says otherwise than the one before it. */
function Changed({ scheme: { changed } }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('tasks')
  const { nameOf } = useListOfCodes('scheme-sections')
  if (changed === null) return null
  const sections = changed.sections.map(({ code }) => nameOf(code)).join(t('consultation.and'))
  const terms = changed.terms.map((code) => t(`schemes.term_names.${code}`)).join(t('consultation.and'))
  return (
    <section className="scheme-changed" aria-label={t('schemes.changed', { number: changed.number })}>
      <h2>{t('schemes.changed', { number: changed.number })}</h2>
      {sections === '' ? null : <p>{t('schemes.changed_sections', { names: sections })}</p>}
      {terms === '' ? null : <p>{t('schemes.changed_terms', { names: terms })}</p>}
      {sections + terms === '' ? <p className="fine">{t('schemes.changed_nothing')}</p> : null}
    </section>
  )
}

function Acts({
  scheme,
  isBusy,
  onWrite,
}: {
  readonly scheme: Scheme
  readonly isBusy: boolean
  readonly onWrite: (verb: 'generate' | 'revise') => void
}) {
  const { t } = useTranslation('tasks')
  return (
    <>
      {scheme.state === 'draft' ? (
        <>
          {scheme.can.publish === null ? (
            <Link
              to="/tasks/$id/scheme/publication"
              params={{ id: scheme.taskId }}
              className="ant-btn ant-btn-primary"
            >
              {t('schemes.publish')}
            </Link>
          ) : (
            <ActButton type="primary" refused={scheme.can.publish}>
              {t('schemes.publish')}
            </ActButton>
          )}
          <ActButton refused={scheme.can.generate} loading={isBusy} onClick={() => onWrite('generate')}>
            {t('schemes.again')}
          </ActButton>
        </>
      ) : scheme.state === 'published' ? (
        <ActButton refused={scheme.can.revise} loading={isBusy} onClick={() => onWrite('revise')}>
          {t('schemes.revise')}
        </ActButton>
      ) : null}
      <a href={`/api/v1/schemes/${scheme.id}/text`} target="_blank" rel="noreferrer">
        {t('schemes.print')}
      </a>
    </>
  )
}
