import { Button, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, answerOf, api } from '../../api.ts'
import { Failure } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'

interface ProofInputProps {
  readonly value?: string
  readonly onChange?: (hash: string) => void
  readonly id?: string
}

/** A file that shows a reason, named by its hash: that hash stands in the public event, the file does not. */
export function ProofInput({ value, onChange, id }: ProofInputProps) {
  const { t } = useTranslation('draws')
  const [name, setName] = useState('')
  const upload = useWrite<File, Answer<'/api/v1/draw-evidence', 'post'>>(
    (file, headers) =>
      answerOf(
        api.POST('/api/v1/draw-evidence', {
          body: file as never,
          bodySerializer: (body: unknown) => body as Blob,
          headers: { ...headers, 'Content-Type': 'application/octet-stream' },
        }),
      ),
    { changes: [], onDone: ({ hash }) => onChange?.(hash) },
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
        <Button loading={upload.isPending}>{t('events.pick_file')}</Button>
      </Upload>
      {value && name !== '' ? <p className="fine">{t('events.file_there', { name })}</p> : null}
      {upload.error ? <Failure error={upload.error} /> : null}
    </>
  )
}
