import { Button, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from './notices.tsx'

interface UploadInputProps {
  readonly id?: string | undefined
  /** What the file is known by, once it is there. */
  readonly value?: string | undefined
  readonly upload: {
    readonly mutate: (file: File) => void
    readonly isPending: boolean
    readonly error: unknown
  }
}

/** A file as a part of a form: it is sent when it is picked, and the form names it. */
export function UploadInput({ id, value, upload }: UploadInputProps) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
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
        <Button loading={upload.isPending}>{t('ui.upload.pick')}</Button>
      </Upload>
      {value && name !== '' ? <p className="fine">{t('ui.upload.there', { name })}</p> : null}
      {upload.error ? <Failure error={upload.error} /> : null}
    </>
  )
}
