import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { Failure, Loaded } from '../../ui/notices.tsx'
import { type Column, Rows } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { InviteForm } from './invite-form.tsx'
import { Opinions } from './opinions.tsx'
import { CHANGES, type Participation, type Participations, useParticipations } from './queries.ts'
import { AnswerState } from './states.tsx'

/** The tab 会商 of a task: who is asked, what each brings and answers, and what was said. */
export function ConsultationTab({ taskId }: { readonly taskId: string }) {
  return (
    <Loaded query={useParticipations(taskId)}>
      {(all) => (
        <>
          <Parts taskId={taskId} all={all} />
          <Opinions taskId={taskId} />
        </>
      )}
    </Loaded>
  )
}

function Parts({ taskId, all }: { readonly taskId: string; readonly all: Participations }) {
  const { t } = useTranslation('tasks')
  const { day } = useFormat()
  const [isInviting, setInviting] = useState(false)
  const remind = useWrite(
    (_: undefined, headers) =>
      answerOf(api.POST('/api/v1/tasks/{id}/reminders', { params: { path: { id: taskId } }, headers })),
    { changes: CHANGES, says: 'done' },
  )
  const release = useWrite(
    (authorityId: string, headers) => {
      const params = { path: { id: taskId, authorityId } }
      return answerOf(
        api.POST('/api/v1/tasks/{id}/participations/{authorityId}/release', { params, headers }),
      )
    },
    { changes: CHANGES, says: 'done' },
  )
  const others = all.items.filter(({ isLead, state }) => !isLead && state !== 'released')
  const answered = others.filter(({ state }) => state === 'accepted' || state === 'declined')
  const replyBy = others.find((each) => each.replyBy)?.replyBy
  const error = remind.error ?? release.error
  return (
    <section className="consultation" aria-label={t('consultation.title')}>
      <header className="consultation-head">
        <p>
          {t('consultation.count', { all: others.length, answered: answered.length })}
          {replyBy ? t('consultation.until', { day: day(replyBy) }) : null}
        </p>
        <div className="acts">
          <ActButton refused={all.can.invite} onClick={() => setInviting(true)}>
            {t('consultation.invite')}
          </ActButton>
          <ActButton
            refused={all.can.remind}
            loading={remind.isPending}
            onClick={() => remind.mutate(undefined)}
          >
            {t('consultation.remind')}
          </ActButton>
          <a href={`/api/v1/tasks/${taskId}/consultation-record.html`} target="_blank" rel="noreferrer">
            {t('consultation.record')}
          </a>
          <a href={`/api/v1/tasks/${taskId}/consultation-record.csv`}>{t('consultation.record_csv')}</a>
        </div>
      </header>
      {error ? <Failure error={error} /> : null}
      <Rows<Participation>
        items={all.items}
        keyOf={({ id }) => id}
        isFixed
        isDimmed={({ state }) => state === 'released'}
        columns={[
          ...useColumns(),
          actsColumn(t('consultation.acts'), (row) => (
            <RowActs row={row} onRelease={() => release.mutate(row.authorityId)} />
          )),
        ]}
      />
      <SideForm title={t('consultation.invite')} isOpen={isInviting} onClose={() => setInviting(false)}>
        <InviteForm taskId={taskId} onDone={() => setInviting(false)} />
      </SideForm>
    </section>
  )
}

function useColumns(): readonly Column<Participation>[] {
  const { t } = useTranslation('tasks')
  const { day, instant } = useFormat()
  return [
    {
      key: 'authority',
      title: t('consultation.authority'),
      isName: true,
      width: 180,
      show: ({ authorityName, isLead }) => (
        <>
          {authorityName}
          {isLead ? <span className="fine"> {t('consultation.is_lead')}</span> : null}
        </>
      ),
    },
    {
      key: 'state',
      title: t('consultation.answer'),
      width: 120,
      show: (row) => <AnswerState state={row.state} isLate={row.isLate} />,
    },
    { key: 'items', title: t('consultation.items'), width: 190, show: (row) => <Items row={row} /> },
    {
      key: 'pool',
      title: t('consultation.pool'),
      width: 160,
      show: ({ pool, drawn, members }) =>
        pool.length === 0
          ? t('consultation.nobody_named')
          : t('consultation.pool_said', { named: pool.length, drawn: drawn ?? members, members }),
    },
    {
      key: 'conflicts',
      title: t('consultation.conflicts'),
      width: 130,
      show: ({ conflicts, conflictsConfirmed }) =>
        t(conflictsConfirmed ? 'consultation.confirmed' : 'consultation.unconfirmed', { count: conflicts }),
    },
    {
      key: 'answered',
      title: t('consultation.answered'),
      width: 150,
      show: (row) =>
        row.answeredAt === null ? (
          day(row.replyBy)
        ) : (
          <>
            {row.answeredBy} {instant(row.answeredAt)}
            {row.refusalReason === null ? null : <p className="fine">{row.refusalReason}</p>}
            {row.hasStatement ? (
              <a href={`/api/v1/participations/${row.id}/statement`}>{t('consultation.statement')}</a>
            ) : null}
          </>
        ),
    },
  ]
}

function Items({ row }: { readonly row: Participation }) {
  const { t } = useTranslation('tasks')
  if (row.items.length === 0) return <>{t('consultation.no_items')}</>
  return (
    <ul className="plain">
      {row.items.map(({ id, name, subItem, whyNot }) => (
        <li key={id} className={whyNot ? 'conflict' : undefined}>
          {subItem === null ? name : `${name}：${subItem}`}
        </li>
      ))}
    </ul>
  )
}

function actsColumn(title: string, show: Column<Participation>['show']): Column<Participation> {
  return { key: 'acts', title, width: 150, show }
}

function RowActs({ row, onRelease }: { readonly row: Participation; readonly onRelease: () => void }) {
  const { t } = useTranslation('tasks')
  const mayWrite = !row.can.prepare || !row.can.choosePool || !row.can.accept || !row.can.reopen
  return (
    <div className="row-acts">
      <Link to="/tasks/$id/answer" params={{ id: row.taskId }} search={{ part: row.id }}>
        {t(mayWrite ? 'consultation.fill_in' : 'consultation.look')}
      </Link>
      {row.can.release ? null : (
        <ActButton type="link" size="small" danger onClick={onRelease}>
          {t('consultation.release')}
        </ActButton>
      )}
    </div>
  )
}
