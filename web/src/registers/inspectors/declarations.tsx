import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useFormat } from '../../ui/format.ts'
import { List } from '../../ui/list-page.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useWrite } from '../../use-write.ts'
import { type Declaration, type Inspector, useDeclarations } from './queries.ts'

const KINDS = ['kinship', 'shareholding', 'formerPost', 'property', 'other'] as const

/** What an inspector declared. That of somebody else is shown when asked for, since each reading is written down. */
export function Declarations({ inspector }: { readonly inspector: Inspector }) {
  const { t } = useTranslation('inspectors')
  const [isShown, setShown] = useState(inspector.isMe)
  const [isNew, setNew] = useState(false)
  const { can } = inspector
  if (can.seeDeclarations) return <EmptyState sentence={t('declarations.not_for_you')} />
  return (
    <div className="stack">
      <p className="lead">{t('declarations.lead')}</p>
      <div className="acts">
        <ActButton refused={can.declare} onClick={() => setNew(true)}>
          {t('declarations.add')}
        </ActButton>
        {isShown ? null : (
          <>
            <Button onClick={() => setShown(true)}>{t('declarations.show')}</Button>
            <span className="fine">{t('declarations.show_what')}</span>
          </>
        )}
      </div>
      {isShown ? <DeclarationList inspector={inspector} /> : null}
      <SideForm title={t('declarations.add')} isOpen={isNew} onClose={() => setNew(false)}>
        <DeclarationForm inspector={inspector} onDone={() => setNew(false)} />
      </SideForm>
    </div>
  )
}

function DeclarationList({ inspector }: { readonly inspector: Inspector }) {
  const { t } = useTranslation('inspectors')
  const { day, instant } = useFormat()
  const [withdrawn, setWithdrawn] = useState<Declaration | undefined>()
  const termOf = ({ from, until }: Declaration) => {
    if (from !== null && until !== null) return t('term', { from: day(from), until: day(until) })
    if (from !== null) return t('since', { from: day(from) })
    return until === null ? t('declarations.always') : t('until', { until: day(until) })
  }
  return (
    <>
      <List<Declaration>
        query={useDeclarations(inspector.id)}
        keyOf={({ id }) => id}
        empty={t('declarations.empty')}
        isDimmed={({ isInForce }) => !isInForce}
        columns={[
          {
            key: 'subject',
            title: t('declarations.subject'),
            isName: true,
            show: (each) => (
              <>
                {each.subjectName}
                {each.subjectCode ? <div className="fine number">{each.subjectCode}</div> : null}
              </>
            ),
          },
          {
            key: 'kind',
            title: t('declarations.kind'),
            show: (each) => (
              <>
                {t(`declarations.kinds.${each.kind}`)}
                {each.note ? <div className="fine">{each.note}</div> : null}
              </>
            ),
          },
          { key: 'term', title: t('declarations.term'), show: termOf },
          {
            key: 'declared',
            title: t('declarations.declared'),
            show: (each) =>
              t('declarations.declared_by', { who: each.declaredByName, at: instant(each.declaredAt) }),
          },
          {
            key: 'state',
            title: t('declarations.state'),
            show: (each) => <DeclarationState declaration={each} />,
          },
          {
            key: 'act',
            title: t('declarations.withdraw'),
            show: (each) =>
              each.withdrawnAt ? null : (
                <ActButton size="small" refused={each.can.withdraw} onClick={() => setWithdrawn(each)}>
                  {t('declarations.withdraw')}
                </ActButton>
              ),
          },
        ]}
      />
      <SideForm
        title={t('declarations.withdraw')}
        isOpen={withdrawn !== undefined}
        onClose={() => setWithdrawn(undefined)}
      >
        {withdrawn ? <WithdrawalForm declaration={withdrawn} onDone={() => setWithdrawn(undefined)} /> : null}
      </SideForm>
    </>
  )
}

function DeclarationState({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('inspectors')
  if (declaration.withdrawnAt)
    return (
      <>
        <StateTag kind="ended" word={t('declarations.withdrawn')} />
        <div className="fine">{declaration.withdrawalReason}</div>
      </>
    )
  return declaration.isInForce ? (
    <StateTag kind="done" word={t('declarations.in_force')} />
  ) : (
    <StateTag kind="notBegun" word={t('declarations.not_in_force')} />
  )
}

type Values = Omit<Body<'/api/v1/declarations'>, 'inspectorId'>

function DeclarationForm({
  inspector,
  onDone,
}: {
  readonly inspector: Inspector
  readonly onDone: () => void
}) {
  const { t } = useTranslation('inspectors')
  const declare = useWrite(
    (values: Values, headers) => {
      const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Values
      return answerOf(
        api.POST('/api/v1/declarations', { body: { ...given, inspectorId: inspector.id }, headers }),
      )
    },
    { changes: [['declarations', inspector.id]], onDone, says: 'created' },
  )
  return (
    <EntryForm<Values>
      verb={t('declarations.add')}
      isBusy={declare.isPending}
      error={declare.error}
      onSubmit={(values) => declare.mutate(values)}
      onLeave={onDone}
    >
      <Field name="kind" label={t('declarations.kind')}>
        <Select options={KINDS.map((value) => ({ value, label: t(`declarations.kinds.${value}`) }))} />
      </Field>
      <Field name="subjectName" label={t('declarations.subject_name')} />
      <Field
        name="subjectCode"
        label={t('declarations.subject_code')}
        help={t('declarations.subject_code_help')}
        isOptional
      />
      <Field name="note" label={t('declarations.note')} help={t('declarations.note_help')} isOptional />
      <Field name="from" label={t('declarations.from')} help={t('declarations.term_help')} isOptional>
        <DayInput />
      </Field>
      <Field name="until" label={t('declarations.until')} isOptional>
        <DayInput />
      </Field>
    </EntryForm>
  )
}

function WithdrawalForm({
  declaration: { id },
  onDone,
}: {
  readonly declaration: Declaration
  readonly onDone: () => void
}) {
  const { t } = useTranslation('inspectors')
  const withdraw = useWrite(
    (body: { reason: string }, headers) =>
      answerOf(api.POST('/api/v1/declarations/{id}/withdrawal', { params: { path: { id } }, body, headers })),
    { changes: [['declarations']], onDone, says: 'done' },
  )
  return (
    <EntryForm<{ reason: string }>
      verb={t('declarations.withdraw')}
      isBusy={withdraw.isPending}
      error={withdraw.error}
      onSubmit={(body) => withdraw.mutate(body)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('declarations.withdraw_what')}</p>
      <Field name="reason" label={t('reason')} help={t('reason_help')} />
    </EntryForm>
  )
}
