import { Link } from '@tanstack/react-router'
import { Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { Loaded } from '../../ui/notices.tsx'
import { ChangeFields } from './change-fields.tsx'
import { type Change, type History, useHistory } from './queries.ts'
import { ChangeState } from './states.tsx'

/** All that happened to a subject, the newest first, wherever it stood. */
export function SubjectHistory({ id }: { readonly id: string }) {
  return <Loaded query={useHistory(id)}>{(history) => <Life history={history} />}</Loaded>
}

function Life({ history }: { readonly history: History }) {
  const { t } = useTranslation('subjects')
  const { day } = useFormat()
  // What an import entered has no row of its own among the changes.
  const isTold = history.items.some(({ kind }) => kind === 'entered')
  const how = t(`how.${history.enteredBy}`)
  const first = {
    key: 'first',
    color: 'gray',
    content: (
      <div className="tight">
        <span>{t('changes.first_entry', { day: day(history.enteredOn), how })}</span>
        {history.importId ? <ImportLink id={history.importId} /> : null}
      </div>
    ),
  }
  return (
    <>
      <Timeline
        className="life"
        items={[
          ...history.items.map((change) => ({
            key: change.id,
            color: COLOURS[change.state],
            content: <Event change={change} />,
          })),
          ...(isTold || history.more ? [] : [first]),
        ]}
      />
      {history.more ? <p className="fine">{t('changes.older')}</p> : null}
    </>
  )
}

const COLOURS: Readonly<Record<Change['state'], string>> = {
  proposed: 'blue',
  effective: 'green',
  rejected: 'red',
  withdrawn: 'gray',
}

function Event({ change }: { readonly change: Change }) {
  const { t } = useTranslation('subjects')
  const { instant } = useFormat()
  const { kind, state, reason, source, decidedBy, decidedAt, importId } = change
  return (
    <div className="tight">
      <span className="acts">
        <Link to="/registers/changes/$id" params={{ id: change.id }}>
          {t(`changes.kinds.${kind}`)}
        </Link>
        <ChangeState state={state} />
        <span className="fine">{instant(change.proposedAt)}</span>
      </span>
      <ChangeFields change={change} />
      {reason ? <span>{`${t('reason')}：${reason}`}</span> : null}
      <span className="fine">
        {[
          source === 'hand' ? null : t(`changes.sources.${source}`),
          change.proposedBy && t('changes.proposed_by', { who: change.proposedBy.name }),
          decidedBy && t('changes.decision_by', { who: decidedBy.name, at: instant(decidedAt) }),
          change.decisionNote,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {importId ? <ImportLink id={importId} /> : null}
    </div>
  )
}

/** The import that did something. */
export function ImportLink({ id }: { readonly id: string }) {
  const { t } = useTranslation('subjects')
  return (
    <Link to="/registers/imports/$id" params={{ id }}>
      {t('changes.see_import')}
    </Link>
  )
}
