import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { Loaded } from '../ui/notices.tsx'
import { Citation } from '../ui/problem.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { useWrite } from '../use-write.ts'
import { type Finding, type Plan, PLAN_CHANGES, useChecks } from './queries.ts'

type Values = Readonly<Record<string, string>>

/** Before a plan goes to the head: what must be mended, and of each warning why it shall stay so. */
export function ProposalForm({ plan, onDone }: { readonly plan: Plan; readonly onDone: () => void }) {
  return (
    <Loaded query={useChecks(plan.id)}>
      {({ items }) => <Answering plan={plan} findings={items} onDone={onDone} />}
    </Loaded>
  )
}

function Answering({
  plan,
  findings,
  onDone,
}: {
  readonly plan: Plan
  readonly findings: readonly Finding[]
  readonly onDone: () => void
}) {
  const { t } = useTranslation('plans')
  const { change } = useListSearch()
  const errors = findings.filter(({ severity }) => severity === 'error')
  const warnings = byCode(findings.filter(({ severity }) => severity === 'warning'))
  const propose = useWrite(
    (answers: Values, headers) =>
      answerOf(
        api.POST('/api/v1/plans/{id}/proposal', {
          params: { path: { id: plan.id } },
          body: { acknowledged: Object.entries(answers).map(([code, reason]) => ({ code, reason })) },
          headers: { ...headers, ...ifMatch(plan.version) },
        }),
      ),
    { changes: PLAN_CHANGES, onDone, says: 'proposed' },
  )
  if (errors.length > 0)
    return (
      <div className="stack">
        <p className="form-lead">{t('proposal.errors', { count: errors.length })}</p>
        <ul className="stack">
          {errors.map((finding, at) => (
            <li key={`${finding.code}${at}`}>
              <FindingText finding={finding} kind="refused" />
            </li>
          ))}
        </ul>
        <p>
          <a
            href="?tab=checks"
            onClick={(event) => {
              event.preventDefault()
              onDone()
              change({ tab: 'checks' })
            }}
          >
            {t('proposal.to_checks')}
          </a>
        </p>
      </div>
    )
  return (
    <EntryForm<Values>
      verb={t('verbs.proposal')}
      initial={Object.fromEntries(warnings.map(([code, [first]]) => [code, first?.answered ?? '']))}
      isBusy={propose.isPending}
      error={propose.error}
      onSubmit={(answers) => propose.mutate(answers)}
      onLeave={onDone}
    >
      <p className="form-lead">
        {t(warnings.length === 0 ? 'proposal.sound' : 'proposal.warnings', { count: warnings.length })}
      </p>
      {warnings.map(([code, few]) => (
        <fieldset key={code} className="stack">
          {few.slice(0, MOST_SHOWN).map((finding, at) => (
            <FindingText key={at} finding={finding} kind="soon" />
          ))}
          {few.length > MOST_SHOWN ? (
            <p className="fine">{t('proposal.more', { count: few.length })}</p>
          ) : null}
          <Field name={code} label={t('proposal.why', { check: few[0]?.title ?? code })}>
            <Input.TextArea rows={2} maxLength={500} />
          </Field>
        </fieldset>
      ))}
    </EntryForm>
  )
}

const MOST_SHOWN = 5

function FindingText({ finding, kind }: { readonly finding: Finding; readonly kind: 'refused' | 'soon' }) {
  const { t } = useTranslation('plans')
  return (
    <div>
      <StateTag kind={kind} word={finding.title} />{' '}
      {finding.numbers.length > 0 ? (
        <span className="fine">{t('proposal.lines', { numbers: finding.numbers.join('、') })}</span>
      ) : null}
      <p>{finding.sentence}</p>
      {finding.law ? <Citation law={finding.law} /> : null}
    </div>
  )
}

function byCode(findings: readonly Finding[]): readonly (readonly [string, readonly Finding[]])[] {
  const codes = [...new Set(findings.map(({ code }) => code))]
  return codes.map((code) => [code, findings.filter((finding) => finding.code === code)])
}
