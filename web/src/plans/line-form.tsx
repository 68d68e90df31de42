import { Checkbox, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../agencies/queries.ts'
import { answerOf, api, ifMatch } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { useWrite } from '../use-write.ts'
import { AmountFields, MoreFields, PeriodFields, ScopeFields, TaskFields } from './line-fields.tsx'
import { PartFields } from './line-parts.tsx'
import { lineBody, type LineValues, lineValues } from './line-values.ts'
import { type Line, type Plan, PLAN_CHANGES } from './queries.ts'

/** A new line of a draft, or the change of one. */
export function LineForm({
  plan,
  line,
  onDone,
}: {
  readonly plan: Plan
  readonly line?: Line
  readonly onDone: () => void
}) {
  const { t } = useTranslation('plans')
  const save = useWrite(
    (values: LineValues, headers) => {
      const lead = values.leadAuthorityId ?? line?.lead.id ?? plan.authority.id
      const body = lineBody(values, lead)
      // Once somebody has gone over it, nothing that an import did not understand is open any more.
      const params = { path: { id: line?.id ?? plan.id } }
      return line
        ? answerOf(
            api.PATCH('/api/v1/plan-lines/{id}', {
              params,
              body: line.unmatched && values.unmatched === null ? { ...body, unmatched: null } : body,
              headers: ifMatch(line.version),
            }),
          )
        : answerOf(api.POST('/api/v1/plans/{id}/lines', { params, body, headers }))
    },
    { changes: PLAN_CHANGES, onDone, says: line ? 'saved' : 'created' },
  )
  return (
    <LineEntry
      plan={plan}
      {...(line ? { line } : {})}
      verb={t(line ? 'save' : 'lines.new')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    />
  )
}

interface LineEntryProps {
  readonly plan: Plan
  readonly line?: Line
  readonly verb: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly onSubmit: (values: LineValues) => void
  readonly onLeave: () => void
}

/** All that is said of a line. */
export function LineEntry({ plan, line, verb, isBusy, error, onSubmit, onLeave }: LineEntryProps) {
  const { t } = useTranslation('plans')
  const [form] = Form.useForm<LineValues>()
  const watched = Form.useWatch('leadAuthorityId', form) as string | undefined
  const lead = watched ?? line?.lead.id ?? plan.authority.id
  return (
    <EntryForm<LineValues>
      form={form}
      verb={verb}
      initial={line ? lineValues(line) : fresh(plan)}
      isBusy={isBusy}
      error={error}
      refusedAt={({ code }) => (code === 'planLine.ratio_or_quantity' ? 'percent' : undefined)}
      onSubmit={onSubmit}
      onLeave={onLeave}
    >
      <TaskFields plan={plan} />
      {plan.kind === 'consolidated' ? (
        <Field name="leadAuthorityId" label={t('lines.lead')}>
          <RemotePicker about={['authorities']} find={findAuthorities} shown={line?.lead.name} />
        </Field>
      ) : null}
      <ScopeFields />
      <AmountFields form={form} />
      <PeriodFields />
      <PartFields form={form} lead={lead} line={line} />
      <MoreFields />
      {line?.unmatched ? (
        <Form.Item
          name="unmatched"
          label={t('lines.unmatched')}
          getValueProps={(value: unknown) => ({ checked: value === null })}
          getValueFromEvent={(event: { readonly target: { readonly checked: boolean } }) =>
            event.target.checked ? null : undefined
          }
        >
          <Checkbox>{t('lines.unmatched_done', { text: line.unmatched })}</Checkbox>
        </Form.Item>
      ) : null}
    </EntryForm>
  )
}

function fresh(plan: Plan): LineValues {
  const [from, until] = plan.half === 2 ? ['07-01', '12-31'] : ['01-01', plan.half === 1 ? '06-30' : '12-31']
  return {
    drawType: 'UNTARGETED',
    tier: 'GENERAL',
    field: plan.field === 'nonMarket' ? 'nonMarket' : 'market',
    scope: { divisions: [plan.divisionCode] },
    methods: ['ON_SITE'],
    startsOn: `${plan.year}-${from}`,
    endsOn: `${plan.year}-${until}`,
    drawLevel: 'county',
    inspectLevel: 'county',
    leadItems: [],
    others: [],
    ...(plan.kind === 'consolidated' ? {} : { leadAuthorityId: plan.authority.id }),
  }
}
