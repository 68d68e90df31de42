// 变动清单: what moved in the register while a draw was being prepared, so that whoever moved it is seen (I4, I5).

import type { DrawsParts } from '../parts.ts'
import { keyOf, pageOf } from '../../platform/http/pages.ts'
import type { Reader } from '../../platform/database/database.ts'
import { read, reply, type Reply, type Route } from '../../platform/http/route.ts'
import { found } from '../../platform/refusal.ts'
import { changesIn, type ChangeRow, countChanges, frameOf } from './changes.store.ts'
import { inLanguage } from './draw-page.ts'
import { html, page, table } from './html.ts'
import { withQuery } from './list-page.ts'
import { ByName, ChangeList, ChangePageQuery, ChangeQuery, Page } from './public.schema.ts'
import { type PublicDraw, publicDraw } from './public-draw.ts'
import { CACHED } from './public.routes.ts'
import { type Say, sayIn } from './words.ts'

/** The changes of the register before a draw, as data and as a page. */
export function changesRoutes(parts: Pick<DrawsParts, 'log'>): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/public/draws/{name}/changes',
      action: 'publicDraw.changes',
      summary: '从任务起草到名单固定，名录库里影响抽取的变动',
      schema: { params: ByName, query: ChangeQuery },
      replies: { 200: ChangeList },
      async handler({ reader, params, query, now }) {
        const draw = found(await publicDraw(reader, params.name, { log: parts.log, now }), 'draw')
        return reply(200, await changesOf(reader, draw, query), CACHED)
      },
    }),
    read({
      method: 'GET',
      path: '/public/draws/{name}/changes.html',
      action: 'publicDraw.changesPage',
      summary: '抽取之前名录库变动的网页',
      schema: { params: ByName, query: ChangePageQuery },
      replies: { 200: Page },
      async handler({ reader, params, query, now }) {
        const { lang = 'zh-CN', ...asked } = query
        const draw = found(await publicDraw(reader, params.name, { log: parts.log, now }), 'draw')
        return changesPage(draw, await changesOf(reader, draw, asked), sayIn(lang))
      },
    }),
  ]
}

async function changesOf(reader: Reader, draw: PublicDraw, asked: { after?: string; limit?: number }) {
  const { limit = 50 } = asked
  const frame = await frameOf(reader, draw.row.id)
  const after = keyOf(asked.after, ['instant', 'id'])
  // A sealed list is not told by who left the register just before.
  const rows = isSealed(draw) ? [] : await changesIn(reader, frame, { after, limit })
  const paged = pageOf(rows, limit, { key: ({ key, id }) => [key, id], show: represent })
  const times = { from: frame.from.toISOString(), to: frame.to.toISOString() }
  return { ...times, count: await countChanges(reader, frame), ...paged }
}

function represent({ code, kind, fields, at }: ChangeRow) {
  return { code, kind, fields: [...fields], at: at.toISOString() }
}

function isSealed({ row }: PublicDraw): boolean {
  return row.isSealed && row.openedAt === null
}

function changesPage(draw: PublicDraw, changes: Awaited<ReturnType<typeof changesOf>>, say: Say): Reply {
  const { name } = draw.row
  const { items, next, count } = changes
  const time = (at: string): string => say.time(new Date(at))
  const rows = items.map(({ code, kind, at }) => [code, say(`changes.kinds.${kind}`), time(at)])
  const head = ['code', 'what', 'at'].map((key) => say(`changes.${key}`))
  const title = say('changes.title', { name })
  const list =
    rows.length > 0
      ? table(title, head, rows)
      : html`<p>${isSealed(draw) ? say('changes.sealed', { count }) : say('changes.none')}</p>`
  const other = say.language === 'en' ? 'zh-CN' : 'en'
  return page({
    say,
    title,
    otherLanguage: inLanguage('changes.html', other),
    links: [[inLanguage(`../${name}.html`, say.language), say('why.back')]],
    body: html`<h1>${title}</h1>
      <p class="lead">${say('changes.text', { from: time(changes.from), to: time(changes.to) })}</p>
      ${list}
      ${
        next !== undefined &&
        html`<p class="act">
          <a href="${inLanguage(withQuery('changes.html', { after: next }), say.language)}"
            >${say('changes.more')}</a
          >
        </p>`
      }`,
    keptSeconds: 60,
  })
}
