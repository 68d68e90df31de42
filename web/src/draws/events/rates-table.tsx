import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, Loaded } from '../../ui/notices.tsx'
import { type Column, Rows } from '../../ui/rows.tsx'
import { type Rate, useRates } from './queries.ts'

interface RatesTableProps {
  readonly year: number
  readonly by: 'person' | 'authority'
}

/** How often people are replaced, against how often they were drawn. */
export function RatesTable({ year, by }: RatesTableProps) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const counts = ['drawn', 'applied', 'approved', 'substituted', 'rejected'] as const
  const columns: readonly Column<Rate>[] = [
    {
      key: 'who',
      title: t(`events.rates.${by}`),
      isName: true,
      show: ({ person, authority }) => person?.name ?? authority.name,
    },
    ...(by === 'person'
      ? [
          {
            key: 'authority',
            title: t('events.rates.authority'),
            show: ({ authority }: Rate) => authority.name,
          },
        ]
      : []),
    ...counts.map((key) => ({
      key,
      title: t(`events.rates.${key}`),
      isNumber: true,
      show: (rate: Rate) => number(rate[key]),
    })),
  ]
  return (
    <Loaded query={useRates(year, by)}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState sentence={t('events.rates.none')} />
        ) : (
          <Rows
            items={items}
            columns={columns}
            keyOf={({ authority, person }) => authority.id + (person?.id ?? '')}
          />
        )
      }
    </Loaded>
  )
}
