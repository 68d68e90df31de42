import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input, type InputRef, Modal } from 'antd'
import { type KeyboardEvent, useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { Failure } from '../ui/notices.tsx'
import { PLACES } from './navigation.tsx'
import { useMay } from '../may.ts'

/** The server looks for records by no fewer. */
const LEAST_LETTERS = 2

interface Hit {
  readonly to: string
  readonly title: string
  readonly kind: string
  readonly detail?: string | undefined
}

/** Pages and records by a few letters; arrows choose, Enter opens. */
export function SearchDialog({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const input = useRef<InputRef>(null)
  return (
    <Modal
      open={isOpen}
      onCancel={onClose}
      footer={null}
      title={t('search.title')}
      destroyOnHidden
      afterOpenChange={(open) => open && input.current?.focus()}
      className="search-dialog"
    >
      <SearchBody input={input} onClose={onClose} />
    </Modal>
  )
}

function SearchBody({
  input,
  onClose,
}: {
  readonly input: React.RefObject<InputRef | null>
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [place, setPlace] = useState(0)
  const { hits, error, isSearching } = useHits(useDeferredValue(text.trim()))
  const open = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    void navigate({ to: hit.to })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && hits.length > 0) {
      event.preventDefault()
      setPlace((place + step + hits.length) % hits.length)
    }
    if (event.key === 'Enter') open(hits[place])
  }
  return (
    <>
      <Input
        ref={input}
        size="large"
        value={text}
        placeholder={t('search.placeholder')}
        aria-label={t('search.title')}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="search-hits"
        aria-activedescendant={hits.length > 0 ? `search-hit-${place}` : undefined}
        onChange={(event) => {
          setText(event.target.value)
          setPlace(0)
        }}
        onKeyDown={onKeyDown}
      />
      {error ? <Failure error={error} /> : null}
      <ul id="search-hits" role="listbox" aria-label={t('search.hits')}>
        {hits.map((hit, index) => (
          // The keyboard chooses in the field above; here a mouse may click.
          <li
            key={`${hit.to}${hit.title}`}
            id={`search-hit-${index}`}
            role="option"
            aria-selected={index === place}
            onClick={() => open(hit)}
            onMouseEnter={() => setPlace(index)}
          >
            <span>{hit.title}</span>
            <span className="fine">{[hit.kind, hit.detail].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
      <p role="status" className="fine">
        {text.trim() === ''
          ? t('search.hint')
          : text.trim().length < LEAST_LETTERS
            ? t('search.too_short')
            : isSearching
              ? t('ui.loading')
              : hits.length === 0
                ? t('search.none', { text: text.trim() })
                : ''}
      </p>
    </>
  )
}

function useHits(q: string) {
  const { t } = useTranslation()
  const may = useMay()
  const found = useQuery({
    queryKey: ['search', q],
    queryFn: () => answerOf(api.GET('/api/v1/search', { params: { query: { q } } })),
    enabled: q.length >= LEAST_LETTERS,
  })
  const pages: readonly Hit[] = PLACES.flatMap(({ pages }) => pages)
    .filter(({ to }) => may(to))
    .map(({ key, to }) => ({ to, title: t(`nav.pages.${key as 'people'}`), kind: t('search.page') }))
    .filter(({ title }) => q !== '' && title.toLowerCase().includes(q.toLowerCase()))
  const records = (found.data?.items ?? []).map((item): Hit => ({
    to: item.link,
    title: item.title,
    detail: item.subtitle,
    kind: t(`search.kinds.${item.type as 'person'}`),
  }))
  return { hits: [...pages, ...records], error: found.error, isSearching: found.isFetching }
}
