import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { useWord } from '../../ui/word.ts'
import type { Finding } from './queries.ts'

/** What must be mended, and what one ought to know: each with where and why. */
export function FindingsList({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation('draws')
  const errors = findings.filter(({ severity }) => severity === 'error')
  const warnings = findings.filter(({ severity }) => severity === 'warning')
  if (findings.length === 0) return <p className="fine">{t('freeze.none')}</p>
  return (
    <>
      {errors.length > 0 ? (
        <Alert
          type="error"
          showIcon
          title={t('freeze.errors', { count: errors.length })}
          description={
            <>
              <Each findings={errors} />
              <p className="fine">{t('freeze.errors_lead')}</p>
            </>
          }
        />
      ) : null}
      {warnings.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('freeze.warnings', { count: warnings.length })}
          description={<Each findings={warnings} />}
        />
      ) : null}
    </>
  )
}

/** The findings as sentences. */
export function Each({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const sentence = useWord('freeze.finding', 'draws')
  const said = (params: Finding['params']) =>
    Object.fromEntries(
      Object.entries(params).map(([key, value]) => [key, typeof value === 'number' ? number(value) : value]),
    )
  return (
    <ul className="findings">
      {findings.map(({ code, params, mend, severity }, at) => (
        <li key={`${code} ${at}`}>
          {sentence(code, said(params))}{' '}
          {mend === '' ? null : (
            <Link to={mend as '/tasks'}>{t(severity === 'error' ? 'freeze.mend' : 'freeze.look')}</Link>
          )}
        </li>
      ))}
    </ul>
  )
}
