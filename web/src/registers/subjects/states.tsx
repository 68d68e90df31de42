import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { StateTag, type StateKind } from '../../ui/state-tag.tsx'
import type { Change, ListedSubject, Subject } from './queries.ts'
import { useValueWord } from './words.ts'

/** Whether a subject is in the register, left it, or stands in another county now. */
export function SubjectState({
  subject,
}: {
  readonly subject: Pick<ListedSubject, 'leftOn'> & Partial<Pick<Subject, 'movedTo'>>
}) {
  const { t } = useTranslation('subjects')
  const { day } = useFormat()
  const { leftOn, movedTo } = subject
  if (movedTo) return <StateTag kind="ended" word={t('states.moved', { to: movedTo })} />
  return leftOn ? (
    <StateTag kind="ended" word={t('states.left', { day: day(leftOn) })} />
  ) : (
    <StateTag kind="done" word={t('states.here')} />
  )
}

const REGISTRATION: Readonly<Record<ListedSubject['registrationState'], StateKind>> = {
  active: 'done',
  suspended: 'notBegun',
  deregistered: 'ended',
  revoked: 'ended',
  cancelled: 'ended',
  relocated: 'ended',
}

/** How a subject is registered. */
export function RegistrationState({ state }: { readonly state: ListedSubject['registrationState'] }) {
  const { t } = useTranslation('subjects')
  return <StateTag kind={REGISTRATION[state]} word={t(`registration_states.${state}`)} />
}

/** What somebody should look at, in words. */
export function Flags({ flags }: { readonly flags: readonly string[] }) {
  const word = useValueWord()
  if (flags.length === 0) return <>–</>
  return (
    <span className="tight">
      {flags.map((flag) => (
        <StateTag key={flag} kind="soon" word={word('flags', flag)} />
      ))}
    </span>
  )
}

const CHANGES: Readonly<Record<Change['state'], StateKind>> = {
  proposed: 'underWay',
  effective: 'done',
  rejected: 'refused',
  withdrawn: 'ended',
}

/** Whether a change waits, took effect, was rejected or taken back. */
export function ChangeState({ state }: { readonly state: Change['state'] }) {
  const { t } = useTranslation('subjects')
  return <StateTag kind={CHANGES[state]} word={t(`changes.states.${state}`)} />
}
