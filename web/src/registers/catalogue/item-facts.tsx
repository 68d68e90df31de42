import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../ui/facts.tsx'
import { useFormat } from '../../ui/format.ts'
import { Citation as Law, Reason } from '../../ui/problem.tsx'
import { type StateKind, StateTag } from '../../ui/state-tag.tsx'
import { citationLabel, type Item } from './queries.ts'
import { percent, useCodes, useJoined, useLevels } from './words.ts'

/** What an item says. */
export function ItemFacts({ item }: { readonly item: Item }) {
  const { t } = useTranslation('catalogue')
  const joined = useJoined()
  const levels = useLevels()
  const methods = useCodes('inspection-methods')
  const categories = useCodes('inspector-categories')
  const ratio = useRatio()
  return (
    <div className="stack">
      <Usable item={item} />
      <Facts
        facts={[
          { term: t('items.code'), value: item.code },
          { term: t('items.sub_item'), value: item.subItem },
          { term: t('authority'), value: item.authorityName },
          { term: t('items.field'), value: t(`fields.${item.field}`) },
          { term: t('items.is_random'), value: t(item.isRandom ? 'items.random' : 'items.not_random') },
          { term: t('items.tier'), value: t(`tiers.${item.tier}`) },
          { term: t('items.object'), value: item.object },
          { term: t('items.ratio'), value: item.isRandom ? ratio(item) : null },
          { term: t('items.frequency'), value: item.frequency },
          { term: t('items.methods'), value: joined(item.methods.map(methods.nameOf)) || null },
          { term: t('items.method_requirement'), value: item.methodRequirement },
          { term: t('items.levels'), value: levels(item.implementingLevels) || null },
          {
            term: t('items.inspector_categories'),
            value: joined(item.inspectorCategories.map(categories.nameOf)) || null,
          },
          { term: t('items.inspector_qualifications'), value: joined(item.inspectorQualifications) || null },
          { term: t('items.note'), value: item.note },
          { term: t('items.effective'), value: <Term item={item} /> },
        ].filter(({ value }) => value !== null)}
      />
      {item.notRandomReason ? (
        <Words title={t('items.not_random_reason')} text={item.notRandomReason} />
      ) : null}
      {item.scope ? <Words title={t('items.scope')} text={item.scope} /> : null}
      <Bases item={item} />
      <AppliesTo item={item} />
      <FieldMeans item={item} />
      <Decisions item={item} />
    </div>
  )
}

const KINDS: Readonly<Record<Item['state'], StateKind>> = {
  draft: 'notBegun',
  proposed: 'underWay',
  effective: 'done',
  ended: 'ended',
  discarded: 'ended',
}

/** Where something of the catalogue is in its life. */
export function CatalogueState({ state }: { readonly state: Item['state'] }) {
  const { t } = useTranslation('catalogue')
  return <StateTag kind={KINDS[state]} word={t(`states.${state}`)} />
}

/** The ratio as a phrase: at least, at most, and what was said instead. */
export function useRatio(): (item: Item) => string {
  const { t } = useTranslation('catalogue')
  const joined = useJoined()
  return ({ ratioFloor, ratioCap, ratioNote, byBatches, tier }) =>
    joined(
      [
        ratioFloor === null ? '' : t('items.at_least', { ratio: percent(ratioFloor) }),
        ratioCap === null
          ? tier === 'PRIORITY'
            ? t('items.no_cap')
            : ''
          : t('items.at_most', { ratio: percent(ratioCap) }),
        byBatches ? t('items.batches') : '',
        ratioNote ?? '',
      ].filter((part) => part !== ''),
    ) || '–'
}

/** What an instrument is worth today. */
export function Standing({ standing }: { readonly standing: Item['bases'][number]['standing'] }) {
  const { t } = useTranslation('catalogue')
  return <StateTag kind={STANDING_KINDS[standing]} word={t(`standings.${standing}`)} />
}

const STANDING_KINDS: Readonly<Record<Item['bases'][number]['standing'], StateKind>> = {
  inForce: 'done',
  unchecked: 'soon',
  notYet: 'notBegun',
  over: 'ended',
  repealed: 'refused',
  doubtful: 'soon',
}

function Usable({ item }: { readonly item: Item }) {
  const { t } = useTranslation('catalogue')
  if (item.state !== 'effective') return null
  return item.can.use ? (
    <p className="panel">
      <Reason refused={item.can.use} />
    </p>
  ) : (
    <p className="fine">{t('items.usable')}</p>
  )
}

function Term({ item: { effectiveFrom, effectiveUntil } }: { readonly item: Item }) {
  const { t } = useTranslation('catalogue')
  const { day } = useFormat()
  if (!effectiveFrom) return <>{t('items.not_set')}</>
  return (
    <>
      {effectiveUntil
        ? t('items.from_to', { from: day(effectiveFrom), until: day(effectiveUntil) })
        : t('items.no_end', { from: day(effectiveFrom) })}
    </>
  )
}

function Words({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section>
      <h2 className="section-title">{title}</h2>
      <p className="as-written">{text}</p>
    </section>
  )
}

function Bases({ item }: { readonly item: Item }) {
  const { t } = useTranslation('catalogue')
  return (
    <section>
      <h2 className="section-title">{t('items.bases')}</h2>
      {item.bases.length === 0 ? <p>{t('none')}</p> : null}
      <ul className="bases">
        {item.bases.map((basis, at) => (
          <li key={at}>
            <span className="row-name">{citationLabel(basis)}</span>
            {basis.article} <Standing standing={basis.standing} />
            {basis.phrase ? <blockquote className="as-written">{basis.phrase}</blockquote> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

const CRITERIA = ['industries', 'entityTypes', 'kinds', 'licenceKinds', 'pools', 'tags'] as const

function AppliesTo({ item }: { readonly item: Item }) {
  const { t } = useTranslation('catalogue')
  const joined = useJoined()
  const set = CRITERIA.filter((each) => item.appliesTo[each].length > 0)
  return (
    <section>
      <h2 className="section-title">{t('items.applies_to')}</h2>
      {set.length === 0 ? (
        <p>{t('items.applies_all')}</p>
      ) : (
        <Facts
          facts={set.map((each) => ({
            term: t(`items.applies.${each}`),
            value: joined(item.appliesTo[each]),
          }))}
        />
      )}
      <p>
        <Link to="/registers/subjects" search={{ item: item.id }}>
          {t('items.see_subjects')}
        </Link>
      </p>
    </section>
  )
}

/** What the field decides: who leads, who oversees, where it is filed, where it is counted. */
function FieldMeans({ item }: { readonly item: Item }) {
  const { t } = useTranslation('catalogue')
  const joined = useJoined()
  const bodies = useCodes('bodies')
  const value = ({ what, bodies: codes }: Item['fieldDuties'][number]) =>
    what === 'countedIn' ? t(`items.counted.${item.field}`) : joined(codes.map(bodies.nameOf))
  return (
    <section>
      <h2 className="section-title">{t('items.field_means')}</h2>
      <Facts
        facts={item.fieldDuties.map((duty) => ({
          term: t(`items.duties.${duty.what}`),
          value: (
            <>
              {value(duty) || t('items.no_duty')}
              {duty.law ? <Law law={duty.law} /> : null}
            </>
          ),
        }))}
      />
    </section>
  )
}

function Decisions({ item }: { readonly item: Item }) {
  const { t } = useTranslation('catalogue')
  const { instant } = useFormat()
  const by = (who: Item['proposedBy'], at: string | null) =>
    who && at ? t('items.by_at', { who: who.name, at: instant(at) }) : null
  const facts = [
    { term: t('items.proposed'), value: by(item.proposedBy, item.proposedAt) },
    { term: t('items.decided'), value: by(item.decidedBy, item.decidedAt) },
    { term: t('items.decision_note'), value: item.decisionNote },
    { term: t('items.end_reason'), value: item.endReason },
    {
      term: t('items.revises'),
      value: item.revises ? (
        <Link to="/registers/items/$id" params={{ id: item.revises }}>
          {t('items.earlier')}
        </Link>
      ) : null,
    },
  ].filter(({ value }) => value !== null)
  return facts.length === 0 ? null : <Facts facts={facts} />
}
