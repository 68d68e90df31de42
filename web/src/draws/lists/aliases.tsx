import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import { type Answer, answerOf, api } from '../../api.ts'
import { EmptyState, Failure } from '../../ui/notices.tsx'
import { type Column, Rows } from '../../ui/rows.tsx'
import { useWrite } from '../../use-write.ts'
import { AliasCheck } from './alias-check.tsx'

type Alias = Answer<'/api/v1/me/aliases'>['items'][number]

/** What an inspector shows to prove that an alias in a public file is he. Fetched when asked for: each reading is written down. */
export function Aliases() {
  const { t } = useTranslation('draws')
  const fetched = useWrite<void, { readonly items: readonly Alias[] }>(
    () => answerOf(api.GET('/api/v1/me/aliases')),
    { changes: [] },
  )
  const columns: readonly Column<Alias>[] = [
    {
      key: 'task',
      title: t('events.task'),
      isName: true,
      show: ({ taskName, draw }) => (
        <>
          {taskName} <span className="fine">{draw}</span>
        </>
      ),
    },
    { key: 'alias', title: t('events.alias'), show: ({ alias }) => <code>{alias}</code> },
    { key: 'salt', title: t('mine.salt'), show: ({ salt }) => <code>{salt}</code> },
    { key: 'number', title: t('mine.staff_number'), show: ({ staffNumber }) => staffNumber },
  ]
  return (
    <section aria-labelledby="my-aliases">
      <h2 id="my-aliases">{t('mine.aliases')}</h2>
      <p className="fine">{t('mine.aliases_lead')}</p>
      {fetched.data === undefined ? (
        <Button loading={fetched.isPending} onClick={() => fetched.mutate()}>
          {t('mine.show_aliases')}
        </Button>
      ) : fetched.data.items.length === 0 ? (
        <EmptyState sentence={t('mine.no_aliases')} />
      ) : (
        <Rows items={fetched.data.items} columns={columns} keyOf={({ alias }) => alias} />
      )}
      {fetched.error ? <Failure error={fetched.error} /> : null}
      <AliasCheck />
    </section>
  )
}
