// One record: where it stands, its clock, its next act, then the tabs.

import { Steps, Tabs } from 'antd'
import type { ReactNode } from 'react'
import { PageHead } from './page-head.tsx'

export interface Tab {
  readonly key: string
  readonly label: string
  readonly content: ReactNode
}

interface RecordPageProps {
  readonly title: string
  /** Where it belongs: a link back. */
  readonly above?: ReactNode
  readonly state?: ReactNode
  readonly steps?: { readonly names: readonly string[]; readonly current: number }
  /** The legal clock: how long still, until when, by which rule. */
  readonly clock?: ReactNode
  /** The next act, one and primary, then the others. */
  readonly acts?: ReactNode
  readonly tabs: readonly Tab[]
  readonly tab?: string | undefined
  readonly onTab?: (tab: string) => void
}

/** A record's page. */
export function RecordPage({ title, above, state, steps, clock, acts, tabs, tab, onTab }: RecordPageProps) {
  const [only] = tabs
  return (
    <article className="record-page">
      <PageHead title={title} above={above} beside={state} acts={acts} />
      {steps ? (
        <Steps size="small" current={steps.current} items={steps.names.map((name) => ({ title: name }))} />
      ) : null}
      {clock ? <div className="clock">{clock}</div> : null}
      {tabs.length === 1 ? (
        only?.content
      ) : (
        <Tabs
          {...(tab === undefined ? {} : { activeKey: tab })}
          {...(onTab ? { onChange: onTab } : {})}
          items={tabs.map(({ key, label, content }) => ({ key, label, children: content }))}
        />
      )}
    </article>
  )
}
