import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import { todayInChina, useFormat } from '../../ui/format.ts'
import { EmptyState } from '../../ui/notices.tsx'
import { Rows } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { LicenceEdit, LicenceForm, RevocationForm } from './licence-forms.tsx'
import { ClosureForm, PremisesForm } from './premises-forms.tsx'
import type { Licence, Premises, Subject } from './queries.ts'

type Open =
  | { readonly form: 'premises' | 'closure'; readonly premises?: Premises }
  | { readonly form: 'licence' | 'revocation'; readonly licence?: Licence }

/** Where a subject can be visited, and which licences it has: each a row of its own. */
export function SubjectParts({ subject }: { readonly subject: Subject }) {
  const { t } = useTranslation('subjects')
  const [open, setOpen] = useState<Open | undefined>()
  const close = () => setOpen(undefined)
  const { can } = subject
  return (
    <div className="stack">
      <div className="part-head">
        <h2>{t('fields.premises')}</h2>
        <ActButton refused={can.addPremises} onClick={() => setOpen({ form: 'premises' })}>
          {t('premises.new')}
        </ActButton>
      </div>
      <PremisesTable subject={subject} onOpen={setOpen} />
      <div className="part-head">
        <h2>{t('fields.licence')}</h2>
        <ActButton refused={can.addLicence} onClick={() => setOpen({ form: 'licence' })}>
          {t('licence.new')}
        </ActButton>
      </div>
      <LicenceTable subject={subject} onOpen={setOpen} />
      <SideForm title={open ? t(titleOf(open)) : ''} isOpen={open !== undefined} onClose={close}>
        {open ? <PartForm subject={subject} open={open} onDone={close} /> : null}
      </SideForm>
    </div>
  )
}

function titleOf(open: Open) {
  switch (open.form) {
    case 'premises':
      return open.premises ? 'premises.edit' : 'premises.new'
    case 'closure':
      return 'premises.close_title'
    case 'licence':
      return open.licence ? 'licence.edit' : 'licence.new'
    case 'revocation':
      return 'licence.revoke_title'
  }
}

function PartForm({
  subject,
  open,
  onDone,
}: {
  readonly subject: Subject
  readonly open: Open
  readonly onDone: () => void
}) {
  switch (open.form) {
    case 'premises':
      return <PremisesForm subject={subject} premises={open.premises} onDone={onDone} />
    case 'closure':
      return open.premises ? <ClosureForm premises={open.premises} onDone={onDone} /> : null
    case 'licence':
      return open.licence ? (
        <LicenceEdit licence={open.licence} onDone={onDone} />
      ) : (
        <LicenceForm subject={subject} onDone={onDone} />
      )
    case 'revocation':
      return open.licence ? <RevocationForm licence={open.licence} onDone={onDone} /> : null
  }
}

interface TableProps {
  readonly subject: Subject
  readonly onOpen: (open: Open) => void
}

function PremisesTable({ subject, onOpen }: TableProps) {
  const { t } = useTranslation('subjects')
  const { day } = useFormat()
  if (subject.premises.length === 0) return <EmptyState sentence={t('no_premises')} />
  return (
    <Rows<Premises>
      items={subject.premises}
      keyOf={({ id }) => id}
      isDimmed={({ closedOn }) => closedOn !== null}
      columns={[
        { key: 'address', title: t('premises.address'), isName: true, show: (each) => each.address },
        { key: 'name', title: t('premises.name'), show: (each) => each.name ?? '–' },
        { key: 'openedOn', title: t('premises.opened_on'), show: (each) => day(each.openedOn) },
        {
          key: 'state',
          title: t('state'),
          show: ({ closedOn }) =>
            closedOn ? (
              <StateTag kind="ended" word={t('premises.closed', { day: day(closedOn) })} />
            ) : (
              <StateTag kind="done" word={t('premises.open')} />
            ),
        },
        {
          key: 'acts',
          title: '',
          show: (premises) =>
            premises.closedOn ? null : (
              <span className="acts">
                <ActButton
                  size="small"
                  refused={subject.can.addPremises}
                  onClick={() => onOpen({ form: 'premises', premises })}
                >
                  {t('edit')}
                </ActButton>
                <ActButton
                  size="small"
                  refused={subject.can.addPremises}
                  onClick={() => onOpen({ form: 'closure', premises })}
                >
                  {t('premises.close')}
                </ActButton>
              </span>
            ),
        },
      ]}
    />
  )
}

function LicenceTable({ subject, onOpen }: TableProps) {
  const { t } = useTranslation('subjects')
  const { day } = useFormat()
  if (subject.licences.length === 0) return <EmptyState sentence={t('no_licence')} />
  return (
    <Rows<Licence>
      items={subject.licences}
      keyOf={({ id }) => id}
      isDimmed={({ revokedOn }) => revokedOn !== null}
      columns={[
        { key: 'kind', title: t('licence.kind'), isName: true, show: (each) => each.kind },
        { key: 'number', title: t('licence.number'), show: (each) => each.number },
        { key: 'authority', title: t('licence.authority'), show: (each) => each.authority.name },
        { key: 'scope', title: t('licence.scope'), show: (each) => each.scope ?? '–' },
        {
          key: 'until',
          title: t('licence.valid_until'),
          show: (each) => (each.validUntil ? day(each.validUntil) : t('licence.long')),
        },
        { key: 'state', title: t('state'), show: (each) => <LicenceState licence={each} /> },
        {
          key: 'acts',
          title: '',
          show: (licence) =>
            licence.revokedOn ? null : (
              <span className="acts">
                <ActButton
                  size="small"
                  refused={subject.can.addLicence}
                  onClick={() => onOpen({ form: 'licence', licence })}
                >
                  {t('edit')}
                </ActButton>
                <ActButton
                  size="small"
                  refused={subject.can.addLicence}
                  onClick={() => onOpen({ form: 'revocation', licence })}
                >
                  {t('licence.revoke')}
                </ActButton>
              </span>
            ),
        },
      ]}
    />
  )
}

function LicenceState({ licence: { revokedOn, validUntil } }: { readonly licence: Licence }) {
  const { t } = useTranslation('subjects')
  const { day } = useFormat()
  if (revokedOn) return <StateTag kind="ended" word={t('licence.revoked', { day: day(revokedOn) })} />
  if (validUntil && validUntil < todayInChina())
    return <StateTag kind="overdue" word={t('licence.expired', { day: day(validUntil) })} />
  return <StateTag kind="done" word={t('licence.valid')} />
}
