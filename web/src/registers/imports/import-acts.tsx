import { useNavigate } from '@tanstack/react-router'
import { App, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { Failure } from '../../ui/notices.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { takesTwo } from './figures.ts'
import { type RegisterImport, WORKING } from './queries.ts'
import { useEffectTexts } from './states.tsx'

interface ActsProps {
  readonly one: RegisterImport
}

/** What can be done with an import now: the next step first. */
export function ImportActs({ one }: ActsProps) {
  const { state } = one
  if (WORKING.includes(state)) return null
  if (state === 'applied') return <UndoAct one={one} />
  if (state === 'halted')
    return (
      <>
        <GoOnAct one={one} />
        <UndoAct one={one} />
      </>
    )
  if (state === 'undone' || state === 'discarded') return null
  return (
    <>
      {state === 'checked' && one.mode !== 'reconcile' ? <NextActs one={one} /> : null}
      <DiscardAct one={one} />
    </>
  )
}

/** Where two persons decide, the second comes before the application. */
function NextActs({ one }: ActsProps) {
  const { t } = useTranslation('imports')
  const navigate = useNavigate()
  const waits = takesTwo(one) && !one.approvedBy
  return (
    <>
      {waits ? <ApproveAct one={one} /> : null}
      <ActButton
        type={one.can.apply ? 'default' : 'primary'}
        refused={one.can.apply}
        onClick={() => void navigate({ to: '/registers/imports/$id/application', params: { id: one.id } })}
      >
        {t('verbs.apply')}
      </ActButton>
    </>
  )
}

function ApproveAct({ one }: ActsProps) {
  const { t } = useTranslation('imports')
  const { modal } = App.useApp()
  const texts = useEffectTexts(one)
  const approve = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/register-imports/{id}/approval', { params: { path: { id: one.id } }, headers }),
      ),
    { says: 'done' },
  )
  const ask = () =>
    modal.confirm({
      title: t(`approve_sure${texts.only}`, texts),
      content: t('approve_what', { who: one.uploadedBy.name }),
      okText: t('verbs.approve'),
      onOk: () => approve.mutate(undefined),
    })
  return (
    <>
      <ActButton
        type={one.can.approve ? 'default' : 'primary'}
        loading={approve.isPending}
        refused={one.can.approve}
        onClick={ask}
      >
        {t('verbs.approve')}
      </ActButton>
      {approve.error ? <Failure error={approve.error} /> : null}
    </>
  )
}

/** What was decided before it was interrupted is not decided again. */
function GoOnAct({ one }: ActsProps) {
  const { t } = useTranslation('imports')
  const goOn = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/register-imports/{id}/application', { params: { path: { id: one.id } }, headers }),
      ),
    { says: 'done' },
  )
  return (
    <>
      <ActButton
        type="primary"
        loading={goOn.isPending}
        refused={one.can.apply}
        onClick={() => goOn.mutate(undefined)}
      >
        {t('verbs.go_on')}
      </ActButton>
      {goOn.error ? <Failure error={goOn.error} /> : null}
    </>
  )
}

function DiscardAct({ one }: ActsProps) {
  const { t } = useTranslation('imports')
  const { modal } = App.useApp()
  const discard = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/register-imports/{id}/discarding', { params: { path: { id: one.id } }, headers }),
      ),
    { says: 'done' },
  )
  const ask = () =>
    modal.confirm({
      title: t('discard_sure'),
      content: t('discard_what'),
      okText: t('verbs.discard'),
      onOk: () => discard.mutate(undefined),
    })
  return (
    <>
      <ActButton loading={discard.isPending} refused={one.can.discard} onClick={ask}>
        {t('verbs.discard')}
      </ActButton>
      {discard.error ? <Failure error={discard.error} /> : null}
    </>
  )
}

type Undoing = Body<'/api/v1/register-imports/{id}/undo'>

function UndoAct({ one }: ActsProps) {
  const { t } = useTranslation('imports')
  const [isOpen, setOpen] = useState(false)
  const texts = useEffectTexts(one)
  const undo = useWrite(
    (body: Undoing, headers) =>
      answerOf(
        api.POST('/api/v1/register-imports/{id}/undo', { params: { path: { id: one.id } }, body, headers }),
      ),
    { onDone: () => setOpen(false) },
  )
  return (
    <>
      <ActButton refused={one.can.undo} onClick={() => setOpen(true)}>
        {t('verbs.undo')}
      </ActButton>
      <SideForm title={t('verbs.undo')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <EntryForm<Undoing>
          verb={t('verbs.undo')}
          isBusy={undo.isPending}
          error={undo.error}
          onSubmit={(body) => undo.mutate(body)}
          onLeave={() => setOpen(false)}
        >
          <p className="form-lead">{t('undo_what', texts)}</p>
          <Field name="reason" label={t('undo_reason')} help={t('undo_reason_help')}>
            <Input.TextArea rows={3} maxLength={500} />
          </Field>
        </EntryForm>
      </SideForm>
    </>
  )
}
