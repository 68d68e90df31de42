import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { useFormat } from '../ui/format.ts'
import { Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Rows } from '../ui/rows.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { useWrite } from '../use-write.ts'
import { type Calendar, useCalendars } from './queries.ts'
import { daysIn } from './days-in.ts'

/** The State Council's calendars by year: holidays, and weekend days that are worked. */
export function CalendarList() {
  const { t } = useTranslation('law')
  const [isNew, setNew] = useState(false)
  return (
    <article className="list-page">
      <PageHead
        title={t('calendars.title')}
        lead={t('calendars.lead')}
        acts={
          <Button type="primary" onClick={() => setNew(true)}>
            {t('calendars.load')}
          </Button>
        }
      />
      <Loaded query={useCalendars()}>
        {({ items, missing }) => (
          <div className="stack">
            {missing.map((year) => (
              <p key={year}>
                <StateTag kind="notBegun" word={t('calendars.missing', { year })} />
              </p>
            ))}
            <CalendarRows calendars={items} />
          </div>
        )}
      </Loaded>
      <SideForm title={t('calendars.load')} isOpen={isNew} onClose={() => setNew(false)}>
        <LoadForm onDone={() => setNew(false)} />
      </SideForm>
    </article>
  )
}

function CalendarRows({ calendars }: { readonly calendars: readonly Calendar[] }) {
  const { t } = useTranslation('law')
  const { lang } = useFormat()
  const short = (day: string) =>
    lang === 'zh-CN' ? `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日` : day.slice(5)
  return (
    <Rows
      items={calendars}
      keyOf={({ year }) => String(year)}
      isFixed
      columns={[
        {
          key: 'year',
          title: t('calendars.year'),
          width: 90,
          isName: true,
          show: ({ year }) => t('calendars.year_name', { year }),
        },
        {
          key: 'holidays',
          title: t('calendars.holidays'),
          show: ({ holidays }) => <Days days={holidays.map(short)} />,
        },
        {
          key: 'workdays',
          title: t('calendars.workdays'),
          show: ({ workdays }) => <Days days={workdays.map(short)} />,
        },
        {
          key: 'notices',
          title: t('source'),
          width: 260,
          show: ({ notices }) => notices.map((notice) => <Notice key={notice} notice={notice} />),
        },
        {
          key: 'origin',
          title: t('calendars.origin'),
          width: 110,
          show: ({ loaded }) => t(loaded ? 'calendars.loaded' : 'calendars.shipped'),
        },
      ]}
    />
  )
}

/** A document number, or the address where the notice stands. */
function Notice({ notice }: { readonly notice: string }) {
  const { t } = useTranslation('law')
  if (!/^https?:\/\//.test(notice)) return <div>{notice}</div>
  return (
    <div>
      <a href={notice} target="_blank" rel="noreferrer noopener">
        {t('calendars.notice_at', { host: new URL(notice).host })}
      </a>
    </div>
  )
}

function Days({ days }: { readonly days: readonly string[] }) {
  const { t } = useTranslation('law')
  if (days.length === 0) return <>–</>
  return (
    <details>
      <summary>{t('calendars.days', { count: days.length })}</summary>
      {days.join('、')}
    </details>
  )
}

interface Values {
  readonly year: number
  readonly holidays: string
  readonly workdays?: string
  readonly notice: string
}

function LoadForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('law')
  const [recomputed, setRecomputed] = useState<number | undefined>()
  const load = useWrite(
    ({ year, holidays, workdays = '', notice }: Values, headers) =>
      answerOf(
        api.POST('/api/v1/law/calendars', {
          body: { year, holidays: daysIn(holidays, year), workdays: daysIn(workdays, year), notice },
          headers,
        }),
      ),
    { changes: [['law'], ['todo']], onDone: (result) => setRecomputed(result.recomputed) },
  )
  if (recomputed !== undefined)
    return (
      <>
        <p role="status">{t('calendars.done', { count: recomputed })}</p>
        <Button onClick={onDone}>{t('calendars.close')}</Button>
      </>
    )
  return (
    <EntryForm<Values>
      verb={t('calendars.load')}
      isBusy={load.isPending}
      error={load.error}
      onSubmit={(values) => load.mutate(values)}
      onLeave={onDone}
    >
      <Field name="year" label={t('calendars.year')}>
        <InputNumber<number> min={2007} max={2200} precision={0} />
      </Field>
      <Field name="notice" label={t('calendars.notice')} help={t('calendars.notice_help')} />
      <Field name="holidays" label={t('calendars.holidays')} help={t('calendars.days_help')}>
        <Input.TextArea rows={5} />
      </Field>
      <Field name="workdays" label={t('calendars.workdays')} help={t('calendars.days_help')} isOptional>
        <Input.TextArea rows={3} />
      </Field>
    </EntryForm>
  )
}
