import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useListSearch } from '../ui/list-search.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { Citation } from '../ui/problem.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { type Finding, type Plan, useChecks } from './queries.ts'
import { useAmendmentChecks } from './table-queries.ts'

// More of one kind are shown when somebody asks for them.
const FIRST = 5

/** 核查: what must be mended before the plan is proposed, and what must be answered; each with its basis and the way there. */
export function ChecksTab({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  return (
    <Loaded query={useChecks(plan.id)}>
      {({ items, about }) => (
        <div className="stack">
          <p className="fine">{t('checks.about', { count: about.lines })}</p>
          {items.length === 0 ? <EmptyState sentence={t('checks.none')} /> : null}
          <Group plan={plan} severity="error" items={items} />
          <Group plan={plan} severity="warning" items={items} />
        </div>
      )}
    </Loaded>
  )
}

/** What must be mended in a plan before an amendment of it can go on; nothing where it is sound. */
export function AmendmentChecks({ id }: { readonly id: string }) {
  const { t } = useTranslation('plans')
  const errors = useAmendmentChecks(id).data?.items.filter(({ severity }) => severity === 'error') ?? []
  if (errors.length === 0) return null
  return (
    <div className="stack">
      <p>
        <StateTag kind="refused" word={t('checks.amendment', { count: errors.length })} />
      </p>
      <ul className="stack">
        {errors.slice(0, FIRST).map((finding, at) => (
          <li key={`${finding.code}${at}`}>
            {finding.numbers.length > 0 ? (
              <strong>{t('checks.lines', { numbers: finding.numbers.join('、') })} </strong>
            ) : null}
            {finding.sentence}
            {finding.law ? <Citation law={finding.law} /> : null}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface GroupProps {
  readonly plan: Plan
  readonly severity: Finding['severity']
  readonly items: readonly Finding[]
}

function Group({ plan, severity, items }: GroupProps) {
  const { t } = useTranslation('plans')
  const own = items.filter((finding) => finding.severity === severity)
  if (own.length === 0) return null
  const codes = [...new Set(own.map(({ code }) => code))]
  return (
    <section className="stack">
      <h2>{t(`checks.${severity}`, { count: own.length })}</h2>
      {codes.map((code) => (
        <OfCode key={code} plan={plan} items={own.filter((finding) => finding.code === code)} />
      ))}
    </section>
  )
}

function OfCode({ plan, items }: { readonly plan: Plan; readonly items: readonly Finding[] }) {
  const { t } = useTranslation('plans')
  const [isWhole, setWhole] = useState(false)
  const [first] = items
  if (!first) return null
  const shown = isWhole ? items : items.slice(0, FIRST)
  const laws = [...new Map(items.flatMap(({ law }) => (law ? [[law.key, law] as const] : []))).values()]
  return (
    <div className="panel stack">
      <p>
        <StateTag kind={first.severity === 'error' ? 'refused' : 'soon'} word={first.title} />
      </p>
      <ul className="stack">
        {shown.map((finding, at) => (
          <li key={`${finding.lineIds.join()}${at}`}>
            {finding.numbers.length > 0 ? (
              <strong>{t('checks.lines', { numbers: finding.numbers.join('、') })} </strong>
            ) : null}
            {finding.sentence} <Mend plan={plan} finding={finding} />
            {finding.answered === null ? null : (
              <p className="fine">{t('checks.answered', { reason: finding.answered })}</p>
            )}
          </li>
        ))}
      </ul>
      {items.length > FIRST ? (
        <p>
          <Button type="link" onClick={() => setWhole(!isWhole)}>
            {isWhole ? t('checks.fewer') : t('checks.more', { count: items.length - FIRST })}
          </Button>
        </p>
      ) : null}
      {laws.map((law) => (
        <Citation key={law.key} law={law} />
      ))}
    </div>
  )
}

/** The way to where it can be mended; none once the plan is no draft any more. */
function Mend({ plan, finding }: { readonly plan: Plan; readonly finding: Finding }) {
  const { t } = useTranslation('plans')
  const { change } = useListSearch()
  const { mend, params } = finding
  const to = (tab: string, line?: string) => (
    <Button type="link" size="small" onClick={() => change({ tab, line })}>
      {t(`checks.mend.${mend}`)}
    </Button>
  )
  if (mend === 'item' && typeof params['itemId'] === 'string')
    return (
      <Link to="/registers/items/$id" params={{ id: params['itemId'] }}>
        {t('checks.mend.item')}
      </Link>
    )
  if (mend === 'file') return to('filings')
  if (mend === 'publish' || plan.state !== 'draft') return null
  if (mend === 'merge' && plan.kind === 'consolidated')
    return (
      <Link to="/plans/$id/consolidation" params={{ id: plan.id }}>
        {t('checks.mend.merge')}
      </Link>
    )
  return mend === 'merge' ? (
    <Link to="/plans/overlaps" search={{ plan: plan.id }}>
      {t('checks.mend.overlaps')}
    </Link>
  ) : (
    to('lines', mend === 'line' ? finding.lineIds[0] : undefined)
  )
}
