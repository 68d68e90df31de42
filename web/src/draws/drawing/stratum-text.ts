import { useTranslation } from 'react-i18next'
import { useStratumText } from '../../tasks/words.ts'
import type { Draw } from '../queries.ts'

/** How the strata of a draw are called. */
export function useStratumOf(draw: Draw): (code: string) => string {
  const { t } = useTranslation('draws')
  const named = useStratumText((draw.figures?.strata ?? []).map(({ code }) => code))
  return (code) => (code === 'carried' ? t('freeze.strata.carried') : named(code))
}
