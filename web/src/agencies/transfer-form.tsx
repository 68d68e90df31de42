import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { useWrite } from '../use-write.ts'
import { findAuthorities, type Person } from './queries.ts'

type Values = Body<'/api/v1/people/{id}/transfer'>

/** Somebody moves to another authority; the roles held for the old one end. */
export function TransferForm({ person, onDone }: { readonly person: Person; readonly onDone: () => void }) {
  const { t } = useTranslation('agencies')
  const transfer = useWrite(
    (body: Values, headers) =>
      answerOf(
        api.POST('/api/v1/people/{id}/transfer', { params: { path: { id: person.id } }, body, headers }),
      ),
    { onDone, says: 'done' },
  )
  return (
    <EntryForm<Values>
      verb={t('people.transfer')}
      isBusy={transfer.isPending}
      error={transfer.error}
      onSubmit={(body) => transfer.mutate(body)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('people.transfer_what', { name: person.name })}</p>
      <Field name="authorityId" label={t('authority')}>
        <RemotePicker about={['authorities']} find={findAuthorities} />
      </Field>
    </EntryForm>
  )
}
