import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { useCodes } from '../registers/catalogue/words.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { Loaded } from '../ui/notices.tsx'
import { useWrite } from '../use-write.ts'
import { LineEntry } from './line-form.tsx'
import { lineBody, type LineValues } from './line-values.ts'
import { type Line, type Plan, PLAN_CHANGES, useLines } from './queries.ts'

type NewAmendment = Body<'/api/v1/plans/{id}/amendments'>
type NewChange = NewAmendment['changes'][number]
/** A change with what it is called in the list above the form. */
interface Drafted {
  readonly change: NewChange
  readonly name: string
}

/** An amendment: which tasks change, which are taken out, which join; and why. */
export function AmendmentForm({ plan, onDone }: { readonly plan: Plan; readonly onDone: () => void }) {
  return (
    <Loaded query={useLines(plan.id, { limit: '200' })}>
      {({ items }) => <Drafting plan={plan} lines={items} onDone={onDone} />}
    </Loaded>
  )
}

interface Values {
  readonly reasonCode: string
  readonly reason: string
}

function Drafting({
  plan,
  lines,
  onDone,
}: {
  readonly plan: Plan
  readonly lines: readonly Line[]
  readonly onDone: () => void
}) {
  const { t } = useTranslation('plans')
  const [form] = Form.useForm<Values>()
  const [drafted, setDrafted] = useState<readonly Drafted[]>([])
  /** The line that is being changed; `new`: one that joins. */
  const [open, setOpen] = useState<Line | 'new' | undefined>()
  const reasons = useCodes('amendment-reasons')
  const create = useWrite(
    (body: NewAmendment, headers) =>
      answerOf(
        api.POST('/api/v1/plans/{id}/amendments', { params: { path: { id: plan.id } }, body, headers }),
      ),
    { changes: PLAN_CHANGES, onDone, says: 'created' },
  )
  const put = (next: Drafted) =>
    setDrafted((before) => [
      ...before.filter(({ change }) => change.lineId === undefined || change.lineId !== next.change.lineId),
      next,
    ])
  if (open !== undefined)
    return (
      <LineEntry
        plan={plan}
        {...(open === 'new' ? {} : { line: open })}
        verb={t('amendments.take')}
        isBusy={false}
        error={undefined}
        onSubmit={(values) => {
          put(open === 'new' ? added(values, plan) : changed(open, values))
          setOpen(undefined)
        }}
        onLeave={() => setOpen(undefined)}
      />
    )
  return (
    <EntryForm<Values>
      form={form}
      verb={t('amendments.create')}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={(values) => create.mutate({ ...values, changes: drafted.map(({ change }) => change) })}
      onLeave={onDone}
    >
      <p className="form-lead">{t('amendments.lead')}</p>
      <Field name="reasonCode" label={t('amendments.reason_code')}>
        <Select options={[...reasons.choices]} />
      </Field>
      <Field name="reason" label={t('amendments.reason')}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Field>
      <Chosen
        drafted={drafted}
        onRemove={(gone) => setDrafted((before) => before.filter((each) => each !== gone))}
      />
      <LineChoice
        lines={lines}
        onChange={setOpen}
        onEnd={(line) =>
          put({
            change: { op: 'end', lineId: line.id, lineVersion: line.version },
            name: nameOf(line),
          })
        }
        onNew={() => setOpen('new')}
      />
    </EntryForm>
  )
}

function Chosen({
  drafted,
  onRemove,
}: {
  readonly drafted: readonly Drafted[]
  readonly onRemove: (gone: Drafted) => void
}) {
  const { t } = useTranslation('plans')
  if (drafted.length === 0) return <p className="fine">{t('amendments.nothing_yet')}</p>
  return (
    <ul className="stack">
      {drafted.map((each, at) => (
        <li key={`${each.change.lineId ?? 'new'}${at}`}>
          {t(`amendments.ops.${each.change.op}`)} {each.name}{' '}
          <Button size="small" onClick={() => onRemove(each)}>
            {t('amendments.not_this')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function LineChoice({
  lines,
  onChange,
  onEnd,
  onNew,
}: {
  readonly lines: readonly Line[]
  readonly onChange: (line: Line) => void
  readonly onEnd: (line: Line) => void
  readonly onNew: () => void
}) {
  const { t } = useTranslation('plans')
  const [id, setId] = useState<string | undefined>()
  const line = lines.find((each) => each.id === id)
  return (
    <fieldset className="bases-input stack">
      <legend>{t('amendments.which')}</legend>
      <Select
        aria-label={t('amendments.which')}
        placeholder={t('amendments.which')}
        showSearch={{ optionFilterProp: 'label' }}
        value={id ?? null}
        options={lines.map((each) => ({ value: each.id, label: nameOf(each) }))}
        onChange={(next) => setId(next ?? undefined)}
      />
      <div className="acts">
        <Button disabled={!line} onClick={() => line && onChange(line)}>
          {t('amendments.change_this')}
        </Button>
        <Button disabled={!line} onClick={() => line && onEnd(line)}>
          {t('amendments.end_this')}
        </Button>
        <Button onClick={onNew}>{t('amendments.add_new')}</Button>
      </div>
    </fieldset>
  )
}

const nameOf = ({ number, taskName }: Line) => `${number}. ${taskName}`

function changed(line: Line, values: LineValues): Drafted {
  const after = lineBody(values, values.leadAuthorityId ?? line.lead.id)
  return {
    change: { op: 'change', lineId: line.id, lineVersion: line.version, after },
    name: nameOf(line),
  }
}

function added(values: LineValues, plan: Plan): Drafted {
  const after = lineBody(values, values.leadAuthorityId ?? plan.authority.id)
  return { change: { op: 'add', after }, name: after.taskName }
}
