import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/act-button.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, Loaded } from '../../ui/notices.tsx'
import { type Column, Rows } from '../../ui/rows.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { ApplyForm } from './apply-form.tsx'
import { type MyPost, useMyPosts } from './queries.ts'

/** Whose visit it is: a team, or a business by its name and its code. */
function Place({ post: { mode, name, place } }: { readonly post: MyPost }) {
  return mode === 'teams' ? (
    place
  ) : (
    <span className="wraps">
      {name ?? ''} <code className="fine">{place}</code>
    </span>
  )
}

/** Where the person at the screen was drawn, with whom he goes, and how he asks to be replaced. */
export function MyPosts() {
  const { t } = useTranslation('draws')
  const { instant } = useFormat()
  const [asking, setAsking] = useState<MyPost | undefined>()
  const columns: readonly Column<MyPost>[] = [
    {
      key: 'task',
      title: t('events.task'),
      isName: true,
      show: ({ task, draw }) => (
        <>
          {task} <span className="fine">{draw.name}</span>
        </>
      ),
    },
    { key: 'place', title: t('events.place'), show: (post) => <Place post={post} /> },
    { key: 'subjects', title: t('events.subjects'), isNumber: true, show: ({ subjects }) => subjects },
    {
      key: 'mates',
      title: t('events.mates'),
      show: ({ mates }) => (
        <span className="wraps">
          {mates.map(({ name, authority }) => t('events.mate', { name, authority })).join(t('drawing.comma'))}
        </span>
      ),
    },
    {
      key: 'alias',
      title: t('events.alias'),
      show: ({ alias }) => <code title={alias}>{alias.slice(0, 8)}…</code>,
    },
    {
      key: 'act',
      title: t('events.replacement'),
      show: (post) =>
        post.open ? (
          <Link to="/draws/replacements/$id" params={{ id: post.open.id }}>
            {t(`events.states.${post.open.state}`)}
          </Link>
        ) : (
          <ActButton onClick={() => setAsking(post)}>{t('events.apply')}</ActButton>
        ),
    },
  ]
  return (
    <section aria-labelledby="my-posts">
      <h2 id="my-posts">{t('events.my_posts')}</h2>
      <Loaded query={useMyPosts(true)}>
        {({ items, sealed }) => (
          <>
            {sealed.map(({ draw, task, openAt }) => (
              <Alert
                key={draw.id}
                type="info"
                showIcon
                title={t('events.still_sealed', { task, draw: draw.name, at: instant(openAt) })}
                description={t('events.still_sealed_why')}
              />
            ))}
            {items.length === 0 ? (
              <EmptyState sentence={t(sealed.length === 0 ? 'events.not_drawn' : 'events.none_open')} />
            ) : (
              <Rows items={items} columns={columns} keyOf={({ draw, place }) => draw.id + place} />
            )}
          </>
        )}
      </Loaded>
      <SideForm title={t('events.apply')} isOpen={asking !== undefined} onClose={() => setAsking(undefined)}>
        {asking ? <ApplyForm post={asking} onDone={() => setAsking(undefined)} /> : null}
      </SideForm>
    </section>
  )
}
