import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Alert, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, ifMatch } from '../../api.ts'
import { useFormat } from '../../ui/format.ts'
import { IrreversiblePage } from '../../ui/irreversible-page.tsx'
import { Loaded } from '../../ui/notices.tsx'
import { useWrite } from '../../use-write.ts'
import { type Draw, useDraw } from '../queries.ts'
import { Each } from './findings-list.tsx'
import { membersOf, useLoadWords } from './load-words.ts'
import { MomentInput } from './moment-input.tsx'
import { instantOf, minutesFromNow } from './moments.ts'
import { type Findings, useFindings } from './queries.ts'
import { type Chosen, firstChoice, SourceFields, sourcesOf } from './source-fields.tsx'

/** /draws/$id/commitment: everything that can change the result is fixed, and said to everybody. */
export function CommitmentPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useDraw(id)}>{(draw) => <WithFindings draw={draw} />}</Loaded>
}

function WithFindings({ draw }: { readonly draw: Draw }) {
  return (
    <Loaded query={useFindings(draw.id, draw.version)}>
      {(found) => <Commitment draw={draw} found={found} />}
    </Loaded>
  )
}

interface CommitmentProps {
  readonly draw: Draw
  readonly found: Findings
}

/** A ceremony is usually that long after the commitment. */
const CLOSE_MINUTES = 60
const OPEN_MINUTES = 7 * 24 * 60

function Commitment({ draw, found }: CommitmentProps) {
  const { t } = useTranslation('draws')
  const navigate = useNavigate()
  const [closeBy, setCloseBy] = useState(() => minutesFromNow(CLOSE_MINUTES))
  const [openAt, setOpenAt] = useState(() => minutesFromNow(OPEN_MINUTES))
  const [chosen, setChosen] = useState<Chosen>(() => firstChoice(found.hasBeacon))
  const back = () => void navigate({ to: '/draws/$id', params: { id: draw.id } })
  const commit = useWrite(
    (_: undefined, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/commitment', {
          params: { path: { id: draw.id } },
          headers: { ...headers, ...ifMatch(draw.version) },
          body: {
            closeBy: instantOf(closeBy),
            sources: sourcesOf(chosen),
            ...(draw.isSealed ? { openAt: instantOf(openAt) } : {}),
          },
        }),
      ),
    { changes: [['draws']], onDone: back, says: 'done' },
  )
  const effects = useEffects(draw, { closeBy, openAt, chosen })
  const warnings = found.findings.filter(({ severity }) => severity === 'warning')
  return (
    <IrreversiblePage
      title={t('freeze.commit.title', { name: draw.task.name })}
      above={
        <Link to="/draws/$id" params={{ id: draw.id }}>
          {draw.name}
        </Link>
      }
      effects={effects}
      seenBy={t('freeze.commit.seen_by')}
      afterwards={t('freeze.commit.afterwards')}
      verb={t('freeze.commit.verb')}
      refused={found.can.commit}
      isBusy={commit.isPending}
      error={commit.error}
      onConfirm={() => commit.mutate(undefined)}
      onLeave={back}
    >
      {warnings.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('freeze.commit.warnings')}
          description={<Each findings={warnings} />}
        />
      ) : null}
      <Form layout="vertical">
        <MomentInput
          id="closeBy"
          label={t('freeze.commit.close_by')}
          hint={t('freeze.commit.close_hint')}
          value={closeBy}
          onChange={setCloseBy}
        />
        {draw.isSealed ? (
          <MomentInput id="openAt" label={t('freeze.commit.open_at')} value={openAt} onChange={setOpenAt} />
        ) : null}
        <SourceFields value={chosen} onChange={setChosen} />
      </Form>
    </IrreversiblePage>
  )
}

/** The twelve things that nobody can change any more, in numbers. */
function useEffects(
  draw: Draw,
  { closeBy, openAt, chosen }: { closeBy: string; openAt: string; chosen: Chosen },
): readonly string[] {
  const { t } = useTranslation('draws')
  const { number, instant } = useFormat()
  const { load } = useLoadWords(draw)
  const { figures } = draw
  if (!figures) return []
  const list = draw.isSealed
    ? t('freeze.commit.sealed_list', { openAt: instant(instantOf(openAt)) })
    : t('freeze.commit.open_list')
  return [
    t('freeze.commit.population', { population: number(figures.population) }),
    t('freeze.commit.excluded', { excluded: number(figures.scopeCount - figures.population) }),
    t('freeze.commit.strata', { count: figures.strata.length }),
    t('freeze.commit.design', { drawn: number(draw.drawn) }),
    t('freeze.commit.demands', {
      members: membersOf(draw)
        .map(({ name, least, most }) => `${name} ${least === most ? most : `${least}–${most}`}`)
        .join(t('freeze.comma')),
    }),
    t('freeze.commit.parties', { names: figures.pools.map(({ name }) => name).join(t('freeze.comma')) }),
    t('freeze.commit.pools', {
      pools: figures.pools
        .map(({ name, rows, draw: drawn }) => `${name} ${rows} → ${drawn}`)
        .join(t('freeze.comma')),
    }),
    t('freeze.commit.people', { conflicts: figures.conflicts }),
    load,
    figures.teams === null ? t('freeze.commit.no_teams') : t('freeze.commit.teams', { count: figures.teams }),
    t('freeze.commit.sources', { sources: t(`freeze.commit.preset.${chosen.preset}`) }),
    t('freeze.commit.times', { closeBy: instant(instantOf(closeBy)), list }),
  ]
}
