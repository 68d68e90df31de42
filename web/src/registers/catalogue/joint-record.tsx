import { Link, useParams } from '@tanstack/react-router'
import { App, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useTraces } from '../../audit/traces.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { CatalogueState } from './item-facts.tsx'
import { JointFacts } from './joint-facts.tsx'
import { JointForm } from './joint-form.tsx'
import { type JointItem, useJointItem } from './queries.ts'

/** One joint item: who leads, who takes part with which items, what was done to it. */
export function JointRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useJointItem(id)}>{(joint) => <Record joint={joint} />}</Loaded>
}

type Verb = 'proposal' | 'approval' | 'rejection' | 'ending' | 'discarding'
const ACTS: Readonly<
  Record<JointItem['state'], readonly (readonly [verb: Verb, can: keyof JointItem['can']])[]>
> = {
  draft: [
    ['proposal', 'propose'],
    ['discarding', 'discard'],
  ],
  proposed: [
    ['approval', 'approve'],
    ['rejection', 'reject'],
  ],
  effective: [['ending', 'end']],
  ended: [],
  discarded: [],
}
const STEPS = ['draft', 'proposed', 'effective'] as const

function Record({ joint }: { readonly joint: JointItem }) {
  const { t } = useTranslation('catalogue')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [verb, setVerb] = useState<Verb | undefined>()
  const [isEditing, setEditing] = useState(false)
  const isOver = joint.state === 'ended' || joint.state === 'discarded'
  return (
    <>
      <RecordPage
        title={joint.name}
        above={<Link to="/registers/joint-items">{t('joint.title')}</Link>}
        state={<CatalogueState state={joint.state} />}
        {...(isOver
          ? {}
          : {
              steps: {
                names: STEPS.map((step) => t(`steps.${step}`)),
                current: STEPS.indexOf(joint.state as (typeof STEPS)[number]),
              },
            })}
        acts={
          <>
            {joint.state === 'draft' ? (
              <ActButton refused={joint.can.edit} onClick={() => setEditing(true)}>
                {t('edit')}
              </ActButton>
            ) : null}
            {ACTS[joint.state].map(([each, can], at) => (
              <ActButton
                key={each}
                type={at === 0 && each !== 'ending' ? 'primary' : 'default'}
                refused={joint.can[can]}
                onClick={() => setVerb(each)}
              >
                {t(`items.verbs.${each}`)}
              </ActButton>
            ))}
          </>
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <JointFacts joint={joint} /> },
          ...traces('jointItem', joint.id),
        ]}
      />
      <SideForm
        title={verb ? t(`items.verbs.${verb}`) : ''}
        isOpen={verb !== undefined}
        onClose={() => setVerb(undefined)}
      >
        {verb ? <Act joint={joint} verb={verb} onClose={() => setVerb(undefined)} /> : null}
      </SideForm>
      <SideForm title={t('edit')} isOpen={isEditing} onClose={() => setEditing(false)}>
        <JointForm joint={joint} onDone={() => setEditing(false)} />
      </SideForm>
    </>
  )
}

function Act({
  joint,
  verb,
  onClose,
}: {
  readonly joint: JointItem
  readonly verb: Verb
  readonly onClose: () => void
}) {
  const { t } = useTranslation('catalogue')
  const { message } = App.useApp()
  const asksWhy = verb === 'rejection' || verb === 'ending' || verb === 'discarding'
  const act = useWrite(
    ({ reason = '' }: { readonly reason?: string }, headers) => send({ joint, verb, reason, headers }),
    {
      changes: [['joint-items'], ['todo'], ['started']],
      onDone: () => {
        void message.success(t('done'))
        onClose()
      },
    },
  )
  return (
    <EntryForm<{ readonly reason?: string }>
      verb={t(`items.verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(values) => act.mutate(values)}
      onLeave={onClose}
    >
      <p className="form-lead">{joint.name}</p>
      {asksWhy || verb === 'approval' ? (
        <Field name="reason" label={t(asksWhy ? 'reason' : 'note')} isOptional={!asksWhy}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Field>
      ) : null}
    </EntryForm>
  )
}

function send({
  joint,
  verb,
  reason,
  headers,
}: {
  readonly joint: JointItem
  readonly verb: Verb
  readonly reason: string
  readonly headers: { readonly 'Idempotency-Key': string }
}): Promise<JointItem> {
  const params = { path: { id: joint.id } }
  switch (verb) {
    case 'proposal':
      return answerOf(api.POST('/api/v1/joint-items/{id}/proposal', { params, headers }))
    case 'approval': {
      const body = reason ? { note: reason } : {}
      return answerOf(api.POST('/api/v1/joint-items/{id}/approval', { params, body, headers }))
    }
    case 'rejection':
      return answerOf(api.POST('/api/v1/joint-items/{id}/rejection', { params, body: { reason }, headers }))
    case 'ending':
      return answerOf(api.POST('/api/v1/joint-items/{id}/ending', { params, body: { reason }, headers }))
    case 'discarding':
      return answerOf(api.POST('/api/v1/joint-items/{id}/discarding', { params, body: { reason }, headers }))
  }
}
