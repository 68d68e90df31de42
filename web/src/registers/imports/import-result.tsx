import { DownloadOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { List } from '../../ui/list-page.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import type { Column } from '../../ui/rows.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { countOf, RESULT_KINDS, RESULTS_OF_FILE, takesTwo } from './figures.ts'
import { type ImportRow, type RegisterImport, type Result, useImportRows } from './queries.ts'
import { RowSaid } from './row-said.tsx'
import { ResultTag, useEffectTexts, useResultWord } from './states.tsx'

interface ImportResultProps {
  readonly one: RegisterImport
  readonly acts: ReactNode
}

/** What the comparison found: figures that make up the file, and the rows behind each of them. */
export function ImportResult({ one, acts }: ImportResultProps) {
  const { t } = useTranslation('imports')
  const { search, change } = useListSearch()
  const result = [...RESULTS_OF_FILE, 'gone' as const].find((each) => each === search['result'])
  const chosen = useResultWord(one.mode)
  const isCompared = one.mode === 'reconcile'
  const report = `/api/v1/register-imports/${one.id}/report.csv`
  return (
    <>
      <section>
        <div className="section-head">
          <h2>{t(isCompared ? 'gap_report' : 'result')}</h2>
          {acts}
        </div>
        <Figures one={one} chosen={result} onChoose={(next) => change({ result: next })} />
        <Weighty one={one} />
        {isCompared ? <p className="fine">{t('nothing_written')}</p> : null}
      </section>
      <section>
        <div className="section-head">
          <h2>{result ? t('rows_of', { result: chosen(result) }) : t('all_rows')}</h2>
          <Button
            icon={<DownloadOutlined aria-hidden />}
            href={result ? `${report}?result=${result}` : report}
            download
          >
            {result ? t('report_of', { result: chosen(result) }) : t(isCompared ? 'gaps_report' : 'report')}
          </Button>
        </div>
        <ResultRows one={one} result={result} />
      </section>
    </>
  )
}

const KNOWN: readonly Result[] = ['changed', 'renamed', 'same', 'conflict', 'gone']

/** Whoever stands in the register already is one click away; the others are not there yet. */
function RowName({ one, row }: { readonly one: RegisterImport; readonly row: ImportRow }) {
  const { t } = useTranslation('imports')
  const { subjectId, name, result } = row
  const isThere = KNOWN.includes(result) || (result === 'new' && one.appliedAt !== null)
  if (subjectId === null || !isThere || one.register !== 'subject')
    return <>{name || t('row_number', { row: row.row })}</>
  return (
    <Link to="/registers/subjects/$id" params={{ id: subjectId }}>
      {name}
    </Link>
  )
}

interface FiguresProps {
  readonly one: RegisterImport
  readonly chosen: Result | undefined
  readonly onChoose: (result: Result | undefined) => void
}

/** Rows of the file = the sum of what became of them; each figure shows its rows. */
function Figures({ one, chosen, onChoose }: FiguresProps) {
  const { t } = useTranslation('imports')
  const { number } = useFormat()
  const word = useResultWord(one.mode)
  const figure = (result: Result) => {
    const count = countOf(one, result)
    const isChosen = chosen === result
    return (
      <li key={result}>
        <button
          type="button"
          aria-pressed={isChosen}
          disabled={count === 0}
          onClick={() => onChoose(isChosen ? undefined : result)}
        >
          <strong>{number(count)}</strong>
          <StateTag kind={count === 0 ? 'notBegun' : RESULT_KINDS[result]} word={word(result)} />
        </button>
      </li>
    )
  }
  return (
    <>
      <ul className="figures" aria-label={t('figures')}>
        <li className="whole">
          <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
            <strong>{number(countOf(one, 'rows'))}</strong>
            <span>{t('rows_of_file')}</span>
          </button>
        </li>
        {RESULTS_OF_FILE.map(figure)}
      </ul>
      {one.mode === 'merge' ? null : (
        <ul className="figures" aria-label={t('not_in_file')}>
          {figure('gone')}
          <li className="fine">{t(missingText(one))}</li>
        </ul>
      )}
    </>
  )
}

function missingText({ mode, mapping }: RegisterImport) {
  if (mode === 'full') return 'gone_full'
  return mapping?.source ? 'gone_of_source' : 'gone_reconcile'
}

/** What makes two persons necessary, and who the second was. */
function Weighty({ one }: { readonly one: RegisterImport }) {
  const { t } = useTranslation('imports')
  const texts = useEffectTexts(one)
  if (!takesTwo(one)) return null
  return (
    <p className="panel">
      {t(`takes_two${texts.only}`, texts)}
      {one.approvedBy ? t('approved', { who: one.approvedBy.name }) : t('not_approved')}
    </p>
  )
}

function ResultRows({ one, result }: { readonly one: RegisterImport; readonly result: Result | undefined }) {
  const { t } = useTranslation('imports')
  const { search, change, onCursor } = useListSearch()
  const { after, limit } = search
  const isCompared = one.mode === 'reconcile'
  // A list may be of some: whoever is not on it is then counted, and not named one by one.
  const isCounted = isCompared && result === 'gone' && countOf(one, 'gone') > 0
  const query = {
    ...(result ? { result } : {}),
    ...(after ? { after } : {}),
    ...(limit ? { limit } : {}),
  }
  const rows = useImportRows(one.id, one.version, query)
  const columns: readonly Column<ImportRow>[] = [
    {
      key: 'row',
      title: t('row'),
      isNumber: true,
      width: 80,
      show: ({ row }) => (row < 0 ? '–' : row),
    },
    {
      key: 'name',
      title: t('name'),
      isName: true,
      width: 240,
      show: (row) => <RowName one={one} row={row} />,
    },
    { key: 'code', title: t('code'), width: 190, show: ({ code }) => code ?? '–' },
    {
      key: 'result',
      title: t('result_of_row'),
      width: 120,
      show: ({ result: each }) => <ResultTag result={each} mode={one.mode} />,
    },
    {
      key: 'said',
      title: t(isCompared ? 'said_between' : 'said'),
      show: (row) => <RowSaid row={row} fields={one.fields} isCompared={isCompared} />,
    },
  ]
  return (
    <List<ImportRow>
      query={rows}
      columns={columns}
      keyOf={({ row }) => String(row)}
      empty={t(isCounted ? 'gone_counted' : 'no_rows')}
      isFixed
      cursor={after}
      onCursor={onCursor}
      limit={limit}
      onLimit={(next) => change({ limit: next })}
    />
  )
}
