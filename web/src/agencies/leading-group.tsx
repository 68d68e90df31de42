import { Link } from '@tanstack/react-router'
import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { useFormat } from '../ui/format.ts'
import { EntryForm } from '../ui/form.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { Rows } from '../ui/rows.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'
import { type Conference, findPeople } from './queries.ts'

const POSTS = ['head', 'deputyHead', 'member'] as const

interface Values {
  readonly leadingGroup: readonly { readonly personId: string; readonly post: (typeof POSTS)[number] }[]
}

/** 领导小组: who is in it now, and the form that names all of them anew. */
export function LeadingGroup({ conference }: { readonly conference: Conference }) {
  const { t } = useTranslation('agencies')
  const { day } = useFormat()
  const [isOpen, setOpen] = useState(false)
  const group = presentOf(conference)
  return (
    <section>
      <div className="section-head">
        <h2>{t('conferences.leading_group')}</h2>
        <ActButton size="small" refused={conference.can.edit} onClick={() => setOpen(true)}>
          {t('conferences.edit_group')}
        </ActButton>
      </div>
      {group.length === 0 ? (
        <EmptyState sentence={t('conferences.no_leading_group')} />
      ) : (
        <Rows
          items={group}
          keyOf={({ personId }) => personId}
          columns={[
            {
              key: 'person',
              title: t('people.name'),
              isName: true,
              show: ({ personId, name }) => (
                <Link to="/agencies/people/$id" params={{ id: personId }}>
                  {name}
                </Link>
              ),
            },
            {
              key: 'post',
              title: t('conferences.group_post'),
              show: ({ post }) => t(`conferences.group_posts.${post}`),
            },
            { key: 'authority', title: t('authority'), show: ({ authorityName }) => authorityName },
            { key: 'joined', title: t('conferences.joined'), show: ({ joinedOn }) => day(joinedOn) },
          ]}
        />
      )}
      <SideForm title={t('conferences.edit_group')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <GroupForm conference={conference} onDone={() => setOpen(false)} />
      </SideForm>
    </section>
  )
}

function presentOf({ leadingGroup }: Conference) {
  return leadingGroup
    .filter(({ leftOn }) => !leftOn)
    .toSorted((a, b) => POSTS.indexOf(a.post) - POSTS.indexOf(b.post))
}

function GroupForm({ conference, onDone }: { readonly conference: Conference; readonly onDone: () => void }) {
  const { t } = useTranslation('agencies')
  const group = presentOf(conference)
  const save = useWrite(
    ({ leadingGroup }: Values) =>
      answerOf(
        api.PATCH('/api/v1/conferences/{id}', {
          params: { path: { id: conference.id } },
          body: { leadingGroup: [...leadingGroup] },
          headers: ifMatch(conference.version),
        }),
      ),
    { changes: [['conferences']], onDone, says: 'saved' },
  )
  const nameOf = (place: number) => group[place]?.name
  return (
    <EntryForm<Values>
      verb={t('save')}
      initial={{ leadingGroup: group.map(({ personId, post }) => ({ personId, post })) }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Form.List name="leadingGroup">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <fieldset key={key} className="person-line">
                <Form.Item name={[name, 'personId']} rules={[{ required: true, message: t('people.name') }]}>
                  <RemotePicker
                    about={['people']}
                    find={(q) => findPeople(q)}
                    shown={nameOf(name)}
                    label={t('people.name')}
                  />
                </Form.Item>
                <Form.Item name={[name, 'post']}>
                  <Select
                    aria-label={t('conferences.group_post')}
                    options={POSTS.map((post) => ({
                      value: post,
                      label: t(`conferences.group_posts.${post}`),
                    }))}
                  />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t('conferences.group_remove')}</Button>
              </fieldset>
            ))}
            <Form.Item>
              <Button onClick={() => add({ post: 'member' })}>{t('conferences.group_add')}</Button>
            </Form.Item>
          </>
        )}
      </Form.List>
    </EntryForm>
  )
}
