// The sentences of the console. Chinese is the source and always there; English is fetched when somebody wants it.

import dayjs from 'dayjs'
import dayjsZh from 'dayjs/locale/zh-cn.js'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import accounts from '../../words/zh-CN/console-accounts.json' with { type: 'json' }
import agencies from '../../words/zh-CN/console-agencies.json' with { type: 'json' }
import audit from '../../words/zh-CN/console-audit.json' with { type: 'json' }
import inspectors from '../../words/zh-CN/console-inspectors.json' with { type: 'json' }
import catalogue from '../../words/zh-CN/console-catalogue.json' with { type: 'json' }
import imports from '../../words/zh-CN/console-imports.json' with { type: 'json' }
import draws from '../../words/zh-CN/console-draws.json' with { type: 'json' }
import law from '../../words/zh-CN/console-law.json' with { type: 'json' }
import operations from '../../words/zh-CN/console-operations.json' with { type: 'json' }
import plans from '../../words/zh-CN/console-plans.json' with { type: 'json' }
import subjects from '../../words/zh-CN/console-subjects.json' with { type: 'json' }
import tasks from '../../words/zh-CN/console-tasks.json' with { type: 'json' }
import publicDraws from '../../words/zh-CN/public-draws.json' with { type: 'json' }
import problems from '../../words/zh-CN/problems.json' with { type: 'json' }
import console from '../../words/zh-CN/console.json' with { type: 'json' }
import { speak } from './api.ts'
import type { Lang } from './ui/format.ts'
import { readPreference } from './ui/preference.ts'

const zh = {
  console,
  agencies,
  catalogue,
  draws,
  imports,
  inspectors,
  law,
  audit,
  accounts,
  operations,
  plans,
  problems,
  publicDraws,
  subjects,
  tasks,
}
export type Sentences = typeof zh

/** Before anything is shown. */
export async function startLanguage(): Promise<void> {
  const lang: Lang = readPreference('language') === 'en' ? 'en' : 'zh-CN'
  await i18next.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    defaultNS: 'console',
    resources: { 'zh-CN': zh },
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  })
  await changeLanguage(lang)
}

/** Changes the language of the whole page. */
export async function changeLanguage(lang: Lang): Promise<void> {
  if (lang === 'en' && !i18next.hasResourceBundle('en', 'console')) {
    const { english } = await import('./english.ts')
    for (const [name, sentences] of Object.entries(english)) i18next.addResourceBundle('en', name, sentences)
  }
  dayjs.locale(lang === 'en' ? 'en' : dayjsZh)
  document.documentElement.lang = lang
  speak(lang)
  await i18next.changeLanguage(lang)
}
