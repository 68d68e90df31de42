import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../ui/server-time.ts'
import { useFormat } from '../ui/format.ts'
import type { Draw } from './queries.ts'

const TICK_MS = 1_000

/** How long still until what is next must be done. */
export function DrawClock({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const now = useTicking()
  const span = useSpan()
  const until = wallOf(draw)
  if (!until) return null
  const left = Date.parse(until.at) - now
  return (
    <p className={left < 120_000 ? 'draw-clock is-near' : 'draw-clock'}>
      {left > 0 ? t(`draws.left.${until.what}`, { left: span(left) }) : t(`draws.over.${until.what}`)}{' '}
      <span className="fine">{instant(until.at)}</span>
    </p>
  )
}

/** The next moment that is a wall. */
function wallOf({ state, closeBy, certifyBy, openAt, openedAt }: Draw) {
  if ((state === 'committed' || state === 'closing') && closeBy)
    return { what: 'close', at: closeBy } as const
  if ((state === 'closed' || state === 'drawing') && certifyBy)
    return { what: 'certify', at: certifyBy } as const
  return state === 'certified' && openAt && !openedAt ? ({ what: 'open', at: openAt } as const) : undefined
}

/** `12 分 05 秒`; what is longer is said in hours, or days. */
function useSpan(): (ms: number) => string {
  const { t } = useTranslation('draws')
  return (ms) => {
    const all = Math.floor(ms / 1000)
    const hours = Math.floor(all / 3600)
    const minutes = Math.floor((all % 3600) / 60)
    if (hours >= 48) return t('draws.days', { days: Math.floor(hours / 24) })
    if (hours >= 1) return t('draws.hours', { hours, minutes })
    return t('draws.minutes', { minutes, seconds: String(all % 60).padStart(2, '0') })
  }
}

function useTicking(): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
