import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, Loaded } from '../../ui/notices.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { type Column, Rows } from '../../ui/rows.tsx'
import { Aliases } from './aliases.tsx'
import { type Assignment, useAssignments } from './queries.ts'

/** /draws/assignments: whom the person at the screen is to visit, with whom, until when, and for which items. */
export function AssignmentsPage() {
  const { t } = useTranslation('draws')
  return (
    <article>
      <PageHead title={t('mine.title')} lead={t('mine.lead')} />
      <p>
        <Link to="/draws/replacements">{t('mine.cannot_go')}</Link>
      </p>
      <Loaded query={useAssignments()}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState sentence={t('events.not_drawn')} />
          ) : (
            together(items).map((one) => <One key={keyOf(one)} one={one} />)
          )
        }
      </Loaded>
      <Aliases />
    </article>
  )
}

/** Where each subject has people of its own, those that the same people visit stand in one table. */
function together(items: readonly Assignment[]): readonly Assignment[] {
  const found = new Map<string, Assignment>()
  for (const one of items) {
    const before = found.get(keyOf(one))
    found.set(keyOf(one), before ? { ...before, subjects: [...before.subjects, ...one.subjects] } : one)
  }
  return [...found.values()]
}

function keyOf({ draw, place, with: others }: Assignment): string {
  return [draw.id, place ?? '', ...others.map(({ alias }) => alias).toSorted()].join(' ')
}

type Subject = Assignment['subjects'][number]

function One({ one }: { readonly one: Assignment }) {
  const { t } = useTranslation('draws')
  const { day, instant } = useFormat()
  const columns: readonly Column<Subject>[] = [
    { key: 'name', title: t('drawing.subject'), isName: true, show: ({ name, code }) => name ?? code },
    { key: 'code', title: t('drawing.code'), show: ({ code }) => <code>{code}</code> },
  ]
  return (
    <section className="assignment" aria-label={one.task}>
      <h2>{one.task}</h2>
      {one.isSealed ? (
        <Alert
          type="warning"
          showIcon
          title={t('mine.sealed')}
          description={t('mine.recusal_later', { at: instant(one.openAt) })}
        />
      ) : null}
      <Facts
        facts={[
          { term: t('mine.period'), value: `${day(one.startsOn)} – ${day(one.endsOn)}` },
          { term: t('events.authority'), value: one.authority.name },
          ...(one.place === null ? [] : [{ term: t('drawing.team'), value: one.place }]),
          {
            term: t('events.mates'),
            value:
              one.with.length === 0
                ? t('mine.alone')
                : one.with
                    .map(({ person, authority }) =>
                      t('events.mate', { name: person, authority: authority.name }),
                    )
                    .join(t('drawing.comma')),
          },
          { term: t('mine.items'), value: one.items.join(t('drawing.comma')) || '–' },
        ]}
      />
      <Rows items={one.subjects} columns={columns} keyOf={({ code }) => code} />
      {one.more > 0 ? <p className="fine">{t('mine.more', { more: one.more })}</p> : null}
    </section>
  )
}
