import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { ProtectedValue } from './protected-value.tsx'
import { type Inspector, useCategories } from './queries.ts'
import { DrawState, InspectorState, WarrantState } from './states.tsx'

/** What the register knows of somebody; what it does not know yet stands on top. */
export function InspectorFacts({ inspector }: { readonly inspector: Inspector }) {
  const { t } = useTranslation('inspectors')
  const { day } = useFormat()
  const categories = useCategories()
  const words = (list: readonly string[]) => (list.length === 0 ? null : list.join(t('comma')))
  const { missing, state, category } = inspector
  const fields = missing.map((field) => t(`missing_fields.${field as 'idCard'}`)).join(t('comma'))
  return (
    <div className="stack">
      {missing.length > 0 && state !== 'left' ? (
        <Alert type="warning" showIcon title={t('missing', { fields })} />
      ) : null}
      <Facts
        facts={[
          { term: t('draw'), value: <DrawState inspector={inspector} /> },
          { term: t('state'), value: <InspectorState inspector={inspector} /> },
          ...(inspector.stateReason ? [{ term: t('state_reason'), value: inspector.stateReason }] : []),
          {
            term: t('authority'),
            value: (
              <Link to="/agencies/authorities/$id" params={{ id: inspector.authorityId }}>
                {inspector.authorityName}
              </Link>
            ),
          },
          { term: t('unit'), value: inspector.unitName },
          {
            term: t('person'),
            value: (
              <Link to="/agencies/people/$id" params={{ id: inspector.personId }}>
                {[inspector.name, inspector.post].filter(Boolean).join(' · ')}
              </Link>
            ),
          },
          { term: t('staff_number'), value: inspector.staffNumber },
          { term: t('sex'), value: t(`sexes.${inspector.sex}`) },
          { term: t('id_card'), value: <Value inspector={inspector} field="idCard" label={t('id_card')} /> },
          { term: t('mobile'), value: <Value inspector={inspector} field="mobile" label={t('mobile')} /> },
          { term: t('warrant_number'), value: inspector.warrantNumber },
          { term: t('warrant_authority'), value: inspector.warrantAuthority },
          { term: t('warrant'), value: <WarrantState inspector={inspector} /> },
          { term: t('level'), value: t(`levels.${inspector.level}`) },
          {
            term: t('category'),
            value: categories.find(({ value }) => value === category)?.label ?? category,
          },
          { term: t('enforcement_categories'), value: words(inspector.enforcementCategories) },
          { term: t('qualifications'), value: words(inspector.qualifications) },
          { term: t('specialisms'), value: words(inspector.specialisms) },
          { term: t('entered_on'), value: day(inspector.enteredOn) },
        ]}
      />
    </div>
  )
}

function Value({
  inspector,
  field,
  label,
}: {
  readonly inspector: Inspector
  readonly field: 'idCard' | 'mobile'
  readonly label: string
}) {
  const path = { id: inspector.id }
  return (
    <ProtectedValue
      key={`${inspector.id}${field}`}
      masked={inspector[field]}
      label={label}
      refused={inspector.can.reveal}
      ask={(purpose, headers) =>
        answerOf(
          api.POST('/api/v1/inspectors/{id}/reveals', {
            params: { path },
            body: { field, purpose },
            headers,
          }),
        )
      }
    />
  )
}
