import { Button, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Answer } from '../api.ts'
import { Failure } from '../ui/notices.tsx'
import { useWrite } from '../use-write.ts'

interface EvidenceInputProps {
  /** For what it is brought; it shows nothing else. */
  readonly purpose: 'outside' | 'visit'
  readonly value?: string
  readonly onChange?: (shown: string) => void
  readonly id?: string
}

/** A file that shows something: the ground of a task is named by its hash, what shows a visit by its id. */
export function EvidenceInput({ purpose, value, onChange, id }: EvidenceInputProps) {
  const { t } = useTranslation('tasks')
  const [name, setName] = useState('')
  const upload = useWrite<File, Answer<'/api/v1/task-evidence', 'post'>>(
    (file, headers) =>
      answerOf(
        api.POST('/api/v1/task-evidence', {
          params: { query: { purpose } },
          body: file as never,
          bodySerializer: (body: unknown) => body as Blob,
          headers: { ...headers, 'Content-Type': 'application/octet-stream' },
        }),
      ),
    { changes: [], onDone: (stored) => onChange?.(purpose === 'visit' ? stored.id : stored.hash) },
  )
  return (
    <>
      <Upload
        {...(id === undefined ? {} : { id })}
        showUploadList={false}
        beforeUpload={(file) => {
          setName(file.name)
          upload.mutate(file)
          return false
        }}
      >
        <Button loading={upload.isPending}>{t('task.form.evidence_pick')}</Button>
      </Upload>
      {value && name !== '' ? <p className="fine">{t('task.form.evidence_there', { name })}</p> : null}
      {upload.error ? <Failure error={upload.error} /> : null}
    </>
  )
}
