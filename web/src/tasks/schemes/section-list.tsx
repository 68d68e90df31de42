import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { useListOfCodes } from '../consultation/queries.ts'
import { CHANGES, type Scheme, type Section } from './queries.ts'

/** The sections as the paper has them; each can be written by hand. */
export function SectionList({ scheme }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('tasks')
  const { nameOf } = useListOfCodes('scheme-sections')
  // The section as it stands now, not as it was when its form was opened.
  const [editedCode, setEdited] = useState<string | undefined>()
  const edited = scheme.sections.find(({ code }) => code === editedCode)
  return (
    <div className="scheme-sections">
      {scheme.sections.map((section) => (
        <section key={section.code} aria-label={nameOf(section.code)}>
          <header>
            <h2>{nameOf(section.code)}</h2>
            <span className="fine">
              {[
                section.isRequired ? t('schemes.required') : '',
                section.isEdited ? t('schemes.edited') : '',
                section.isOutdated ? t('schemes.outdated') : '',
              ]
                .filter((word) => word !== '')
                .join(' · ')}
            </span>
            {scheme.state === 'draft' ? (
              <ActButton size="small" refused={scheme.can.edit} onClick={() => setEdited(section.code)}>
                {t('schemes.edit')}
                <span className="visually-hidden">{nameOf(section.code)}</span>
              </ActButton>
            ) : null}
          </header>
          <Before scheme={scheme} code={section.code} />
          {section.text.trim() === '' ? (
            <p className={section.isRequired ? 'conflict' : 'fine'}>{t('schemes.empty_section')}</p>
          ) : (
            section.text.split('\n').map((line, at) => <p key={at}>{line}</p>)
          )}
        </section>
      ))}
      <SideForm
        title={edited ? nameOf(edited.code) : ''}
        isOpen={edited !== undefined}
        onClose={() => setEdited(undefined)}
      >
        {edited ? <SectionForm scheme={scheme} section={edited} onDone={() => setEdited(undefined)} /> : null}
      </SideForm>
    </div>
  )
}

/** What the version before said in a section, where this one says something else. */
function Before({ scheme, code }: { readonly scheme: Scheme; readonly code: string }) {
  const { t } = useTranslation('tasks')
  const changed = scheme.changed?.sections.find((section) => section.code === code)
  if (!changed) return null
  return (
    <details className="more">
      <summary>{t('schemes.before')}</summary>
      {changed.before.trim() === '' ? (
        <p className="fine">{t('schemes.not_stated')}</p>
      ) : (
        changed.before.split('\n').map((line, at) => <p key={at}>{line}</p>)
      )}
    </details>
  )
}

function SectionForm({
  scheme,
  section,
  onDone,
}: {
  readonly scheme: Scheme
  readonly section: Section
  readonly onDone: () => void
}) {
  const { t } = useTranslation('tasks')
  const { nameOf } = useListOfCodes('scheme-sections')
  const save = useWrite(
    ({ text = '' }: { readonly text?: string }) =>
      answerOf(
        api.PATCH('/api/v1/schemes/{id}', {
          params: { path: { id: scheme.id } },
          body: { sections: [{ code: section.code, text }] },
          headers: ifMatch(scheme.version),
        }),
      ),
    { changes: CHANGES, onDone, says: 'saved' },
  )
  return (
    <EntryForm<{ readonly text?: string }>
      verb={t('schemes.save')}
      initial={{ text: section.text }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Field name="text" label={nameOf(section.code)} help={t('schemes.section_help')} isOptional>
        <Input.TextArea rows={14} maxLength={20_000} showCount />
      </Field>
      {section.text === section.generated ? null : (
        <details className="more">
          <summary>{t('schemes.generated')}</summary>
          {section.generated.split('\n').map((line, at) => (
            <p key={at}>{line}</p>
          ))}
        </details>
      )}
    </EntryForm>
  )
}
