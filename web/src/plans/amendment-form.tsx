import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../api.ts'
import { useCodes } from '../registers/catalogue/words.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { useWrite } from '../use-write.ts'
import {
  Chosen,
  type Drafted,
  LineChoice,
  nameOf,
  type NewAmendment,
  type NewChange,
} from './amendment-lines.tsx'
import { LineEntry } from './line-form.tsx'
import { lineBody, type LineValues } from './line-values.ts'
import { type Amendment, type Line, type NewLine, type Plan, PLAN_CHANGES } from './queries.ts'

interface AmendmentFormProps {
  readonly plan: Plan
  /** The draft that is written anew. */
  readonly amendment?: Amendment
  readonly onDone: () => void
}

interface Values {
  readonly reasonCode: string
  readonly reason: string
}

/** What of a line is being written: one of the plan, or one that joins; `at`: the place in the list of a change made before. */
interface Open {
  readonly line: Line | undefined
  readonly at: number | undefined
}

/** An amendment: which tasks change, which are taken out, which join; and why. */
export function AmendmentForm({ plan, amendment, onDone }: AmendmentFormProps) {
  const { t } = useTranslation('plans')
  const [form] = Form.useForm<Values>()
  const [drafted, setDrafted] = useState<readonly Drafted[]>(() => (amendment ? draftedIn(amendment) : []))
  const [open, setOpen] = useState<Open | undefined>()
  const reasons = useCodes('amendment-reasons')
  const save = useWrite(
    (body: NewAmendment, headers) =>
      amendment
        ? answerOf(
            api.PATCH('/api/v1/amendments/{id}', {
              params: { path: { id: amendment.id } },
              body,
              headers: ifMatch(amendment.version),
            }),
          )
        : answerOf(
            api.POST('/api/v1/plans/{id}/amendments', { params: { path: { id: plan.id } }, body, headers }),
          ),
    { changes: PLAN_CHANGES, onDone, says: amendment ? 'saved' : 'created' },
  )
  const put = (next: Drafted, at?: number) =>
    setDrafted((before) => [
      ...before.filter(
        ({ change }, own) =>
          own !== at && (change.lineId === undefined || change.lineId !== next.change.lineId),
      ),
      next,
    ])
  if (open !== undefined)
    return (
      <ChangedLine
        plan={plan}
        open={open}
        change={open.at === undefined ? undefined : drafted[open.at]?.change}
        names={amendment?.names ?? {}}
        onTake={(values) => {
          const isNew = open.line === undefined
          put(isNew ? added(values, plan) : changed(open.line!, values), open.at)
          setOpen(undefined)
        }}
        onLeave={() => setOpen(undefined)}
      />
    )
  return (
    <EntryForm<Values>
      form={form}
      verb={t(amendment ? 'save' : 'amendments.create')}
      {...(amendment ? { initial: { reasonCode: amendment.reasonCode, reason: amendment.reason } } : {})}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate({ ...values, changes: drafted.map(({ change }) => change) })}
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
        onOpen={(line, at) => setOpen({ line, at })}
        onRemove={(gone) => setDrafted((before) => before.filter((each) => each !== gone))}
      />
      <LineChoice
        plan={plan}
        onChange={(line) => {
          const at = drafted.findIndex(({ change }) => change.lineId === line.id && change.op === 'change')
          setOpen({ line, at: at < 0 ? undefined : at })
        }}
        onEnd={(line) =>
          put({
            change: { op: 'end', lineId: line.id, lineVersion: line.version },
            name: nameOf(line),
          })
        }
        onNew={() => setOpen({ line: undefined, at: undefined })}
      />
    </EntryForm>
  )
}

/** The changes of a draft, as they can be written anew. */
function draftedIn({ changes }: Amendment): readonly Drafted[] {
  return changes.map(({ op, lineId, lineVersion, lineNumber, taskName, after }) => ({
    change: {
      op,
      ...(op === 'add' ? {} : { lineId, lineVersion: lineVersion ?? 0 }),
      ...(op === 'end' ? {} : { after: after as NewChange['after'] & object }),
    },
    name: lineNumber === null ? taskName : nameOf({ number: lineNumber, taskName }),
  }))
}

/** The form of a line, with what the amendment says of it already. */
function ChangedLine({
  plan,
  open: { line },
  change,
  names,
  onTake,
  onLeave,
}: {
  readonly plan: Plan
  readonly open: Open
  readonly change: NewChange | undefined
  readonly names: Amendment['names']
  readonly onTake: (values: LineValues) => void
  readonly onLeave: () => void
}) {
  const { t } = useTranslation('plans')
  const shown = change?.after ? amendedLine(line, change.after, names) : line
  return (
    <LineEntry
      plan={plan}
      {...(shown ? { line: shown } : {})}
      verb={t('amendments.take')}
      isBusy={false}
      error={undefined}
      onSubmit={onTake}
      onLeave={onLeave}
    />
  )
}

/** A line as it would be; of one that joins, all of it is in the change. */
function amendedLine(line: Line | undefined, after: object, names: Amendment['names']): Line {
  const { parts, leadAuthorityId, ...words } = after as Partial<NewLine>
  const lead = leadAuthorityId ?? line?.lead.id ?? ''
  const known = new Map(
    (line?.parts ?? []).flatMap((part) => [
      [part.authorityId, part.authorityName] as const,
      ...part.items.map(({ id, name }) => [id, name] as const),
    ]),
  )
  const named = (id: string) => names[id] ?? known.get(id) ?? ''
  return {
    ...line,
    ...words,
    lead: { id: lead, name: named(lead) },
    parts: parts
      ? parts.map(({ authorityId, itemIds }) => ({
          authorityId,
          authorityName: named(authorityId),
          isLead: authorityId === lead,
          items: itemIds.map((id) => ({ id, code: '', name: named(id) })),
        }))
      : (line?.parts ?? []),
  } as Line
}

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
