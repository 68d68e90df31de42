import { UploadOutlined } from '@ant-design/icons'
import { Button, Select, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api } from '../../api.ts'
import { useMe } from '../../me.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { todayInChina } from '../../ui/format.ts'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import type { OperatingDocument } from './queries.ts'
import { DOCUMENT_KINDS } from './words.ts'

interface Values {
  readonly authority: string
  readonly kind: OperatingDocument['kind']
  readonly title: string
  readonly effectiveFrom: string
}

/** Uploads a document, or the next version of one. */
export function DocumentForm({
  document,
  onDone,
}: {
  readonly document?: OperatingDocument
  readonly onDone: () => void
}) {
  const { t } = useTranslation('catalogue')
  const me = useMe().data
  const acting = me?.acting?.authorityId
  const [file, setFile] = useState<File | undefined>()
  const [isMissing, setMissing] = useState(false)
  const upload = useWrite((values: Values, headers) => sendDocument(values, file, headers), {
    changes: [['operating-documents']],
    onDone,
    says: 'created',
  })
  const known = document && { authority: document.authorityId, kind: document.kind, title: document.title }
  return (
    <EntryForm<Values>
      verb={t('documents.new')}
      initial={{
        kind: 'operatingRules',
        effectiveFrom: todayInChina(),
        ...(acting ? { authority: acting } : {}),
        ...known,
      }}
      isBusy={upload.isPending}
      error={upload.error}
      onSubmit={(values) => (file ? upload.mutate({ ...values, ...known }) : setMissing(true))}
      onLeave={onDone}
    >
      {document ? (
        <p className="form-lead">
          {document.authorityName} · {t(`documents.kinds.${document.kind}`)} · {document.title}
        </p>
      ) : (
        <>
          <Field name="authority" label={t('documents.authority')}>
            <RemotePicker
              about={['authorities']}
              find={findAuthorities}
              shown={me?.grants.find(({ authorityId }) => authorityId === acting)?.authorityName}
            />
          </Field>
          <Field name="kind" label={t('documents.kind')}>
            <Select
              options={DOCUMENT_KINDS.map((value) => ({ value, label: t(`documents.kinds.${value}`) }))}
            />
          </Field>
          <Field name="title" label={t('documents.name')} help={t('documents.title_help')} />
        </>
      )}
      <Field name="effectiveFrom" label={t('documents.effective_from')}>
        <DayInput isClearable={false} />
      </Field>
      <Upload
        accept=".pdf,.docx,.doc,.ofd,.txt"
        multiple={false}
        showUploadList={false}
        beforeUpload={(chosen) => {
          setFile(chosen)
          setMissing(false)
          return false
        }}
      >
        <Button icon={<UploadOutlined aria-hidden />}>{t('documents.choose')}</Button>
      </Upload>
      <p role="status" className={isMissing ? 'conflict' : 'fine'}>
        {file ? t('documents.chosen', { name: file.name }) : isMissing ? t('documents.choose_first') : null}
      </p>
    </EntryForm>
  )
}

function sendDocument(
  values: Values,
  file: File | undefined,
  headers: { readonly 'Idempotency-Key': string },
): Promise<OperatingDocument> {
  return answerOf(
    api.POST('/api/v1/operating-documents', {
      params: { query: values },
      body: file as never,
      bodySerializer: (body: unknown) => body as Blob,
      headers: {
        ...headers,
        'Content-Type': 'application/octet-stream',
        'File-Name': encodeURIComponent(file?.name ?? ''),
      },
    }),
  )
}
