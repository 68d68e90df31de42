import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Answer } from '../api.ts'
import { useCodeLists } from '../law/queries.ts'
import { useFormat } from '../ui/format.ts'
import { Loaded } from '../ui/notices.tsx'
import { useSentence } from '../ui/problem.tsx'
import { Rows } from '../ui/rows.tsx'

type Place = Answer<'/api/v1/tasks/{id}/rules'>['places'][number]
interface Matter {
  readonly key: string
  readonly title: string
  readonly show: (place: Place) => readonly { readonly text: string; readonly citation: string | null }[]
}

/** 规则对照: this task under the rules of its own place and of the others that have rules of their own. */
export function RulesTab({ taskId }: { readonly taskId: string }) {
  const { t } = useTranslation('tasks')
  const rules = useQuery({
    queryKey: ['tasks', taskId, 'rules'],
    queryFn: () => answerOf(api.GET('/api/v1/tasks/{id}/rules', { params: { path: { id: taskId } } })),
  })
  return (
    <Loaded query={rules}>
      {({ places }) => (
        <>
          <p className="lead">
            {t('rules.lead')}{' '}
            <Link to="/law/comparison" search={{ places: textOf(places) }}>
              {t('rules.all')}
            </Link>
          </p>
          <RulesTable places={places} />
        </>
      )}
    </Loaded>
  )
}

function RulesTable({ places }: { readonly places: readonly Place[] }) {
  const { t } = useTranslation('tasks')
  const { day } = useFormat()
  const matters = useMatters(places)
  return (
    <Rows<Matter>
      items={matters}
      keyOf={({ key }) => key}
      isFixed
      columns={[
        { key: 'matter', title: t('rules.matter'), isName: true, width: 130, show: ({ title }) => title },
        ...places.map((place) => ({
          key: `${place.division}@${place.on}`,
          title: t('rules.place', { name: place.name, day: day(place.on) }),
          show: ({ show }: Matter) => {
            const said = show(place)
            if (said.length === 0) return <span className="fine">{t('rules.none')}</span>
            return said.map(({ text, citation }) => (
              <div key={text}>
                <strong className="value">{text}</strong>
                {citation ? <div className="fine">{citation}</div> : null}
              </div>
            ))
          },
        })),
      ]}
    />
  )
}

/** What stands against it first, then what its scheme settles and says, then the grounds outside the plan. */
function useMatters(places: readonly Place[]): readonly Matter[] {
  const { t } = useTranslation('tasks')
  const { lang } = useFormat()
  const sentence = useSentence()
  const lists = useCodeLists().data?.items ?? []
  const nameOf = (list: string, code: string) =>
    lists.find(({ id }) => id === list)?.codes.find((each) => each.code === code)?.label[lang] ?? code
  const terms = (places[0]?.terms ?? []).map(({ code }) => code)
  return [
    {
      key: 'refusals',
      title: t('rules.refusals'),
      show: ({ refusals }) =>
        refusals.length === 0
          ? [{ text: t('rules.nothing_against'), citation: null }]
          : refusals.flatMap(({ why, citation }) => (why ? [{ text: sentence(why), citation }] : [])),
    },
    ...terms.map((code): Matter => ({
      key: code,
      title: t(`schemes.term_names.${code as 'publisher'}`, { defaultValue: code }),
      show: (place) =>
        place.terms.flatMap((term) =>
          term.code === code && term.text !== null
            ? [{ text: term.text[lang], citation: term.citation }]
            : [],
        ),
    })),
    {
      key: 'sections',
      title: t('rules.sections'),
      show: ({ sections: { codes, citation } }) =>
        codes.length === 0
          ? []
          : [{ text: codes.map((code) => nameOf('scheme-sections', code)).join(t('rules.and')), citation }],
    },
    {
      key: 'grounds',
      title: t('rules.grounds'),
      show: ({ grounds }) =>
        grounds.length === 0
          ? []
          : [
              {
                text: grounds.map(({ code, list }) => nameOf(list, code)).join(t('rules.and')),
                citation: null,
              },
            ],
    },
  ]
}

function textOf(places: readonly Place[]): string {
  return places.map(({ division, on }) => `${division}@${on}`).join(',')
}
