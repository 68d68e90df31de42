import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { useFormat } from '../ui/format.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { type StateKind, StateTag } from '../ui/state-tag.tsx'
import { useWrite } from '../use-write.ts'
import { AmendmentForm } from './amendment-form.tsx'
import { AmendmentChecks } from './checks-tab.tsx'
import { Differences, useReasonWord } from './difference.tsx'
import { type Amendment, type Plan, PLAN_CHANGES, useAmendments } from './queries.ts'

const TAGS: Readonly<Record<Amendment['state'], StateKind>> = {
  draft: 'notBegun',
  proposed: 'underWay',
  published: 'done',
  rejected: 'refused',
  withdrawn: 'ended',
}

type Verb = 'edit' | 'proposal' | 'withdrawal' | 'approval' | 'rejection'
const ACTS: Readonly<
  Record<Amendment['state'], readonly (readonly [verb: Verb, can: keyof Amendment['can']])[]>
> = {
  draft: [
    ['proposal', 'propose'],
    ['edit', 'edit'],
    ['withdrawal', 'withdraw'],
  ],
  proposed: [
    ['approval', 'approve'],
    ['rejection', 'reject'],
    ['withdrawal', 'withdraw'],
  ],
  published: [],
  rejected: [],
  withdrawn: [],
}

/** 调整: every amendment of a plan as a difference, with its reason; the open one with its acts. */
export function AmendmentsTab({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  const amendments = useAmendments(plan.id)
  const [isNew, setNew] = useState(false)
  return (
    <div className="stack">
      {plan.state === 'published' ? (
        <div className="acts">
          <ActButton refused={plan.can.amend} onClick={() => setNew(true)}>
            {t('amendments.new')}
          </ActButton>
        </div>
      ) : null}
      <Loaded query={amendments}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState sentence={t('amendments.empty')} />
          ) : (
            <>
              {items.map((amendment) => (
                <AmendmentPanel key={amendment.id} plan={plan} amendment={amendment} />
              ))}
            </>
          )
        }
      </Loaded>
      <SideForm title={t('amendments.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <AmendmentForm plan={plan} onDone={() => setNew(false)} />
      </SideForm>
    </div>
  )
}

function AmendmentPanel({ plan, amendment }: { readonly plan: Plan; readonly amendment: Amendment }) {
  const { t } = useTranslation('plans')
  const { day, instant } = useFormat()
  const reason = useReasonWord()
  const [verb, setVerb] = useState<Verb | undefined>()
  const { madeBy, proposedBy, proposedAt, decidedBy, decidedAt } = amendment
  const said = [
    madeBy ? t('amendments.made_by', { who: madeBy.name }) : '',
    proposedBy && proposedAt
      ? t('amendments.proposed_by', { who: proposedBy.name, at: instant(proposedAt) })
      : '',
    decidedBy && decidedAt ? t('amendments.decided_by', { who: decidedBy.name, at: instant(decidedAt) }) : '',
  ].filter((part) => part !== '')
  return (
    <section className="panel stack">
      <header className="stack">
        <h2 className="section-title">
          {t('amendments.title', { number: amendment.number, reason: reason(amendment.reasonCode) })}{' '}
          <StateTag kind={TAGS[amendment.state]} word={t(`amendment_states.${amendment.state}`)} />
        </h2>
        <p>
          {amendment.reason}
          {amendment.publishedOn ? (
            <span className="fine"> {t('amendments.published', { on: day(amendment.publishedOn) })}</span>
          ) : null}
        </p>
        <p className="fine">{said.join(' · ')}</p>
        {amendment.decisionNote ? <p>{t('amendments.note', { note: amendment.decisionNote })}</p> : null}
      </header>
      <Differences amendment={amendment} />
      {ACTS[amendment.state].length > 0 ? <AmendmentChecks id={amendment.id} /> : null}
      <div className="acts">
        {ACTS[amendment.state].map(([each, can], at) => (
          <ActButton
            key={each}
            type={at === 0 ? 'primary' : 'default'}
            refused={amendment.can[can]}
            onClick={() => setVerb(each)}
          >
            {t(`amendments.verbs.${each}`)}
          </ActButton>
        ))}
      </div>
      <SideForm
        title={verb ? t(`amendments.verbs.${verb}`) : ''}
        isOpen={verb !== undefined}
        onClose={() => setVerb(undefined)}
      >
        {verb === 'edit' ? (
          <AmendmentForm plan={plan} amendment={amendment} onDone={() => setVerb(undefined)} />
        ) : verb ? (
          <AmendmentAct amendment={amendment} verb={verb} onDone={() => setVerb(undefined)} />
        ) : null}
      </SideForm>
    </section>
  )
}

function AmendmentAct({
  amendment,
  verb,
  onDone,
}: {
  readonly amendment: Amendment
  readonly verb: Exclude<Verb, 'edit'>
  readonly onDone: () => void
}) {
  const { t } = useTranslation('plans')
  const act = useWrite(
    ({ reason = '' }: { readonly reason?: string }, headers) => send(amendment, verb, reason, headers),
    { changes: PLAN_CHANGES, onDone, says: 'done' },
  )
  return (
    <EntryForm<{ readonly reason?: string }>
      verb={t(`amendments.verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(values) => act.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t(`amendments.effects.${verb}`)}</p>
      {verb === 'rejection' || verb === 'approval' ? (
        <Field
          name="reason"
          label={t(verb === 'rejection' ? 'reason' : 'note')}
          isOptional={verb === 'approval'}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Field>
      ) : null}
    </EntryForm>
  )
}

function send(
  { id }: Amendment,
  verb: Exclude<Verb, 'edit'>,
  reason: string,
  headers: { readonly 'Idempotency-Key': string },
): Promise<unknown> {
  const params = { path: { id } }
  switch (verb) {
    case 'proposal':
      return answerOf(api.POST('/api/v1/amendments/{id}/proposal', { params, headers }))
    case 'withdrawal':
      return answerOf(api.POST('/api/v1/amendments/{id}/withdrawal', { params, headers }))
    case 'approval': {
      const body = reason ? { note: reason } : {}
      return answerOf(api.POST('/api/v1/amendments/{id}/approval', { params, body, headers }))
    }
    case 'rejection':
      return answerOf(api.POST('/api/v1/amendments/{id}/rejection', { params, body: { reason }, headers }))
  }
}
