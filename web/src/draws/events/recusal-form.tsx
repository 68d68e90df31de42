import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useWrite } from '../../use-write.ts'
import { usePosts } from '../drawing/queries.ts'
import type { Draw } from '../queries.ts'
import { ProofFields } from './proof-fields.tsx'

type Values = Body<'/api/v1/draws/{id}/recusal-requests'>

/** A subject asks that somebody does not come: it is entered for it, and goes the way of every replacement from there. */
export function RecusalForm({
  draw,
  onDone,
}: {
  readonly draw: Draw
  readonly onDone: (replacement?: string) => void
}) {
  const { t } = useTranslation('draws')
  const [form] = Form.useForm<Values>()
  const subject = Form.useWatch('subject', form)?.trim() ?? ''
  const save = useWrite<Values, { readonly id: string }>(
    (body, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/recusal-requests', { params: { path: { id: draw.id } }, body, headers }),
      ),
    { changes: [['draws']], onDone: ({ id }) => onDone(id), says: 'created' },
  )
  return (
    <EntryForm<Values>
      form={form}
      verb={t('events.recusal.verb')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate({ ...values, subject })}
      onLeave={() => onDone()}
    >
      <p className="form-lead">{t('events.recusal.lead')}</p>
      <Field name="subject" label={t('events.code')} help={t('events.code_help')} />
      <Field name="alias" label={t('events.recusal.who')} help={t('events.recusal.who_help')}>
        <VisitorInput draw={draw} subject={subject} />
      </Field>
      <ProofFields />
    </EntryForm>
  )
}

interface VisitorInputProps {
  readonly draw: Draw
  readonly subject: string
  readonly id?: string
  readonly value?: string
  readonly onChange?: (alias: string) => void
}

const MOST = 200

/** Who visits: where each subject has people of its own, those of the one that was named; else of every team. */
function VisitorInput({ draw, subject, ...input }: VisitorInputProps) {
  const { t } = useTranslation('draws')
  const isTeams = draw.mode === 'teams'
  const posts = usePosts(draw.id, {
    limit: MOST,
    ...(isTeams ? {} : { q: subject === '' ? '-' : subject }),
  })
  const options = (posts.data?.items ?? []).flatMap(({ place, members }) =>
    members
      .filter(({ left }) => left === null)
      .map(({ alias, person, authority }) => ({
        value: alias,
        label: t('events.recusal.visitor', {
          name: person ?? alias.slice(0, 8),
          authority: authority.name,
          place: isTeams ? place : '',
        }),
      })),
  )
  return (
    <Select
      {...input}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      loading={posts.isFetching}
      notFoundContent={t('events.recusal.nobody')}
    />
  )
}
