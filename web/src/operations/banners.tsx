// What must stand on every page: a simulated database says so on top, the embedded engine says so at the foot.

import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { useSystem } from '../me.ts'

/** Above everything. */
export function Banners() {
  const { t } = useTranslation()
  const { instant } = useFormat()
  const system = useSystem().data
  if (system?.database !== 'simulated') return null
  return (
    <section className="banner-simulated" aria-label={t('shell.simulated_label')}>
      <strong>{t('shell.simulated')}</strong>
      <span>{t('shell.simulated_clock', { now: instant(system.now) })}</span>
    </section>
  )
}

/** Below everything. */
export function Foot() {
  const { t } = useTranslation()
  const system = useSystem().data
  if (!system) return null
  return (
    <footer className="foot">
      {system.engine === 'pglite' ? <p>{t('shell.embedded')}</p> : null}
      <p>{t('shell.version', { version: system.version })}</p>
    </footer>
  )
}
