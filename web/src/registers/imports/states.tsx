import { useTranslation } from 'react-i18next'
import { type StateKind, StateTag } from '../../ui/state-tag.tsx'
import { useWord } from '../../ui/word.ts'
import { useFormat } from '../../ui/format.ts'
import { effectsOf, RESULT_KINDS } from './figures.ts'
import type { Mode, RegisterImport, Result } from './queries.ts'

const KINDS: Readonly<Record<string, StateKind>> = {
  uploaded: 'notBegun',
  checking: 'underWay',
  unreadable: 'refused',
  checked: 'soon',
  applying: 'underWay',
  halted: 'refused',
  applied: 'done',
  undoing: 'underWay',
  undone: 'ended',
  discarded: 'ended',
}

/** Where an import stands. What was only compared ends with the comparison. */
export function ImportState({
  one: { state, mode },
}: {
  readonly one: Pick<RegisterImport, 'state' | 'mode'>
}) {
  const { t } = useTranslation('imports')
  const word = useWord('states', 'imports')
  if (state === 'checked' && mode === 'reconcile') return <StateTag kind="done" word={t('compared')} />
  return <StateTag kind={KINDS[state] ?? 'notBegun'} word={word(state)} />
}

/** What a result is called: between two sources other words fit than before an import. */
export function useResultWord(mode: Mode): (result: Result) => string {
  const word = useWord('results', 'imports')
  const gap = useWord('gaps', 'imports')
  return mode === 'reconcile' ? gap : word
}

/** What an application would write, as a sentence has it: numbers written out, and what is counted. */
export function useEffectTexts({ register, counts }: Pick<RegisterImport, 'register' | 'counts'>) {
  const { t } = useTranslation('imports')
  const { number } = useFormat()
  const { entered, changed, gone, reclassified } = effectsOf({ counts })
  return {
    entered: number(entered),
    changed: number(changed),
    gone: number(gone),
    reclassified: number(reclassified),
    unit: t(`units.${register}`),
    /** Which of both two persons decide on: of nobody nothing is said. */
    only: reclassified === 0 ? ('_gone' as const) : gone === 0 ? ('_reclassified' as const) : ('' as const),
  }
}

/** What becomes of a row. */
export function ResultTag({ result, mode }: { readonly result: Result; readonly mode: Mode }) {
  const word = useResultWord(mode)
  return <StateTag kind={RESULT_KINDS[result]} word={word(result)} />
}
