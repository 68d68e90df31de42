import { useTranslation } from 'react-i18next'
import { useWord } from '../ui/word.ts'
import { EmptyState } from '../ui/notices.tsx'
import { Paging } from '../ui/paging.tsx'
import { Rows } from '../ui/rows.tsx'
import { type StateKind, StateTag } from '../ui/state-tag.tsx'
import type { OrganisationImport } from './queries.ts'

type ImportRow = OrganisationImport['rows']['items'][number]

const KINDS: Readonly<Record<ImportRow['result'], StateKind>> = {
  new: 'underWay',
  changed: 'soon',
  same: 'ended',
  conflict: 'refused',
}

interface ImportRowsProps {
  readonly page: OrganisationImport['rows']
  readonly cursor: string | undefined
  readonly onCursor: (cursor: string | undefined) => void
}

/** Each row of the spreadsheet with what would become of it, or why it cannot be. */
export function ImportRows({ page, cursor, onCursor }: ImportRowsProps) {
  const { t } = useTranslation('agencies')
  if (page.items.length === 0) return <EmptyState sentence={t('imports.no_rows')} />
  return (
    <>
      <Rows<ImportRow>
        items={page.items}
        keyOf={({ row }) => String(row)}
        columns={[
          {
            key: 'row',
            title: t('imports.row'),
            isName: true,
            show: ({ row }) => t('imports.row_number', { row }),
          },
          {
            key: 'result',
            title: t('imports.result'),
            show: ({ result }) => <StateTag kind={KINDS[result]} word={t(`imports.results.${result}`)} />,
          },
          { key: 'authority', title: t('authority'), show: ({ authority }) => authority },
          {
            key: 'unit',
            title: t('unit'),
            show: ({ unit, section }) => [unit, section].filter(Boolean).join('/') || '–',
          },
          { key: 'name', title: t('people.name'), show: ({ name }) => name || '–' },
          { key: 'what', title: t('imports.what'), show: (row) => <What row={row} /> },
        ]}
      />
      <Paging items={page.items.length} next={page.next} cursor={cursor} onCursor={onCursor} />
    </>
  )
}

function What({ row: { conflict, changes } }: { readonly row: ImportRow }) {
  const { t } = useTranslation('agencies')
  const kind = useWord('imports.kinds', 'agencies')
  if (conflict) return <span className="conflict">{conflict.sentence}</span>
  return (
    <>
      {changes.map(({ what, before, after }) => (
        <div key={`${what}${after}`}>
          {before === null
            ? t('imports.made', { what: kind(what), after })
            : t('imports.changed', { what: kind(what), before, after })}
        </div>
      ))}
    </>
  )
}
