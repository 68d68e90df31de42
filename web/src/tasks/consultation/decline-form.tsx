import { UploadOutlined } from '@ant-design/icons'
import { Button, Input, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { Reason } from '../../ui/problem.tsx'
import { useWrite } from '../../use-write.ts'
import { CHANGES, type Participation } from './queries.ts'

interface Values {
  readonly reason: string
}

/** 不参加: the reasons, and the written statement where the place wants one. */
export function DeclineForm({ part, onDone }: { readonly part: Participation; readonly onDone: () => void }) {
  const { t } = useTranslation('tasks')
  const [file, setFile] = useState<File | undefined>()
  const isNeeded = part.can.decline?.code === 'participation.statement_needed'
  const decline = useWrite(
    async ({ reason }: Values, headers) => {
      const path = { id: part.id }
      if (file) await sendStatement(part.id, file)
      const body = { reason: reason.trim() }
      return answerOf(
        api.POST('/api/v1/participations/{id}/decline', {
          params: { path },
          body,
          headers: { ...headers, ...ifMatch(part.version) },
        }),
      )
    },
    { changes: CHANGES, onDone, says: 'done' },
  )
  return (
    <EntryForm<Values>
      verb={t('consultation.decline')}
      isBusy={decline.isPending}
      error={decline.error}
      onSubmit={(values) => decline.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('consultation.decline_what')}</p>
      <Field name="reason" label={t('consultation.reason')}>
        <Input.TextArea rows={5} maxLength={2000} showCount />
      </Field>
      <div className="statement">
        <h3>{t('consultation.statement')}</h3>
        {isNeeded && part.can.decline ? (
          <p className="fine">
            <Reason refused={part.can.decline} />
          </p>
        ) : null}
        <Upload
          accept=".pdf,.ofd,.docx,.doc"
          multiple={false}
          showUploadList={false}
          beforeUpload={(chosen) => {
            setFile(chosen)
            return false
          }}
        >
          <Button icon={<UploadOutlined aria-hidden />}>{t('consultation.choose_statement')}</Button>
        </Upload>
        <p role="status" className="fine">
          {file ? file.name : part.hasStatement ? t('consultation.statement_there') : null}
        </p>
      </div>
    </EntryForm>
  )
}

function sendStatement(id: string, file: File): Promise<unknown> {
  return answerOf(
    api.POST('/api/v1/participations/{id}/statement', {
      params: { path: { id } },
      body: file as never,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  )
}
