import { useTranslation } from 'react-i18next'
import { useWord } from '../ui/word.ts'

type Params = Readonly<Record<string, string | number>>

/** What waits, as a sentence: codes among the parameters become words as well. */
export function useWaitingSentence(): (code: string, params: Params) => string {
  const word = useWord('home.kinds')
  const role = useWord('roles', 'agencies')
  const { t } = useTranslation()
  return (code, params) => {
    const named = 'role' in params ? { ...params, role: role(String(params['role'])) } : params
    return word(code, { authority: t('ui.none'), ...named })
  }
}
