import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import type { Refused } from '../../ui/problem.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'

interface Values {
  readonly purpose: string
}

interface ProtectedProps {
  readonly masked: string | null
  readonly label: string
  readonly refused: Refused | null | undefined
  readonly ask: (
    purpose: string,
    headers: { readonly 'Idempotency-Key': string },
  ) => Promise<{ readonly value: string }>
}

/** A masked number, and the way to see the whole of it with a purpose. It is forgotten when the page is left. */
export function ProtectedValue({ masked, label, refused, ask }: ProtectedProps) {
  const { t } = useTranslation('inspectors')
  const [isAsking, setAsking] = useState(false)
  const [value, setValue] = useState<string | undefined>()
  const close = () => setAsking(false)
  const reveal = useWrite((body: Values, headers) => ask(body.purpose, headers), {
    changes: [['events']],
    onDone: (revealed) => {
      setValue(revealed.value)
      close()
    },
  })
  if (masked === null) return <>–</>
  if (value !== undefined) return <span className="number">{value}</span>
  return (
    <span className="acts">
      <span className="number">{masked}</span>
      <ActButton
        size="small"
        refused={refused}
        aria-label={`${t('reveal')}${label}`}
        onClick={() => setAsking(true)}
      >
        {t('reveal')}
      </ActButton>
      <SideForm title={t('reveal_title')} isOpen={isAsking} onClose={close}>
        <EntryForm<Values>
          verb={t('reveal')}
          isBusy={reveal.isPending}
          error={reveal.error}
          onSubmit={(body) => reveal.mutate(body)}
          onLeave={close}
        >
          <Field name="purpose" label={t('reveal_purpose')} help={t('reveal_help')} />
        </EntryForm>
      </SideForm>
    </span>
  )
}
