import { useTranslation } from 'react-i18next'
import type { Draw } from './queries.ts'

const SHORT = 12
const SHOWN = ['plan.json', 'commit.json', 'close.json', 'certificate.json'] as const
type Name = (typeof SHOWN)[number]

/** What was fixed, by its fingerprint, and how many witnesses have seen that it was. */
export function Fingerprints({ draw }: { readonly draw: Draw }) {
  const { t } = useTranslation('draws')
  const shown = draw.manifests.filter(({ name }) => (SHOWN as readonly string[]).includes(name))
  if (shown.length === 0) return null
  const order = (name: string) => SHOWN.indexOf(name as Name)
  return (
    <ul className="fingerprints">
      {shown
        .toSorted((a, b) => order(a.name) - order(b.name))
        .map(({ name, hash, leafIndex, witnesses }) => (
          <li key={name}>
            <b>{t(`draws.manifests.${name.replace('.json', '') as 'plan'}`)}</b>{' '}
            <a href={`/api/v1/draws/${draw.id}/manifests/${name}`}>
              <code title={hash}>{hash.slice(0, SHORT)}</code>
            </a>{' '}
            <span className="fine">
              {leafIndex !== null && witnesses >= draw.quorum
                ? t('draws.witnessed', { index: leafIndex, witnesses })
                : t('draws.awaiting')}
            </span>
          </li>
        ))}
    </ul>
  )
}
