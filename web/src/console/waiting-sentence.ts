import { useTranslation } from 'react-i18next'
import { useWord } from '../ui/word.ts'

type Params = Readonly<Record<string, string | number>>

/** What waits, as a sentence: codes among the parameters become words as well, and of a label the reader's language is taken. */
export function useWaitingSentence(): (code: string, params: Params) => string {
  const word = useWord('home.kinds')
  const role = useWord('roles', 'agencies')
  const { t, i18n } = useTranslation()
  return (code, params) => {
    const spoken =
      i18n.language === 'en' && 'labelEnglish' in params
        ? { ...params, label: params['labelEnglish']! }
        : params
    const named = 'role' in spoken ? { ...spoken, role: role(String(spoken['role'])) } : spoken
    return word(code, { authority: t('ui.none'), ...named })
  }
}
