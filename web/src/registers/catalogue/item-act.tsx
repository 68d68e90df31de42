import { useNavigate } from '@tanstack/react-router'
import { App, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Facts } from '../../ui/facts.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import type { Item } from './queries.ts'

export const ITEM_VERBS = [
  'proposal',
  'approval',
  'rejection',
  'withdrawal',
  'ending',
  'discarding',
  'revision',
] as const
export type ItemVerb = (typeof ITEM_VERBS)[number]

/** What is to be done about an item. */
export interface AskedItem {
  readonly item: Item
  readonly verb: ItemVerb
}

interface Values {
  readonly reason?: string
  readonly on?: string
}

/** A step in the life of an item: says what it does, asks why where something is taken away. */
export function ItemAct({
  asked,
  onClose,
}: {
  readonly asked: AskedItem | undefined
  readonly onClose: () => void
}) {
  const { t } = useTranslation('catalogue')
  return (
    <SideForm
      title={asked ? t(`items.verbs.${asked.verb}`) : ''}
      isOpen={asked !== undefined}
      onClose={onClose}
    >
      {asked ? <ActForm asked={asked} onClose={onClose} /> : null}
    </SideForm>
  )
}

function ActForm({ asked, onClose }: { readonly asked: AskedItem; readonly onClose: () => void }) {
  const { t } = useTranslation('catalogue')
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { item, verb } = asked
  const act = useWrite((values: Values, headers) => sendItemAct(asked, values, headers), {
    changes: [['items'], ['todo'], ['started']],
    onDone: ({ id }) => {
      void message.success(t('done'))
      onClose()
      if (verb === 'revision') void navigate({ to: '/registers/items/$id', params: { id } })
    },
  })
  const asksWhy = verb === 'rejection' || verb === 'ending' || verb === 'discarding'
  return (
    <EntryForm<Values>
      verb={t(`items.verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(values) => act.mutate(values)}
      onLeave={onClose}
    >
      <p className="form-lead">{t(`items.effects.${verb}`)}</p>
      <Facts
        facts={[
          { term: t('items.code'), value: item.code },
          { term: t('items.name'), value: item.name },
          { term: t('authority'), value: item.authorityName },
        ]}
      />
      {verb === 'ending' ? (
        <Field name="on" label={t('items.effective_until')} isOptional>
          <DayInput />
        </Field>
      ) : null}
      {asksWhy || verb === 'approval' ? (
        <Field name="reason" label={t(asksWhy ? 'reason' : 'note')} isOptional={!asksWhy}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Field>
      ) : null}
    </EntryForm>
  )
}

/** Sends a step. */
export function sendItemAct(
  { item, verb }: AskedItem,
  { reason = '', on }: Values,
  headers: { readonly 'Idempotency-Key': string },
): Promise<Item> {
  const params = { path: { id: item.id } }
  switch (verb) {
    case 'proposal':
      return answerOf(api.POST('/api/v1/items/{id}/proposal', { params, headers }))
    case 'approval':
      return answerOf(
        api.POST('/api/v1/items/{id}/approval', { params, body: reason ? { note: reason } : {}, headers }),
      )
    case 'rejection':
      return answerOf(api.POST('/api/v1/items/{id}/rejection', { params, body: { reason }, headers }))
    case 'withdrawal':
      return answerOf(api.POST('/api/v1/items/{id}/withdrawal', { params, headers }))
    case 'ending':
      return answerOf(
        api.POST('/api/v1/items/{id}/ending', { params, body: { reason, ...(on ? { on } : {}) }, headers }),
      )
    case 'discarding':
      return answerOf(api.POST('/api/v1/items/{id}/discarding', { params, body: { reason }, headers }))
    case 'revision':
      return answerOf(api.POST('/api/v1/items/{id}/revision', { params, headers }))
  }
}
