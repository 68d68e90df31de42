// One column, label above, help and legal source below the label; what is wrong stands on top and leads to its field.

import { Alert, Button, Form, type FormInstance, type FormItemProps, Input } from 'antd'
import { cloneElement, isValidElement, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isStale, NewerFields, NewerVersion, useNewest } from './form-newer.tsx'
import { Failure } from './notices.tsx'
import { type Fault, ProblemError, type Refused, useSentence } from './problem.tsx'

interface EntryFormProps<Values> {
  readonly form?: FormInstance<Values>
  readonly initial?: Partial<Values>
  readonly verb: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly onSubmit: (values: Values) => void
  readonly onLeave?: (() => void) | undefined
  readonly onChange?: (values: Values) => void
  /** The field that a refusal of the server is about: it is said there, where the form has it. */
  readonly refusedAt?: (refused: Refused) => string | undefined
  readonly children: ReactNode
  readonly className?: string
}

interface Wrong {
  readonly field: string
  readonly sentence: string
}

/** Whether a field is among what was just changed, however deep it lies. */
function isIn(changed: unknown, [step, ...rest]: readonly (string | number)[]): boolean {
  if (step === undefined) return true
  if (typeof changed !== 'object' || changed === null || !(step in changed)) return false
  return isIn((changed as Readonly<Record<string | number, unknown>>)[step], rest)
}

/** A form with its error summary. Field names are those of the request's body. */
export function EntryForm<Values extends object>(entry: EntryFormProps<Values>) {
  const { t } = useTranslation()
  const [own] = Form.useForm<Values>()
  const form = entry.form ?? own
  const [wrong, setWrong] = useState<readonly Wrong[]>([])
  const [taken, setTaken] = useState<unknown>()
  const isRefused = Boolean(entry.error) && entry.error !== taken
  // The end of a long form does not see its beginning, where it is said.
  useEffect(() => {
    if (entry.error) document.querySelector('.entry-form > .failure')?.scrollIntoView({ block: 'center' })
  }, [entry.error])
  const newer = useNewest(
    form as FormInstance,
    entry.initial as Readonly<Record<string, unknown>> | undefined,
  )
  // The refusal whose faults were shown at their fields: mended there, it is not said again as a whole.
  const [marked, setMarked] = useState<unknown>()
  const { error } = entry
  const mark = useCallback(
    (found: readonly Wrong[]) => {
      setWrong(found)
      setMarked(error)
    },
    [error],
  )
  useFaults(form as FormInstance, useFaultsOf(error, entry.refusedAt), mark)
  const onFailed = ({
    errorFields,
  }: {
    readonly errorFields: readonly {
      readonly name: readonly (string | number)[]
      readonly errors: readonly string[]
    }[]
  }) => {
    setWrong(errorFields.map(({ name, errors }) => ({ field: name.join('_'), sentence: errors[0] ?? '' })))
    toSummary()
  }
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      className={`entry-form ${entry.className ?? ''}`}
      initialValues={entry.initial ?? {}}
      validateTrigger="onSubmit"
      onValuesChange={(changed: object, values) => {
        // What is being mended is not marked any more.
        const mended = form.getFieldsError().filter(({ name }) => isIn(changed, name))
        form.setFields(mended.map(({ name }) => ({ name: name as never, errors: [], warnings: [] })))
        const fields = new Set(mended.map(({ name }) => name.join('_')))
        if (fields.size > 0) setWrong((before) => before.filter(({ field }) => !fields.has(field)))
        entry.onChange?.(values)
      }}
      onFinishFailed={onFailed}
      onFinish={(values) => {
        setWrong([])
        entry.onSubmit(values)
      }}
    >
      <ErrorSummary wrong={wrong} />
      {isRefused && isStale(entry.error) ? <NewerVersion onTaken={() => setTaken(entry.error)} /> : null}
      <NewerFields form={form as FormInstance} newer={newer} />
      {isRefused && !isStale(entry.error) && entry.error !== marked ? <Failure error={entry.error} /> : null}
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

/** What is malformed; and what is refused for one field's sake, as a fault of that field. */
function useFaultsOf(error: unknown, refusedAt: EntryFormProps<object>['refusedAt']): readonly Fault[] {
  const sentence = useSentence()
  const last = useRef({ error: undefined as unknown, faults: NO_FAULTS })
  if (last.current.error !== error) last.current = { error, faults: faultsOf(error) }
  return last.current.faults

  function faultsOf(refused: unknown): readonly Fault[] {
    if (!(refused instanceof ProblemError)) return NO_FAULTS
    const field = refused.faults.length === 0 ? refusedAt?.(refused) : undefined
    return field === undefined
      ? refused.faults
      : [{ at: `/body/${field}`, code: refused.code, sentence: sentence(refused), isWhole: true }]
  }
}

/** What the server found wrong is marked at its field and listed on top, as what was found here. */
function useFaults(
  form: FormInstance,
  faults: readonly Fault[],
  mark: (wrong: readonly Wrong[]) => void,
): void {
  useEffect(() => {
    // A refusal about a field that this form does not show is said as a whole.
    const shown = faults.filter(
      ({ at, isWhole }) => !isWhole || document.getElementById(pathOf(at).join('_')),
    )
    if (shown.length === 0) return
    form.setFields(shown.map(({ at, ...fault }) => ({ name: pathOf(at), errors: [sentenceOf(fault)] })))
    mark(shown.map(wrongOf))
    toSummary()
  }, [form, faults, mark])
}

const NO_FAULTS: readonly Fault[] = []

function toSummary(): void {
  setTimeout(() => document.querySelector<HTMLElement>('.error-summary')?.focus())
}

/** `/body/validFrom` → the field `validFrom`; a number is a place in a list. */
function pathOf(at: string): (string | number)[] {
  return at
    .split('/')
    .slice(2)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** In the summary a sentence stands apart from its field, and begins with the field's label; a refusal says it itself. */
function wrongOf({ at, isWhole = false, ...fault }: Fault): Wrong {
  const field = pathOf(at).join('_')
  if (isWhole) return { field, sentence: sentenceOf(fault) }
  const label = document.querySelector(`label[for="${CSS.escape(field)}"]`)?.textContent
  return { field, sentence: label ? `${label}：${sentenceOf(fault)}` : sentenceOf(fault) }
}

function sentenceOf({ code, sentence }: Omit<Fault, 'at'>): string {
  return sentence ?? code
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
