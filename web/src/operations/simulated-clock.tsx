import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { DayInput } from '../ui/day-input.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { todayInChina } from '../ui/format.ts'
import { useWrite } from '../use-write.ts'

interface Values {
  readonly day: string
  /** `09:30`, in China. */
  readonly time: string
}

/** A simulated database can be moved to a later day and hour, never back. */
export function SimulatedClock({ now }: { readonly now: string }) {
  const { t } = useTranslation('operations')
  const set = useWrite((to: string, headers) =>
    answerOf(api.POST('/api/v1/clock', { body: { now: to }, headers })),
  )
  // What is typed is not overtaken by the clock that goes on.
  const [initial] = useState(() => soonAfter(now))
  return (
    <section className="panel">
      <h2>{t('system.clock')}</h2>
      <EntryForm<Values>
        verb={t('system.clock_verb')}
        initial={initial}
        isBusy={set.isPending}
        error={set.error}
        onSubmit={({ day, time }) => set.mutate(`${day}T${time}:00+08:00`)}
      >
        <Field name="day" label={t('system.clock_day')} help={t('system.clock_help')}>
          <DayInput isClearable={false} />
        </Field>
        <Field name="time" label={t('system.clock_time')} help={t('system.clock_time_help')}>
          <Input type="time" className="time" />
        </Field>
      </EntryForm>
    </section>
  )
}

const MINUTE_MS = 60_000
const CHINA_MS = 8 * 3_600_000

/** The next whole minute, in China. */
function soonAfter(now: string): Values {
  const at = new Date(Math.floor(Date.parse(now) / MINUTE_MS + 1) * MINUTE_MS)
  return { day: todayInChina(at), time: new Date(at.getTime() + CHINA_MS).toISOString().slice(11, 16) }
}
