import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { ColumnMapping } from './column-mapping.tsx'
import { bytesText } from './figures.ts'
import { ImportActs } from './import-acts.tsx'
import { ImportResult } from './import-result.tsx'
import { ImportWork } from './import-work.tsx'
import { type RegisterImport, useRegisterImport, WORKING } from './queries.ts'
import { ImportState } from './states.tsx'

/** One file on its way into a register: looked at, understood, compared, applied, perhaps undone. */
export function RegisterImportRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useRegisterImport(id)}>{(one) => <Record key={one.id} one={one} />}</Loaded>
}

function Record({ one }: { readonly one: RegisterImport }) {
  const { t } = useTranslation('imports')
  const [isMapping, setMapping] = useState(false)
  const steps = useSteps(one)
  return (
    <RecordPage
      title={one.fileName}
      above={<Link to="/registers/imports">{t('title')}</Link>}
      state={<ImportState one={one} />}
      {...(one.state === 'discarded' ? {} : { steps })}
      acts={<ImportActs one={one} />}
      tabs={[
        {
          key: 'about',
          label: t('title'),
          content: (
            <div className="stack import-record">
              <WhatFailed one={one} />
              <Body one={one} isMapping={isMapping} setMapping={setMapping} />
              <About one={one} />
            </div>
          ),
        },
      ]}
    />
  )
}

/** Which step is the current one, by state; behind the last where all is done. */
const STEP: Readonly<Record<string, number>> = {
  uploaded: 1,
  unreadable: 1,
  checking: 2,
  checked: 3,
  applying: 3,
  halted: 3,
  applied: 4,
  undoing: 4,
  undone: 5,
}

function useSteps({ state, mode }: RegisterImport) {
  const { t } = useTranslation('imports')
  const isUndone = state === 'undoing' || state === 'undone'
  const names = ['upload', 'mapping', 'check'] as const
  const more = mode === 'reconcile' ? [] : (['apply', ...(isUndone ? (['undo'] as const) : [])] as const)
  return { names: [...names, ...more].map((step) => t(`steps.${step}`)), current: STEP[state] ?? 1 }
}

interface BodyProps {
  readonly one: RegisterImport
  readonly isMapping: boolean
  readonly setMapping: (isMapping: boolean) => void
}

function Body({ one, isMapping, setMapping }: BodyProps) {
  const { t } = useTranslation('imports')
  const { state } = one
  if (WORKING.includes(state)) return <ImportWork one={one} />
  if (state === 'discarded') return <p className="panel">{t('discarded_what')}</p>
  const hasResult = state !== 'uploaded' && state !== 'unreadable'
  if (!hasResult || isMapping)
    return (
      <ColumnMapping
        one={one}
        onDone={() => setMapping(false)}
        onLeave={hasResult ? () => setMapping(false) : undefined}
      />
    )
  const canMap = state === 'checked' && one.fileHash !== '' && !one.can.check
  return (
    <ImportResult
      one={one}
      acts={canMap ? <Button onClick={() => setMapping(true)}>{t('mapping.change')}</Button> : null}
    />
  )
}

/** Why the last step did not come to its end, and what can be done about it. */
function WhatFailed({ one: { failure, state } }: { readonly one: RegisterImport }) {
  const { t } = useTranslation('imports')
  if (!failure) return null
  return (
    <Alert
      type="error"
      showIcon
      title={failure.sentence}
      description={state === 'unreadable' ? t('unreadable_what') : undefined}
    />
  )
}

function About({ one }: { readonly one: RegisterImport }) {
  const { t } = useTranslation('imports')
  const { instant } = useFormat()
  const by = (who: string, at?: string | null) => (at ? t('by', { who, at: instant(at) }) : who)
  return (
    <section>
      <h2>{t('about')}</h2>
      <Facts
        facts={[
          { term: t('register'), value: t(`registers.${one.register}`) },
          { term: t('mode'), value: `${t(`modes.${one.mode}`)}：${t(`modes_what.${one.mode}`)}` },
          ...(one.mapping?.source ? [{ term: t('source'), value: t(`sources.${one.mapping.source}`) }] : []),
          { term: t('authority'), value: one.authority.name },
          { term: t('division'), value: `${one.division.name}（${one.division.code}）` },
          ...(one.fileBytes > 0
            ? [
                {
                  term: t('read_as'),
                  value: [one.sheet.kind.toUpperCase(), one.sheet.sheet, bytesText(one.fileBytes)]
                    .filter(Boolean)
                    .join(' · '),
                },
              ]
            : []),
          { term: t('uploaded_by'), value: by(one.uploadedBy.name, one.uploadedAt) },
          ...(one.approvedBy ? [{ term: t('approved_by'), value: one.approvedBy.name }] : []),
          ...(one.appliedBy ? [{ term: t('applied_by'), value: by(one.appliedBy.name, one.appliedAt) }] : []),
          ...(one.undoneBy && one.state === 'undone'
            ? [
                { term: t('undone_by'), value: by(one.undoneBy.name, one.undoneAt) },
                { term: t('undo_reason'), value: one.undoReason },
              ]
            : []),
        ]}
      />
    </section>
  )
}
