import type { Sentences } from './language.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console'
    resources: Sentences
    interpolationPrefix: '{'
    interpolationSuffix: '}'
  }
}
