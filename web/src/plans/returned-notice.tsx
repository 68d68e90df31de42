import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import type { Plan } from './queries.ts'

/** Above a draft that came back from its review: who returned it, when, and why. */
export function ReturnedNotice({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  const { instant } = useFormat()
  if (plan.state !== 'draft' || !plan.decidedBy || !plan.decidedAt) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('returned', { who: plan.decidedBy.name, at: instant(plan.decidedAt) })}
      description={plan.decisionNote}
    />
  )
}
