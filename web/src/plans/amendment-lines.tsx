// Which tasks an amendment is about: chosen among those of the plan, and those that it has already.

import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { type Choice, RemotePicker } from '../ui/remote-picker.tsx'
import { type Line, type Plan, useLine } from './queries.ts'

export type NewAmendment = Body<'/api/v1/plans/{id}/amendments'>
export type NewChange = NewAmendment['changes'][number]

/** A change with what it is called in the list above the form. */
export interface Drafted {
  readonly change: NewChange
  readonly name: string
}

/** The changes of a draft, each to be written anew or left out. */
export function Chosen({
  drafted,
  onOpen,
  onRemove,
}: {
  readonly drafted: readonly Drafted[]
  readonly onOpen: (line: Line | undefined, at: number) => void
  readonly onRemove: (gone: Drafted) => void
}) {
  const { t } = useTranslation('plans')
  if (drafted.length === 0) return <p className="fine">{t('amendments.nothing_yet')}</p>
  return (
    <ul className="stack">
      {drafted.map((each, at) => (
        <li key={`${each.change.lineId ?? 'new'}${at}`}>
          {t(`amendments.ops.${each.change.op}`)} {each.name}{' '}
          {each.change.op === 'end' ? null : (
            <Reopen lineId={each.change.lineId} onOpen={(line) => onOpen(line, at)} />
          )}{' '}
          <Button size="small" onClick={() => onRemove(each)}>
            {t('amendments.not_this')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Opens a change once more; the line as it stands is asked first. */
function Reopen({
  lineId,
  onOpen,
}: {
  readonly lineId: string | undefined
  readonly onOpen: (line: Line | undefined) => void
}) {
  const { t } = useTranslation('plans')
  const line = useLine(lineId)
  return (
    <Button size="small" loading={line.isFetching} onClick={() => onOpen(line.data)}>
      {t('amendments.edit_this')}
    </Button>
  )
}

/** A task that is to change or to go, or a new one. */
export function LineChoice({
  plan,
  onChange,
  onEnd,
  onNew,
}: {
  readonly plan: Plan
  readonly onChange: (line: Line) => void
  readonly onEnd: (line: Line) => void
  readonly onNew: () => void
}) {
  const { t } = useTranslation('plans')
  const [id, setId] = useState<string | undefined>()
  const line = useLine(id).data
  return (
    <fieldset className="bases-input stack">
      <legend>{t('amendments.which')}</legend>
      <RemotePicker
        label={t('amendments.which')}
        placeholder={t('amendments.which_help')}
        about={['plan-lines', plan.id]}
        find={(q) => findLines(plan.id, q)}
        value={id}
        onChange={setId}
        isClearable
      />
      <div className="acts">
        <Button disabled={!line} onClick={() => line && onChange(line)}>
          {t('amendments.change_this')}
        </Button>
        <Button disabled={!line} onClick={() => line && onEnd(line)}>
          {t('amendments.end_this')}
        </Button>
        <Button onClick={onNew}>{t('amendments.add_new')}</Button>
      </div>
    </fieldset>
  )
}

/** Lines of a plan by letters of the name, or by number. */
async function findLines(planId: string, q: string): Promise<readonly Choice[]> {
  const { items } = await answerOf(
    api.GET('/api/v1/plans/{id}/lines', {
      params: { path: { id: planId }, query: { limit: 50, ...(q ? { q } : {}) } },
    }),
  )
  return items.map((line) => ({ value: line.id, label: nameOf(line) }))
}

/** A task as lists call it. */
export const nameOf = ({ number, taskName }: Pick<Line, 'number' | 'taskName'>) => `${number}. ${taskName}`
