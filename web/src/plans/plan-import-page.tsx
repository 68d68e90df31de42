import { InboxOutlined } from '@ant-design/icons'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Upload } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { useListSearch } from '../ui/list-search.ts'
import { Failure, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Reason } from '../ui/problem.tsx'
import { useWrite } from '../use-write.ts'
import { PlanImportReport } from './plan-import-report.tsx'
import { type Plan, usePlan } from './queries.ts'
import { FORMS, type PlanImport, TABLE_CHANGES, usePlanImport } from './table-queries.ts'

/** Brings a table of an office into a plan: first what each row would do, then one step for all of them. */
export function PlanImportPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={usePlan(id)}>{(plan) => <Importing plan={plan} />}</Loaded>
}

function Importing({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  const { search } = useListSearch()
  const upload = search['import']
  return (
    <article className="list-page">
      <PageHead
        title={t('tables.import_into', { plan: plan.title })}
        lead={
          <>
            <Link to="/plans/$id" params={{ id: plan.id }}>
              {t('tables.back')}
            </Link>{' '}
            {t('tables.lead')}
          </>
        }
      />
      {upload === undefined ? <Begin plan={plan} /> : <Checked id={upload} />}
    </article>
  )
}

function Checked({ id }: { readonly id: string }) {
  const { search } = useListSearch()
  return <Loaded query={usePlanImport(id, search)}>{(upload) => <PlanImportReport upload={upload} />}</Loaded>
}

function Begin({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  const navigate = useNavigate()
  const upload = useWrite((file: File, headers) => sendFile(plan.id, file, headers), {
    changes: TABLE_CHANGES,
    onDone: ({ id }) =>
      void navigate({ to: '/plans/$id/import', params: { id: plan.id }, search: { import: id } }),
  })
  if (plan.can.edit)
    return (
      <p className="panel">
        <Reason refused={plan.can.edit} />
      </p>
    )
  return (
    <>
      <Upload.Dragger
        accept=".xlsx,.xls,.csv"
        multiple={false}
        showUploadList={false}
        disabled={upload.isPending}
        beforeUpload={(file) => {
          upload.mutate(file)
          return false
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p>{t(upload.isPending ? 'tables.checking' : 'tables.drop')}</p>
        <p className="fine">{t('tables.columns')}</p>
      </Upload.Dragger>
      <p className="after-upload">
        {t('tables.templates')}
        {FORMS.map((form) => (
          <span key={form}>
            {' '}
            <a href={`/api/v1/plan-template.csv?form=${form}`} download>
              {t(`tables.forms.${form}`)}
            </a>
          </span>
        ))}
      </p>
      {upload.error ? <Failure error={upload.error} /> : null}
    </>
  )
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

function sendFile(
  plan: string,
  file: File,
  headers: { readonly 'Idempotency-Key': string },
): Promise<PlanImport> {
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  return answerOf(
    api.POST('/api/v1/plans/{id}/imports', {
      params: { path: { id: plan } },
      body: file as never,
      bodySerializer: (body: unknown) => body as Blob,
      headers: {
        ...headers,
        'Content-Type': TYPES[ending] ?? 'application/octet-stream',
        'File-Name': encodeURIComponent(file.name),
      },
    }),
  )
}
