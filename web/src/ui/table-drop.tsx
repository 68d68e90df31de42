import { InboxOutlined } from '@ant-design/icons'
import { Upload } from 'antd'
import type { ReactNode } from 'react'
import { Failure } from './notices.tsx'

/** Where a table of an office is dropped. `afterwards` stands below it: templates. */
export function TableDrop({
  word,
  columns,
  isBusy,
  error,
  afterwards,
  onFile,
}: {
  readonly word: string
  readonly columns: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly afterwards: ReactNode
  readonly onFile: (file: File) => void
}) {
  return (
    <>
      <Upload.Dragger
        accept=".xlsx,.xls,.csv"
        multiple={false}
        showUploadList={false}
        disabled={isBusy}
        beforeUpload={(file) => {
          onFile(file)
          return false
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{word}</p>
        <p className="fine">{columns}</p>
      </Upload.Dragger>
      <p className="after-upload">{afterwards}</p>
      {error ? <Failure error={error} /> : null}
    </>
  )
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The media type of a table by its ending; browsers know some of them by other names. */
export function tableType({ name }: File): string {
  return TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}

/** A table as the body of a request, with its name. */
export function tableSent(file: File, headers: { readonly 'Idempotency-Key': string }) {
  return {
    body: file as never,
    bodySerializer: (body: unknown) => body as Blob,
    headers: { ...headers, 'Content-Type': tableType(file), 'File-Name': encodeURIComponent(file.name) },
  }
}
