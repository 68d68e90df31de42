import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import type { Draw } from '../queries.ts'

type Explanation = NonNullable<Draw['infeasible']>[number]

const REPAIRS = ['raise_cap', 'add_inspectors', 'lift_conflict'] as const
const REASONS = ['not_eligible', 'conflict', 'used', 'outside_area'] as const

/** The word that there is for it; the first, where somebody has added another since. */
function oneOf<T extends string>(words: readonly [T, ...T[]], word: string): T {
  return words.find((one) => one === word) ?? words[0]
}

/** Why subjects were left without visitors, and the cheapest changes that would have helped, each tried on the whole. */
export function Lacking({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const left = draw.infeasible ?? []
  if (left.length === 0) return null
  return (
    <section aria-labelledby="lacking">
      <h2 id="lacking">{t('drawing.lacking')}</h2>
      {left.map((one, place) => (
        <Alert
          key={place}
          type="warning"
          showIcon
          title={<Sentence draw={draw} one={one} />}
          description={
            <>
              <p>{t('drawing.repairs')}</p>
              <ul>
                {one.repairs.map((repair, at) => (
                  <li key={at}>
                    {t(`drawing.repair.${oneOf(REPAIRS, repair.kind)}`, { ...repair.params })}
                    {repair.solved ? '' : t('drawing.repair_partly', { remaining: repair.remaining })}
                  </li>
                ))}
              </ul>
              <p className="fine">{t('drawing.lacking_next')}</p>
            </>
          }
        />
      ))}
    </section>
  )
}

function Sentence({ draw, one }: { readonly draw: Draw; readonly one: Explanation }) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const pool = draw.figures?.pools.find(({ code }) => code === one.authority)
  const others = one.others.map(({ reason, count }) =>
    t('drawing.other', { count, reason: t(`drawing.reason.${oneOf(REASONS, reason)}`) }),
  )
  return (
    <>
      {t('drawing.lacking_sentence', {
        authority: pool?.name ?? t('drawing.teams_together'),
        subjects: number(one.subjects),
        visits: number(one.visits),
        inspectors: number(one.inspectors),
        of: number(one.ofInspectors),
        others: others.length > 0 ? others.join(t('drawing.comma')) : t('drawing.no_others'),
        each: number(one.eachAtMost),
        capacity: number(one.capacity),
        short: number(one.shortBy),
      })}
    </>
  )
}
