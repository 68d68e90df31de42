import { Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Loaded } from '../../ui/notices.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { CHANGES, type Opinion, useListOfCodes, useOpinions } from './queries.ts'

/** What participants said of the draft, and what the lead made of it. */
export function Opinions({ taskId }: { readonly taskId: string }) {
  const { t } = useTranslation('tasks')
  const [isGiving, setGiving] = useState(false)
  const [answered, setAnswered] = useState<Opinion | undefined>()
  return (
    <section className="opinions" aria-label={t('consultation.opinions')}>
      <Loaded query={useOpinions(taskId)}>
        {({ items, can }) => (
          <>
            <header className="consultation-head">
              <h2>{t('consultation.opinions')}</h2>
              <ActButton refused={can.give} onClick={() => setGiving(true)}>
                {t('consultation.give')}
              </ActButton>
            </header>
            {items.length === 0 ? <p className="fine">{t('consultation.no_opinions')}</p> : null}
            <ol className="opinion-list">
              {items.map((one) => (
                <OneOpinion key={one.id} one={one} onAnswer={() => setAnswered(one)} />
              ))}
            </ol>
          </>
        )}
      </Loaded>
      <SideForm title={t('consultation.give')} isOpen={isGiving} onClose={() => setGiving(false)}>
        <OpinionForm taskId={taskId} onDone={() => setGiving(false)} />
      </SideForm>
      <SideForm
        title={t('consultation.reply')}
        isOpen={answered !== undefined}
        onClose={() => setAnswered(undefined)}
      >
        {answered ? <ReplyForm one={answered} onDone={() => setAnswered(undefined)} /> : null}
      </SideForm>
    </section>
  )
}

function OneOpinion({ one, onAnswer }: { readonly one: Opinion; readonly onAnswer: () => void }) {
  const { t } = useTranslation('tasks')
  const { instant } = useFormat()
  const sections = useListOfCodes('scheme-sections')
  return (
    <li>
      <p className="fine">
        {t('consultation.said_by', {
          authority: one.authorityName,
          person: one.givenBy,
          at: instant(one.givenAt),
          round: one.round,
        })}
        {one.section === null ? null : ` · ${sections.nameOf(one.section)}`}
      </p>
      <p className="said">{one.text}</p>
      {one.adopted === null && one.can.reply?.code === 'not_allowed' ? (
        <p className="fine">{t('consultation.unanswered')}</p>
      ) : one.adopted === null ? (
        <ActButton size="small" refused={one.can.reply} onClick={onAnswer}>
          {t('consultation.reply')}
        </ActButton>
      ) : (
        <p className="answer">
          <strong>{t(one.adopted ? 'consultation.adopted' : 'consultation.not_adopted')}</strong>
          {one.reply === null ? null : ` ${one.reply}`}
          <span className="fine"> {one.repliedBy}</span>
        </p>
      )}
    </li>
  )
}

type NewOpinion = Body<'/api/v1/tasks/{id}/opinions'>

function OpinionForm({ taskId, onDone }: { readonly taskId: string; readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const sections = useListOfCodes('scheme-sections')
  const give = useWrite(
    (body: NewOpinion, headers) =>
      answerOf(api.POST('/api/v1/tasks/{id}/opinions', { params: { path: { id: taskId } }, body, headers })),
    { changes: CHANGES, onDone, says: 'created' },
  )
  return (
    <EntryForm<NewOpinion>
      verb={t('consultation.give')}
      isBusy={give.isPending}
      error={give.error}
      onSubmit={({ section, text }) =>
        give.mutate(section ? { section, text: text.trim() } : { text: text.trim() })
      }
      onLeave={onDone}
    >
      <Field name="section" label={t('consultation.about')} isOptional>
        <Select allowClear options={sections.choices} />
      </Field>
      <Field name="text" label={t('consultation.opinion')}>
        <Input.TextArea rows={6} maxLength={4000} showCount />
      </Field>
    </EntryForm>
  )
}

type Reply = Body<'/api/v1/opinions/{id}/reply'>

function ReplyForm({ one, onDone }: { readonly one: Opinion; readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const [isAdopted, setAdopted] = useState(true)
  const answer = useWrite(
    (body: Reply, headers) =>
      answerOf(api.POST('/api/v1/opinions/{id}/reply', { params: { path: { id: one.id } }, body, headers })),
    { changes: CHANGES, onDone, says: 'saved' },
  )
  return (
    <EntryForm<Reply>
      verb={t('consultation.reply')}
      initial={{ adopted: true }}
      isBusy={answer.isPending}
      error={answer.error}
      onChange={({ adopted }) => setAdopted(adopted)}
      onSubmit={({ adopted, reply }) =>
        answer.mutate(reply?.trim() ? { adopted, reply: reply.trim() } : { adopted })
      }
      onLeave={onDone}
    >
      <p className="form-lead">{one.text}</p>
      <Field name="adopted" label={t('consultation.whether')}>
        <Radio.Group
          options={[
            { value: true, label: t('consultation.adopted') },
            { value: false, label: t('consultation.not_adopted') },
          ]}
        />
      </Field>
      <Field
        name="reply"
        label={t(isAdopted ? 'consultation.how_adopted' : 'consultation.why_not_adopted')}
        isOptional={isAdopted}
      >
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Field>
    </EntryForm>
  )
}
