import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'
import type { Person } from './queries.ts'

interface Values {
  readonly purpose: string
}

/** A masked number, and the way to see the whole of it with a purpose. It is forgotten when the page is left. */
export function Mobile({ person }: { readonly person: Person }) {
  const { t } = useTranslation('agencies')
  const [isAsking, setAsking] = useState(false)
  const [mobile, setMobile] = useState<string | undefined>()
  const close = () => setAsking(false)
  const reveal = useWrite(
    (body: Values, headers) =>
      answerOf(
        api.POST('/api/v1/people/{id}/mobile-reveals', {
          params: { path: { id: person.id } },
          body,
          headers,
        }),
      ),
    {
      changes: [['events']],
      onDone: (revealed) => {
        setMobile(revealed.mobile)
        close()
      },
    },
  )
  if (person.mobile === null) return <>–</>
  if (mobile !== undefined) return <>{mobile}</>
  return (
    <span className="acts">
      {person.mobile}
      <ActButton size="small" refused={person.can.revealMobile} onClick={() => setAsking(true)}>
        {t('people.reveal')}
      </ActButton>
      <SideForm title={t('people.reveal')} isOpen={isAsking} onClose={close}>
        <EntryForm<Values>
          verb={t('people.reveal')}
          isBusy={reveal.isPending}
          error={reveal.error}
          onSubmit={(body) => reveal.mutate(body)}
          onLeave={close}
        >
          <Field name="purpose" label={t('people.reveal_purpose')} help={t('people.reveal_help')} />
        </EntryForm>
      </SideForm>
    </span>
  )
}
