import { Link, useParams } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useTraces } from '../audit/traces.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { Loaded } from '../ui/notices.tsx'
import { RecordPage, type Tab } from '../ui/record-page.tsx'
import { CeremonyTab } from './ceremony/ceremony-tab.tsx'
import { CertificateTab } from './certificate/certificate-tab.tsx'
import { DrawActs } from './draw-acts.tsx'
import { DrawClock } from './draw-clock.tsx'
import { DrawState } from './draw-state.tsx'
import { DrawingTab } from './drawing/drawing-tab.tsx'
import { EventsTab } from './events/events-tab.tsx'
import { Fingerprints } from './fingerprints.tsx'
import { FreezeTab } from './freeze/freeze-tab.tsx'
import { type Draw, useDraw } from './queries.ts'
import { Stale } from './stale.tsx'

const STEPS = ['freeze', 'commit', 'ceremony', 'close', 'draw', 'certificate'] as const
/** How many of the steps lie behind a draw in a state. */
const BEHIND: Readonly<Record<Draw['state'], number>> = {
  freezing: 0,
  frozen: 1,
  committed: 2,
  closing: 3,
  closed: 4,
  drawing: 4,
  certified: 6,
  void: -1,
  discarded: -1,
}

/** A draw's page: where it stands, how long still, the one next act, and what was fixed. */
export function DrawRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useDraw(id)}>{(draw) => <Record draw={draw} />}</Loaded>
}

function Record({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const current = BEHIND[draw.state]
  const own: readonly Tab[] = [
    { key: 'freeze', label: t('draws.tabs.freeze'), content: <FreezeTab draw={draw} /> },
    { key: 'ceremony', label: t('draws.tabs.ceremony'), content: <CeremonyTab draw={draw} /> },
    { key: 'drawing', label: t('draws.tabs.drawing'), content: <DrawingTab draw={draw} /> },
    { key: 'events', label: t('draws.tabs.events'), content: <EventsTab draw={draw} /> },
    { key: 'certificate', label: t('draws.tabs.certificate'), content: <CertificateTab draw={draw} /> },
  ]
  return (
    <RecordPage
      title={draw.task.name}
      above={<Link to="/draws">{t('draws.title')}</Link>}
      state={
        <>
          <DrawState draw={draw} /> <span className="fine">{draw.name}</span>
        </>
      }
      acts={<DrawActs draw={draw} />}
      {...(current < 0 ? {} : { steps: { names: STEPS.map((step) => t(`draws.steps.${step}`)), current } })}
      clock={
        <>
          <DrawClock draw={draw} />
          <Stale draw={draw} />
          <Ended draw={draw} />
          <Fingerprints draw={draw} />
        </>
      }
      tab={search['tab'] ?? tabOf(draw)}
      onTab={(tab) => change({ tab })}
      tabs={[...own, ...traces('draw', draw.id)]}
    />
  )
}

/** What somebody wants to see first who opens the page now. */
function tabOf({ state }: Draw): string {
  if (state === 'freezing' || state === 'frozen' || state === 'discarded') return 'freeze'
  return state === 'certified' ? 'drawing' : 'ceremony'
}

/** Why it ended without a certificate, and what it stands for. */
function Ended({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  return (
    <>
      {draw.endReason ? (
        <Alert
          type={draw.state === 'void' ? 'error' : 'info'}
          showIcon
          title={t(`draws.ended.${draw.endReason}`)}
        />
      ) : null}
      {draw.supersedes ? (
        <p className="fine">
          {t('draws.supersedes')}{' '}
          <Link to="/draws/$id" params={{ id: draw.supersedes.id }}>
            {draw.supersedes.name}
          </Link>
        </p>
      ) : null}
    </>
  )
}
