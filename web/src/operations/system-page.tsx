import { useTranslation } from 'react-i18next'
import { useSystem } from '../me.ts'
import { Facts } from '../ui/facts.tsx'
import { useFormat } from '../ui/format.ts'
import { Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { useWord } from '../ui/word.ts'
import { SimulatedClock } from './simulated-clock.tsx'

/** What this installation is, in the words of somebody who runs it. */
export function SystemPage() {
  const { t } = useTranslation('operations')
  const { instant } = useFormat()
  const durability = useWord('system.durabilities', 'operations')
  return (
    <article className="narrow">
      <PageHead title={t('system.title')} />
      <Loaded query={useSystem()}>
        {(system) => (
          <div className="stack">
            <Facts
              facts={[
                { term: t('system.version'), value: system.version },
                {
                  term: t('system.database'),
                  value: (
                    <StateTag
                      kind={system.database === 'real' ? 'done' : 'soon'}
                      word={t(`system.databases.${system.database}`)}
                    />
                  ),
                },
                { term: t('system.engine'), value: t(`system.engines.${system.engine}`) },
                { term: t('system.durability'), value: durability(system.durability) },
                { term: t('system.now'), value: instant(system.now, 'second') },
              ]}
            />
            {system.database === 'simulated' ? <SimulatedClock now={system.now} /> : null}
          </div>
        )}
      </Loaded>
    </article>
  )
}
