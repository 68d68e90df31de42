import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import { answerOf, api } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useWrite } from '../../use-write.ts'
import { type Draw, purposeOf, type SealedProof } from './queries.ts'

interface Asked {
  readonly code: string
  readonly purpose: string
}

/** One line for the notice of one subject, with what proves that it stands in the sealed list: nobody else's is read for it. */
export function SealedLine({ draw }: { readonly draw: Pick<Draw, 'id' | 'name'> }) {
  const { t } = useTranslation('draws')
  const prove = useWrite(
    ({ code, purpose }: Asked) =>
      answerOf(
        api.GET('/api/v1/draws/{id}/sealed-lines/{code}', {
          params: { path: { id: draw.id, code: code.trim() } },
          headers: purposeOf(purpose),
        }),
      ),
    { changes: [['draws', draw.id, 'readings']] },
  )
  return (
    <section aria-labelledby="sealed-line">
      <h2 id="sealed-line">{t('drawing.one_line')}</h2>
      <p className="fine">{t('drawing.one_line_lead')}</p>
      <EntryForm<Asked>
        verb={t('drawing.prove')}
        isBusy={prove.isPending}
        error={prove.error}
        onSubmit={(asked) => prove.mutate(asked)}
      >
        <Field name="code" label={t('drawing.code')} />
        <Field name="purpose" label={t('drawing.purpose')} help={t('drawing.purpose_help')} />
      </EntryForm>
      {prove.data ? <Proof draw={draw} proof={prove.data} /> : null}
    </section>
  )
}

function Proof({ draw, proof }: { readonly draw: Pick<Draw, 'name'>; readonly proof: SealedProof }) {
  const { t } = useTranslation('draws')
  const text = JSON.stringify({ draw: draw.name, ...proof }, null, 1)
  return (
    <div role="status">
      <p>{t('drawing.proof_is')}</p>
      <p>
        <code>{proof.line}</code>
      </p>
      <pre tabIndex={0}>{text}</pre>
      <Button onClick={() => void navigator.clipboard?.writeText(text)}>{t('drawing.copy_proof')}</Button>
    </div>
  )
}
