import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../ui/notices.tsx'
import { Reason } from '../../ui/problem.tsx'
import { type Candidate, type Participation, useCandidates } from './queries.ts'

export interface Pooled {
  readonly inspectorId: string
  readonly classes: string[]
}

interface PoolInputProps {
  readonly part: Participation
  readonly id?: string
  readonly value?: readonly Pooled[]
  readonly onChange?: (pool: readonly Pooled[]) => void
}

/** The inspectors of an authority with a mark before those who may be drawn; who may not, and why. */
export function PoolInput({ part, id, value = [], onChange }: PoolInputProps) {
  const { t } = useTranslation('tasks')
  const toggle = (one: Candidate, isChosen: boolean): void => {
    const rest = value.filter(({ inspectorId }) => inspectorId !== one.inspectorId)
    onChange?.(isChosen ? [...rest, pooled(one)] : rest)
  }
  return (
    <div className="pool-input" id={id} role="group" aria-label={t('consultation.pool')}>
      <Loaded query={useCandidates(part.id)}>
        {({ inspectors }) => (
          <>
            <div className="pool-tools">
              <span role="status">
                {t('consultation.named_of', {
                  named: value.length,
                  all: inspectors.length,
                  least: part.poolLeast,
                })}
              </span>
              <Button
                size="small"
                onClick={() => onChange?.(inspectors.filter(({ whyNot }) => !whyNot).map(pooled))}
              >
                {t('consultation.all_drawable')}
              </Button>
            </div>
            <ul>
              {inspectors.map((one) => (
                <li key={one.inspectorId}>
                  <Checkbox
                    checked={value.some(({ inspectorId }) => inspectorId === one.inspectorId)}
                    disabled={
                      one.whyNot !== null && !value.some(({ inspectorId }) => inspectorId === one.inspectorId)
                    }
                    onChange={({ target }) => toggle(one, target.checked)}
                  >
                    {one.name}
                    {one.unitName === null ? '' : `（${one.unitName}）`}
                    {one.specialisms.length === 0 ? '' : ` · ${one.specialisms.join('、')}`}
                  </Checkbox>
                  <span className="fine">
                    {one.conflicts === 0 ? null : t('consultation.declared', { count: one.conflicts })}
                  </span>
                  {one.whyNot === null ? null : (
                    <p className="fine">
                      <Reason refused={one.whyNot} />
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </div>
  )
}

/** What he can do is what his register says. */
function pooled({ inspectorId, specialisms }: Candidate): Pooled {
  return { inspectorId, classes: specialisms.slice(0, MOST_CLASSES) }
}

const MOST_CLASSES = 20
