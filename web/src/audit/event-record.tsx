import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Rows } from '../ui/rows.tsx'
import { useAction } from './action.ts'
import { AboutWhat, Outcome, Who } from './event-table.tsx'
import { type EventWithChanges, useEvent } from './queries.ts'
import { differencesOf } from './differences.ts'

/** One event: who, what, for whom, why; each row before and after; and its place in the log. */
export function EventRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useEvent(id)}>{(event) => <Record event={event} />}</Loaded>
}

function Record({ event }: { readonly event: EventWithChanges }) {
  const { t } = useTranslation('audit')
  const { instant } = useFormat()
  const action = useAction()
  return (
    <article>
      <PageHead
        title={action(event.action)}
        above={<Link to="/audit/events">{t('title')}</Link>}
        beside={<Outcome event={event} />}
      />
      <Facts
        facts={[
          { term: t('at'), value: instant(event.at, 'second') },
          { term: t('who'), value: <Who event={event} /> },
          { term: t('object'), value: <AboutWhat event={event} /> },
          { term: t('purpose'), value: event.purpose },
          { term: t('action_code'), value: <code>{event.action}</code> },
          { term: t('request'), value: event.requestId ? <code>{event.requestId}</code> : null },
        ]}
      />
      <h2>{t('changes', { count: event.changesInAll })}</h2>
      {event.changesInAll > event.changes.length ? (
        <p className="fine">{t('changes_first', { count: event.changes.length })}</p>
      ) : null}
      {event.changes.length === 0 ? <p className="fine">{t('no_changes')}</p> : null}
      <div className="stack">
        {event.changes.map((change) => (
          <Change key={`${change.table} ${change.key}`} change={change} />
        ))}
      </div>
      <h2>{t('receipt')}</h2>
      <Receipt leaf={event.leaf} />
    </article>
  )
}

/** Where the event stands in the transparency log, and the very text that was hashed. */
function Receipt({ leaf }: { readonly leaf: EventWithChanges['leaf'] }) {
  const { t } = useTranslation('audit')
  return (
    <section className="panel">
      <p>{leaf.index === null ? t('not_sequenced') : t('sequenced', { index: leaf.index })}</p>
      {leaf.index === null ? null : (
        <p>
          <a href={`/api/v1/public/log/receipts/${leaf.id}`} download>
            {t('download_receipt')}
          </a>
        </p>
      )}
      <details>
        <summary>{t('leaf_body')}</summary>
        <code>{leaf.body}</code>
      </details>
    </section>
  )
}

function Change({ change }: { readonly change: EventWithChanges['changes'][number] }) {
  const { t } = useTranslation('audit')
  return (
    <section className="panel">
      <h3>
        {t(`ops.${change.op}`)} <code>{change.table}</code>
      </h3>
      <Rows
        items={differencesOf(change.before, change.after)}
        keyOf={({ field }) => field}
        columns={[
          { key: 'field', title: t('field'), isName: true, show: ({ field }) => <code>{field}</code> },
          { key: 'before', title: t('before'), show: ({ before }) => <code>{before}</code> },
          { key: 'after', title: t('after'), show: ({ after }) => <code>{after}</code> },
        ]}
      />
    </section>
  )
}
