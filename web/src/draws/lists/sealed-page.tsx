import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useFormat } from '../../ui/format.ts'
import { List } from '../../ui/list-page.tsx'
import { Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Reason } from '../../ui/problem.tsx'
import type { Column } from '../../ui/rows.tsx'
import { useStratumOf } from '../drawing/stratum-text.ts'
import { type Draw, useDraw } from '../queries.ts'
import { type Reading, type SealedLine as Line, useReadings, useSealedList } from './queries.ts'
import { SealedLine } from './sealed-line.tsx'

/** /draws/$id/sealed: the list for those who must send people, each reading with its purpose, and who has read it. */
export function SealedPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useDraw(id)}>{(draw) => <Page draw={draw} />}</Loaded>
}

function Page({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const [purpose, setPurpose] = useState<string | undefined>()
  const [after, setAfter] = useState<string | undefined>()
  const readings = useReadings(draw.id, after)
  const isSealed = draw.state === 'certified' && draw.isSealed && draw.openedAt === null
  return (
    <article>
      <PageHead
        title={t('drawing.sealed')}
        above={
          <Link to="/draws/$id" params={{ id: draw.id }}>
            {draw.task.name}
          </Link>
        }
        lead={
          isSealed
            ? t('drawing.sealed_until', { at: instant(draw.openAt) })
            : draw.openedAt
              ? t('drawing.opened_at', { at: instant(draw.openedAt) })
              : t('drawing.not_sealed')
        }
      />
      {draw.failure ? <Alert type="error" showIcon title={<Reason refused={draw.failure} />} /> : null}
      {isSealed ? <ToOpening draw={draw} /> : null}
      <Loaded query={readings}>
        {({ can }) =>
          isSealed ? (
            <>
              {can.read ? (
                <Reason refused={can.read} />
              ) : purpose === undefined ? (
                <AskPurpose onGiven={setPurpose} />
              ) : (
                <Lines draw={draw} purpose={purpose} onPurpose={setPurpose} />
              )}
              {can.prove ? null : <SealedLine draw={draw} />}
            </>
          ) : null
        }
      </Loaded>
      {readings.data ? <Readings query={readings} after={after} onCursor={setAfter} /> : null}
    </article>
  )
}

/** It opens by itself; where it did not, somebody may. */
function ToOpening({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const navigate = useNavigate()
  return (
    <p className="acts">
      <ActButton
        refused={draw.can.open}
        onClick={() => void navigate({ to: '/draws/$id/opening', params: { id: draw.id } })}
      >
        {t('opening.verb')}
      </ActButton>
    </p>
  )
}

// What the server asks for.
const LEAST_PURPOSE = 4

interface Purpose {
  readonly readingPurpose: string
}

function AskPurpose({ onGiven }: { readonly onGiven: (purpose: string) => void }) {
  const { t } = useTranslation('draws')
  return (
    <section aria-labelledby="sealed-purpose">
      <h2 id="sealed-purpose">{t('drawing.why_read')}</h2>
      <EntryForm<Purpose>
        verb={t('drawing.read_sealed')}
        isBusy={false}
        error={undefined}
        onSubmit={({ readingPurpose }) => onGiven(readingPurpose)}
      >
        <Field
          name="readingPurpose"
          label={t('drawing.purpose')}
          help={t('drawing.purpose_help')}
          rules={[{ min: LEAST_PURPOSE, message: t('drawing.purpose_short') }]}
        />
      </EntryForm>
    </section>
  )
}

interface LinesProps {
  readonly draw: Draw
  readonly purpose: string
  readonly onPurpose: (purpose: string) => void
}

function Lines({ draw, purpose, onPurpose }: LinesProps) {
  const { t } = useTranslation('draws')
  const client = useQueryClient()
  const [after, setAfter] = useState<string | undefined>()
  const query = useSealedList(draw.id, { purpose, after })
  // Each answer is a reading that stands in the record below, one's own too.
  useEffect(() => {
    if (query.dataUpdatedAt > 0) void client.invalidateQueries({ queryKey: ['draws', draw.id, 'readings'] })
  }, [client, draw.id, query.dataUpdatedAt])
  const stratumOf = useStratumOf(draw)
  const columns: readonly Column<Line>[] = [
    { key: 'name', title: t('drawing.subject'), isName: true, show: ({ name, code }) => name ?? code },
    { key: 'code', title: t('drawing.code'), show: ({ code }) => <code>{code}</code> },
    {
      key: 'stratum',
      title: t('drawing.stratum'),
      show: ({ stratum, batch }) =>
        stratum === null ? t('drawing.batch_n', { n: (batch ?? 0) + 1 }) : stratumOf(stratum),
    },
    { key: 'place', title: t('drawing.team'), show: ({ place }) => place ?? '–' },
    {
      key: 'members',
      title: t('drawing.members'),
      show: ({ members, lacking }) => (
        <span className="wraps">
          {members.map(({ person, authority }) => `${person}（${authority.name}）`).join(t('drawing.comma'))}
          {lacking.length > 0 ? t('drawing.lacks', { who: lacking.join(t('drawing.comma')) }) : ''}
        </span>
      ),
    },
  ]
  return (
    <section aria-labelledby="sealed-lines">
      <h2 id="sealed-lines">{t('drawing.subjects')}</h2>
      {query.isError ? <AskPurpose onGiven={onPurpose} /> : null}
      <p className="fine">{t('drawing.tell_nobody')}</p>
      <List
        query={query}
        columns={columns}
        keyOf={({ code }) => code}
        empty={t('drawing.nobody')}
        cursor={after}
        onCursor={setAfter}
      />
    </section>
  )
}

interface ReadingsProps {
  readonly query: ReturnType<typeof useReadings>
  readonly after: string | undefined
  readonly onCursor: (cursor: string | undefined) => void
}

function Readings({ query, after, onCursor }: ReadingsProps) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const columns: readonly Column<Reading>[] = [
    { key: 'person', title: t('drawing.reader'), isName: true, show: ({ person }) => person ?? '–' },
    { key: 'authority', title: t('drawing.authority'), show: ({ authority }) => authority ?? '–' },
    { key: 'at', title: t('drawing.read_at'), show: ({ at }) => instant(at, 'second') },
    {
      key: 'purpose',
      title: t('drawing.purpose'),
      show: ({ purpose, action }) =>
        purpose ?? t(action === 'sealedList.mine' ? 'drawing.for_own_visit' : 'drawing.for_notice'),
    },
  ]
  return (
    <section aria-labelledby="sealed-readings">
      <h2 id="sealed-readings">{t('drawing.readings')}</h2>
      <List
        query={query}
        columns={columns}
        keyOf={({ id: reading }) => reading}
        empty={t('drawing.no_readings')}
        cursor={after}
        onCursor={onCursor}
      />
    </section>
  )
}
