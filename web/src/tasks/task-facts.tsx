import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAuthority } from '../agencies/queries.ts'
import { useCodes } from '../registers/catalogue/words.ts'
import { type Fact, Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { Figures } from './figures.tsx'
import { NamedExclusions } from './named-exclusions.tsx'
import { type PreviewBody, type Task, usePreview } from './queries.ts'
import { useDesignText, useModeText, useScopeSentence } from './words.ts'
import { Loading } from '../ui/notices.tsx'

/** 概况: what the task is, what will be drawn of whom, and who is left out. */
export function TaskFacts({ task }: { readonly task: Task }) {
  const register = useAuthority(task.scope.register ?? '').data?.name
  const sentence = useScopeSentence(task.scope, register)
  return (
    <div className="stack">
      <p className="scope-sentence">「{sentence}」</p>
      {task.figures && task.state !== 'drafted' ? (
        <Figures figures={task.figures} />
      ) : (
        <Counted task={task} />
      )}
      <Facts facts={useTaskFacts(task)} />
      <NamedExclusions task={task} />
    </div>
  )
}

/** A draft has no figures of its own: they are counted for whoever looks. */
function Counted({ task }: { readonly task: Task }) {
  const { t } = useTranslation('tasks')
  const preview = usePreview(asPreview(task))
  if (preview.data) return <Figures figures={preview.data} />
  return preview.isError ? <p className="fine">{t('task.figures.none')}</p> : <Loading />
}

/** What is written of a task, as it would be written anew. */
function asPreview(task: Task): PreviewBody {
  const written = Object.fromEntries(WRITTEN.map((name) => [name, task[name]]))
  const { leadAuthorityId, planLineId, id, name } = task
  return { ...written, name, leadAuthorityId, planLineId, taskId: id }
}

const WRITTEN = [
  'field',
  'tier',
  'mode',
  'crossRegion',
  'drawType',
  'drawLevel',
  'inspectLevel',
  'scope',
  'narrowedReason',
  'strataBy',
  'design',
  'waived',
  'methods',
  'startsOn',
  'endsOn',
  'matching',
  'teamCount',
  'loadCap',
  'drawnListPublished',
  'capGround',
  'capNote',
  'outsideGround',
  'outsideNote',
  'outsideEvidence',
] as const satisfies readonly (keyof Task)[]

function useTaskFacts(task: Task): readonly Fact[] {
  const { t } = useTranslation('tasks')
  const { day, instant, number } = useFormat()
  const mode = useModeText()
  const design = useDesignText()
  const methods = useCodes('inspection-methods')
  const caps = useCodes('frequency-exemptions')
  const isTeams = task.matching === 'teams'
  const optional: readonly Fact[] = [
    ...(task.narrowedReason ? [{ term: t('task.fields.narrowedReason'), value: task.narrowedReason }] : []),
    ...(task.capGround
      ? [{ term: t('task.fields.capGround'), value: `${caps.nameOf(task.capGround)}：${task.capNote ?? ''}` }]
      : []),
    ...Object.entries(task.waived).map(([code, reason]) => ({
      term: t('task.fields.waived'),
      value: `${t(`task.exclusions.${code as 'NOT_ACTIVE'}`)}：${reason}`,
    })),
    ...(task.dispatchedBy
      ? [
          {
            term: t('task.fields.dispatchedBy'),
            value: `${task.dispatchedBy.name}，${instant(task.dispatchedAt)}`,
          },
        ]
      : []),
    ...(task.replyBy ? [{ term: t('task.fields.replyBy'), value: day(task.replyBy) }] : []),
    ...(task.agreedAt ? [{ term: t('task.fields.agreedAt'), value: instant(task.agreedAt) }] : []),
    ...(task.endedBy
      ? [{ term: t('task.fields.ended'), value: `${task.endedBy.name}：${task.endReason ?? ''}` }]
      : []),
  ]
  const replacements = [
    [t('task.fields.replaces'), task.replaces],
    [t('task.fields.replacedBy'), task.replacedBy],
  ] as const
  return [
    { term: t('task.fields.number'), value: task.number },
    { term: t('task.fields.line'), value: <Origin task={task} /> },
    ...(task.line && task.drawNo !== null
      ? [
          {
            term: t('task.fields.draw'),
            value: t('task.draw_of', { draw: task.drawNo, draws: task.line.draws }),
          },
        ]
      : []),
    ...replacements.flatMap(([term, other]) => (other ? [{ term, value: <TaskLink task={other} /> }] : [])),
    { term: t('task.fields.lead'), value: task.leadAuthorityName },
    { term: t('task.fields.mode'), value: mode(task.mode) },
    { term: t('task.fields.drawType'), value: t(`task.draw_types.${task.drawType}`) },
    {
      term: t('task.fields.tier'),
      value: `${t(`task.tiers.${task.tier}`)}（${t(`task.field_names.${task.field}`)}）`,
    },
    { term: t('task.fields.design'), value: design(task.design) },
    { term: t('task.fields.strataBy'), value: t(`task.strata.${task.strataBy}`) },
    {
      term: t('task.fields.period'),
      value: `${day(task.startsOn)} – ${day(task.endsOn)}`,
    },
    { term: t('task.fields.methods'), value: task.methods.map(methods.nameOf).join(t('task.comma')) },
    {
      term: `${t('task.fields.drawLevel')} / ${t('task.fields.inspectLevel')}`,
      value: `${t(`task.levels.${task.drawLevel}`)} / ${t(`task.levels.${task.inspectLevel}`)}`,
    },
    {
      term: t('task.fields.matching'),
      value: isTeams
        ? `${t('task.matchings.teams')}（${number(task.teamCount)}）`
        : t('task.matchings.subjects'),
    },
    { term: isTeams ? t('task.fields.loadCapTeams') : t('task.fields.loadCap'), value: number(task.loadCap) },
    {
      term: t('task.fields.drawnListPublished'),
      value: task.drawnListPublished ? t('task.published_yes') : t('task.published_no'),
    },
    { term: t('task.fields.draftedBy'), value: task.draftedBy.name },
    ...optional,
  ]
}

/** Another task, by its number. */
function TaskLink({ task: { id, name } }: { readonly task: NonNullable<Task['replaces']> }) {
  return (
    <Link to="/tasks/$id" params={{ id }}>
      {name}
    </Link>
  )
}

/** Where a task comes from: its line in the plan, or the ground for which it is not in it. */
function Origin({ task }: { readonly task: Task }) {
  const { t } = useTranslation('tasks')
  const exempt = useCodes('plan-exemption-grounds')
  const leads = useCodes('lead-sources')
  if (task.line)
    return (
      <Link to="/plans/$id" params={{ id: task.line.planId }}>
        {t('task.from_line', { year: task.line.year, number: task.line.number, name: task.line.taskName })}
      </Link>
    )
  const ground = task.outsideGround ?? ''
  const name = exempt.nameOf(ground) === ground ? leads.nameOf(ground) : exempt.nameOf(ground)
  return (
    <>
      {t('task.outside')}：{name}。{task.outsideNote}{' '}
      <a href={`/api/v1/tasks/${task.id}/evidence`} download>
        {t('task.evidence_see')}
      </a>
    </>
  )
}
