import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useFormat } from '../../ui/format.ts'
import { IrreversiblePage } from '../../ui/irreversible-page.tsx'
import { Loaded } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import { effectsOf } from './figures.ts'
import { type RegisterImport, useRegisterImport } from './queries.ts'

/** Before a file is written into a register: how many enter, change and leave. */
export function ApplicationPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useRegisterImport(id)}>{(one) => <Application one={one} />}</Loaded>
}

function Application({ one }: { readonly one: RegisterImport }) {
  const { t } = useTranslation('imports')
  const navigate = useNavigate()
  const { id } = one
  const leave = () => void navigate({ to: '/registers/imports/$id', params: { id } })
  const apply = useWrite(
    (_: undefined, headers) =>
      answerOf(api.POST('/api/v1/register-imports/{id}/application', { params: { path: { id } }, headers })),
    { onDone: leave },
  )
  return (
    <IrreversiblePage
      title={t('application.title', { file: one.fileName })}
      above={
        <Link to="/registers/imports/$id" params={{ id }}>
          {one.fileName}
        </Link>
      }
      effects={useEffects(one)}
      seenBy={t(`application.seen_by.${one.register}`)}
      afterwards={t('application.afterwards')}
      verb={t('verbs.apply')}
      // Once it is asked for, the state alone would refuse it.
      refused={apply.isPending || apply.isSuccess ? null : one.can.apply}
      isBusy={apply.isPending}
      error={apply.error}
      onConfirm={() => apply.mutate(undefined)}
      onLeave={leave}
    />
  )
}

function useEffects(one: RegisterImport): readonly string[] {
  const { t } = useTranslation('imports')
  const { number } = useFormat()
  const { entered, changed, gone, reclassified, unwritten, duplicate } = effectsOf(one)
  const effect = (
    key: 'entered' | 'changed' | 'gone' | 'reclassified' | 'duplicate' | 'unwritten',
    count: number,
  ) => (count > 0 ? [t(`application.${key}`, { n: number(count), unit: t(`units.${one.register}`) })] : [])
  return [
    t('application.whole', { register: t(`registers.${one.register}`), authority: one.authority.name }),
    ...effect('entered', entered),
    ...effect('changed', changed),
    ...effect('reclassified', reclassified),
    ...effect('gone', gone),
    ...effect('duplicate', duplicate),
    ...effect('unwritten', unwritten),
  ]
}
