import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, Loaded } from '../../ui/notices.tsx'
import { Reason } from '../../ui/problem.tsx'
import { type Column, Rows } from '../../ui/rows.tsx'
import { usePublicDraw } from '../certificate/queries.ts'
import type { Draw } from '../queries.ts'
import { Lacking } from './lacking.tsx'
import { Machine } from './machine.tsx'
import { usePresses } from './queries.ts'
import { SelectedList, TeamList } from './result-lists.tsx'
import { useStratumOf } from './stratum-text.ts'

/** What was drawn: how many of each stratum, who, and who visits them; of a sealed draw only how many. */
export function DrawingTab({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  if (draw.state === 'drawing') return <UnderWay draw={draw} />
  if (draw.state !== 'certified')
    return (
      <EmptyState
        sentence={t('drawing.nothing_yet')}
        {...(draw.state === 'closed'
          ? {
              action: (
                <Link to="/draws/$id/press" params={{ id: draw.id }}>
                  {t('drawing.to_press')}
                </Link>
              ),
            }
          : {})}
      />
    )
  const isOpen = !draw.isSealed || draw.openedAt !== null
  return (
    <>
      {isOpen ? null : <Sealed draw={draw} />}
      <Strata draw={draw} />
      <Pair name={draw.name} />
      {isOpen ? (
        <>
          <Lacking draw={draw} />
          <SelectedList draw={draw} />
          <TeamList draw={draw} />
        </>
      ) : null}
    </>
  )
}

function UnderWay({ draw }: { readonly draw: Draw }) {
  return <Loaded query={usePresses(draw)}>{(presses) => <Machine draw={draw} presses={presses} />}</Loaded>
}

function Sealed({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  return (
    <>
      {draw.failure ? <Alert type="error" showIcon title={<Reason refused={draw.failure} />} /> : null}
      <Alert
        type="info"
        showIcon
        title={t('drawing.sealed_until', { at: instant(draw.openAt) })}
        description={t('drawing.sealed_lead')}
        action={
          <Link to="/draws/$id/sealed" params={{ id: draw.id }}>
            {t('drawing.to_sealed')}
          </Link>
        }
      />
    </>
  )
}

/** How well anybody could have guessed, before the match, who visits whom. */
function Pair({ name }: { readonly name: string }) {
  const { t } = useTranslation('draws')
  const pair = usePublicDraw(name).data?.pair
  if (!pair) return null
  const part = Number(pair.num) / Number(pair.den)
  const chance = `${(100 * part).toFixed(2)}%`
  return <p>{part < 1 ? t('drawing.pair', { chance }) : t('drawing.pair_certain')}</p>
}

type Stratum = NonNullable<Draw['figures']>['strata'][number]

function Strata({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const strata = draw.figures?.strata ?? []
  const stratumOf = useStratumOf(draw)
  const columns: readonly Column<Stratum>[] = [
    { key: 'stratum', title: t('drawing.stratum'), isName: true, show: ({ code }) => stratumOf(code) },
    { key: 'rows', title: t('drawing.rows'), isNumber: true, show: ({ rows }) => number(rows) },
    { key: 'n', title: t('drawing.drawn'), isNumber: true, show: ({ n }) => number(n) },
    {
      key: 'chance',
      title: t('drawing.chance'),
      isNumber: true,
      show: ({ rows, n }) => `${((100 * n) / rows).toFixed(2)}%`,
    },
  ]
  const all = strata.reduce((sum, { n }) => sum + n, 0)
  return (
    <section aria-labelledby="drawn-strata">
      <h2 id="drawn-strata">
        {t('drawing.summary', { drawn: number(all), population: number(draw.figures?.population) })}
      </h2>
      <Rows items={strata} columns={columns} keyOf={({ code }) => code} />
    </section>
  )
}
