import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageButton } from '../language-button.tsx'
import { Banners, Foot } from '../operations/banners.tsx'
import sun from '../ui/sun.svg'
import { PageHead } from '../ui/page-head.tsx'

/** The page around a sign-in: the name of the house, and nothing else. */
export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <>
      <Banners />
      <main className="door" id="content">
        <div className="door-brand">
          <img src={sun} alt="" width={40} height={40} />
          <div>
            <strong>{t('brand')}</strong>
            <span>{t('brand_what')}</span>
          </div>
        </div>
        <section className="door-panel">
          <PageHead title={title} />
          {children}
        </section>
      </main>
      <div className="door-foot">
        <LanguageButton />
        <Foot />
      </div>
    </>
  )
}
