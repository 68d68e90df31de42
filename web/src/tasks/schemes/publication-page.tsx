import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../../api.ts'
import { IrreversiblePage } from '../../ui/irreversible-page.tsx'
import { EmptyState, Loaded } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import { useListOfCodes } from '../consultation/queries.ts'
import { CHANGES, type Scheme, useScheme, useSchemes } from './queries.ts'

/** 公布: what is made public, where, and what can still be done afterwards. */
export function SchemePublicationPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useTranslation('tasks')
  return (
    <Loaded query={useSchemes(id)}>
      {({ items }) => {
        const draft = items.find(({ state }) => state === 'draft')
        return draft ? <Draft id={draft.id} /> : <EmptyState sentence={t('schemes.no_draft')} />
      }}
    </Loaded>
  )
}

function Draft({ id }: { readonly id: string }) {
  return <Loaded query={useScheme(id)}>{(scheme) => <Page scheme={scheme} />}</Loaded>
}

function Page({ scheme }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  const channels = useListOfCodes('scheme-channels')
  const [channel, setChannel] = useState(scheme.channels[0] ?? 'WEBSITE')
  const [note, setNote] = useState('')
  const leave = () => void navigate({ to: '/tasks/$id/scheme', params: { id: scheme.taskId } })
  const publish = useWrite(
    (_: undefined, headers) => {
      const body = note.trim() === '' ? { channel } : { channel, channelNote: note.trim() }
      return answerOf(
        api.POST('/api/v1/schemes/{id}/publication', {
          params: { path: { id: scheme.id } },
          body,
          headers: { ...headers, ...ifMatch(scheme.version) },
        }),
      )
    },
    { changes: CHANGES, onDone: leave, says: 'done' },
  )
  const said = scheme.sections.filter(({ text }) => text.trim() !== '')
  return (
    <IrreversiblePage
      title={t('schemes.publish_title', { task: scheme.taskName })}
      above={
        <Link to="/tasks/$id/scheme" params={{ id: scheme.taskId }}>
          {t('schemes.title')}
        </Link>
      }
      effects={[
        t('schemes.effect_text', { number: scheme.number, sections: said.length }),
        t('schemes.effect_terms'),
        ...(scheme.number > 1 ? [t('schemes.effect_superseded')] : []),
      ]}
      seenBy={t('schemes.seen_by')}
      afterwards={t('schemes.afterwards')}
      verb={t('schemes.publish')}
      refused={scheme.can.publish}
      isBusy={publish.isPending}
      error={publish.error}
      onConfirm={() => publish.mutate(undefined)}
      onLeave={leave}
    >
      <div className="scheme-channel">
        <label htmlFor="channel">{t('schemes.channel')}</label>
        <Select id="channel" value={channel} options={channels.choices} onChange={setChannel} />
        <p className="fine">
          {scheme.channels.length === 0
            ? t('schemes.no_channel_rule')
            : t('schemes.channel_rule', { channel: scheme.channels.map(channels.nameOf).join('、') })}
        </p>
        <label htmlFor="channel-note">{t('schemes.channel_note')}</label>
        <Input
          id="channel-note"
          value={note}
          maxLength={300}
          onChange={({ target }) => setNote(target.value)}
        />
      </div>
    </IrreversiblePage>
  )
}
