import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Answer, answerOf, api, type Body } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useWrite } from '../../use-write.ts'

type Claim = Body<'/api/v1/public/alias-checks'>
type Checked = Answer<'/api/v1/public/alias-checks', 'post'>

/** Whether an alias is the one who shows the salt and the number: anybody may ask. */
export function AliasCheck() {
  const { t } = useTranslation('draws')
  const check = useWrite<Claim, Checked>(
    (body) => answerOf(api.POST('/api/v1/public/alias-checks', { body })),
    { changes: [] },
  )
  return (
    <details>
      <summary>{t('mine.check')}</summary>
      <EntryForm<Claim>
        verb={t('mine.check_verb')}
        isBusy={check.isPending}
        error={check.error}
        onSubmit={(claim) => check.mutate(claim)}
      >
        <Field name="draw" label={t('mine.draw')} />
        <Field name="alias" label={t('events.alias')} />
        <Field name="salt" label={t('mine.salt')} />
        <Field name="staffNumber" label={t('mine.staff_number')} />
      </EntryForm>
      {check.data ? <Result checked={check.data} /> : null}
    </details>
  )
}

function Result({ checked: { matches, isInPool, isDrawn } }: { readonly checked: Checked }) {
  const { t } = useTranslation('draws')
  const standing = !isInPool
    ? t('mine.not_in_pool')
    : isDrawn === null
      ? t('mine.not_said_yet')
      : t(isDrawn ? 'mine.drawn' : 'mine.not_drawn')
  return matches ? (
    <Alert type="success" showIcon title={t('mine.matches')} description={standing} />
  ) : (
    <Alert type="error" showIcon title={t('mine.differs')} />
  )
}
