import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ChoiceFilter } from '../../ui/choice-filter.tsx'
import { useFormat } from '../../ui/format.ts'
import { ListPage } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { type Invitation, useInvitations } from './queries.ts'
import { AnswerState } from './states.tsx'

const STATES = ['invited', 'accepted', 'declined', 'released'] as const

/** The tasks in which others ask this authority to take part. */
export function InvitationList() {
  const { t } = useTranslation('tasks')
  const { t: ui } = useTranslation()
  const { day, instant } = useFormat()
  const { search, change, onCursor } = useListSearch()
  return (
    <ListPage<Invitation>
      title={t('consultation.invitations')}
      lead={t('consultation.invitations_lead')}
      query={useInvitations(search)}
      keyOf={({ id }) => id}
      empty={t('consultation.no_invitations')}
      cursor={search['after']}
      onCursor={onCursor}
      limit={search['limit']}
      onLimit={(limit) => change({ limit })}
      isDimmed={({ state }) => state === 'released'}
      filters={
        <ChoiceFilter
          label={t('consultation.answer')}
          value={search['state']}
          choices={[
            { value: '', label: ui('ui.all') },
            ...STATES.map((value) => ({ value, label: t(`consultation.states.${value}`) })),
          ]}
          onChange={(state) => change({ state })}
        />
      }
      columns={[
        {
          key: 'task',
          title: t('consultation.task'),
          isName: true,
          width: 300,
          show: ({ taskId, taskName }) => (
            <Link to="/tasks/$id/answer" params={{ id: taskId }}>
              {taskName}
            </Link>
          ),
        },
        { key: 'lead', title: t('consultation.lead'), show: ({ leadAuthorityName }) => leadAuthorityName },
        {
          key: 'state',
          title: t('consultation.answer'),
          show: ({ state, isLate }) => <AnswerState state={state} isLate={isLate} />,
        },
        { key: 'replyBy', title: t('consultation.reply_by'), show: ({ replyBy }) => day(replyBy) },
        {
          key: 'period',
          title: t('consultation.period'),
          show: ({ startsOn, endsOn }) =>
            t('consultation.from_until', { from: day(startsOn), until: day(endsOn) }),
        },
        {
          key: 'number',
          title: t('consultation.number'),
          isSpare: true,
          show: ({ taskNumber }) => taskNumber,
        },
        {
          key: 'invitedAt',
          title: t('consultation.invited_at'),
          isSpare: true,
          show: ({ invitedAt }) => instant(invitedAt),
        },
      ]}
    />
  )
}
