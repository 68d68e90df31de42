import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, Failure, Loaded } from '../../ui/notices.tsx'
import { Rows } from '../../ui/rows.tsx'
import { StateTag, type StateKind } from '../../ui/state-tag.tsx'
import { useWrite } from '../../use-write.ts'
import { useListOfCodes } from '../consultation/queries.ts'
import { CHANGES, type SchemeHead, useSchemes } from './queries.ts'

const KINDS: Readonly<Record<SchemeHead['state'], StateKind>> = {
  draft: 'underWay',
  published: 'done',
  superseded: 'ended',
}

/** Where a version of a scheme stands. */
export function SchemeState({ state }: { readonly state: SchemeHead['state'] }) {
  const { t } = useTranslation('tasks')
  return <StateTag kind={KINDS[state]} word={t(`schemes.states.${state}`)} />
}

/** The tab 实施方案 of a task: its versions, and the next act. */
export function SchemeTab({ taskId }: { readonly taskId: string }) {
  const { t } = useTranslation('tasks')
  const { day, instant } = useFormat()
  const channels = useListOfCodes('scheme-channels')
  const write = useWriteScheme(taskId)
  return (
    <Loaded query={useSchemes(taskId)}>
      {({ items, can }) => (
        <section className="schemes" aria-label={t('schemes.title')}>
          <div className="scheme-acts">
            {items.some(({ state }) => state === 'published') ? (
              <ActButton
                refused={can.revise}
                loading={write.isPending}
                onClick={() => write.mutate('revise')}
              >
                {t('schemes.revise')}
              </ActButton>
            ) : (
              <ActButton
                type={items.length === 0 ? 'primary' : 'default'}
                refused={can.generate}
                loading={write.isPending}
                onClick={() => write.mutate('generate')}
              >
                {t(items.length === 0 ? 'schemes.generate' : 'schemes.again')}
              </ActButton>
            )}
            {items.length === 0 ? null : (
              <Link to="/tasks/$id/scheme" params={{ id: taskId }}>
                {t('schemes.open')}
              </Link>
            )}
          </div>
          {write.error ? <Failure error={write.error} /> : null}
          {items.length === 0 ? (
            <EmptyState sentence={t('schemes.none')} />
          ) : (
            <Rows<SchemeHead>
              items={items}
              keyOf={({ id }) => id}
              isDimmed={({ state }) => state === 'superseded'}
              columns={[
                {
                  key: 'number',
                  title: t('schemes.version'),
                  isName: true,
                  show: ({ id, number }) => (
                    <Link to="/tasks/$id/scheme" params={{ id: taskId }} search={{ version: id }}>
                      {t('schemes.nth', { number })}
                    </Link>
                  ),
                },
                {
                  key: 'state',
                  title: t('schemes.state'),
                  show: ({ state }) => <SchemeState state={state} />,
                },
                {
                  key: 'written',
                  title: t('schemes.written'),
                  show: ({ writtenBy, writtenAt }) => `${writtenBy} ${instant(writtenAt)}`,
                },
                {
                  key: 'published',
                  title: t('schemes.published'),
                  show: ({ publishedBy, publishedOn }) =>
                    publishedOn === null ? '–' : `${publishedBy ?? ''} ${day(publishedOn)}`,
                },
                {
                  key: 'channel',
                  title: t('schemes.channel'),
                  show: ({ channel, channelNote }) =>
                    channel === null
                      ? '–'
                      : [channels.nameOf(channel), channelNote].filter(Boolean).join(' '),
                },
                {
                  key: 'text',
                  title: t('schemes.paper'),
                  show: ({ id }) => (
                    <a href={`/api/v1/schemes/${id}/text`} target="_blank" rel="noreferrer">
                      {t('schemes.print')}
                    </a>
                  ),
                },
              ]}
            />
          )}
        </section>
      )}
    </Loaded>
  )
}

/** Makes the scheme from the task as it stands, or begins the next version. */
export function useWriteScheme(taskId: string) {
  return useWrite(
    (verb: 'generate' | 'revise', headers) => {
      const params = { path: { id: taskId } }
      return answerOf(
        verb === 'generate'
          ? api.POST('/api/v1/tasks/{id}/schemes', { params, headers })
          : api.POST('/api/v1/tasks/{id}/schemes/revision', { params, headers }),
      )
    },
    { changes: CHANGES, says: 'done' },
  )
}
