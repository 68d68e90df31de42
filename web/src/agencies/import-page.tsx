import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Row } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { List } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { Failure, isForbidden } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Reason } from '../ui/problem.tsx'
import { type StateKind, StateTag } from '../ui/state-tag.tsx'
import { TableDrop, tableSent } from '../ui/table-drop.tsx'
import { useWrite } from '../use-write.ts'
import { type OrganisationImport, useImports } from './queries.ts'

type ImportSummary = Row<'/api/v1/organisation-imports'>

/** Brings in an organisation chart from a spreadsheet: first a dry run with its report, then one step for all of it. */
export function ImportPage() {
  const { t } = useTranslation('agencies')
  const { instant, number } = useFormat()
  const { search, onCursor } = useListSearch()
  const imports = useImports(search)
  const refused = imports.data?.can.upload
  if (isForbidden(imports))
    return (
      <article className="list-page">
        <PageHead title={t('imports.title')} />
        <Failure error={imports.error} />
      </article>
    )
  return (
    <article className="list-page">
      <PageHead title={t('imports.title')} lead={t('imports.lead')} />
      {refused ? (
        <p className="panel">
          <Reason refused={refused} />
        </p>
      ) : (
        <UploadArea />
      )}
      <h2>{t('imports.earlier')}</h2>
      <List<ImportSummary>
        query={imports}
        keyOf={({ id }) => id}
        empty={t('imports.empty')}
        cursor={search['after']}
        onCursor={onCursor}
        columns={[
          {
            key: 'file',
            title: t('imports.file'),
            isName: true,
            show: ({ id, fileName }) => (
              <Link to="/agencies/imports/$id" params={{ id }}>
                {fileName}
              </Link>
            ),
          },
          { key: 'division', title: t('division'), show: ({ divisionName }) => divisionName },
          {
            key: 'rows',
            title: t('imports.rows'),
            isNumber: true,
            show: ({ counts }) => number(counts.rows),
          },
          {
            key: 'conflict',
            title: t('imports.results.conflict'),
            isNumber: true,
            show: ({ counts }) => number(counts.conflict),
          },
          { key: 'who', title: t('imports.who'), show: ({ uploadedBy }) => uploadedBy.name },
          { key: 'at', title: t('imports.at'), show: ({ uploadedAt }) => instant(uploadedAt) },
          { key: 'state', title: t('state'), show: ({ state }) => <ImportState state={state} /> },
        ]}
      />
    </article>
  )
}

function UploadArea() {
  const { t } = useTranslation('agencies')
  const navigate = useNavigate()
  const upload = useWrite(sendFile, {
    changes: [['imports'], ['todo']],
    onDone: ({ id }) => void navigate({ to: '/agencies/imports/$id', params: { id } }),
  })
  return (
    <TableDrop
      word={t(upload.isPending ? 'imports.checking' : 'imports.drop')}
      columns={t('imports.columns')}
      isBusy={upload.isPending}
      error={upload.error}
      onFile={(file) => upload.mutate(file)}
      afterwards={
        <a href="/api/v1/organisation-import-template" download>
          {t('imports.template')}
        </a>
      }
    />
  )
}

const KINDS: Readonly<Record<OrganisationImport['state'], StateKind>> = {
  checked: 'underWay',
  applied: 'done',
  discarded: 'ended',
}

/** Checked, applied or discarded. */
export function ImportState({ state }: { readonly state: OrganisationImport['state'] }) {
  const { t } = useTranslation('agencies')
  return <StateTag kind={KINDS[state]} word={t(`imports.states.${state}`)} />
}

function sendFile(file: File, headers: { readonly 'Idempotency-Key': string }): Promise<OrganisationImport> {
  return answerOf(api.POST('/api/v1/organisation-imports', tableSent(file, headers)))
}
