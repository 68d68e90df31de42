import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Reason } from '../../ui/problem.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { useListOfCodes } from '../consultation/queries.ts'
import { CHANGES, type Scheme, type Term } from './queries.ts'

/** What the scheme settles, each beside what the law of the place says. */
export function TermList({ scheme }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('tasks')
  const { lang } = useFormat()
  // The term as it stands now, not as it was when its form was opened.
  const [editedCode, setEdited] = useState<Term['code'] | undefined>()
  const edited = scheme.terms.find(({ code }) => code === editedCode)
  return (
    <aside className="scheme-terms" aria-label={t('schemes.terms')}>
      <h2>{t('schemes.terms')}</h2>
      <dl>
        {scheme.terms.map((term) => (
          <div key={term.code}>
            <dt>
              {t(`schemes.term_names.${term.code}`)}
              {scheme.state === 'draft' ? (
                <ActButton
                  type="link"
                  size="small"
                  refused={scheme.can.edit}
                  onClick={() => setEdited(term.code)}
                >
                  {t('schemes.change')}
                  <span className="visually-hidden">{t(`schemes.term_names.${term.code}`)}</span>
                </ActButton>
              ) : null}
            </dt>
            <dd>
              <p>{`${term.text[lang]}${typeof term.value === 'number' ? unitOf(term.code, t) : ''}`}</p>
              <LawOf term={term} />
              {term.whyNot ? (
                <p className="conflict">
                  <Reason refused={term.whyNot} />
                </p>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
      <SideForm
        title={edited ? t(`schemes.term_names.${edited.code}`) : ''}
        isOpen={edited !== undefined}
        onClose={() => setEdited(undefined)}
      >
        {edited ? <TermForm scheme={scheme} term={edited} onDone={() => setEdited(undefined)} /> : null}
      </SideForm>
    </aside>
  )
}

/** What the law says of a term, and by which words; or that it says nothing. */
function LawOf({ term }: { readonly term: Term }) {
  const { t } = useTranslation('tasks')
  const { lang } = useFormat()
  const lawful = term.lawful?.[lang]
  if (lawful === undefined) return <p className="fine">{t('schemes.no_rule')}</p>
  return (
    <p className="fine">
      {t(`schemes.compare.${term.compare}`, {
        value: `${lawful}${/^\d+$/.test(lawful) ? unitOf(term.code, t) : ''}`,
      })}
      <br />
      {t('schemes.basis', { citation: term.citation ?? '' })}
    </p>
  )
}

function TermForm({
  scheme,
  term,
  onDone,
}: {
  readonly scheme: Scheme
  readonly term: Term
  readonly onDone: () => void
}) {
  const { t } = useTranslation('tasks')
  const save = useWrite(
    ({ value }: { readonly value: Term['value'] }) =>
      answerOf(
        api.PATCH('/api/v1/schemes/{id}', {
          params: { path: { id: scheme.id } },
          body: { terms: [{ code: term.code, value: value === undefined || value === '' ? null : value }] },
          headers: ifMatch(scheme.version),
        }),
      ),
    { changes: CHANGES, onDone, says: 'saved' },
  )
  return (
    <EntryForm<{ readonly value: Term['value'] }>
      verb={t('schemes.save')}
      initial={{ value: term.value }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <LawOf term={term} />
      <Field
        name="value"
        label={t(`schemes.term_names.${term.code}`)}
        isOptional={term.lawful === null}
        {...(term.form === 'boolean' ? { valuePropName: 'checked' } : {})}
      >
        <TermInput term={term} />
      </Field>
    </EntryForm>
  )
}

interface TermInputProps {
  readonly term: Term
  readonly id?: string
  readonly value?: Term['value']
  readonly checked?: boolean
  readonly onChange?: (value: never) => void
}

function TermInput({ term, id, value, checked, onChange }: TermInputProps) {
  const { t } = useTranslation('tasks')
  const codes = useListOfCodes(term.list ?? '')
  const change = onChange as ((value: unknown) => void) | undefined
  const common = id === undefined ? {} : { id }
  switch (term.form) {
    case 'number':
      return (
        <InputNumber
          {...common}
          min={1}
          max={9999}
          precision={0}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => change?.(next)}
        />
      )
    case 'boolean':
      return (
        <Checkbox {...common} checked={checked === true} onChange={({ target }) => change?.(target.checked)}>
          {t('schemes.yes')}
        </Checkbox>
      )
    case 'text':
      return (
        <Input
          {...common}
          value={typeof value === 'string' ? value : ''}
          maxLength={200}
          onChange={({ target }) => change?.(target.value)}
        />
      )
    case 'code':
    case 'codes':
      return (
        <Select<unknown>
          {...common}
          {...(term.form === 'codes' ? { mode: 'multiple' as const } : { allowClear: true })}
          value={value ?? undefined}
          options={codes.choices}
          optionFilterProp="label"
          onChange={(next) => change?.(next)}
        />
      )
  }
}

function unitOf(code: Term['code'], t: (key: 'schemes.days' | 'schemes.people') => string): string {
  return code === 'teamSize' || code === 'officersPerVisit' ? t('schemes.people') : t('schemes.days')
}
