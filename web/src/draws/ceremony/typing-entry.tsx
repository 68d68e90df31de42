import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { Failure } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import type { CeremonySource } from './queries.ts'
import { typedValue, useSourceWords } from './source-words.ts'

interface TypingEntryProps {
  readonly drawId: string
  readonly source: CeremonySource
  readonly eventN: number
}

/** What one person reads. He does not see what the other one has typed. */
export function TypingEntry({ drawId, source, eventN }: TypingEntryProps) {
  const { t } = useTranslation('draws')
  const words = useSourceWords()
  const draft = `sunlot-typing ${drawId} ${eventN} ${source.id} ${source.attempt}`
  // A page that is loaded again has what was typed into it.
  const [typed, setTyped] = useState(() => sessionStorage.getItem(draft) ?? '')
  const send = useWrite<string, unknown>(
    (text, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/values/{source}/typings', {
          params: { path: { id: drawId, source: source.id } },
          body: { text, ...(eventN === 0 ? {} : { eventN }) },
          headers,
        }),
      ),
    { changes: [['draws']], says: 'saved', onDone: () => sessionStorage.removeItem(draft) },
  )
  if (source.mine) return <p role="status">{t('ceremony.mine')}</p>
  const text = typedValue(source.shape, typed)
  return (
    <form
      className="ceremony-entry"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate(text)
      }}
    >
      <label htmlFor={`typing-${source.id}`}>{words.ask(source)}</label>
      <Input.TextArea
        id={`typing-${source.id}`}
        className="ceremony-typing"
        rows={2}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          sessionStorage.setItem(draft, target.value)
        }}
      />
      <p className="fine" role="status">
        {words.count(source, text)}
      </p>
      {send.error ? <Failure error={send.error} /> : null}
      <ActButton type="primary" refused={source.can.type} loading={send.isPending} htmlType="submit">
        {t('ceremony.type')}
      </ActButton>
    </form>
  )
}
