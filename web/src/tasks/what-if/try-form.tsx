import { Button, InputNumber, Slider } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Failure } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import type { Design, SimulationBody, Task } from '../queries.ts'
import { percent } from '../words.ts'

interface TryFormProps {
  readonly task: Task
  readonly tried: SimulationBody
  readonly onTry: (tried: SimulationBody) => void
}

/** Another ratio and another cap, tried at once; the ratio can be taken over into the draft. */
export function TryForm({ task, tried, onTry }: TryFormProps) {
  const { t } = useTranslation('tasks')
  const present = task.design.kind === 'ratio' ? task.design.ratio : undefined
  const [ratio, setRatio] = useState(present ?? 500)
  const design: Design = { kind: 'ratio', ratio }
  const adopt = useWrite<undefined, unknown>(
    () =>
      answerOf(
        api.PATCH('/api/v1/tasks/{id}', {
          params: { path: { id: task.id } },
          headers: ifMatch(task.version),
          body: { design },
        }),
      ),
    { says: 'saved', onDone: () => onTry({}) },
  )
  const isTried = tried.design !== undefined || tried.loadCap !== undefined
  return (
    <form className="try-form" aria-label={t('whatIf.tried')} onSubmit={(event) => event.preventDefault()}>
      <label className="try-ratio">
        <span>
          {t('whatIf.ratio')} <strong className="number">{percent(ratio)}</strong>
        </span>
        <Slider
          min={100}
          max={3000}
          step={50}
          value={ratio}
          tooltip={{ formatter: (value) => percent(value ?? 0) }}
          ariaLabelForHandle={t('whatIf.ratio')}
          onChange={setRatio}
          onChangeComplete={(value) => onTry({ ...tried, design: { kind: 'ratio', ratio: value } })}
        />
      </label>
      <label>
        <span>{t('whatIf.cap')}</span>
        <InputNumber
          min={1}
          max={10_000}
          precision={0}
          value={tried.loadCap ?? task.loadCap}
          onChange={(value) => value && onTry({ ...tried, loadCap: value })}
        />
      </label>
      {tried.design === undefined ? null : (
        <ActButton
          type="primary"
          refused={task.can.edit}
          loading={adopt.isPending}
          onClick={() => adopt.mutate(undefined)}
        >
          {t('whatIf.adopt')}
        </ActButton>
      )}
      <Button
        disabled={!isTried}
        onClick={() => {
          setRatio(present ?? 500)
          onTry({})
        }}
      >
        {t('whatIf.as_planned')}
      </Button>
      {adopt.error ? <Failure error={adopt.error} /> : null}
    </form>
  )
}
