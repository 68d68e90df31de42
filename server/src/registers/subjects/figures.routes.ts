import type { Industries } from '../../law/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import { personOf, read, reply, type Route, write } from '../../platform/http/route.ts'
import type { Reach } from '../../platform/reach.ts'
import { COUNTING } from './figures.ts'
import { CountingAsked, SubjectFigureQuery, SubjectFigures } from './figures.schema.ts'
import { countedAt, type Figure, figuresBy } from './figures.store.ts'
import type { SubjectParts } from './parts.ts'
import { namesOf } from './subjects.store.ts'

/** 名录库统计: what the register holds, with the time when it was counted. */
export function figureRoutes({ book, jobs }: SubjectParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/subject-figures',
      action: 'subjectFigure.list',
      summary: '名录库统计：按下级区划、行业门类、信用风险分类、主体类型；附统计时间',
      schema: { query: SubjectFigureQuery },
      replies: { 200: SubjectFigures },
      async handler({ reader, reach, access, actor, query }) {
        const acting = actor.kind === 'person' ? actor.acting?.divisionCode : undefined
        const divisionCode = query.division ?? acting ?? '000000'
        const { industries } = await book.read(reader)
        const figures = await figuresOf(reader, reach, divisionCode, industries)
        return {
          ...figures,
          asOf: (await countedAt(reader))?.toISOString() ?? null,
          can: { count: access.reachOf(COUNTING) ? null : { code: 'not_allowed' } },
        }
      },
    }),
    write({
      method: 'POST',
      path: '/subject-figures',
      action: COUNTING,
      about: 'job',
      summary: '重新统计名录库，在后台进行',
      schema: {},
      replies: { 202: CountingAsked },
      async handler(context) {
        const { writer, id } = context
        const { personId, acting } = personOf(context)
        const request = {
          id,
          kind: COUNTING,
          input: {},
          requestedBy: personId,
          authorityId: acting?.authorityId,
        }
        await jobs.ask(writer, request)
        return reply(202, { jobId: id })
      },
    }),
  ]
}

async function figuresOf(reader: Reader, reach: Reach, division: string, industries: Industries) {
  const [byDivision, byIndustry, byClass, byEntityType] = [
    await figuresBy(reader, reach, { division, by: 'division' }),
    await figuresBy(reader, reach, { division, by: 'industry' }),
    await figuresBy(reader, reach, { division, by: 'class' }),
    await figuresBy(reader, reach, { division, by: 'entityType' }),
  ]
  const divisions = [division, ...byDivision.map(({ key }) => key)]
  const names = await namesOf(reader, { divisions, authorities: [] })
  const named = (figures: readonly Figure[], nameOf: (key: string) => string | undefined) =>
    figures.map((figure) => ({ ...figure, name: nameOf(figure.key) ?? null }))
  return {
    divisionCode: division,
    divisionName: names.get(division) ?? null,
    total: byClass.reduce((sum, { subjects }) => sum + subjects, 0),
    byDivision: named(byDivision, (key) => names.get(key)),
    byIndustry: named(byIndustry, (key) => industries.get(key)?.name),
    byClass: named(byClass, () => undefined),
    byEntityType: named(byEntityType, () => undefined),
  }
}
