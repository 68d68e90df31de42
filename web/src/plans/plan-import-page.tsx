import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { useListSearch } from '../ui/list-search.ts'
import { Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Reason } from '../ui/problem.tsx'
import { TableDrop, tableSent } from '../ui/table-drop.tsx'
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
            {t('tables.lead')}{' '}
            <Link to="/plans/$id" params={{ id: plan.id }}>
              {t('tables.back')}
            </Link>
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
    <TableDrop
      word={t(upload.isPending ? 'tables.checking' : 'tables.drop')}
      columns={t('tables.columns')}
      isBusy={upload.isPending}
      error={upload.error}
      onFile={(file) => upload.mutate(file)}
      afterwards={
        <>
          {t('tables.templates')}
          {FORMS.map((form, at) => (
            <span key={form}>
              {at === 0 ? ' ' : ' · '}
              <a href={`/api/v1/plan-template.csv?form=${form}`} download>
                {t(`tables.forms.${form}`)}
              </a>
            </span>
          ))}
        </>
      }
    />
  )
}

function sendFile(
  plan: string,
  file: File,
  headers: { readonly 'Idempotency-Key': string },
): Promise<PlanImport> {
  const params = { path: { id: plan } }
  return answerOf(api.POST('/api/v1/plans/{id}/imports', { params, ...tableSent(file, headers) }))
}
