import { csvLine, csvStart, csvText } from '@sunlot/sheets'
import { Type } from 'typebox'
import { dayOf } from '../../platform/clock.ts'
import { csvFile } from '../../platform/http/csv-file.ts'
import { read, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { demand, found } from '../../platform/refusal.ts'
import type { PlansParts } from '../parts.ts'
import { findPlan } from '../plans/plans.store.ts'
import { formRows } from './export.rules.ts'
import { columnsOf, titleOf, whyNotForm } from './forms.rules.ts'
import { FormQuery } from './imports.schema.ts'
import { tableContext } from './table-frame.ts'

/** Plans as tables to take away, in the forms that offices have. */
export function planExportRoutes({ book }: PlansParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/plans/{id}/export.csv',
      action: 'plan.export',
      summary: '导出计划表（CSV），按所选表式',
      schema: { params: ById, query: FormQuery },
      replies: { 200: Type.String() },
      async handler({ reader, reach, now, params, query: { form } }) {
        const plan = found(await findPlan(reader, reach, params.id), 'plan')
        demand(whyNotForm(plan, form))
        const { names, lines } = await tableContext(reader, await book.read(reader), plan, now)
        const title = titleOf(plan, form)
        const rows = formRows(
          title,
          form,
          lines.map(({ values }) => values),
          names,
        )
        const text = csvStart() + rows.map((cells) => csvLine(cells)).join('')
        return csvFile(text, `${title}${dayOf(now)}.csv`, `plan-${dayOf(now)}.csv`)
      },
    }),
    read({
      method: 'GET',
      path: '/plan-template.csv',
      action: 'plan.template',
      summary: '计划表的空白表式（CSV）',
      schema: { query: FormQuery },
      replies: { 200: Type.String() },
      handler: ({ query: { form } }) =>
        Promise.resolve(
          csvFile(
            csvText(
              columnsOf(form).map(([title]) => title),
              [],
            ),
            '计划表.csv',
            'plan-template.csv',
          ),
        ),
    }),
  ]
}
