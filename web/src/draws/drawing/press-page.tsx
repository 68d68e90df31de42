import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useCodes } from '../../registers/catalogue/words.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { IrreversiblePage } from '../../ui/irreversible-page.tsx'
import { Failure, Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { type Column, Rows } from '../../ui/rows.tsx'
import { useWrite } from '../../use-write.ts'
import { type Draw, useDraw } from '../queries.ts'
import { Machine } from './machine.tsx'
import { type Press, type Presses, usePresses } from './queries.ts'

/** /draws/$id/press: who must press, who has; pressing starts the machine and chooses nothing. */
export function PressPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useDraw(id)}>{(draw) => <Page draw={draw} />}</Loaded>
}

function Page({ draw }: { readonly draw: Draw }) {
  return <Loaded query={usePresses(draw)}>{(presses) => <Known draw={draw} presses={presses} />}</Loaded>
}

interface KnownProps {
  readonly draw: Draw
  readonly presses: Presses
}

function Known({ draw, presses }: KnownProps) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const navigate = useNavigate()
  const press = usePress(draw.id)
  const record = { to: '/draws/$id', params: { id: draw.id } } as const
  const above = <Link {...record}>{draw.task.name}</Link>
  // The viewer's own; where he has none, the first that is missing says why he cannot.
  const missing = presses.presses.filter(({ at }) => at === null)
  const own = missing.find(({ why }) => why === null) ?? missing[0]
  if (!own)
    return (
      <article>
        <PageHead title={t('drawing.press_title')} above={above} />
        <Machine draw={draw} presses={presses} />
        <WhoPresses presses={presses} />
        <p>
          <Link {...record}>{t('drawing.to_record')}</Link>
        </p>
      </article>
    )
  const drawn = draw.figures?.strata.reduce((sum, { n }) => sum + n, 0) ?? 0
  return (
    <IrreversiblePage
      title={t('drawing.press_title')}
      above={above}
      effects={[
        t('drawing.starts_only'),
        t('drawing.draws', { drawn: number(drawn), population: number(draw.figures?.population) }),
        draw.isSealed ? t('drawing.sealed_then') : t('drawing.public_then'),
      ]}
      seenBy={t(draw.isSealed ? 'drawing.seen_sealed' : 'drawing.seen_open')}
      afterwards={t('drawing.afterwards')}
      verb={t('drawing.press')}
      refused={own.why}
      isBusy={press.isPending}
      error={press.error}
      onConfirm={() => press.mutate({ stage: own.stage, authorityId: own.authority.id })}
      onLeave={() => void navigate(record)}
    >
      <WhoPresses presses={presses} instead={(one) => <Instead draw={draw} press={one} />} />
    </IrreversiblePage>
  )
}

interface WhoProps {
  readonly presses: Presses
  readonly instead?: (press: Press) => React.ReactNode
}

/** Who presses for what under the rule of the place, and who has. */
function WhoPresses({ presses, instead }: WhoProps) {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const organisers = useCodes('draw-organisers')
  const columns: readonly Column<Press>[] = [
    {
      key: 'authority',
      title: t('drawing.authority'),
      isName: true,
      show: ({ authority }) => authority.name,
    },
    { key: 'stage', title: t('drawing.stage'), show: ({ stage }) => t(`drawing.stages.${stage}`) },
    {
      key: 'state',
      title: t('drawing.pressed'),
      show: ({ by, at, instead: isInstead }) =>
        at === null
          ? t('drawing.not_yet')
          : t(isInstead ? 'drawing.pressed_instead' : 'drawing.pressed_by', {
              by: by ?? '',
              at: instant(at, 'second'),
            }),
    },
    ...(instead && presses.presses.length > 1
      ? [{ key: 'instead', title: t('drawing.acts'), show: instead }]
      : []),
  ]
  return (
    <section aria-labelledby="who-presses">
      <h2 id="who-presses">{t('drawing.who_presses')}</h2>
      <p className="fine">
        {presses.organiser
          ? t('drawing.by_rule', { rule: organisers.nameOf(presses.organiser) })
          : t('drawing.no_rule')}
      </p>
      <Rows
        items={presses.presses}
        columns={columns}
        keyOf={({ stage, authority }) => `${stage} ${authority.id}`}
      />
    </section>
  )
}

/** The lead presses for a participant that did not come. */
function Instead({ draw, press: { stage, authority, at, whyInstead } }: { draw: Draw; press: Press }) {
  const { t } = useTranslation('draws')
  const press = usePress(draw.id)
  if (stage === 'objects' || at !== null) return null
  return (
    <>
      <ActButton
        refused={whyInstead}
        loading={press.isPending}
        onClick={() => press.mutate({ stage, authorityId: authority.id, instead: true })}
      >
        {t('drawing.press_instead')}
      </ActButton>
      {press.error ? <Failure error={press.error} /> : null}
    </>
  )
}

interface Asked {
  readonly stage: Press['stage']
  readonly authorityId: string
  readonly instead?: boolean
}

function usePress(id: string) {
  return useWrite<Asked, unknown>(
    (body, headers) =>
      answerOf(api.POST('/api/v1/draws/{id}/presses', { params: { path: { id } }, body, headers })),
    { changes: [['draws']] },
  )
}
