import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../agencies/person-list.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { CodeFilter, YearFilter } from '../ui/code-filter.tsx'
import { useFormat } from '../ui/format.ts'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import type { Column } from '../ui/rows.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { TextFilter } from '../ui/text-filter.tsx'
import { type ListedTask, useTasks } from './queries.ts'
import { STATES, useModeText } from './words.ts'

/** 抽查任务: where each of them stands, and who has still to answer. */
export function TaskList() {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  const { search, onCursor } = useListSearch()
  const tasks = useTasks(search)
  return (
    <ListPage<ListedTask>
      title={t('task.title')}
      lead={t('task.lead')}
      query={tasks}
      keyOf={({ id }) => id}
      empty={t('task.empty')}
      cursor={search['after']}
      onCursor={onCursor}
      isDimmed={({ state }) => state === 'cancelled'}
      acts={
        <ActButton
          type="primary"
          refused={tasks.data?.can.create ?? null}
          onClick={() => void navigate({ to: '/tasks/new' })}
        >
          {t('task.new')}
        </ActButton>
      }
      filters={<Filters />}
      columns={useColumns()}
    />
  )
}

function Filters() {
  const { t } = useTranslation('tasks')
  const { search, change } = useListSearch()
  return (
    <>
      <TextFilter label={t('task.q')} value={search['q']} onChange={(q) => change({ q })} />
      <YearFilter
        label={t('task.fields.year')}
        value={search['year']}
        onChange={(year) => change({ year })}
      />
      <CodeFilter
        label={t('task.fields.state')}
        value={search['state']}
        codes={STATES}
        wordOf={(state) => t(`task.states.${state}`)}
        onChange={(state) => change({ state })}
      />
      <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
    </>
  )
}

function useColumns(): readonly Column<ListedTask>[] {
  const { t } = useTranslation('tasks')
  const { day, number } = useFormat()
  const mode = useModeText()
  const others = ({ parts }: ListedTask) =>
    parts
      .filter(({ isLead, state }) => !isLead && state !== 'released')
      .map(({ authorityName }) => authorityName)
  return [
    {
      key: 'name',
      title: t('task.fields.name'),
      isName: true,
      show: (each) => (
        <Link className="wraps" to="/tasks/$id" params={{ id: each.id }}>
          {each.name}
        </Link>
      ),
    },
    { key: 'number', title: t('task.fields.number'), isSpare: true, show: (each) => each.number },
    { key: 'mode', title: t('task.fields.mode'), show: (each) => mode(each.mode) },
    {
      key: 'lead',
      title: t('task.fields.lead'),
      show: (each) => <span className="wraps">{each.leadAuthorityName}</span>,
    },
    {
      key: 'participants',
      title: t('task.fields.participants'),
      show: (each) => <span className="wraps">{others(each).join(t('task.comma')) || '–'}</span>,
    },
    {
      key: 'drawn',
      title: t('task.fields.drawn'),
      show: (each) => <span className="number">{each.figures ? number(each.figures.total) : '–'}</span>,
    },
    { key: 'state', title: t('task.fields.state'), show: (each) => <TaskState task={each} /> },
    {
      key: 'period',
      title: t('task.fields.period'),
      show: (each) => `${day(each.startsOn)} – ${day(each.endsOn)}`,
    },
  ]
}

const KINDS = { drafted: 'notBegun', consulting: 'underWay', agreed: 'done', cancelled: 'ended' } as const

/** Where a task stands; while it is out, how many have answered. */
export function TaskState({ task }: { readonly task: Pick<ListedTask, 'state' | 'parts'> }) {
  const { t } = useTranslation('tasks')
  const asked = task.parts.filter(({ isLead, state }) => !isLead && state !== 'released')
  const done = asked.filter(({ state }) => state === 'accepted' || state === 'declined').length
  return (
    <>
      <StateTag kind={KINDS[task.state]} word={t(`task.states.${task.state}`)} />
      {task.state === 'consulting' ? (
        <span className="fine"> {t('task.answers', { done, all: asked.length })}</span>
      ) : null}
    </>
  )
}
