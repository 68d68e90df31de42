import { citationText, type Law, placesNamed, placesWithRules, type Resolved } from '../../law/index.ts'
import { read, type Route } from '../../platform/http/route.ts'
import { ById } from '../../platform/http/shapes.ts'
import { canOf, found } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'
import { caseOf } from '../tasks/facts.ts'
import { findTask } from '../tasks/tasks.store.ts'
import { type RulesThere, rulesIn } from './overlays.rules.ts'
import { PlacesQuery, TaskRules } from './overlays.schema.ts'

const MOST = 6

/** 规则对照: the same task under the rules of several places. */
export function overlayRoutes(parts: TasksParts): readonly Route[] {
  return [
    read({
      method: 'GET',
      path: '/tasks/{id}/rules',
      action: 'task.rules',
      about: 'task',
      summary:
        '同一项任务在几个地方各受什么规定约束：发不出去的理由、约定事项、方案内容、计划外理由，各带依据',
      schema: { params: ById, query: PlacesQuery },
      replies: { 200: TaskRules },
      async handler({ reader, reach, params, query, now }) {
        const task = found(await findTask(reader, reach, params.id), 'task')
        const facts = await caseOf(parts, reader, task, now)
        const { law, place } = facts
        const others = placesWithRules(law).filter(({ division }) => division !== place.division)
        const places =
          query.places === undefined
            ? [place, ...others].slice(0, MOST)
            : found(placesNamed(law, query.places), 'division')
        return { places: places.map((each) => shown(law, rulesIn(facts, each))) }
      },
    }),
  ]
}

function shown(law: Law, { place, refusals, terms, sections, grounds }: RulesThere) {
  const { division, on } = place
  return {
    division,
    name: law.divisions.get(division)?.name ?? division,
    on,
    refusals: refusals.map(({ refusal, rule }) => ({ why: canOf(refusal), citation: cited(rule) })),
    terms: terms.map(({ text, rule, ...term }) => ({ ...term, text: text ?? null, citation: cited(rule) })),
    sections: { codes: [...sections.codes], citation: cited(sections.rule) },
    grounds: grounds.map((ground) => ({ ...ground })),
  }
}

function cited(rule: Resolved | undefined): string | null {
  return rule === undefined ? null : citationText(rule.source)
}
