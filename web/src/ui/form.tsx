// One column, label above, help and legal source below the label; what is wrong stands on top and leads to its field.

import { Alert, Button, Form, type FormInstance, type FormItemProps, Input } from 'antd'
import { cloneElement, isValidElement, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from './notices.tsx'
import { type Fault, ProblemError } from './problem.tsx'

interface EntryFormProps<Values> {
  readonly form?: FormInstance<Values>
  readonly initial?: Partial<Values>
  readonly verb: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly onSubmit: (values: Values) => void
  readonly onLeave?: (() => void) | undefined
  readonly onChange?: (values: Values) => void
  readonly children: ReactNode
  readonly className?: string
}

interface Wrong {
  readonly field: string
  readonly sentence: string
}

/** A form with its error summary. Field names are those of the request's body. */
export function EntryForm<Values extends object>(entry: EntryFormProps<Values>) {
  const { t } = useTranslation()
  const [own] = Form.useForm<Values>()
  const form = entry.form ?? own
  const [wrong, setWrong] = useState<readonly Wrong[]>([])
  const faults = entry.error instanceof ProblemError ? entry.error.faults : []
  const summary = wrong.length > 0 ? wrong : faults.map(wrongOf)
  const onFailed = ({
    errorFields,
  }: {
    readonly errorFields: readonly {
      readonly name: readonly (string | number)[]
      readonly errors: readonly string[]
    }[]
  }) => {
    setWrong(errorFields.map(({ name, errors }) => ({ field: name.join('_'), sentence: errors[0] ?? '' })))
    setTimeout(() => document.querySelector<HTMLElement>('.error-summary')?.focus())
  }
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      className={`entry-form ${entry.className ?? ''}`}
      initialValues={entry.initial ?? {}}
      validateTrigger="onSubmit"
      onValuesChange={(_, values) => entry.onChange?.(values)}
      onFinishFailed={onFailed}
      onFinish={(values) => {
        setWrong([])
        entry.onSubmit(values)
      }}
    >
      <ErrorSummary wrong={summary} />
      {entry.error && faults.length === 0 && wrong.length === 0 ? <Failure error={entry.error} /> : null}
      {entry.children}
      <div className="form-acts">
        <Button type="primary" htmlType="submit" loading={entry.isBusy}>
          {entry.verb}
        </Button>
        {entry.onLeave ? <Button onClick={entry.onLeave}>{t('ui.cancel')}</Button> : null}
      </div>
    </Form>
  )
}

function ErrorSummary({ wrong }: { readonly wrong: readonly Wrong[] }) {
  const { t } = useTranslation()
  if (wrong.length === 0) return null
  return (
    <div tabIndex={-1} className="error-summary">
      <Alert
        type="error"
        showIcon
        title={t('ui.form.wrong', { count: wrong.length })}
        description={
          <ul>
            {wrong.map(({ field, sentence }) => (
              <li key={field + sentence}>
                <a
                  href={`#${field}`}
                  onClick={(event) => {
                    event.preventDefault()
                    document.getElementById(field)?.focus()
                  }}
                >
                  {sentence}
                </a>
              </li>
            ))}
          </ul>
        }
      />
    </div>
  )
}

/** `/body/validFrom` → the field `validFrom`. */
function wrongOf({ at, code, sentence }: Fault): Wrong {
  return { field: at.split('/').slice(2).join('_'), sentence: sentence ?? code }
}

interface FieldProps extends Omit<FormItemProps, 'label' | 'extra' | 'required' | 'children'> {
  /** The field of the body; a path for one within another. */
  readonly name: string | string[]
  readonly label: string
  /** What to write, in which form; with the legal source where there is one. */
  readonly help?: ReactNode
  readonly isOptional?: boolean
  /** The input; plain text where absent. */
  readonly children?: ReactNode
}

/** One field: label, then help, then the input. Required unless it says that it is optional; only that is marked. */
export function Field({ name, label, help, isOptional = false, children, rules = [], ...rest }: FieldProps) {
  const { t } = useTranslation()
  const missing = { required: true, message: t('ui.form.missing', { label }) }
  const needed = isOptional ? [] : [children === undefined ? { ...missing, whitespace: true } : missing]
  const id = Array.isArray(name) ? name.join('_') : name
  const helpId = `${id}-what`
  const input = children ?? <Input autoComplete="off" />
  const item = { name, rules: [...needed, ...rules], ...rest }
  const labelText = isOptional ? t('ui.form.optional', { label }) : label
  if (!help)
    return (
      <Form.Item label={labelText} {...item}>
        {input}
      </Form.Item>
    )
  return (
    <Form.Item label={labelText} htmlFor={id} className="with-help">
      <p className="fine help" id={helpId}>
        {help}
      </p>
      <Form.Item noStyle {...item}>
        {isValidElement<{ 'aria-describedby'?: string }>(input)
          ? cloneElement(input, { 'aria-describedby': helpId })
          : input}
      </Form.Item>
    </Form.Item>
  )
}
