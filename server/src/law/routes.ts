import { dayOf } from '../platform/clock.ts'
import { type Context, personOf, read, reply, type Route, write } from '../platform/http/route.ts'
import { covers } from '../platform/reach.ts'
import { demand, found, NotFound, Refused } from '../platform/refusal.ts'
import type { LawBook } from './book.ts'
import { keepCalendar } from './calendars.store.ts'
import { deadlineOf } from './clock.ts'
import { placesNamed } from './comparison.ts'
import { settleDeadlines } from './deadlines.store.ts'
import { withCalendars } from './load.ts'
import { whyNotPropose } from './proposals.rules.ts'
import { decide, getProposal, listProposals, type Proposal, propose } from './proposals.store.ts'
import { resolveAll } from './resolve.ts'
import {
  CalendarInput,
  CalendarList,
  CalendarLoaded,
  CodeLists,
  Comparison,
  ComparisonQuery,
  DeadlineQuery,
  DeadlineView,
  EntryId,
  EntryInput,
  EntryList,
  EntryQuery,
  EntryView,
  ParameterHistory,
  ParameterKey,
  ParameterList,
  PlaceQuery,
} from './schema.ts'
import type { Law, LawEntry } from './shapes.ts'
import {
  calendarsView,
  chainView,
  codeListsView,
  comparisonView,
  deadlineView,
  historyView,
  parameterView,
  proposalView,
} from './views.ts'

/** What the law says, where it comes from, and how a place changes it. */
export function lawRoutes(book: LawBook): readonly Route[] {
  return [...readingRoutes(book), ...proposalRoutes(book), ...calendarRoutes(book)]
}

function readingRoutes(book: LawBook): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/law/parameters',
      action: 'law.list',
      summary: '某地某日现行的全部法规参数：取值、依据、来源层级、被替代的规定',
      schema: { query: PlaceQuery },
      replies: { 200: ParameterList },
      async handler({ reader, query, now }) {
        const law = await book.read(reader)
        const place = placeOf(law, query, now)
        return {
          ...place,
          chain: chainView(law, place.division),
          version: law.version,
          items: resolveAll(law, place).map(({ parameter, resolved }) =>
            parameterView(law, parameter, resolved),
          ),
        }
      },
    }),
    read({
      method: 'GET',
      path: '/law/parameters/{key}',
      action: 'law.show',
      summary: '一个法规参数：现行取值，以及本地和各上级历来的规定',
      schema: { params: ParameterKey, query: PlaceQuery },
      replies: { 200: ParameterHistory },
      async handler({ reader, params, query, now }) {
        const law = await book.read(reader)
        const parameter = found(law.parameters.get(params.key), 'parameter')
        return historyView(law, parameter, placeOf(law, query, now))
      },
    }),
    read({
      method: 'GET',
      path: '/law/comparison',
      action: 'law.compare',
      summary: '几个地方各在某日的规定并列：取值、依据、是否不同',
      schema: { query: ComparisonQuery },
      replies: { 200: Comparison },
      async handler({ reader, query }) {
        const law = await book.read(reader)
        const places = query.places === undefined ? [] : found(placesNamed(law, query.places), 'division')
        return comparisonView(law, places, query.keys?.split(','))
      },
    }),
    read({
      method: 'GET',
      path: '/law/codes',
      action: 'law.codes',
      summary: '法规参数取值所用的代码表',
      schema: {},
      replies: { 200: CodeLists },
      handler: async ({ reader }) => codeListsView(await book.read(reader)),
    }),
    read({
      method: 'GET',
      path: '/law/deadline',
      action: 'law.deadline',
      summary: '自某日起算的期限何时届满，依据哪条规定',
      schema: { query: DeadlineQuery },
      replies: { 200: DeadlineView },
      async handler({ reader, query: { division, key, start } }) {
        const law = await book.read(reader)
        const place = placeOf(law, { division, on: start }, new Date(start))
        const unit = found(law.parameters.get(key), 'parameter').unit
        if (unit !== 'working_day' && unit !== 'year')
          throw new Refused({ code: 'law.no_clock', params: { key } }, 422)
        const deadline = deadlineOf(law, key, place, start)
        if (!deadline) throw new Refused({ code: 'law.no_deadline', params: { key, division } }, 422)
        return deadlineView(law, key, start, deadline)
      },
    }),
  ]
}

function proposalRoutes(book: LawBook): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/law/entries',
      action: 'law.entries',
      summary: '本地提出的法规参数变更：待批准、已生效、已退回',
      schema: { query: EntryQuery },
      replies: { 200: EntryList },
      async handler(context) {
        const law = await book.read(context.reader)
        const proposals = await listProposals(context.reader, context.reach, context.query.state)
        return { items: proposals.map((proposal) => shown(law, proposal, context)) }
      },
    }),
    write({
      method: 'POST',
      path: '/law/entries',
      action: 'law.propose',
      summary: '提出一项法规参数变更：新的生效日、取值与依据，须另一人批准',
      about: 'law.entry',
      schema: { body: EntryInput },
      replies: { 201: EntryView },
      async handler(context) {
        const { writer, body, id, now } = context
        if (!covers(context.reach, { divisionCode: body.division }))
          throw new Refused({ code: 'not_allowed' }, 403)
        const law = await book.read(writer)
        demand(whyNotPropose(law, asEntry(body)), 422)
        await propose(writer, body, { id, personId: personOf(context).personId, now })
        return reply(201, shown(law, await getProposal(writer, context.reach, id), context))
      },
    }),
    decision(book, {
      path: 'approval',
      action: 'law.approve',
      state: 'effective',
      summary: '批准一项法规参数变更',
    }),
    decision(book, {
      path: 'rejection',
      action: 'law.reject',
      state: 'rejected',
      summary: '退回一项法规参数变更',
    }),
  ]
}

function decision(
  book: LawBook,
  way: {
    readonly path: string
    readonly action: string
    readonly state: 'effective' | 'rejected'
    readonly summary: string
  },
): Route {
  return write({
    method: 'POST',
    path: `/law/entries/{id}/${way.path}`,
    action: way.action,
    summary: way.summary,
    about: 'law.entry',
    ifMatch: true,
    schema: { params: EntryId },
    replies: { 200: EntryView },
    async handler(context) {
      const { writer, reach, params, version, now } = context
      const { personId } = personOf(context)
      const proposal = await decide(writer, reach, {
        id: params.id,
        state: way.state,
        personId,
        version,
        now,
      })
      return shown(await book.read(writer), proposal, context)
    },
  })
}

function calendarRoutes(book: LawBook): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/law/calendars',
      action: 'law.calendars',
      summary: '国务院办公厅放假调休安排，按年',
      schema: {},
      replies: { 200: CalendarList },
      handler: async ({ reader, now }) =>
        calendarsView(await book.read(reader), book.files, Number(dayOf(now).slice(0, 4))),
    }),
    write({
      method: 'POST',
      path: '/law/calendars',
      action: 'law.load',
      summary: '载入一年的放假调休安排；暂定的期限随即重新计算',
      about: 'law.calendar',
      aboutField: 'year',
      schema: { body: CalendarInput },
      replies: { 200: CalendarLoaded },
      async handler(context) {
        const { writer, body, now } = context
        const law = await book.read(writer)
        if (book.files.calendars.years.has(body.year))
          throw new Refused({ code: 'law.calendar_of_this_version', params: { year: body.year } })
        demandCalendar(law, body)
        await keepCalendar(writer, body, { personId: personOf(context).personId, now })
        return {
          year: body.year,
          recomputed: await settleDeadlines(writer, await book.read(writer), body.year),
        }
      },
    }),
  ]
}

function shown(law: Law, proposal: Proposal, context: Context) {
  return proposalView(law, proposal, { personId: personOf(context).personId, access: context.access })
}

/** Throws NotFound for a division that never existed. */
function placeOf(law: Law, query: { readonly division: string; readonly on?: string }, now: Date) {
  if (!law.divisions.has(query.division)) throw new NotFound('division')
  return { division: query.division, on: query.on ?? dayOf(now) }
}

/** Throws Refused (422) for what is no calendar: a day of another year, a day named twice. */
function demandCalendar(law: Law, { year, holidays, workdays, notice }: CalendarInput): void {
  try {
    withCalendars(law, [{ year, holidays, workdays, notices: [notice] }])
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Refused({ code: 'law.calendar_malformed', params: { why: error.message } }, 422)
  }
}

function asEntry({ parameter, until, startsAt, source, ...rest }: EntryInput): LawEntry {
  return {
    ...rest,
    key: parameter,
    ...(until === undefined ? {} : { until }),
    ...(startsAt === undefined ? {} : { startsAt }),
    source: { ...source, confirmed: true },
  }
}
