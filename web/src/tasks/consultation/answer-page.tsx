import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../../api.ts'
import { useMe } from '../../me.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { useListSearch } from '../../ui/list-search.ts'
import { EmptyState, Failure, Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { DeclineForm } from './decline-form.tsx'
import { Opinions } from './opinions.tsx'
import { CHANGES, type Participation, useParticipations } from './queries.ts'
import { SettleForm } from './settle-form.tsx'
import { AnswerState } from './states.tsx'

/** What an authority is asked, what it brings, and its answer. Without `part` in the address, the own authority's. */
export function AnswerPage() {
  const { id = '' } = useParams({ strict: false })
  const { search } = useListSearch()
  const me = useMe().data
  const { t } = useTranslation('tasks')
  return (
    <Loaded query={useParticipations(id)}>
      {({ items }) => {
        const part =
          items.find((each) => each.id === search['part']) ??
          items.find(({ authorityId }) => authorityId === me?.acting?.authorityId)
        return part ? (
          // Another version begins the form anew where nothing was touched; what was touched stays.
          <Answering key={part.id} part={part} />
        ) : (
          <EmptyState
            sentence={t('consultation.not_asked')}
            action={<Link to="/tasks/invitations">{t('consultation.invitations')}</Link>}
          />
        )
      }}
    </Loaded>
  )
}

function Answering({ part }: { readonly part: Participation }) {
  const { t } = useTranslation('tasks')
  const mayWrite = part.can.prepare === null || part.can.choosePool === null
  return (
    <article className="answer-page">
      <PageHead
        title={part.taskName}
        above={
          <Link to="/tasks/$id" params={{ id: part.taskId }}>
            {part.taskNumber}
          </Link>
        }
        beside={<AnswerState state={part.state} isLate={part.isLate} />}
        acts={<Answers part={part} />}
        lead={t(part.isLead ? 'consultation.lead_part' : 'consultation.answer_lead', {
          authority: part.authorityName,
        })}
      />
      <Asked part={part} />
      {mayWrite ? <SettleForm part={part} /> : <Settled part={part} />}
      {part.isLead ? null : <Opinions taskId={part.taskId} />}
    </article>
  )
}

function Answers({ part }: { readonly part: Participation }) {
  const { t } = useTranslation('tasks')
  const [isDeclining, setDeclining] = useState(false)
  const path = { id: part.id }
  const accept = useWrite(
    (_: undefined, headers) => {
      // Exactly what is on this screen is agreed to.
      const { version, taskVersion, scheme } = part
      return answerOf(
        api.POST('/api/v1/participations/{id}/acceptance', {
          params: { path },
          body: { taskVersion, scheme },
          headers: { ...headers, ...ifMatch(version) },
        }),
      )
    },
    { changes: CHANGES, says: 'done' },
  )
  const reopen = useWrite(
    (_: undefined, headers) =>
      answerOf(api.POST('/api/v1/participations/{id}/reopening', { params: { path }, headers })),
    { changes: CHANGES, says: 'done' },
  )
  if (part.isLead) return null
  const isOpen = part.state === 'invited' || part.state === 'prepared'
  const error = accept.error ?? reopen.error
  return (
    <>
      {isOpen ? (
        <>
          <ActButton
            type="primary"
            refused={part.can.accept}
            loading={accept.isPending}
            onClick={() => accept.mutate(undefined)}
          >
            {t('consultation.accept')}
          </ActButton>
          <ActButton refused={declining(part)} onClick={() => setDeclining(true)}>
            {t('consultation.decline')}
          </ActButton>
        </>
      ) : (
        <ActButton
          refused={part.can.reopen}
          loading={reopen.isPending}
          onClick={() => reopen.mutate(undefined)}
        >
          {t('consultation.reopen')}
        </ActButton>
      )}
      {error ? <Failure error={error} /> : null}
      <SideForm title={t('consultation.decline')} isOpen={isDeclining} onClose={() => setDeclining(false)}>
        <DeclineForm part={part} onDone={() => setDeclining(false)} />
      </SideForm>
    </>
  )
}

/** That a statement is missing is no reason not to begin: the form takes it. */
function declining({ can }: Participation) {
  return can.decline?.code === 'participation.statement_needed' ? null : can.decline
}

function Asked({ part }: { readonly part: Participation }) {
  const { t } = useTranslation('tasks')
  const { day, instant } = useFormat()
  const who = (name: string | null, at: string | null) => (name === null ? null : `${name} ${instant(at)}`)
  return (
    <Facts
      facts={[
        { term: t('consultation.authority'), value: part.authorityName },
        { term: t('consultation.reply_by'), value: part.replyBy === null ? null : day(part.replyBy) },
        { term: t('consultation.prepared_by'), value: part.preparedBy?.name },
        { term: t('consultation.answered'), value: who(part.answeredBy, part.answeredAt) },
        ...(part.refusalReason === null
          ? []
          : [{ term: t('consultation.reason'), value: part.refusalReason }]),
      ]}
    />
  )
}

/** What was settled, for those who only look. */
function Settled({ part }: { readonly part: Participation }) {
  const { t } = useTranslation('tasks')
  const { members, drawn, pool, items, classes, conflicts } = part
  const names = pool.map(({ name }) => name).join(t('consultation.and'))
  return (
    <Facts
      facts={[
        {
          term: t('consultation.items'),
          value: items.map(({ code, name }) => `${name}（${code}）`).join(t('consultation.and')) || null,
        },
        {
          term: t('consultation.pool'),
          value: pool.length === 0 ? null : `${t('consultation.people', { count: pool.length })} ${names}`,
        },
        { term: t('consultation.members'), value: members },
        { term: t('consultation.drawn'), value: drawn },
        { term: t('consultation.classes'), value: classes.join(t('consultation.and')) || null },
        {
          term: t('consultation.conflicts'),
          value: t(part.conflictsConfirmed ? 'consultation.confirmed' : 'consultation.unconfirmed', {
            count: conflicts,
          }),
        },
      ]}
    />
  )
}
