import { Link } from '@tanstack/react-router'
import { App, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { useFormat } from '../ui/format.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { ProblemError, useSentence } from '../ui/problem.tsx'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { Rows } from '../ui/rows.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'
import { type Conference, findAuthorities, findPeople } from './queries.ts'

type Member = Conference['members'][number]

/** 成员单位, each with its 分管同志. */
export function ConferenceMembers({ conference }: { readonly conference: Conference }) {
  const { t } = useTranslation('agencies')
  const { day } = useFormat()
  const [open, setOpen] = useState<Member | 'new' | undefined>()
  const close = () => setOpen(undefined)
  const members = conference.members.filter(({ leftOn }) => !leftOn)
  const { editMembers } = conference.can
  return (
    <section>
      <div className="section-head">
        <h2>{t('conferences.members', { count: members.length })}</h2>
        <ActButton size="small" refused={editMembers} onClick={() => setOpen('new')}>
          {t('conferences.add_member')}
        </ActButton>
      </div>
      {members.length === 0 ? (
        <EmptyState sentence={t('conferences.no_members')} />
      ) : (
        <Rows<Member>
          items={members}
          keyOf={({ authorityId }) => authorityId}
          columns={[
            {
              key: 'authority',
              title: t('authority'),
              isName: true,
              show: (each) => (
                <Link to="/agencies/authorities/$id" params={{ id: each.authorityId }}>
                  {each.authorityName}
                </Link>
              ),
            },
            {
              key: 'deputy',
              title: t('conferences.deputy'),
              show: (each) => (
                <Link to="/agencies/people/$id" params={{ id: each.responsibleDeputyId }}>
                  {each.responsibleDeputyName}
                </Link>
              ),
            },
            { key: 'joined', title: t('conferences.joined'), show: (each) => day(each.joinedOn) },
            {
              key: 'act',
              title: t('act'),
              show: (each) => (
                <div className="acts">
                  <ActButton size="small" refused={editMembers} onClick={() => setOpen(each)}>
                    {t('conferences.deputy_change')}
                  </ActButton>
                  <Leave conference={conference} member={each} />
                </div>
              ),
            },
          ]}
        />
      )}
      <SideForm
        title={t(open === 'new' ? 'conferences.add_member' : 'conferences.deputy_change')}
        isOpen={open !== undefined}
        onClose={close}
      >
        <MemberForm
          conference={conference}
          {...(open && open !== 'new' ? { member: open } : {})}
          onDone={close}
        />
      </SideForm>
    </section>
  )
}

function Leave({ conference, member }: { readonly conference: Conference; readonly member: Member }) {
  const { t } = useTranslation('agencies')
  const { modal, message } = App.useApp()
  const sentence = useSentence()
  const leave = useWrite(
    () =>
      answerOf(
        api.DELETE('/api/v1/conferences/{id}/members/{authorityId}', {
          params: { path: { id: conference.id, authorityId: member.authorityId } },
          headers: ifMatch(conference.version),
        }),
      ),
    { changes: [['conferences']] },
  )
  const ask = () =>
    modal.confirm({
      title: t('conferences.member_leave_sure', { authority: member.authorityName }),
      okText: t('conferences.member_leave'),
      onOk: () =>
        leave.mutate(undefined, {
          onError: (error) =>
            void message.error(error instanceof ProblemError ? sentence(error) : error.message),
        }),
    })
  return (
    <ActButton size="small" refused={conference.can.editMembers} loading={leave.isPending} onClick={ask}>
      {t('conferences.member_leave')}
    </ActButton>
  )
}

interface Values {
  readonly authorityId: string
  readonly responsibleDeputyId: string
}

interface MemberFormProps {
  readonly conference: Conference
  /** Whose deputy changes; absent for a new member. */
  readonly member?: Member
  readonly onDone: () => void
}

function MemberForm({ conference, member, onDone }: MemberFormProps) {
  const { t } = useTranslation('agencies')
  const [form] = Form.useForm<Values>()
  const chosen: string | undefined = Form.useWatch('authorityId', form)
  const authority = member?.authorityId ?? chosen
  const put = useWrite(
    ({ authorityId, responsibleDeputyId }: Values) =>
      answerOf(
        api.PUT('/api/v1/conferences/{id}/members/{authorityId}', {
          params: { path: { id: conference.id, authorityId: member?.authorityId ?? authorityId } },
          body: { responsibleDeputyId },
          headers: ifMatch(conference.version),
        }),
      ),
    { changes: [['conferences']], onDone, says: 'saved' },
  )
  return (
    <EntryForm<Values>
      form={form}
      verb={t('save')}
      isBusy={put.isPending}
      error={put.error}
      onSubmit={(values) => put.mutate(values)}
      onLeave={onDone}
    >
      {member ? (
        <p className="form-lead">{member.authorityName}</p>
      ) : (
        <Field name="authorityId" label={t('authority')}>
          <RemotePicker about={['authorities']} find={findAuthorities} />
        </Field>
      )}
      <Field name="responsibleDeputyId" label={t('conferences.deputy')} help={t('conferences.deputy_help')}>
        <RemotePicker
          about={['people', authority]}
          find={(q) => findPeople(q, authority)}
          shown={member?.responsibleDeputyName}
        />
      </Field>
    </EntryForm>
  )
}
