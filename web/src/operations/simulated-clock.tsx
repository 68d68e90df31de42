import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { DayInput } from '../ui/day-input.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { todayInChina } from '../ui/format.ts'
import { useWrite } from '../use-write.ts'

interface Values {
  readonly day: string
}

/** A simulated database can be moved to a later day, never back. */
export function SimulatedClock({ now }: { readonly now: string }) {
  const { t } = useTranslation('operations')
  const set = useWrite((to: string, headers) =>
    answerOf(api.POST('/api/v1/clock', { body: { now: to }, headers })),
  )
  return (
    <section className="panel">
      <h2>{t('system.clock')}</h2>
      <EntryForm<Values>
        verb={t('system.clock_verb')}
        initial={{ day: todayInChina(new Date(now)) }}
        isBusy={set.isPending}
        error={set.error}
        // Nine in the morning in China, when an office opens.
        onSubmit={({ day }) => set.mutate(`${day}T09:00:00+08:00`)}
      >
        <Field name="day" label={t('system.clock_day')} help={t('system.clock_help')}>
          <DayInput isClearable={false} />
        </Field>
      </EntryForm>
    </section>
  )
}
