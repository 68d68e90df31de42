import { DownOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../ui/act-button.tsx'
import type { Plan } from './queries.ts'
import { FORMS } from './table-queries.ts'

/** The ways of a plan in and out of tables, and of tasks into the plan of all; beside what else is done with its lines. */
export function TableActs({ plan, children }: { readonly plan: Plan; readonly children?: ReactNode }) {
  const { t } = useTranslation('plans')
  const navigate = useNavigate()
  const forms = FORMS.filter((form) => form !== 'attachment4' || plan.kind === 'halfYear')
  return (
    <div className="acts">
      {children}
      {plan.state === 'draft' ? (
        <ActButton
          refused={plan.can.edit}
          onClick={() => void navigate({ to: '/plans/$id/import', params: { id: plan.id } })}
        >
          {t('tables.import')}
        </ActButton>
      ) : null}
      {plan.kind === 'consolidated' && plan.state === 'draft' ? (
        <ActButton
          refused={plan.can.edit}
          onClick={() => void navigate({ to: '/plans/$id/consolidation', params: { id: plan.id } })}
        >
          {t('consolidation.title')}
        </ActButton>
      ) : null}
      <Dropdown
        trigger={['click']}
        menu={{
          items: forms.map((form) => ({
            key: form,
            label: (
              <a href={`/api/v1/plans/${plan.id}/export.csv?form=${form}`} download>
                {t(`tables.forms.${form}`)}
              </a>
            ),
          })),
        }}
      >
        <Button>
          {t('tables.export')} <DownOutlined />
        </Button>
      </Dropdown>
    </div>
  )
}
