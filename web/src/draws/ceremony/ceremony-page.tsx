import { Link, useParams } from '@tanstack/react-router'
import { Steps } from 'antd'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { DrawClock } from '../draw-clock.tsx'
import { DrawState } from '../draw-state.tsx'
import { type Draw, useDraw } from '../queries.ts'
import { Stale } from '../stale.tsx'
import { ClosePanel } from './close-panel.tsx'
import { type Ceremony, useCeremony, useRoom } from './queries.ts'
import { NextPanel } from './next-panel.tsx'
import { RoomPanel } from './room-panel.tsx'
import { SourcePanel } from './source-panel.tsx'

const STEPS = ['room', 'close', 'values', 'press'] as const

/** The room, for those who run it: on the left who is in it, on the right what is to be done, in order. */
export function CeremonyPage() {
  const { id = '' } = useParams({ strict: false })
  const draw = useDraw(id)
  const ceremony = useCeremony(id)
  return (
    <Loaded query={draw}>
      {(shown) => <Loaded query={ceremony}>{(run) => <Run draw={shown} ceremony={run} />}</Loaded>}
    </Loaded>
  )
}

function Run({ draw, ceremony }: { readonly draw: Draw; readonly ceremony: Ceremony }) {
  const { t } = useTranslation('draws')
  const isOpen = ceremony.room !== null && ceremony.room.endedAt === null
  const room = useRoom(isOpen ? ceremony.room?.code : undefined)
  const isClosed = draw.state !== 'committed' && draw.state !== 'closing'
  return (
    <article className="ceremony">
      <PageHead
        title={t('ceremony.title')}
        above={
          <Link to="/draws/$id" params={{ id: draw.id }}>
            {draw.task.name}
          </Link>
        }
      />
      <p>
        <DrawState draw={draw} />
      </p>
      <DrawClock draw={draw} />
      <Stale draw={draw} />
      <Steps
        size="small"
        className="ceremony-steps"
        current={stepOf(ceremony)}
        items={STEPS.map((step) => ({ title: t(`ceremony.steps.${step}`) }))}
      />
      <div className="ceremony-halves">
        <RoomPanel draw={draw} ceremony={ceremony} room={room.data} />
        <div>
          <ClosePanel draw={draw} ceremony={ceremony} />
          {isClosed
            ? ceremony.sources.map((source) => (
                <SourcePanel key={source.id} drawId={draw.id} source={source} room={room.data} />
              ))
            : null}
          <NextPanel draw={draw} ceremony={ceremony} room={room.data} />
        </div>
      </div>
    </article>
  )
}

function stepOf({ state, sources }: Ceremony): number {
  if (state === 'committed') return 0
  if (state === 'closing') return 1
  if (state === 'closed') return sources.every((source) => source.state === 'settled') ? 3 : 2
  return STEPS.length
}
