import { Checkbox } from 'antd'
import { type ComponentProps, createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'

/** Which rows are selected, by key. */
export interface Selection {
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

/** Selects a row, or no longer. */
export function toggle({ chosen, onChange }: Selection, key: string): void {
  const next = new Set(chosen)
  if (!next.delete(key)) next.add(key)
  onChange(next)
}

interface RowChoiceProps {
  readonly selection: Selection
  readonly id: string
  /** Which row it is, from 1. */
  readonly row: number
}

/** The box of one row. */
export function RowChoice({ selection, id, row }: RowChoiceProps) {
  const { t } = useTranslation()
  return (
    <Checkbox
      aria-label={t('ui.list.select_row', { row })}
      checked={selection.chosen.has(id)}
      onChange={() => toggle(selection, id)}
    />
  )
}

interface AllChoiceProps {
  readonly selection: Selection
  readonly ids: readonly string[]
}

const AllContext = createContext<AllChoiceProps | undefined>(undefined)
/** Around a table whose rows can be selected. */
export const AllRows = AllContext.Provider

/** What marks the head of the column of boxes. */
export const CHOICE_HEAD = 'data-choice'

/**
 * A head of a table. The box for all stands here and not in the column's title, which the table writes once more into
 * a hidden row that it measures.
 */
export function HeadCell({ children, ...rest }: ComponentProps<'th'> & { readonly [CHOICE_HEAD]?: boolean }) {
  const all = useContext(AllContext)
  return <th {...rest}>{rest[CHOICE_HEAD] && all ? <AllChoice {...all} /> : children}</th>
}

/** The box above them all. */
function AllChoice({ selection, ids }: AllChoiceProps) {
  const { t } = useTranslation()
  const count = ids.filter((id) => selection.chosen.has(id)).length
  return (
    <Checkbox
      aria-label={t('ui.list.select_all')}
      checked={count > 0 && count === ids.length}
      indeterminate={count > 0 && count < ids.length}
      onChange={() => selection.onChange(new Set(count === ids.length ? [] : ids))}
    />
  )
}
