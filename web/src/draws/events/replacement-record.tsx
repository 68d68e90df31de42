import { Link, useParams } from '@tanstack/react-router'
import { Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../../audit/traces.tsx'
import { useCodes } from '../../registers/catalogue/words.ts'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { SourcePanel } from '../ceremony/source-panel.tsx'
import { useCeremony, useRoom } from '../ceremony/queries.ts'
import { type Replacement, useReplacement } from './queries.ts'
import { ReplacementActs } from './replacement-acts.tsx'
import { STATE_TAGS } from './states.ts'

/** /draws/replacements/$id: who asked, who decided, when, and who came: nobody chose him. */
export function ReplacementRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useReplacement(id)}>{(replacement) => <Record replacement={replacement} />}</Loaded>
}

function Record({ replacement }: { readonly replacement: Replacement }) {
  const { t } = useTranslation('draws')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const { id, person, state, event, draw } = replacement
  return (
    <RecordPage
      title={t('events.of', { name: person.name })}
      above={<Link to="/draws/replacements">{t('events.title')}</Link>}
      state={<StateTag kind={STATE_TAGS[state]} word={t(`events.states.${state}`)} />}
      acts={<ReplacementActs replacement={replacement} />}
      tab={search['tab'] ?? 'fate'}
      onTab={(tab) => change({ tab })}
      tabs={[
        {
          key: 'fate',
          label: t('events.fate'),
          content: (
            <>
              <Particulars replacement={replacement} />
              <Fate replacement={replacement} />
              {event !== null && event.settledAt === null ? (
                <Fresh drawId={draw.id} eventN={event.n} />
              ) : null}
            </>
          ),
        },
        ...traces('replacement', id),
      ]}
    />
  )
}

function Particulars({ replacement }: { readonly replacement: Replacement }) {
  const { t } = useTranslation('draws')
  const reasons = useCodes('replacement-reasons')
  const { draw, task, authority, subject, subjectName, reasonCode, statement, id, can, origin } = replacement
  return (
    <Facts
      facts={[
        {
          term: t('events.task'),
          value: (
            <Link to="/draws/$id" params={{ id: draw.id }}>
              {task}
            </Link>
          ),
        },
        { term: t('events.authority'), value: authority.name },
        { term: t('events.origin'), value: t(`events.origins.${origin}`) },
        { term: t('events.reason'), value: reasons.nameOf(reasonCode) },
        ...(subject === null
          ? []
          : [
              {
                term: t('events.visit'),
                value: (
                  <>
                    {subjectName ?? ''} <code>{subject}</code>
                  </>
                ),
              },
            ]),
        { term: t('events.statement'), value: statement ?? t('events.for_deciders') },
        ...(can.readEvidence === null
          ? [
              {
                term: t('events.evidence'),
                value: <a href={`/api/v1/replacements/${id}/evidence`}>{t('events.read_evidence')}</a>,
              },
            ]
          : []),
      ]}
    />
  )
}

/** Each step with who took it and when; the steps to come stand there too, so that he sees what he waits for. */
function Fate({ replacement }: { readonly replacement: Replacement }) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const steps = useCodes('replacement-steps')
  const { requested, applied, reviewed, approved, ended, event, origin, state, note } = replacement
  const said = (done: { readonly by: { readonly name: string } | null; readonly at: string }) =>
    t('events.done_by', { who: done.by?.name ?? '', at: instant(done.at) })
  const doneOf = {
    INSPECTOR_APPLIES: applied,
    UNIT_HEAD_REVIEWS: reviewed,
    LEADER_APPROVES: approved,
    SUBSTITUTE_DRAWN: null,
  } as const
  const outcome =
    event === null
      ? undefined
      : event.settledAt === null
        ? t('events.announced', { n: event.n })
        : event.entered === ''
          ? t('events.nobody_left')
          : t('events.entered', { alias: (event.entered ?? '').slice(0, 8), at: instant(event.settledAt) })
  const isOver = state === 'rejected' || state === 'withdrawn'
  const items = [
    ...(origin !== 'inspector' && requested
      ? [
          {
            key: 'requested',
            color: 'green',
            content: `${t(`events.origins.${origin}`)} · ${said(requested)}`,
          },
        ]
      : []),
    ...replacement.steps.map((step) => {
      const done = doneOf[step as keyof typeof doneOf]
      const end = step === 'SUBSTITUTE_DRAWN' ? outcome : done ? said(done) : undefined
      return {
        key: step,
        color: end === undefined ? 'gray' : 'green',
        content: end === undefined ? steps.nameOf(step) : `${steps.nameOf(step)} · ${end}`,
      }
    }),
    ...(isOver && ended
      ? [
          {
            key: 'ended',
            color: 'red',
            content: `${t(`events.states.${state}`)} · ${said(ended)} ${note ?? ''}`,
          },
        ]
      : []),
  ]
  return (
    <section aria-labelledby="fate">
      <h2 id="fate">{t('events.fate')}</h2>
      <Timeline items={items} />
      <p className="fine">{t('events.nobody_chooses')}</p>
    </section>
  )
}

/** The source that was named before it could speak: dice are read by two and signed by two, as in the room. */
function Fresh({ drawId, eventN }: { readonly drawId: string; readonly eventN: number }) {
  const { t } = useTranslation('draws')
  const { data: ceremony } = useCeremony(drawId, eventN)
  const room = useRoom(ceremony?.room && ceremony.room.endedAt === null ? ceremony.room.code : undefined)
  if (!ceremony) return null
  return (
    <section aria-labelledby="fresh">
      <h2 id="fresh">{t('events.fresh')}</h2>
      <p className="fine">{t('events.fresh_lead')}</p>
      {ceremony.sources.map((source) => (
        <SourcePanel key={source.id} drawId={drawId} source={source} room={room.data} eventN={eventN} />
      ))}
    </section>
  )
}
