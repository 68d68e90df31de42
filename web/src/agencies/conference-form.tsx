import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body, ifMatch } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { useWrite } from '../use-write.ts'
import { type Conference, findAuthorities, findDivisions } from './queries.ts'

type Values = Body<'/api/v1/conferences'>

/** A new joint conference, or the change of one. */
export function ConferenceForm({
  conference,
  onDone,
}: {
  readonly conference?: Conference
  readonly onDone: () => void
}) {
  const { t } = useTranslation('agencies')
  const save = useWrite<Values, unknown>(
    (body, headers) =>
      conference
        ? answerOf(
            api.PATCH('/api/v1/conferences/{id}', {
              params: { path: { id: conference.id } },
              body,
              headers: ifMatch(conference.version),
            }),
          )
        : answerOf(api.POST('/api/v1/conferences', { body, headers })),
    { changes: [['conferences']], onDone, says: conference ? 'saved' : 'created' },
  )
  return (
    <EntryForm<Values>
      verb={t(conference ? 'save' : 'conferences.new')}
      initial={conference ? valuesOf(conference) : {}}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(body) => save.mutate(body)}
      onLeave={onDone}
    >
      {conference ? null : (
        <Field name="divisionCode" label={t('division')}>
          <RemotePicker about={['divisions']} find={findDivisions} />
        </Field>
      )}
      <Field name="name" label={t('conferences.name')} />
      <Field name="officeAuthorityId" label={t('conferences.office')} help={t('conferences.office_help')}>
        <RemotePicker
          about={['authorities']}
          find={findAuthorities}
          shown={conference?.officeAuthorityName}
        />
      </Field>
      <Field
        name="oversightAuthorityId"
        label={t('conferences.oversight')}
        help={t('conferences.oversight_help')}
        isOptional
      >
        <RemotePicker
          about={['authorities']}
          find={findAuthorities}
          shown={conference?.oversightAuthorityName ?? undefined}
          isClearable
        />
      </Field>
    </EntryForm>
  )
}

function valuesOf({ name, officeAuthorityId, oversightAuthorityId }: Conference): Partial<Values> {
  return { name, officeAuthorityId, ...(oversightAuthorityId ? { oversightAuthorityId } : {}) }
}
