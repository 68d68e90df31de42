import { personOf, read, reply, type Route, write } from '../platform/http/route.ts'
import { ById } from '../platform/http/shapes.ts'
import { demand } from '../platform/refusal.ts'
import { whyNotSave } from './views.rules.ts'
import { NewView, SavedView, SavedViewList, ViewEdit } from './views.schema.ts'
import { editView, getView, insertView, listViews, removeView } from './views.store.ts'

/** Saved views of lists, each person's own. */
export function viewRoutes(): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/saved-views',
      action: 'savedView.list',
      summary: '我保存的列表视图',
      schema: {},
      replies: { 200: SavedViewList },
      handler: async ({ reader, reach }) => ({ items: await listViews(reader, reach) }),
    }),
    write({
      method: 'POST',
      path: '/saved-views',
      action: 'savedView.save',
      about: 'saved_view',
      summary: '保存列表视图：页面的查询条件和一个名称',
      schema: { body: NewView },
      replies: { 201: SavedView },
      async handler(context) {
        const { writer, reach, body, id } = context
        demand(whyNotSave((await listViews(writer, reach)).length))
        await insertView(writer, { ...body, id, personId: personOf(context).personId })
        return reply(201, await getView(writer, reach, id))
      },
    }),
    write({
      method: 'PATCH',
      path: '/saved-views/{id}',
      action: 'savedView.edit',
      about: 'saved_view',
      summary: '修改视图的名称或查询条件',
      schema: { params: ById, body: ViewEdit },
      replies: { 200: SavedView },
      ifMatch: true,
      async handler({ writer, reach, params: { id }, version, body }) {
        await editView(writer, reach, { ...body, id, version })
        return getView(writer, reach, id)
      },
    }),
    write({
      method: 'DELETE',
      path: '/saved-views/{id}',
      action: 'savedView.remove',
      about: 'saved_view',
      summary: '删除视图',
      schema: { params: ById },
      replies: { 204: { type: 'null' } },
      ifMatch: true,
      handler: ({ writer, reach, params: { id }, version, now }) =>
        removeView(writer, reach, { id, version, now }),
    }),
  ]
}
