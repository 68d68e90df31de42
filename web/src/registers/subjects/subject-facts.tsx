import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { Loaded } from '../../ui/notices.tsx'
import { useWord } from '../../ui/word.ts'
import { ProtectedValue } from '../inspectors/protected-value.tsx'
import { type Subject, useSubject } from './queries.ts'
import { Flags, RegistrationState } from './states.tsx'
import { useValueWord } from './words.ts'

/** A subject beside the list. */
export function SubjectPeek({ id }: { readonly id: string }) {
  return <Loaded query={useSubject(id)}>{(subject) => <SubjectFacts subject={subject} />}</Loaded>
}

/** What the register says of a subject. */
export function SubjectFacts({ subject }: { readonly subject: Subject }) {
  const { t } = useTranslation('subjects')
  const { day } = useFormat()
  const word = useValueWord()
  const name = useWord('fields', 'subjects')
  const fact = (field: string, value: ReactNode) => ({ term: name(field), value })
  const words = (field: string, list: readonly string[]) =>
    list.length === 0 ? null : list.map((one) => word(field, one)).join(t('comma'))
  const { ofSubject, hasIdCard } = subject
  return (
    <Facts
      facts={[
        {
          term: t(`code_kinds.${subject.codeKind}`),
          value: <span className="number">{subject.code}</span>,
        },
        fact('kind', t(`kinds.${subject.kind}`)),
        fact('entityType', word('entityType', subject.entityType)),
        fact('registeredType', subject.registeredType),
        ...(ofSubject
          ? [
              fact(
                'ofSubject',
                <Link to="/registers/subjects/$id" params={{ id: ofSubject.id }}>
                  {ofSubject.name}
                </Link>,
              ),
            ]
          : []),
        fact('registrationState', <RegistrationState state={subject.registrationState} />),
        fact('divisionCode', <Division subject={subject} />),
        fact('flags', <Flags flags={subject.flags} />),
        fact('industryCode', <Industry subject={subject} />),
        fact('creditClass', subject.creditClass && t(`classes.${subject.creditClass}`)),
        fact('riskGrade', subject.riskGrade),
        fact('tags', words('tags', subject.tags)),
        fact('pools', words('pools', subject.pools)),
        fact('authorityIds', <Authorities subject={subject} />),
        fact('station', subject.station),
        fact('legalRepresentative', subject.legalRepresentative),
        fact('telephone', <Telephone subject={subject} />),
        ...(hasIdCard ? [fact('idCard', t('has_id_card'))] : []),
        fact('registeredAddress', subject.registeredAddress),
        fact('establishedOn', day(subject.establishedOn)),
        fact('registeredCapital', subject.registeredCapital),
        fact('enteredOn', day(subject.enteredOn)),
        ...(subject.leftOn ? [fact('leftOn', day(subject.leftOn))] : []),
        fact('businessScope', subject.businessScope),
      ]}
    />
  )
}

function Division({ subject }: { readonly subject: Subject }) {
  const { t } = useTranslation('subjects')
  return (
    <>
      {`${subject.divisionName}（${subject.divisionCode}）`}
      <span className="fine">{t(`bases.${subject.divisionBasis}`)}</span>
    </>
  )
}

function Industry({ subject: { industryChain } }: { readonly subject: Subject }) {
  if (industryChain.length === 0) return <>–</>
  return <>{industryChain.map(({ code, name }) => `${code} ${name}`).join(' › ')}</>
}

function Authorities({ subject: { authorities } }: { readonly subject: Subject }) {
  const { t } = useTranslation('subjects')
  if (authorities.length === 0) return <>–</>
  return (
    <span className="tight">
      {authorities.map(({ id, name }) => (
        <Link key={id} to="/agencies/authorities/$id" params={{ id }}>
          {name}
        </Link>
      ))}
      <span className="fine">{t('supervision')}</span>
    </span>
  )
}

function Telephone({ subject }: { readonly subject: Subject }) {
  const { t } = useTranslation('subjects')
  return (
    <ProtectedValue
      masked={subject.telephone}
      label={t('reveal.label')}
      refused={subject.can.revealTelephone}
      ask={async (purpose, headers) => {
        const { telephone } = await answerOf(
          api.POST('/api/v1/subjects/{id}/telephone-reveals', {
            params: { path: { id: subject.id } },
            body: { purpose },
            headers,
          }),
        )
        return { value: telephone }
      }}
    />
  )
}
