import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, Loaded } from '../../ui/notices.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { type Checklist, type Checkpoint, type Item, useChecklists } from './queries.ts'
import { useCodes } from './words.ts'

/** The checklist of an item as it is used today, then the other versions with what each changed. */
export function ChecklistTab({ item }: { readonly item: Item }) {
  return (
    <Loaded query={useChecklists(item.id)}>{({ items }) => <Versions item={item} versions={items} />}</Loaded>
  )
}

function Versions({ item, versions }: { readonly item: Item; readonly versions: readonly Checklist[] }) {
  const { t } = useTranslation('catalogue')
  const navigate = useNavigate()
  const current = versions.find(({ isCurrent }) => isCurrent) ?? versions[0]
  const others = versions.filter((version) => version !== current)
  const write = (
    <ActButton
      refused={item.can.writeChecklist}
      onClick={() => void navigate({ to: '/registers/items/$id/checklist', params: { id: item.id } })}
    >
      {t(current ? 'checklists.new' : 'checklists.first')}
    </ActButton>
  )
  if (!current) return <EmptyState sentence={t('checklists.empty')} action={write} />
  return (
    <div className="stack">
      <div className="acts">{write}</div>
      <Version version={current} isOpen />
      {others.length > 0 ? <h2 className="section-title">{t('checklists.earlier')}</h2> : null}
      {others.map((version) => (
        <Version key={version.id} version={version} />
      ))}
    </div>
  )
}

function Version({ version, isOpen = false }: { readonly version: Checklist; readonly isOpen?: boolean }) {
  const { t } = useTranslation('catalogue')
  const { day, instant } = useFormat()
  const { number, effectiveFrom, madeBy, madeAt, changeNote, checkpoints, changes, isCurrent } = version
  return (
    <details className="checklist" open={isOpen}>
      <summary>
        {t('checklists.version', { number })} {t('checklists.from', { day: day(effectiveFrom) })}{' '}
        {isCurrent ? <StateTag kind="done" word={t('checklists.current')} /> : null}{' '}
        <span className="fine">{t('checklists.count', { count: checkpoints.length })}</span>
      </summary>
      <p className="fine">
        {t('checklists.made', { who: madeBy?.name ?? '–', at: instant(madeAt) })}
        {changeNote ? ` · ${changeNote}` : ''}
      </p>
      <Checkpoints checkpoints={checkpoints} />
      {changes.length > 0 ? <Changes changes={changes} /> : null}
    </details>
  )
}

function Checkpoints({ checkpoints }: { readonly checkpoints: readonly Checkpoint[] }) {
  const { t } = useTranslation('catalogue')
  const methods = useCodes('inspection-methods')
  return (
    <ol className="checkpoints">
      {checkpoints.map(({ no, text, basis, method, guidance }) => (
        <li key={no}>
          <span className="no">{no}</span>
          <div>
            <p className="as-written">{text}</p>
            <p className="fine">
              {[
                method ? methods.nameOf(method) : '',
                basis ? `${t('checklists.basis')}：${basis}` : '',
                guidance ? `${t('checklists.guidance')}：${guidance}` : '',
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </p>
          </div>
        </li>
      ))}
    </ol>
  )
}

function Changes({ changes }: { readonly changes: Checklist['changes'] }) {
  const { t } = useTranslation('catalogue')
  const methods = useCodes('inspection-methods')
  const wordsOf = ({ text, basis, method, guidance }: Checkpoint) =>
    [text, basis, method ? methods.nameOf(method) : null, guidance].filter(Boolean).join(' · ')
  return (
    <>
      <h3 className="section-title">{t('checklists.changes', { count: changes.length })}</h3>
      <ul className="differences">
        {changes.map(({ kind, no, before, after }) => (
          <li key={`${kind} ${no}`}>
            {t(`checklists.kinds.${kind}`)} {no}{' '}
            {before ? <del className="as-written">{wordsOf(before)}</del> : null}{' '}
            {after ? <ins className="as-written">{wordsOf(after)}</ins> : null}
          </li>
        ))}
      </ul>
    </>
  )
}
