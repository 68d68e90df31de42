import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { useJoined } from '../registers/catalogue/words.ts'
import { ActButton } from '../ui/act-button.tsx'
import { List } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { Loaded } from '../ui/notices.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { useWrite } from '../use-write.ts'
import { LineFacts } from './line-facts.tsx'
import { LineForm } from './line-form.tsx'
import { type Line, type Plan, PLAN_CHANGES, useLine, useLines } from './queries.ts'
import { TableActs } from './table-acts.tsx'
import { useAmount, useLineCodes, usePeriod } from './words.tsx'

/** 任务安排: the lines as the tables of offices have them; a click shows the whole, and the way to change it. */
export function LinesTab({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  const { search, change, onCursor } = useListSearch()
  const lines = useLines(plan.id, { after: search['after'], limit: search['limit'] })
  const [isNew, setNew] = useState(false)
  // In the address, so that a finding leads to its line.
  const edited = plan.state === 'draft' ? search['line'] : undefined
  const setEdited = (line: string | undefined) => change({ line, after: search['after'] })
  const joined = useJoined()
  const amount = useAmount()
  const period = usePeriod()
  const { modes } = useLineCodes()
  return (
    <div className="stack">
      <TableActs plan={plan}>
        {plan.state === 'draft' ? (
          <ActButton refused={plan.can.addLine} onClick={() => setNew(true)}>
            {t('lines.new')}
          </ActButton>
        ) : null}
      </TableActs>
      <List<Line>
        query={lines}
        isFixed
        keyOf={({ id }) => id}
        empty={t('lines.empty')}
        cursor={search['after']}
        onCursor={onCursor}
        limit={search['limit']}
        onLimit={(limit) => change({ limit })}
        peek={(line) => (
          <div className="stack">
            {plan.state === 'draft' ? <LineActs line={line} onEdit={() => setEdited(line.id)} /> : null}
            <LineFacts line={line} />
          </div>
        )}
        columns={[
          {
            key: 'number',
            title: t('lines.number'),
            isNumber: true,
            width: 56,
            show: ({ number }) => number,
          },
          {
            key: 'name',
            title: t('lines.task_name'),
            isName: true,
            width: 170,
            show: ({ taskName }) => taskName,
          },
          {
            key: 'type',
            title: t('lines.draw_type'),
            width: 84,
            show: ({ drawType }) => t(`draw_types.${drawType}`),
          },
          { key: 'object', title: t('lines.object'), width: 140, show: ({ object }) => object },
          { key: 'amount', title: t('lines.amount'), width: 120, show: (line) => amount(line) },
          // Only a plan of all has lines of several authorities.
          ...(plan.kind === 'consolidated'
            ? [{ key: 'lead', title: t('lines.lead'), width: 130, show: ({ lead }: Line) => lead.name }]
            : []),
          {
            key: 'others',
            title: t('lines.others'),
            width: 130,
            show: ({ parts }) =>
              joined(parts.filter(({ isLead }) => !isLead).map(({ authorityName }) => authorityName)) || '–',
          },
          { key: 'period', title: t('lines.period'), width: 120, show: (line) => period(line) },
          {
            key: 'mode',
            title: t('lines.mode'),
            width: 110,
            show: ({ mode }) => (mode === null ? t('lines.alone') : modes.nameOf(mode)),
          },
          // Only where an import left something open.
          ...(lines.data?.items.some(({ unmatched }) => unmatched)
            ? [
                {
                  key: 'unmatched',
                  title: t('lines.open_points'),
                  width: 96,
                  show: ({ unmatched }: Line) =>
                    unmatched ? <StateTag kind="soon" word={t('lines.unmatched_short')} /> : '–',
                },
              ]
            : []),
        ]}
      />
      <SideForm title={t('lines.new')} isOpen={isNew} onClose={() => setNew(false)}>
        <LineForm plan={plan} onDone={() => setNew(false)} />
      </SideForm>
      <SideForm title={t('lines.edit')} isOpen={edited !== undefined} onClose={() => setEdited(undefined)}>
        {edited === undefined ? null : (
          <EditedLine plan={plan} id={edited} onDone={() => setEdited(undefined)} />
        )}
      </SideForm>
    </div>
  )
}

/** As it stands now: what a colleague changed meanwhile comes into the form. */
function EditedLine({
  plan,
  id,
  onDone,
}: {
  readonly plan: Plan
  readonly id: string
  readonly onDone: () => void
}) {
  return <Loaded query={useLine(id)}>{(line) => <LineForm plan={plan} line={line} onDone={onDone} />}</Loaded>
}

function LineActs({ line, onEdit }: { readonly line: Line; readonly onEdit: () => void }) {
  const { t } = useTranslation('plans')
  const [isAsked, setAsked] = useState(false)
  const remove = useWrite(
    (_: undefined, headers) =>
      answerOf(api.POST('/api/v1/plan-lines/{id}/removal', { params: { path: { id: line.id } }, headers })),
    { changes: PLAN_CHANGES, says: 'done' },
  )
  return (
    <div className="acts">
      <ActButton type="primary" refused={line.can.edit} onClick={onEdit}>
        {t('lines.edit')}
      </ActButton>
      {isAsked ? (
        <>
          <Button danger loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            {t('lines.remove_surely', { number: line.number })}
          </Button>
          <Button onClick={() => setAsked(false)}>{t('lines.keep')}</Button>
        </>
      ) : (
        <ActButton refused={line.can.remove} onClick={() => setAsked(true)}>
          {t('lines.remove')}
        </ActButton>
      )}
    </div>
  )
}
