import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { percent, useCodes, useJoined } from '../registers/catalogue/words.ts'
import { useFormat } from '../ui/format.ts'
import { StateTag } from '../ui/state-tag.tsx'
import { useWord } from '../ui/word.ts'
import type { Amendment, Change, Scope } from './queries.ts'
import { useLineCodes, ScopeText } from './words.tsx'

const OPS = { add: 'done', change: 'underWay', end: 'ended' } as const

/** 差异表: of each line what was and what it becomes, field by field. */
export function Differences({ amendment }: { readonly amendment: Pick<Amendment, 'changes' | 'names'> }) {
  const { t } = useTranslation('plans')
  return (
    <ul className="stack">
      {amendment.changes.map((change) => (
        <li key={change.lineId}>
          <p>
            <StateTag kind={OPS[change.op]} word={t(`amendments.ops.${change.op}`)} />{' '}
            {change.lineNumber === null ? '' : t('amendments.line', { number: change.lineNumber })}
            {change.taskName}
          </p>
          {change.op === 'end' ? null : <Fields change={change} names={amendment.names} />}
        </li>
      ))}
    </ul>
  )
}

function Fields({ change, names }: { readonly change: Change; readonly names: Amendment['names'] }) {
  const { t } = useTranslation('plans')
  const word = useWord('line_fields', 'plans')
  const valueOf = useValue(names)
  const fields = SHOWN.filter((name) => said(change.after?.[name]) || said(change.before?.[name]))
  return (
    <table className="difference">
      <thead>
        <tr>
          <th scope="col">{t('amendments.what')}</th>
          {change.op === 'add' ? null : <th scope="col">{t('amendments.before')}</th>}
          <th scope="col">{t(change.op === 'add' ? 'amendments.added' : 'amendments.after')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((name) => (
          <tr key={name}>
            <th scope="row">{word(name)}</th>
            {change.op === 'add' ? null : <td>{valueOf(name, change.before?.[name])}</td>}
            <td>{valueOf(name, change.after?.[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const SHOWN = [
  'code',
  'taskName',
  'drawType',
  'tier',
  'field',
  'mode',
  'crossRegion',
  'leadAuthorityId',
  'parts',
  'object',
  'scope',
  'fullCoverage',
  'ratio',
  'quantity',
  'classRatios',
  'batches',
  'draws',
  'frequencyLeast',
  'frequencyMost',
  'methods',
  'startsOn',
  'endsOn',
  'drawLevel',
  'inspectLevel',
  'guidedBy',
  'unit',
  'content',
  'requirement',
  'remark',
] as const

function said(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false
}

/** A value of a line in words. */
function useValue(names: Amendment['names']): (name: string, value: unknown) => ReactNode {
  const { t } = useTranslation('plans')
  const { day } = useFormat()
  const joined = useJoined()
  const level = useWord('levels', 'plans')
  const type = useWord('draw_types', 'plans')
  const tier = useWord('tiers', 'plans')
  const field = useWord('fields', 'plans')
  const { modes, methods } = useLineCodes()
  const named = (id: string) => names[id] ?? id
  const part = ({ authorityId, itemIds }: { authorityId: string; itemIds: readonly string[] }) =>
    itemIds.length === 0
      ? named(authorityId)
      : t('amendments.part', { authority: named(authorityId), items: joined(itemIds.map(named)) })
  const words: Readonly<Record<string, (value: never) => ReactNode>> = {
    drawType: (value: string) => type(value),
    tier: (value: string) => tier(value),
    field: (value: string) => field(value),
    mode: (value: string) => modes.nameOf(value),
    methods: (value: readonly string[]) => joined(value.map(methods.nameOf)),
    leadAuthorityId: named,
    parts: (value: readonly Parameters<typeof part>[0][]) => joined(value.map(part)),
    scope: (value: Scope) => <ScopeText scope={value} />,
    ratio: (value: number) => percent(value),
    classRatios: (value: Readonly<Record<string, number>>) =>
      joined(Object.entries(value).map(([of, share]) => t('amount.class', { of, share: percent(share) }))),
    startsOn: day,
    endsOn: day,
    drawLevel: (value: string) => level(value),
    inspectLevel: (value: string) => level(value),
  }
  return (name, value) => {
    if (typeof value === 'boolean') return t(value ? 'lines.yes' : 'lines.no')
    if (!said(value)) return '–'
    return words[name]?.(value as never) ?? String(value)
  }
}

/** The reason of an amendment in words. */
export function useReasonWord(): (code: string) => string {
  return useCodes('amendment-reasons').nameOf
}
