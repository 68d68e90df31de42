import { GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from './language.ts'
import { useFormat } from './ui/format.ts'
import { usePreference } from './ui/preference.ts'

/** Changes to the other language and remembers it. */
export function useLanguageSwitch(): () => void {
  const [, remember] = usePreference('language', ['zh-CN', 'en'], 'zh-CN')
  const { lang } = useFormat()
  const other = lang === 'en' ? 'zh-CN' : 'en'
  return () => {
    remember(other)
    void changeLanguage(other)
  }
}

/** The name of the other language, in that language. */
export function LanguageButton() {
  const { t } = useTranslation()
  const switchLanguage = useLanguageSwitch()
  return (
    <Button
      type="text"
      icon={<GlobalOutlined />}
      onClick={switchLanguage}
      lang={t('shell.other_language_code')}
    >
      {t('shell.other_language')}
    </Button>
  )
}
