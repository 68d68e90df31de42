import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useMe } from '../../me.ts'
import { type Fact, Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { Failure, Loaded } from '../../ui/notices.tsx'
import { QrCode } from '../../ui/qr.tsx'
import { useWrite } from '../../use-write.ts'
import type { Draw } from '../queries.ts'
import { useChanges, usePublicDraw } from './queries.ts'

/** What everybody can see of a draw, and take away to check it. */
export function CertificateTab({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  if (draw.commitHash === null) return <p>{t('certificate.not_yet')}</p>
  return (
    <div className="certificate-tab">
      <PublicPage name={draw.name} />
      <Why draw={draw} />
      <PublicFacts name={draw.name} />
      <Bundles draw={draw} />
      <Limits />
    </div>
  )
}

const addressOf = (name: string) => `/api/v1/public/draws/${encodeURIComponent(name)}`

function PublicPage({ name }: { readonly name: string }) {
  const { t, i18n } = useTranslation('draws')
  const page = `${addressOf(name)}.html${i18n.language === 'en' ? '?lang=en' : ''}`
  return (
    <section className="public-page">
      <QrCode text={`${location.origin}${addressOf(name)}.html`} label={t('certificate.scan')} />
      <div>
        <p>{t('certificate.page_is')}</p>
        <Button type="primary" href={page} target="_blank" rel="noopener">
          {t('certificate.page')}
        </Button>
      </div>
    </section>
  )
}

/** The same page that a shop owner finds: what is told him, an official sees too. */
function Why({ draw }: { readonly draw: Draw }) {
  const { t, i18n } = useTranslation('draws')
  const [code, setCode] = useState('')
  // A void draw has drawn nobody.
  if (draw.state === 'void' || (draw.isSealed && draw.openedAt === null)) return null
  return (
    <section>
      <h2>{t('certificate.why')}</h2>
      <form action={`${addressOf(draw.name)}/why`} target="_blank" className="look-up">
        {i18n.language === 'en' ? <input type="hidden" name="lang" value="en" /> : null}
        <label htmlFor="why-code">{t('certificate.code')}</label>
        <Input
          id="why-code"
          name="code"
          maxLength={55}
          autoComplete="off"
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
        <Button htmlType="submit" disabled={code.trim() === ''}>
          {t('certificate.look_up')}
        </Button>
      </form>
    </section>
  )
}

function PublicFacts({ name }: { readonly name: string }) {
  const { t } = useTranslation('draws')
  const { number } = useFormat()
  const changes = useChanges(name)
  return (
    <section>
      <h2>{t('certificate.facts')}</h2>
      <Loaded query={usePublicDraw(name)}>
        {(shown) => {
          const { witnesses, observers } = shown
          const sum = (of: 'count' | 'contributed') => observers.reduce((total, line) => total + line[of], 0)
          const said = { count: number(sum('count')) as never, contributed: number(sum('contributed')) }
          const facts: readonly Fact[] = [
            {
              term: t('certificate.population'),
              value: `${number(shown.population)} → ${number(shown.drawn)}`,
            },
            { term: t('certificate.witnesses'), value: t('certificate.witnesses_of', { ...witnesses }) },
            { term: t('certificate.observers'), value: t('certificate.observers_of', said) },
            { term: t('certificate.events'), value: number(shown.events.length) },
            {
              term: t('certificate.changes'),
              value: changes.data ? (
                <a href={`${addressOf(name)}/changes.html`} target="_blank" rel="noopener">
                  {t('certificate.changes_of', { count: number(changes.data.count) as never })}
                </a>
              ) : null,
            },
          ]
          return <Facts facts={facts} />
        }}
      </Loaded>
    </section>
  )
}

function Bundles({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const acting = useMe().data?.acting?.authorityId
  return (
    <section>
      <p>{t('certificate.bundle_is')}</p>
      <Button href={`${addressOf(draw.name)}/bundle.zip`} download>
        {t('certificate.bundle')}
      </Button>
      {acting === draw.oversight.id ? <OversightBundle draw={draw} /> : null}
    </section>
  )
}

/** Asked for in the page, and not by a link: it may want the password once more. */
function OversightBundle({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const fetched = useWrite(
    (id: string) =>
      answerOf(
        api.GET('/api/v1/draws/{id}/oversight-bundle.zip', { params: { path: { id } }, parseAs: 'blob' }),
      ),
    { changes: [], onDone: (zip) => save(zip as unknown as Blob, `${draw.name}-oversight.zip`) },
  )
  return (
    <div className="oversight-bundle">
      <p>{t('certificate.oversight_bundle_is')}</p>
      <Button loading={fetched.isPending} onClick={() => fetched.mutate(draw.id)}>
        {t('certificate.oversight_bundle')}
      </Button>
      {fetched.error ? <Failure error={fetched.error} /> : null}
    </div>
  )
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

function Limits() {
  const { t } = useTranslation('draws')
  return (
    <section>
      <h2>{t('certificate.limits')}</h2>
      <ul>
        {(['register', 'inspection', 'collusion'] as const).map((limit) => (
          <li key={limit}>{t(`certificate.limit_${limit}`)}</li>
        ))}
      </ul>
    </section>
  )
}
