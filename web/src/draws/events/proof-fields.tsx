import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/form.tsx'
import { ProofInput } from './proof-input.tsx'

/** What somebody says of his reason, and the file that shows it: the same of a replacement, a recusal and a skip. */
export function ProofFields({ statementHelp }: { readonly statementHelp?: string }) {
  const { t } = useTranslation('draws')
  return (
    <>
      <Field
        name="statement"
        label={t('events.statement')}
        help={statementHelp ?? t('events.statement_help')}
      >
        <Input.TextArea rows={4} maxLength={1000} />
      </Field>
      <Field name="evidence" label={t('events.evidence')} help={t('events.evidence_help')}>
        <ProofInput />
      </Field>
    </>
  )
}
