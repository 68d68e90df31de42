// What a commitment says of loads, in figures: they decide who inspects how much.

import { useTranslation } from 'react-i18next'
import { useTask } from '../../tasks/queries.ts'
import { useFormat } from '../../ui/format.ts'
import type { Draw } from '../queries.ts'

/** The most that one may get and the tolerance of the match; without figures where the task may not be read. */
export function useLoadWords(draw: Draw): { readonly load: string; readonly kept: string | undefined } {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const { data: task } = useTask(draw.task.id)
  if (!task) return { load: t('freeze.commit.load'), kept: undefined }
  const figures = { cap: number(task.loadCap), tau: number(task.tauHundredths) }
  const isTeams = draw.mode === 'teams'
  return {
    load: t(isTeams ? 'freeze.commit.load_teams' : 'freeze.commit.load_each', figures),
    kept: t(isTeams ? 'drawing.load_kept_teams' : 'drawing.load_kept', figures),
  }
}

/** How many each authority sends on one visit, from its least to its most. */
export function membersOf(
  draw: Draw,
): readonly { readonly name: string; readonly least: number; readonly most: number }[] {
  const all = draw.figures?.demands.flatMap(({ authorities }) => authorities) ?? []
  return [...new Map(all.map(({ id, name }) => [id, name]))].map(([id, name]) => {
    const members = all.filter((one) => one.id === id).map((one) => one.members)
    return { name, least: Math.min(...members), most: Math.max(...members) }
  })
}
