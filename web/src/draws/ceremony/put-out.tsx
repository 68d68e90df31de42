import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { Reason } from '../../ui/problem.tsx'
import { useWrite } from '../../use-write.ts'
import type { Draw } from '../queries.ts'
import type { Ceremony, Room } from './queries.ts'

type Removal = Body<'/api/v1/draws/{id}/room/observers/{number}/removal'>
type Values = Removal & { readonly number: number }

interface PutOutProps {
  readonly draw: Draw
  readonly ceremony: Ceremony
  readonly room: Room | undefined
}

/** A device that has added nothing may be put out before the close; the reason stays on record. */
export function PutOut({ draw, ceremony, room }: PutOutProps) {
  const { t } = useTranslation('draws')
  const [form] = Form.useForm<Values>()
  const save = useWrite<Values, unknown>(
    ({ number, reason }, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/room/observers/{number}/removal', {
          params: { path: { id: draw.id, number } },
          body: { reason },
          headers,
        }),
      ),
    { changes: [['draws']], says: 'done', onDone: () => form.resetFields() },
  )
  const silent = (room?.observers ?? []).filter(({ contributed }) => contributed === null)
  // After the close the door is shut, and so is the way out.
  const isOver = draw.state !== 'committed' && draw.state !== 'closing'
  if (silent.length === 0 || isOver) return null
  const refused = ceremony.can.putOut
  return (
    <details>
      <summary>{t('ceremony.put_out')}</summary>
      <p>{t('ceremony.put_out_lead')}</p>
      {refused ? (
        <p role="status">
          <Reason refused={refused} />
        </p>
      ) : (
        <EntryForm<Values>
          form={form}
          verb={t('ceremony.put_out')}
          isBusy={save.isPending}
          error={save.error}
          onSubmit={(values) => save.mutate(values)}
        >
          <Field name="number" label={t('ceremony.number')}>
            <Select options={silent.map(({ number }) => ({ value: number, label: number }))} />
          </Field>
          <Field name="reason" label={t('ceremony.put_out_reason')}>
            <Input maxLength={200} />
          </Field>
        </EntryForm>
      )}
    </details>
  )
}
